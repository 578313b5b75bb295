"""The pad for tones during a call: an extension behind a menu, a code (RFC 4733, step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from ui.flyout import Flyout
from ui.labels import ElidedLabel
from ui.theme import set_style_state

DIGITS = "123456789*0#"


class SentField(QLineEdit):
    """What was sent; each key is sent as it is pressed, a pasted code as a whole.

    Signals:
        wanted: digits to send, as they were typed or pasted.
    """

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.wanted.emit(QApplication.clipboard().text())
        elif event.text() and event.text() in DIGITS:
            self.wanted.emit(event.text())
        else:
            super().keyPressEvent(event)


class Keypad(Flyout):
    """Twelve keys and a field; it stays until it is closed or the call cannot take tones.

    Signals:
        digits_wanted: one key or a pasted text, to be checked and sent.
    """

    digits_wanted = Signal(str)

    def __init__(self, anchor: QWidget) -> None:
        super().__init__("keypad", "", anchor)
        self.show_title(self.tr("Keypad"))
        self._sent = SentField(self)
        self._sent.setObjectName("keypad-sent")
        self._sent.setAccessibleName(self.tr("Digits sent"))
        self._sent.setPlaceholderText(self.tr("Type or paste digits"))
        self._why = ElidedLabel(name="keypad-refusal", role="caption")
        set_style_state(self._why, "state", "fault")
        self._keys = QButtonGroup(self)
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, digit in enumerate(DIGITS):
            key = QPushButton(digit, self)
            key.setObjectName(f"keypad-{_key_name(digit)}")
            key.setAccessibleName(digit)
            key.setProperty("kind", "digit")
            key.setFixedSize(64, 40)
            key.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._keys.addButton(key)
            grid.addWidget(key, place // 3, place % 3)
        self.body.addWidget(self._sent)
        self.body.addLayout(grid)
        self.body.addWidget(self._why)
        self._keys.buttonClicked.connect(self._on_clicked)
        self._sent.wanted.connect(self.digits_wanted)

    def want(self) -> None:
        if self.isVisible():
            self.dismiss()
            return
        self._sent.clear()
        self._why.clear()
        self.open(self._sent)

    def show_sent(self, digits: str) -> None:
        """These went out."""
        self._sent.setText(self._sent.text() + digits)
        self._why.clear()

    def show_refusal(self, why: str) -> None:
        """Nothing went out, and why."""
        self._why.setText(why)

    def _on_clicked(self, button: QAbstractButton) -> None:
        self.digits_wanted.emit(button.text())


def _key_name(digit: str) -> str:
    return {"*": "star", "#": "hash"}.get(digit, digit)
