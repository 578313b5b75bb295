"""The one field of the transfer: typing searches, keys choose and act (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -6, Qt.Key.Key_PageDown: 6}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TargetField(QLineEdit):
    """Enter asks first, Ctrl+Enter passes the call on at once.

    Signals:
        stepped: so many rows down.
        consult_wanted, pass_on_wanted: with the marked row.
    """

    stepped = Signal(int)
    consult_wanted = Signal()
    pass_on_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(40)

    def event(self, event: QEvent) -> bool:
        """Ctrl+Enter is meant for this field while it has the focus, whatever else it does."""
        override = event.type() is QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() in ENTER:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in STEPS:
            self.stepped.emit(STEPS[key])
        elif key in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.pass_on_wanted.emit()
        elif key in ENTER:
            self.consult_wanted.emit()
        else:
            super().keyPressEvent(event)
