"""What is wrong with her own voice during a call: muted while she speaks, a dead microphone (③)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from agent_app.desk.phone import Phone
from agent_app.desk.phone_status import PhoneStatus
from agent_app.desk.phone_values import Levels
from agent_app.domain.calls import Call, CallState
from agent_app.domain.ids import InteractionId
from agent_app.domain.speech import DeadMicrophone, SpeechDetector
from agent_app.runtime.clock import Clock
from sip import messages as m


@dataclass(frozen=True, slots=True)
class SoundWarnings:
    """``muted_speech``: the muted call into which she speaks. ``dead_microphone``: the name of the
    one that has given nothing but silence while she should be heard; empty when none has."""

    muted_speech: InteractionId | None = None
    dead_microphone: str = ""


class SoundWatch(QObject):
    """Listens to the levels of the talking call. GUI thread.

    Signals:
        changed: SoundWarnings, when a warning comes or goes.
    """

    changed = Signal(object)

    def __init__(self, *, phone: Phone, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._phone = phone
        self._clock = clock
        self._speech = SpeechDetector()
        self._microphone = DeadMicrophone()
        self._name = ""
        self._talking: InteractionId | None = None
        self._warnings = SoundWarnings()
        phone.levels_changed.connect(self._on_levels)
        phone.call_changed.connect(self._on_call)
        phone.status_changed.connect(self._on_status)

    @property
    def warnings(self) -> SoundWarnings:
        return self._warnings

    def _on_levels(self, levels: Levels) -> None:
        call = self._phone.call(levels.interaction_id)
        if call is None or call.state is not CallState.TALKING:
            return
        now_s = self._clock.monotonic_s()
        if call.interaction_id != self._talking:
            self._talking = call.interaction_id
            self._speech.forget()
        speaks = self._speech.feed(levels.spoken_db, now_s)
        muted = call.interaction_id if call.muted and speaks else None
        self._say(SoundWarnings(muted, self._dead_microphone(call, levels.spoken_db, now_s)))

    def _dead_microphone(self, call: Call, spoken_db: float, now_s: float) -> str:
        """The name of the one that gives nothing; what was said before while nobody can tell."""
        status = self._phone.status
        if call.muted or status.sound is not m.SoundState.OPEN:
            self._microphone.pause()
            return self._warnings.dead_microphone
        return status.microphone if self._microphone.feed(spoken_db, now_s) else ""

    def _on_call(self, call: Call) -> None:
        warned = call.interaction_id == self._warnings.muted_speech
        if warned and (call.state is not CallState.TALKING or not call.muted):
            self._speech.forget()
            self._say(replace(self._warnings, muted_speech=None))
        if not any(one.state is CallState.TALKING for one in self._phone.calls):
            self._talking = None
            self._microphone.pause()
            self._say(SoundWarnings())

    def _on_status(self, status: PhoneStatus) -> None:
        if status.microphone != self._name:
            self._name = status.microphone
            self._microphone.forget()
            self._say(replace(self._warnings, dead_microphone=""))

    def _say(self, warnings: SoundWarnings) -> None:
        if warnings != self._warnings:
            self._warnings = warnings
            self.changed.emit(warnings)
