"""What can be done with the call: enabled by its legal moves only (step ⑥)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.call_bar.call_button import CallButton
from ui.call_bar.keypad import Keypad
from ui.call_bar.model import CallBarModel
from ui.call_bar.view import CallBarView, HoldAct
from ui.key_binder import KeyBinder
from ui.keys import KeyAction, KeyMap
from ui.on_demand import OnDemand
from ui.theme import set_style_state


class CallActions(QWidget):
    """Seven buttons that never move, whatever the call does.

    Signals:
        transfer_wanted: find somebody to pass the call on to; true: to be asked first.
    """

    transfer_wanted = Signal(bool)

    def __init__(self, model: CallBarModel, keys: KeyMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._keys = keys
        self._reject, self._hang_up = self.tr("Reject"), self.tr("Hang up")
        self._holds = {
            HoldAct.HOLD: (self.tr("Hold"), "hold"),
            HoldAct.RESUME: (self.tr("Resume"), "resume"),
            HoldAct.SWAP: (self.tr("Swap"), "swap"),
        }
        self._mute, self._unmute = self.tr("Mute"), self.tr("Muted")
        self._transfer, self._complete = self.tr("Transfer"), self.tr("Pass on")
        self._join, self._leave = self.tr("Join"), self.tr("Leave")
        self.answer = self._button("answer", (self.tr("Answer"),), KeyAction.ANSWER, "answer")
        holds = tuple(word for word, _ in self._holds.values())
        self.hold = self._button("hold", holds, KeyAction.HOLD)
        self.mute = self._button("mute", (self._mute, self._unmute), KeyAction.MUTE)
        self.transfer = self._button(
            "transfer", (self._transfer, self._complete), KeyAction.TRANSFER
        )
        self.conference = self._button(
            "conference", (self._join, self._leave), KeyAction.CONFERENCE
        )
        self.keypad_button = self._button("keypad", (self.tr("Keypad"),), KeyAction.KEYPAD)
        self.hang_up = self._button(
            "hang-up", (self._hang_up, self._reject), KeyAction.HANG_UP, "hang-up"
        )
        self._buttons = (self.answer, self.hold, self.mute, self.transfer, self.conference,
                         self.keypad_button, self.hang_up)  # fmt: skip
        self.keypad = OnDemand(self._build_keypad, self)
        self._lay_out()
        self._connect()

    def _button(
        self, name: str, words: tuple[str, ...], action: KeyAction, kind: str = ""
    ) -> CallButton:
        icons = {"mute": "microphone", "conference": "people"}
        return CallButton(
            name=f"{name}-button",
            words=words,
            icon=icons.get(name, name),
            key=self._keys.text(action),
            kind=kind,
            parent=self,
        )

    def _build_keypad(self) -> Keypad:
        keypad = Keypad(self.keypad_button)
        keypad.digits_wanted.connect(self._send_digits)
        return keypad

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for button in self._buttons:
            layout.addWidget(button)
        self.fit(compact=False)

    def _connect(self) -> None:
        model = self._model
        self.answer.clicked.connect(model.answer)
        self.hold.clicked.connect(model.toggle_hold)
        self.mute.clicked.connect(model.toggle_mute)
        self.transfer.clicked.connect(self._on_transfer)
        self.conference.clicked.connect(model.toggle_conference)
        self.hang_up.clicked.connect(model.hang_up)
        self.keypad_button.clicked.connect(self.keypad.want)

    def fit(self, *, compact: bool) -> None:
        """In a narrow window the words and keys stay, the icons go."""
        for button in self._buttons:
            button.fit(compact=compact)

    def bind(self, binder: KeyBinder) -> None:
        """The keys press the buttons, so they are refused where the buttons are."""
        for action, act in (
            (KeyAction.ANSWER, self.answer.click),
            (KeyAction.HOLD, self.hold.click),
            (KeyAction.MUTE, self.mute.click),
            (KeyAction.TRANSFER, self.transfer.click),
            (KeyAction.CONSULT, self._on_consult),
            (KeyAction.CONFERENCE, self.conference.click),
            (KeyAction.KEYPAD, self.keypad_button.click),
            (KeyAction.HANG_UP, self.hang_up.click),
        ):
            binder.run(action, partial(self._by_key, act))

    def _by_key(self, act: Callable[[], None]) -> None:
        """A key may come before the news of the call is on the screen; it is not lost then."""
        self._model.refresh()
        act()

    def show_view(self, view: CallBarView) -> None:
        self.answer.setEnabled(view.can_answer)
        self.hold.setEnabled(view.can_hold)
        self.mute.setEnabled(view.can_mute)
        self.transfer.setEnabled(view.can_transfer)
        self.conference.setEnabled(view.can_join or view.can_leave)
        self.keypad_button.setEnabled(view.can_send_digits)
        self.hang_up.setEnabled(view.can_hang_up)
        self.hold.show_word(*self._holds[view.hold_act])
        self.hang_up.show_word(self._reject if view.rejecting else self._hang_up)
        self.mute.show_word(self._unmute if view.muted else self._mute,
                            "microphone-off" if view.muted else "microphone")  # fmt: skip
        self.transfer.show_word(self._complete if view.can_complete else self._transfer)
        self.conference.show_word(self._leave if view.can_leave else self._join)
        set_style_state(self.mute, "muted", "yes" if view.muted else "no")
        set_style_state(self.transfer, "ready", "yes" if view.can_complete else "no")
        if not view.can_send_digits and (keypad := self.keypad.built) is not None:
            keypad.dismiss()

    def _on_transfer(self) -> None:
        if self._model.view.can_complete:
            self._model.complete_transfer()
        else:
            self.transfer_wanted.emit(False)

    def _on_consult(self) -> None:
        """The same key asks a colleague and goes back to the caller."""
        if self._model.view.can_go_back:
            self._model.go_back()
        elif self._model.view.can_transfer:
            self.transfer_wanted.emit(True)

    def _send_digits(self, text: str) -> None:
        sent, why = self._model.send_digits(text)
        if why:
            self.keypad.get().show_refusal(why)
        else:
            self.keypad.get().show_sent(sent)
