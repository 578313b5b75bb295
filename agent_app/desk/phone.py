"""The agent's phone: the engine's events become calls (step ③), her acts become commands.

Nothing here believes a command: a call moves when the engine says that it moved.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol, assert_never

from PySide6.QtCore import QObject, Signal

from agent_app.desk.call_book import CallBook
from agent_app.domain.calls import Call, CallMove, CallState, allowed
from agent_app.domain.ids import InteractionId
from agent_app.runtime.clock import Clock
from sip import messages as m

log = logging.getLogger(__name__)

MAX_LINES = 4


class EngineState(StrEnum):
    STARTING = "starting"
    READY = "ready"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class PhoneStatus:
    """``registered`` is None where there is nothing to register with; ``address`` is host:port."""

    extension: str
    engine: EngineState = EngineState.STARTING
    detail: str = ""
    registered: bool | None = None
    registration_detail: str = ""
    address: str = ""
    sound: m.SoundState = m.SoundState.CLOSED
    speaker: str = ""
    microphone: str = ""
    lost_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Levels:
    interaction_id: InteractionId
    received_db: float
    sent_db: float


class DialOutcome(StrEnum):
    DIALLED = "dialled"
    EMPTY = "empty"
    NOT_A_NUMBER = "not-a-number"
    NO_PHONE = "no-phone"
    NO_EXCHANGE = "no-exchange"
    NO_LINE = "no-line"


class Engine(Protocol):
    """What the phone needs of ``sip.client.EngineClient``."""

    def send(self, command: m.Command) -> None: ...

    def new_line(self) -> m.LineId: ...


class Phone(QObject):
    """Calls of one seat. Lives in the GUI thread; every method returns at once.

    Signals:
        call_changed: a Call is new or moved; an ended call is reported once, as ENDED.
        status_changed: PhoneStatus.
        levels_changed: Levels, ten times a second while a call is up.
    """

    call_changed = Signal(object)
    status_changed = Signal(object)
    levels_changed = Signal(object)

    def __init__(
        self,
        *,
        extension: str,
        dial_domain: str,
        normalise: Callable[[str], str],
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._dial_domain = dial_domain
        self._normalise = normalise
        self._clock = clock
        self._book = CallBook(normalise=normalise, clock=clock)
        self._engine: Engine | None = None
        self._status = PhoneStatus(extension)

    @property
    def calls(self) -> tuple[Call, ...]:
        """Live calls, oldest first."""
        return self._book.live

    @property
    def status(self) -> PhoneStatus:
        return self._status

    def call(self, interaction_id: InteractionId) -> Call | None:
        """A live call, or the last known state of one of the latest ended."""
        return self._book.call(interaction_id)

    def attach(self, engine: Engine) -> None:
        """Give the phone its engine; before that, and while it is lost, dialling says NO_PHONE."""
        self._engine = engine

    # --- what the agent does ---------------------------------------------------------------------

    def dial(self, text: str) -> DialOutcome:
        """Call a number as typed; nothing happens unless the answer is DIALLED."""
        if not text.strip():
            return DialOutcome.EMPTY
        normal = self._normalise(text)
        if not normal:
            return DialOutcome.NOT_A_NUMBER
        if self._engine is None or self._status.engine is not EngineState.READY:
            return DialOutcome.NO_PHONE
        if not self._dial_domain:
            return DialOutcome.NO_EXCHANGE
        if len(self.calls) >= MAX_LINES:
            return DialOutcome.NO_LINE
        line = self._engine.new_line()
        self._changed(self._book.dialled(line, text.strip(), normal))
        self._engine.send(m.MakeCall(line, f"sip:{normal}@{self._dial_domain}"))
        return DialOutcome.DIALLED

    def answer(self, interaction_id: InteractionId) -> None:
        """Answer a ringing call; a talking one is put on hold first, so that nobody listens in."""
        call = self.call(interaction_id)
        if call is not None and call.state is CallState.RINGING:
            self._hold_the_others()
            self._send(m.Answer, interaction_id)

    def reject(self, interaction_id: InteractionId) -> None:
        call = self.call(interaction_id)
        if call is not None and call.state is CallState.RINGING:
            self._send(m.Reject, interaction_id)

    def hang_up(self, interaction_id: InteractionId) -> None:
        """End a call in any state; a ringing one is refused."""
        call = self.call(interaction_id)
        if call is not None and call.state is CallState.RINGING:
            self.reject(interaction_id)
        else:
            self._send(m.HangUp, interaction_id)

    def hold(self, interaction_id: InteractionId) -> None:
        if self._may(interaction_id, CallMove.HOLD):
            self._send(m.Hold, interaction_id)

    def resume(self, interaction_id: InteractionId) -> None:
        """Take a held call up again; a talking one is put on hold first."""
        if self._may(interaction_id, CallMove.RESUME):
            self._hold_the_others()
            self._send(m.Resume, interaction_id)

    def set_mute(self, interaction_id: InteractionId, muted: bool) -> None:
        self._send(m.SetMute, interaction_id, muted)

    def send_dtmf(self, interaction_id: InteractionId, digits: str) -> None:
        self._send(m.SendDtmf, interaction_id, digits)

    # --- what the engine says --------------------------------------------------------------------

    def handle(self, event: m.Event) -> None:
        """Take one event of the engine; called in the GUI thread."""
        match event:
            case m.IncomingCall() | m.CallAnswered() | m.CallHeld() | m.CallMuted() | m.CallEnded():
                self._changed(self._move(event))
            case m.EngineReady() | m.EngineLost() | m.RegistrationChanged() | m.SoundChanged():
                self._on_status(event)
            case m.LevelsMeasured(line=line, received_db=received, sent_db=sent):
                if (interaction_id := self._book.interaction(line)) is not None:
                    self.levels_changed.emit(Levels(interaction_id, received, sent))
            case m.CommandRefused(command=command, reason=reason):
                log.warning("the engine refused %s: %s", command, reason)
            case m.Pong() | m.CallProgressed() | m.DtmfReceived():
                pass
            case m.PlaybackFinished() | m.CallStatistics():
                pass
            case m.CallIdentified() | m.TransferProgressed() | m.ConferenceChanged():
                pass
            case m.DevicesFound() | m.MicrophoneMeasured() | m.StrangersRefused():
                pass
            case _:
                assert_never(event)

    def _move(
        self,
        event: m.IncomingCall | m.CallAnswered | m.CallHeld | m.CallMuted | m.CallEnded,
    ) -> Call | None:
        match event:
            case m.IncomingCall():
                return self._book.rang(event)
            case m.CallAnswered(line=line):
                return self._book.answered(line)
            case m.CallHeld(line=line, by_agent=by_agent, by_caller=by_caller):
                return self._book.held(line, by_agent=by_agent, by_caller=by_caller)
            case m.CallMuted(line=line, muted=muted):
                return self._book.muted(line, muted=muted)
            case m.CallEnded():
                return self._book.ended(event)
            case _:
                assert_never(event)

    def _on_status(
        self, event: m.EngineReady | m.EngineLost | m.RegistrationChanged | m.SoundChanged
    ) -> None:
        match event:
            case m.EngineReady(address=address, ports=ports):
                port = ports[0][1] if ports else 0
                self._set_status(
                    engine=EngineState.READY, detail="", address=f"{address}:{port}", lost_at=None
                )
            case m.EngineLost(reason=reason):
                self._on_lost(reason)
            case m.RegistrationChanged(registered=registered, status=status, reason=words):
                detail = "" if registered else f"{status} {words}".strip()
                self._set_status(registered=registered, registration_detail=detail)
            case m.SoundChanged(state=state, speaker=speaker, microphone=microphone, detail=words):
                self._set_status(sound=state, speaker=speaker, microphone=microphone, detail=words)
            case _:
                assert_never(event)

    def _on_lost(self, reason: str) -> None:
        for call in self._book.lost(reason):
            self._changed(call)
        registered = None if self._status.registered is None else False
        self._set_status(
            engine=EngineState.LOST,
            detail=reason,
            lost_at=self._clock.now(),
            registered=registered,
            sound=m.SoundState.CLOSED,
        )

    # --- inside ----------------------------------------------------------------------------------

    def _hold_the_others(self) -> None:
        for other in self.calls:
            if other.state is CallState.TALKING:
                self.hold(other.interaction_id)

    def _may(self, interaction_id: InteractionId, move: CallMove) -> bool:
        call = self.call(interaction_id)
        return call is not None and allowed(call.state, move)

    def _send(
        self, command: Callable[..., m.Command], interaction_id: InteractionId, *values: object
    ) -> None:
        line = self._book.line(interaction_id)
        if self._engine is not None and line is not None:
            self._engine.send(command(line, *values))

    def _changed(self, call: Call | None) -> None:
        if call is not None:
            self.call_changed.emit(call)

    def _set_status(self, **changes: object) -> None:
        self._status = replace(self._status, **changes)  # type: ignore[arg-type]
        self.status_changed.emit(self._status)
