"""Which summaries are parked; Enter goes on with the marked one (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from ui.flyout import Flyout
from ui.on_demand import OnDemand
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.summary.parked import ParkedViewModel

WIDTH_PX = 380
ROWS = 6


class ParkedFlyout(Flyout):
    """Closes by itself when the last one is finished.

    Signals:
        opened: she goes on with one.
    """

    opened = Signal()

    def __init__(self, model: ParkedViewModel, anchor: QWidget) -> None:
        super().__init__("parked", "", anchor)
        self.show_title(self.tr("Parked summaries"))
        self._model = model
        self._list = RowList(RowModel(self), lines=1, parent=self)
        self._list.setObjectName("parked-list")
        self._list.setProperty("role", "popup")
        self._list.setAccessibleName(self.tr("Parked summaries"))
        self.body.addWidget(self._list)
        self.setFixedWidth(WIDTH_PX)
        self._list.chosen.connect(self._open)
        model.changed.connect(self._show)

    def want(self) -> None:
        """Nothing to show is nothing to open."""
        if self.isVisible():
            self.dismiss()
        elif self._model.rows:
            self._show()
            self._list.select(0)
            self.open(self._list)

    def _show(self) -> None:
        rows, marked = self._model.rows, self._list.current_key
        self._list.row_model.show_rows(rows)
        self._list.select(max(0, self._list.row_model.position(marked)) if rows else -1)
        self._list.setFixedHeight(self._list.height_of(min(max(len(rows), 1), ROWS)))
        if not rows:
            self.dismiss()

    def _open(self, key: str) -> None:
        self.dismiss()
        self._model.open(key)
        self.opened.emit()


class ParkedButton(QPushButton):
    """How many are parked; not there while none is.

    Signals:
        opened: she goes on with one.
    """

    opened = Signal()

    def __init__(self, model: ParkedViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("parked-button")
        self.setProperty("kind", "inline")
        self._model = model
        self.flyout = OnDemand(self._build_flyout, self)
        self.clicked.connect(self.flyout.want)
        model.changed.connect(self._show)
        self._show()

    def _build_flyout(self) -> ParkedFlyout:
        flyout = ParkedFlyout(self._model, self)
        flyout.opened.connect(self.opened)
        return flyout

    def _show(self) -> None:
        self.setText(self._model.text)
        self.setAccessibleName(self._model.text or self.tr("Parked summaries"))
        self.setVisible(bool(self._model.text))
