"""The calls of one seat, moved only by what the engine reports (step ③). No Qt, no commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from agent_app.desk.endings import end_reason
from agent_app.domain.calls import (
    Call,
    CallMove,
    CallState,
    Direction,
    EndReason,
    allowed,
    next_state,
)
from agent_app.domain.ids import InteractionId, new_interaction_id
from agent_app.runtime.clock import Clock
from sip import messages as m

ENDED_KEPT = 32


class CallBook:
    """Live calls by interaction and by the engine's line, and the last few that ended.

    Every change returns the call as it is now, or None when the event was about no call of ours or
    no legal move.
    """

    def __init__(self, *, normalise: Callable[[str], str], clock: Clock) -> None:
        self._normalise = normalise
        self._clock = clock
        self._live: dict[InteractionId, Call] = {}
        self._ended: dict[InteractionId, Call] = {}
        self._lines: dict[InteractionId, m.LineId] = {}
        self._by_line: dict[m.LineId, InteractionId] = {}

    @property
    def live(self) -> tuple[Call, ...]:
        return tuple(self._live.values())

    def call(self, interaction_id: InteractionId) -> Call | None:
        return self._live.get(interaction_id) or self._ended.get(interaction_id)

    def line(self, interaction_id: InteractionId) -> m.LineId | None:
        """The engine's handle of a live call."""
        return self._lines.get(interaction_id)

    def interaction(self, line: m.LineId) -> InteractionId | None:
        return self._by_line.get(line)

    def dialled(self, line: m.LineId, number: str, normal: str) -> Call:
        """The agent calls ``number`` on ``line``."""
        return self._open(line, self._new(Direction.OUTGOING, "", number, normal))

    def rang(self, event: m.IncomingCall) -> Call:
        normal = "" if event.anonymous else self._normalise(event.number)
        call = replace(
            self._new(Direction.INCOMING, event.name, event.number, normal),
            anonymous=event.anonymous,
            dialled=event.dialled,
            queue=event.queue,
            menu_path=event.menu_path,
            waited_s=event.waited_s,
            exchange_call_id=event.call_id,
        )
        return self._open(event.line, call)

    def answered(self, line: m.LineId) -> Call | None:
        call = self._on(line)
        if call is None or not allowed(call.state, CallMove.ANSWER):
            return None
        return self._put(
            replace(
                call,
                state=next_state(call.state, CallMove.ANSWER),
                answered_at=self._clock.now(),
                answered_monotonic_s=self._clock.monotonic_s(),
            )
        )

    def held(self, line: m.LineId, *, by_agent: bool, by_caller: bool) -> Call | None:
        call = self._on(line)
        if call is None:
            return None
        move = CallMove.HOLD if by_agent else CallMove.RESUME
        state = next_state(call.state, move) if allowed(call.state, move) else call.state
        return self._put(replace(call, state=state, held_by_caller=by_caller))

    def muted(self, line: m.LineId, *, muted: bool) -> Call | None:
        call = self._on(line)
        return None if call is None else self._put(replace(call, muted=muted))

    def ended(self, event: m.CallEnded) -> Call | None:
        call = self._on(event.line)
        if call is None:
            return None
        return self._end(
            event.line, call, end_reason(call, event), f"{event.status} {event.reason}"
        )

    def lost(self, reason: str) -> tuple[Call, ...]:
        """The engine is gone, and every live call with it."""
        return tuple(
            self._end(line, self._live[interaction_id], EndReason.LOST, reason)
            for line, interaction_id in tuple(self._by_line.items())
        )

    def _new(self, direction: Direction, name: str, number: str, normal: str) -> Call:
        incoming = direction is Direction.INCOMING
        return Call(
            interaction_id=new_interaction_id(),
            direction=direction,
            state=CallState.RINGING if incoming else CallState.DIALLING,
            name=name,
            number=number,
            normal=normal,
            anonymous=False,
            dialled="",
            queue="",
            menu_path="",
            waited_s=None,
            exchange_call_id="",
            started_at=self._clock.now(),
            started_monotonic_s=self._clock.monotonic_s(),
        )

    def _open(self, line: m.LineId, call: Call) -> Call:
        self._lines[call.interaction_id] = line
        self._by_line[line] = call.interaction_id
        return self._put(call)

    def _on(self, line: m.LineId) -> Call | None:
        interaction_id = self._by_line.get(line)
        return None if interaction_id is None else self._live[interaction_id]

    def _put(self, call: Call) -> Call:
        self._live[call.interaction_id] = call
        return call

    def _end(self, line: m.LineId, call: Call, reason: EndReason, detail: str) -> Call:
        talked_s = 0.0
        if call.answered_monotonic_s is not None:
            talked_s = self._clock.monotonic_s() - call.answered_monotonic_s
        ended = replace(
            call,
            state=next_state(call.state, CallMove.END),
            ended_at=self._clock.now(),
            talked_s=talked_s,
            end_reason=reason,
            end_detail=detail.strip(),
        )
        del self._by_line[line], self._lines[call.interaction_id]
        del self._live[call.interaction_id]
        self._ended[call.interaction_id] = ended
        while len(self._ended) > ENDED_KEPT:
            del self._ended[next(iter(self._ended))]
        return ended
