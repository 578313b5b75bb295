"""The last calls under the dial field; choosing one fills the field and dials nothing (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.flyout import Flyout
from ui.history.model import HistoryModel, HistoryView
from ui.labels import plain_label
from ui.rows.list_view import RowList
from ui.rows.model import RowModel

WIDTH_PX = 440
ROWS = 8


class HistoryFlyout(Flyout):
    """Opened by Down in the dial field, its arrow, or the key.

    Signals:
        number_wanted: into the dial field.
    """

    number_wanted = Signal(str)

    def __init__(self, model: HistoryModel, anchor: QWidget) -> None:
        super().__init__("call-history", "", anchor)
        self.show_title(self.tr("Last calls"))
        self._model = model
        self._rows = RowModel(self)
        self._list = RowList(self._rows, lines=1, parent=self)
        self._list.setObjectName("call-history-list")
        self._list.setProperty("role", "popup")
        self._list.setAccessibleName(self.tr("Last calls"))
        self._list.set_empty_text(self.tr("No calls yet."))
        self._list.setFixedHeight(self._list.height_of(ROWS))
        hint = plain_label(
            self.tr("Enter puts the number into the dial field; dialling is a second act."),
            role="caption")  # fmt: skip
        self.body.addWidget(self._list)
        self.body.addWidget(hint)
        self.setFixedWidth(WIDTH_PX)
        self._list.chosen.connect(self._choose)
        self._list.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.closed.connect(model.close)
        model.changed.connect(self._show)

    def want(self) -> None:
        if self.isVisible():
            self.dismiss()
            return
        self._model.open()
        self._show(self._model.view)
        self._list.select(0)
        self.open(self._list if self._model.view.rows else self)

    def _show(self, view: HistoryView) -> None:
        marked, place = self._list.current_key, self._list.verticalScrollBar().value()
        self._rows.show_rows(view.rows)
        self._list.select(max(0, self._rows.position(marked)) if view.rows else -1)
        self._list.verticalScrollBar().setValue(place)

    def _choose(self, key: str) -> None:
        number = self._model.number(key)
        if number:
            self.dismiss()
            self.number_wanted.emit(number)

    def _on_scrolled(self, value: int) -> None:
        """Older ones when the end is near."""
        bar = self._list.verticalScrollBar()
        if self.isVisible() and self._model.view.more_to_come and value >= bar.maximum() - 40:
            self._model.load_more()
