"""The page of reports: hers with their outcome, and what waits for an answer (step ⑥).

By keyboard: ↑ ↓ chooses a report, Tab goes to the answer, the keys take, answer and decline.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from agent_app.domain.gaps import GapArticle
from ui.caller.fitted_text import FittedText
from ui.formatting import button_text
from ui.gaps.answer_box import AnswerBox
from ui.gaps.model import GapsModel, Shown
from ui.keys import KeyAction
from ui.rail.spec import DESK, PageGround
from ui.rows.clipped import ClippedLabel
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.scrolled import Scrolled
from ui.summary.labelled import Labelled

LIST_WIDTH_PX = 360
EDITING = "editing"
"""The page where articles are written."""
WIDEST_PX = 1_000_000
"""Where nothing is chosen the list has the page for itself."""
MOST_LINES = 8


class GapsPage(QWidget):
    """At the left the reports, at the right the chosen one and the answer to it."""

    def __init__(self, ground: PageGround, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gaps-page")
        self.setProperty("role", "page")
        self._ground = ground
        self._model = model = GapsModel(ground.seat, ground.keys, self)
        self._choices = {
            Shown.TO_DO: self._choice("gaps-to-do-button", self.tr("To answer")),
            Shown.MINE: self._choice("gaps-mine-button", self.tr("My reports")),
        }
        self._rows = RowModel(self)
        self._list = RowList(self._rows, lines=1, parent=self)
        self._list.setObjectName("gaps-list")
        self._list.setAccessibleName(self.tr("Reports of missing answers"))
        self._heading = ClippedLabel(lines=2, name="gaps-heading", role="title")
        self._facts = ClippedLabel(lines=2, name="gaps-facts", role="muted")
        self._article = self._button("gaps-article-button", "link")
        self._take = self._button("gaps-take-button", "")
        self._texts = {
            "asked": self._text("gaps-asked", self.tr("What was asked")),
            "missing": self._text("gaps-missing", self.tr("What is missing or wrong")),
            "outcome": self._text("gaps-outcome", self.tr("Outcome")),
        }
        self._outcome_article = self._button("gaps-outcome-button", "link")
        self.answer_box = AnswerBox(model, ground.keys, self)
        self._left, self._right = QFrame(), QFrame()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self._list)
        self._show()

    def _choice(self, name: str, word: str) -> QPushButton:
        button = self._button(name, "choice")
        button.setText(word)
        button.setCheckable(True)
        button.setAutoExclusive(True)
        return button

    def _button(self, name: str, kind: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        button.setProperty("kind", kind)
        return button

    def _text(self, name: str, caption: str) -> Labelled:
        field = FittedText(name=name, spoken=caption, least=1, most=MOST_LINES, parent=self)
        return Labelled(caption, field)

    def _lay_out(self) -> None:
        left = self._left
        left.setProperty("role", "panel")
        choices = QHBoxLayout()
        choices.setSpacing(8)
        for button in self._choices.values():
            choices.addWidget(button)
        choices.addStretch(1)
        column = QVBoxLayout(left)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addLayout(choices)
        column.addWidget(self._list, 1)
        right = self._right
        right.setProperty("role", "panel")
        inside = QVBoxLayout(right)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(Scrolled(self._detail()))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(left, 1)
        layout.addWidget(right, 3)

    def _detail(self) -> QWidget:
        detail = QWidget()
        detail.setObjectName("gaps-detail")
        detail.setProperty("role", "scrolled")
        column = QVBoxLayout(detail)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addWidget(self._facts)
        for button in (self._article, self._take):
            column.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
        for text in self._texts.values():
            column.addWidget(text)
        column.addWidget(self._outcome_article, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.answer_box)
        column.addStretch(1)
        return detail

    def _connect(self) -> None:
        for button in self._choices.values():
            button.clicked.connect(self._on_choice)
        self._list.selectionModel().currentChanged.connect(self._on_current)
        self._list.chosen.connect(self._open_what_is_there)
        self._article.clicked.connect(self._open_article)
        self._outcome_article.clicked.connect(self._open_outcome)
        self._take.clicked.connect(self._model.take_or_give_back)
        self.answer_box.writing_wanted.connect(self._write)
        self._model.changed.connect(self._show)
        run = self._ground.binder.run
        run(KeyAction.TAKE_REPORT, self._take_by_key)
        run(KeyAction.ANSWER_REPORT, self._answer_by_key)
        run(KeyAction.DECLINE_REPORT, self._decline_by_key)

    def _show(self) -> None:
        model = self._model
        for shown, button in self._choices.items():
            button.setChecked(shown is model.shown)
            button.setVisible(model.answers)
        self._list.set_empty_text(model.empty_text)
        self._rows.show_rows(model.rows)
        self._list.select(self._rows.position(model.selected))
        report = model.report
        self._right.setVisible(report is not None)
        self._left.setMinimumWidth(LIST_WIDTH_PX)
        self._left.setMaximumWidth(WIDEST_PX if report is None else LIST_WIDTH_PX)
        self._heading.setText(model.heading)
        self._heading.setAccessibleName(model.heading)
        self._facts.setText(model.facts)
        take = self.tr("Give back") if model.is_hers else self.tr("Take it")
        self._take.setText(f"{take}  {self._ground.keys.text(KeyAction.TAKE_REPORT)}")
        self._take.setAccessibleName(take)
        self._take.setVisible(model.can_answer)
        for button, text in ((self._article, model.about),
                             (self._outcome_article, model.outcome_article)):  # fmt: skip
            button.setText(button_text(text))
            button.setAccessibleName(text)
            button.setVisible(bool(text))
        words = {
            "asked": "" if report is None else report.asked,
            "missing": "" if report is None else report.missing,
            "outcome": model.outcome,
        }
        for name, block in self._texts.items():
            field = block.findChild(FittedText)
            if isinstance(field, FittedText) and field.toPlainText() != words[name]:
                field.setPlainText(words[name])
            block.setVisible(bool(words[name]))
        self.answer_box.setVisible(model.can_answer)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._model.look(on=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._model.look(on=False)

    def _on_choice(self) -> None:
        for shown, button in self._choices.items():
            if button.isChecked():
                self._model.show_list(shown)

    def _on_current(self) -> None:
        if self._list.current_key:
            self._model.select(self._list.current_key)

    def _open_what_is_there(self, _key: str) -> None:
        """Enter in the list: the answer's article, else the one that is wrong."""
        report = self._model.report
        if report is not None:
            self._show_on_desk(report.outcome_article or report.article)

    def _open_article(self) -> None:
        report = self._model.report
        self._show_on_desk(None if report is None else report.article)

    def _open_outcome(self) -> None:
        report = self._model.report
        self._show_on_desk(None if report is None else report.outcome_article)

    def _show_on_desk(self, article: GapArticle | None) -> None:
        if article is not None:
            self._ground.go(DESK)
            self._ground.seat.gaps.show_article(article)

    def _write(self) -> None:
        """On the page where articles are written."""
        if self._ground.go(EDITING):
            self._model.write()

    def _take_by_key(self) -> None:
        if self.isVisible():
            self._model.take_or_give_back()

    def _answer_by_key(self) -> None:
        if self.isVisible():
            self.answer_box.answer()

    def _decline_by_key(self) -> None:
        if self.isVisible():
            self.answer_box.decline()
