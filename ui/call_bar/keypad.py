"""The pad for tones during a call (an extension behind a menu, a code)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QGridLayout,
    QPushButton,
    QWidget,
)

from ui.labels import ElidedLabel

DIGITS = "123456789*0#"


class Keypad(QFrame):
    """Twelve keys in a pop-up; the keyboard's digits work as well.

    Signals:
        digit_pressed: one of ``0-9*#``.
    """

    digit_pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("keypad")
        self.setProperty("role", "panel")
        self.setAccessibleName(self.tr("Keypad"))
        self._sent = ElidedLabel(name="keypad-sent", role="value",
                                 mode=Qt.TextElideMode.ElideLeft)  # fmt: skip
        self._sent.setAccessibleName(self.tr("Digits sent"))
        self._keys = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 8, 8, 8)
        grid.setSpacing(8)
        grid.addWidget(self._sent, 0, 0, 1, 3)
        for place, digit in enumerate(DIGITS):
            key = QPushButton(digit)
            key.setObjectName(f"keypad-{_key_name(digit)}")
            key.setAccessibleName(digit)
            key.setFixedSize(48, 36)
            self._keys.addButton(key)
            grid.addWidget(key, 1 + place // 3, place % 3)
        self._keys.buttonClicked.connect(self._on_clicked)

    def open_at(self, anchor: QWidget) -> None:
        self._sent.clear()
        self.adjustSize()
        corner = anchor.mapToGlobal(anchor.rect().bottomRight())
        self.move(corner.x() - self.width(), corner.y() + 4)
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and event.text() in DIGITS:
            self._press(event.text())
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, button: QAbstractButton) -> None:
        self._press(button.text())

    def _press(self, digit: str) -> None:
        self._sent.setText(self._sent.text() + digit)
        self.digit_pressed.emit(digit)


def _key_name(digit: str) -> str:
    return {"*": "star", "#": "hash"}.get(digit, digit)
