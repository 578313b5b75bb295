"""Answer, hold, mute, keypad, hang up: enabled by the call's legal moves only (step ⑥)."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.buttons import KeyButton
from ui.call_bar.keypad import Keypad
from ui.call_bar.model import CallBarModel, CallBarView
from ui.key_binder import KeyBinder
from ui.keys import KeyAction, KeyMap
from ui.theme import set_style_state


class CallActions(QWidget):
    """Five buttons that never move, whatever the call does."""

    def __init__(self, model: CallBarModel, keys: KeyMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reject, self._hang_up = self.tr("Reject"), self.tr("Hang up")
        self._hold, self._resume = self.tr("Hold"), self.tr("Resume")
        self._mute, self._unmute = self.tr("Mute"), self.tr("Muted")
        self.answer = KeyButton(
            name="answer-button", words=(self.tr("Answer"),), icon="answer", kind="answer",
            key=keys.text(KeyAction.ANSWER), parent=self)  # fmt: skip
        self.hold = KeyButton(
            name="hold-button", words=(self._hold, self._resume), icon="hold",
            key=keys.text(KeyAction.HOLD), parent=self)  # fmt: skip
        self.mute = KeyButton(
            name="mute-button", words=(self._mute, self._unmute), icon="microphone",
            key=keys.text(KeyAction.MUTE), parent=self)  # fmt: skip
        self.keypad_button = KeyButton(
            name="keypad-button", words=(self.tr("Keypad"),), icon="keypad",
            parent=self)  # fmt: skip
        self.hang_up = KeyButton(
            name="hang-up-button", words=(self._hang_up, self._reject), icon="hang-up",
            kind="hang-up", key=keys.text(KeyAction.HANG_UP), parent=self)  # fmt: skip
        self._buttons = (self.answer, self.hold, self.mute, self.keypad_button, self.hang_up)
        self.keypad = Keypad(self)
        self._lay_out()
        self.answer.clicked.connect(model.answer)
        self.hold.clicked.connect(model.toggle_hold)
        self.mute.clicked.connect(model.toggle_mute)
        self.hang_up.clicked.connect(model.hang_up)
        self.keypad_button.clicked.connect(self._open_keypad)
        self.keypad.digit_pressed.connect(model.send_digits)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for button in self._buttons:
            button.setFixedHeight(36)
            layout.addWidget(button)
        self.fit(compact=False)

    def fit(self, *, compact: bool) -> None:
        """In a narrow window the words and keys stay, the icons go."""
        for button in self._buttons:
            button.fit(compact=compact)

    def bind(self, binder: KeyBinder) -> None:
        """The keys press the buttons, so they are refused where the buttons are."""
        binder.run(KeyAction.ANSWER, self.answer.click)
        binder.run(KeyAction.HOLD, self.hold.click)
        binder.run(KeyAction.MUTE, self.mute.click)
        binder.run(KeyAction.HANG_UP, self.hang_up.click)

    def show_view(self, view: CallBarView) -> None:
        self.answer.setEnabled(view.can_answer)
        self.hold.setEnabled(view.can_hold)
        self.mute.setEnabled(view.can_mute)
        self.keypad_button.setEnabled(view.can_send_digits)
        self.hang_up.setEnabled(view.can_hang_up)
        self.hold.show_word(self._resume if view.held else self._hold,
                            "resume" if view.held else "hold")  # fmt: skip
        self.hang_up.show_word(self._reject if view.rejecting else self._hang_up)
        self.mute.show_word(self._unmute if view.muted else self._mute,
                            "microphone-off" if view.muted else "microphone")  # fmt: skip
        set_style_state(self.mute, "muted", "yes" if view.muted else "no")
        if not view.can_send_digits:
            self.keypad.hide()

    def _open_keypad(self) -> None:
        self.keypad.open_at(self.keypad_button)
