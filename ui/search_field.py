"""The search field, from which the results are walked without leaving it (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton, QWidget


class SearchField(QLineEdit):
    """Signals:
    stepped: +1 or -1, Down or Up was pressed.
    paged: +1 or -1, Page Down or Page Up was pressed.
    entered: Enter was pressed.
    left: Esc was pressed.
    """

    stepped = Signal(int)
    paged = Signal(int)
    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search-field")
        self.setClearButtonEnabled(True)
        [cross] = self.findChildren(QToolButton)
        cross.setAccessibleName(self.tr("Clear the search"))
        cross.setToolTip(cross.accessibleName())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        away = event.reason() is Qt.FocusReason.ActiveWindowFocusReason
        if not away and QApplication.activePopupWidget() is None:
            self.deselect()  # Qt keeps it for a flyout as for a menu: two fields looked marked

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down:
                self.stepped.emit(1)
            case Qt.Key.Key_Up:
                self.stepped.emit(-1)
            case Qt.Key.Key_PageDown:
                self.paged.emit(1)
            case Qt.Key.Key_PageUp:
                self.paged.emit(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit()
            case Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                super().keyPressEvent(event)
