"""The field for the password, which notices Caps Lock by what arrives (before step ①).

Qt does not tell the state of Caps Lock. A letter does: large without Shift, or small with it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

LONGEST = 1024
"""As long as the server takes."""


class PasswordField(QLineEdit):
    """Signals:
    caps_lock_changed: whether Caps Lock is known to be on.
    """

    caps_lock_changed = Signal(bool)

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caps_lock: bool | None = None
        self.setObjectName(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(LONGEST)

    def take(self) -> str:
        """What was typed, once: the field and its undo history are empty afterwards."""
        password = self.text()
        self.setText("")
        return password

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        self._learn(
            caps_lock_after(
                self._caps_lock,
                toggled=event.key() == Qt.Key.Key_CapsLock,
                text=event.text(),
                shift=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier),
            )
        )

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._learn(None)

    def _learn(self, caps_lock: bool | None) -> None:
        before, self._caps_lock = self._caps_lock, caps_lock
        if bool(before) is not bool(caps_lock):
            self.caps_lock_changed.emit(bool(caps_lock))


def caps_lock_after(before: bool | None, *, toggled: bool, text: str, shift: bool) -> bool | None:
    """The state of Caps Lock after a key; None as long as nothing has told."""
    if toggled:
        return None if before is None else not before
    if len(text) == 1 and text.isascii() and text.isalpha():
        return text.isupper() is not shift
    return before
