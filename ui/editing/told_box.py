"""The list of people to call back; choosing one fills the dial field and dials nothing (⑥)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.editing.told_model import ToldModel
from ui.labels import plain_label
from ui.rows.clipped import ClippedLabel
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.theme import set_style_state

NEAR_THE_END_PX = 40


class ToldBox(QWidget):
    """Signals:
    closed: she goes back to the draft.
    """

    closed = Signal()

    def __init__(
        self, model: ToldModel, dial: Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("told-box")
        self._model = model
        self._dial = dial
        self._heading = ClippedLabel(lines=2, name="told-heading", role="title")
        self._summary = plain_label(name="told-summary")
        self._summary.setWordWrap(True)
        self._list = RowList(RowModel(self), lines=1)
        self._list.setObjectName("told-list")
        self._list.setAccessibleName(self.tr("People to call back"))
        self._hint = plain_label(
            self.tr("Enter puts the number into the dial field; dialling is a second act."),
            name="told-hint", role="caption",
        )  # fmt: skip
        self._back = QPushButton(self.tr("← Draft"))
        self._back.setObjectName("told-back-button")
        self._back.setAccessibleName(self.tr("Back to the draft"))
        self._back.setProperty("kind", "link")
        self._lay_out()
        self._list.chosen.connect(self._choose)
        self._list.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._back.clicked.connect(self._on_back)
        model.changed.connect(self._show)
        self._show()

    def take_focus(self) -> None:
        """The first of them, or the way back where there is nobody."""
        if self._model.rows:
            self._list.select(0)
            self._list.setFocus()
        else:
            self._back.setFocus()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._hint)
        foot.addStretch(1)
        foot.addWidget(self._back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 8)
        layout.setSpacing(8)
        layout.addWidget(self._heading)
        layout.addWidget(self._summary)
        layout.addWidget(self._list, 1)
        layout.addLayout(foot)

    def _show(self) -> None:
        model = self._model
        self._heading.setText(model.heading)
        self._heading.setAccessibleName(model.heading)
        self._summary.setText(model.summary)
        set_style_state(self._summary, "state", "warning" if model.is_fault else "")
        marked, place = self._list.current_key, self._list.verticalScrollBar().value()
        self._list.show_lines(1 if model.can_dial else 0)
        self._list.row_model.show_rows(model.rows)
        self._list.select(self._list.row_model.position(marked) if marked else -1)
        self._list.verticalScrollBar().setValue(place)
        self._hint.setVisible(model.can_dial)

    def _choose(self, key: str) -> None:
        if number := self._model.number(key):
            self._dial(number)

    def _on_scrolled(self, value: int) -> None:
        """Older ones when the end is near."""
        if value >= self._list.verticalScrollBar().maximum() - NEAR_THE_END_PX:
            self._model.more()

    def _on_back(self) -> None:
        self._model.close()
        self.closed.emit()
