"""Answering a report: words, an article found by search, and the two ends of it (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.buttons import push_button
from ui.gaps.model import GapsModel
from ui.keys import KeyAction, KeyMap
from ui.labels import ElidedLabel
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.summary.labelled import Labelled
from ui.summary.text_field import TextField

HITS = 4


class AnswerBox(QWidget):
    """Enter or ↓ in the search goes through the articles; the chosen one goes along.

    Signals:
        writing_wanted: the article itself should be written.
    """

    writing_wanted = Signal()

    def __init__(self, model: GapsModel, keys: KeyMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gaps-answer-box")
        self._model = model
        self._shown = ""
        self._outcome = TextField(
            name="gaps-answer", spoken=self.tr("Answer, or why not"), least=3, most=6
        )
        self._words = Labelled(self.tr("Answer, or why not"), self._outcome)
        self._search = QLineEdit()
        self._search.setObjectName("gaps-search")
        self._search.setAccessibleName(self.tr("Article that answers it"))
        self._search.setPlaceholderText(self.tr("Search for the article that answers it"))
        self._hits = RowList(RowModel(self), lines=0)
        self._hits.setObjectName("gaps-hits")
        self._hits.setProperty("role", "field")
        self._hits.setAccessibleName(self.tr("Articles found"))
        self._linked = ElidedLabel(name="gaps-linked", role="value")
        self._unlink = QPushButton(self.tr("Without it"))
        self._unlink.setObjectName("gaps-unlink-button")
        self._unlink.setProperty("kind", "link")
        self._answer = push_button(
            self, "gaps-answer-button", self.tr("Answer"), keys.text(KeyAction.ANSWER_REPORT)
        )
        self._answer.setProperty("kind", "primary")
        self._decline = push_button(
            self, "gaps-decline-button", self.tr("Decline"), keys.text(KeyAction.DECLINE_REPORT)
        )
        self._write = QPushButton(self.tr("Write an article"), self)
        self._write.setObjectName("gaps-write-button")
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        linked = QHBoxLayout()
        linked.setSpacing(8)
        linked.addWidget(self._linked)
        linked.addWidget(self._unlink)
        linked.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self._write)
        foot.addWidget(self._decline)
        foot.addWidget(self._answer)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._words)
        layout.addWidget(self._search)
        layout.addWidget(self._hits)
        layout.addLayout(linked)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self._outcome.edited.connect(self._on_typed)
        self._search.textEdited.connect(self._model.search)
        self._search.returnPressed.connect(self._take_first)
        self._hits.chosen.connect(self._link)
        self._unlink.clicked.connect(self._on_unlink)
        self._answer.clicked.connect(self.answer)
        self._decline.clicked.connect(self.decline)
        self._write.clicked.connect(self.writing_wanted)
        self._model.changed.connect(self._show)
        self._model.answer_found.connect(self._outcome.show_fresh)

    def answer(self) -> None:
        """On a refusal the cursor goes to the words."""
        self._model.answer(self._outcome.toPlainText())
        self._after()

    def decline(self) -> None:
        self._model.decline(self._outcome.toPlainText())
        self._after()

    def _after(self) -> None:
        if self._model.remark:
            self._outcome.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show(self) -> None:
        model = self._model
        if model.selected != self._shown:
            self._shown = model.selected
            self._outcome.show_fresh("")
            self._search.clear()
        self._words.show_remark(model.remark)
        self._write.setVisible(model.can_write)
        self._hits.row_model.show_rows(model.hits)
        self._hits.setVisible(bool(model.hits))
        self._hits.setFixedHeight(self._hits.height_of(min(len(model.hits), HITS)))
        self._linked.setText(model.linked)
        for widget in (self._linked, self._unlink):
            widget.setVisible(bool(model.linked))

    def _on_typed(self, text: str) -> None:
        self._model.type(text)
        self._words.show_remark("")

    def _take_first(self) -> None:
        """Enter: the article that stands first."""
        rows = self._hits.row_model.rows
        if rows:
            self._link(self._hits.current_key or rows[0].key)

    def _link(self, key: str) -> None:
        self._search.clear()
        self._model.link(key)
        self._outcome.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_unlink(self) -> None:
        self._model.link("")
