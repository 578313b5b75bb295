"""What the engine says: calls move, the status changes, the rest is passed on (step ③)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import assert_never

from PySide6.QtCore import QObject, Signal

from agent_app.desk.call_book import CallBook
from agent_app.desk.phone_status import PhoneStatus, status_after
from agent_app.desk.phone_values import Engine, Levels, Refusal, TransferProgress
from agent_app.desk.rounds import Rounds
from agent_app.domain.calls import Call, CallMove, CallState, allowed
from agent_app.domain.ids import InteractionId
from agent_app.runtime.clock import Clock
from sip import messages as m

log = logging.getLogger(__name__)

LineEvent = (
    m.CallProgressed
    | m.CallAnswered
    | m.CallIdentified
    | m.CallHeld
    | m.CallMuted
    | m.CallEnded
    | m.TransferProgressed
    | m.DtmfReceived
    | m.PlaybackFinished
    | m.LevelsMeasured
    | m.CallStatistics
)
"""Of one line, after the call on it has begun."""


class PhoneEvents(QObject):
    """The hearing half of ``agent_app.desk.phone.Phone``, in the GUI thread.

    Signals:
        call_changed: a Call is new or moved; an ended call is reported once, as ENDED.
        status_changed: PhoneStatus.
        levels_changed: Levels, five times a second while a call is up.
        statistics_changed: InteractionId and ``sip.messages.CallStatistics``, once a second.
        transfer_progressed: TransferProgress.
        refused: Refusal, the engine did not do what was asked.
        microphone_measured: ``sip.messages.MicrophoneMeasured``, while the desk listens.
        other_line_event: an event of a line that is no call of the agent's (the self-test's).
    """

    call_changed = Signal(object)
    status_changed = Signal(object)
    levels_changed = Signal(object)
    statistics_changed = Signal(object, object)
    transfer_progressed = Signal(object)
    refused = Signal(object)
    microphone_measured = Signal(object)
    other_line_event = Signal(object)

    def __init__(
        self,
        *,
        extension: str,
        normalise: Callable[[str], str],
        clock: Clock,
        unfinished: Callable[[str], Call | None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """``unfinished`` finds the ended call whose summary waits, by the exchange's call id."""
        super().__init__(parent)
        self._clock = clock
        self.rounds = Rounds(self)
        self._book = CallBook(normalise=normalise, clock=clock, unfinished=unfinished)
        self._engine: Engine | None = None
        self._status = PhoneStatus(extension)
        self._intended: InteractionId | None = None  # the call she turned to last
        self._together: frozenset[InteractionId] = frozenset()  # on their way into a conference

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

    def handle(self, event: m.Event) -> None:
        """Take one event of the engine; called in the GUI thread."""
        with self.rounds.round():
            self._handle(event)

    def _handle(self, event: m.Event) -> None:  # noqa: C901 - an arm for each kind
        match event:
            case m.EngineReady() | m.RegistrationChanged() | m.SoundChanged():
                self._put_status(status_after(self._status, event, self._clock.now()))
            case m.DevicesFound() | m.StrangersRefused():
                self._put_status(status_after(self._status, event, self._clock.now()))
            case m.EngineLost(reason=reason):
                for call in self._book.lost(reason):
                    self.call_changed.emit(call)
                self._put_status(status_after(self._status, event, self._clock.now()))
                self.other_line_event.emit(event)
            case m.IncomingCall():
                self._changed(self._book.moved(event))
            case m.ConferenceChanged(lines=lines):
                for call in self._book.in_conference(lines):
                    self.call_changed.emit(call)
            case m.CommandRefused():
                self._on_refused(event)
            case m.MicrophoneMeasured():
                self.microphone_measured.emit(event)
            case m.Pong():
                pass
            case _:
                self._on_line(event)

    def _on_line(self, event: LineEvent) -> None:
        """An event of one line: the agent's call, or a line of somebody else's in the desk."""
        interaction_id = self._book.interaction(event.line)
        if interaction_id is None:
            self.other_line_event.emit(event)
            return
        match event:
            case m.CallAnswered():
                self._changed(self._book.moved(event))
                self._intended = interaction_id
                self._hold_the_others(interaction_id)
            case m.CallHeld():
                self._changed(self._book.moved(event))
                self._one_talks(interaction_id)
            case m.CallIdentified() | m.CallMuted() | m.CallEnded():
                self._changed(self._book.moved(event))
            case m.TransferProgressed(status=status, reason=reason, final=final):
                self._book.moved(event)
                progress = TransferProgress(interaction_id, status, reason, final)
                self.transfer_progressed.emit(progress)
            case m.LevelsMeasured(_, received, sent, spoken):
                self.levels_changed.emit(Levels(interaction_id, received, sent, spoken))
            case m.CallStatistics():
                self.statistics_changed.emit(interaction_id, event)
            case m.CallProgressed() | m.DtmfReceived() | m.PlaybackFinished():
                pass
            case _:
                assert_never(event)

    def _on_refused(self, event: m.CommandRefused) -> None:
        log.warning("the engine refused %s: %s", event.command, event.reason)
        interaction_id = None if event.line is None else self._book.interaction(event.line)
        if event.line is not None and interaction_id is None:
            self.other_line_event.emit(event)
            return
        if event.line is not None and event.command == m.MakeCall.__name__:
            self._changed(self._book.refused(event.line, event.reason))
        self.refused.emit(Refusal(event.command, interaction_id, event.reason))

    def _hold_the_others(self, interaction_id: InteractionId) -> None:
        """Nobody listens in by accident; who is in one conference with the call stays."""
        for other in self.calls:
            if not self._belong_together(other.interaction_id, interaction_id):
                self._hold(other.interaction_id)

    def _one_talks(self, interaction_id: InteractionId) -> None:
        """A call was resumed, perhaps long after she wished so: what she did last holds."""
        if not self._may(interaction_id, CallMove.HOLD):
            return
        intended = None if self._intended is None else self.call(self._intended)
        talks = intended is not None and intended.state is CallState.TALKING
        self._hold_the_others(self._intended if talks and self._intended else interaction_id)

    def _belong_together(self, one: InteractionId, other: InteractionId) -> bool:
        if one == other or {one, other} <= self._together:
            return True
        calls = (self.call(one), self.call(other))
        return all(call is not None and call.in_conference for call in calls)

    def _hold(self, interaction_id: InteractionId) -> None:
        if self._may(interaction_id, CallMove.HOLD):
            self._send(m.Hold, interaction_id)

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

    def _put_status(self, status: PhoneStatus) -> None:
        self._status = status
        self.status_changed.emit(status)
