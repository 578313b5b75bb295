"""The calls of one seat, moved only by what the engine reports (step ③). No Qt, no commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import assert_never

from agent_app.desk.endings import end_reason, is_success, words_of
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

CallEvent = (
    m.IncomingCall
    | m.CallAnswered
    | m.CallIdentified
    | m.CallHeld
    | m.CallMuted
    | m.CallEnded
    | m.TransferProgressed
)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A call that the agent makes: ``number`` as she wrote it, ``normal`` for look-up and record.

    With ``direction`` INCOMING it is a caller whom she takes over (pick-up).
    """

    number: str
    normal: str
    name: str = ""
    direction: Direction = Direction.OUTGOING
    queue: str = ""
    menu_path: str = ""
    dialled: str = ""
    anonymous: bool = False
    exchange_call_id: str = ""
    consults_for: InteractionId | None = None


class CallBook:
    """Live calls by interaction and by the engine's line, and the last few that ended.

    Every change returns the call as it is now, or None when the event was about no call of ours or
    no legal move.
    """

    def __init__(
        self,
        *,
        normalise: Callable[[str], str],
        clock: Clock,
        unfinished: Callable[[str], Call | None] | None = None,
    ) -> None:
        """``unfinished`` finds the ended call whose summary waits, by the exchange's call id."""
        self._normalise = normalise
        self._clock = clock
        self._unfinished = unfinished
        self._taken: set[m.LineId] = set()
        self._connecting: dict[m.LineId, m.LineId] = {}
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

    def dialled(self, line: m.LineId, wish: Outgoing) -> Call:
        """The agent calls somebody on ``line``."""
        call = replace(
            self._new(wish.direction, wish.name, wish.number, wish.normal),
            state=CallState.DIALLING,
            queue=wish.queue,
            menu_path=wish.menu_path,
            dialled=wish.dialled,
            anonymous=wish.anonymous,
            exchange_call_id=wish.exchange_call_id,
            consults_for=wish.consults_for,
        )
        return self._open(line, call)

    def moved(self, event: CallEvent) -> Call | None:  # noqa: C901, PLR0911 - an arm for each
        """Take what the engine says of one call."""
        if isinstance(event, m.IncomingCall):
            return self._rang(event)
        interaction_id = self._by_line.get(event.line)
        if interaction_id is None:
            return None
        call = self._live[interaction_id]
        match event:
            case m.CallAnswered(encrypted=encrypted):
                return self._answered(call, encrypted=encrypted)
            case m.CallIdentified(name=name, number=number):
                return self._identified(call, name, number)
            case m.CallHeld(by_agent=by_agent, by_caller=by_caller):
                move = CallMove.HOLD if by_agent else CallMove.RESUME
                state = next_state(call.state, move) if allowed(call.state, move) else call.state
                return self._put(replace(call, state=state, held_by_caller=by_caller))
            case m.CallMuted(muted=muted):
                return self._put(replace(call, muted=muted))
            case m.TransferProgressed(line=line, status=status, final=final):
                if final and is_success(status):
                    self._taken |= {line, self._connecting.pop(line, line)}
                return None
            case m.CallEnded(line, status, reason, _):
                why = end_reason(call, event)
                if line in self._taken:
                    why = EndReason.TRANSFERRED
                ended = replace(call, end_status=status)
                return self._end(line, ended, why, words_of(status, reason))
            case _:
                assert_never(event)

    def refused(self, line: m.LineId, reason: str) -> Call | None:
        """The engine could not even begin the call on ``line``."""
        interaction_id = self._by_line.get(line)
        call = None if interaction_id is None else self._live[interaction_id]
        if call is None or call.state is not CallState.DIALLING:
            return None
        return self._end(line, call, EndReason.REFUSED, reason)

    def connecting(self, line: m.LineId, consulted: m.LineId) -> None:
        """If the transfer of ``line`` succeeds, both calls were passed on."""
        self._connecting[line] = consulted

    def in_conference(self, lines: tuple[m.LineId, ...]) -> tuple[Call, ...]:
        """Exactly these are in the conference now; returns the calls for which that is new."""
        changed = []
        for line, interaction_id in self._by_line.items():
            call = self._live[interaction_id]
            if call.in_conference != (line in lines):
                changed.append(self._put(replace(call, in_conference=line in lines)))
        return tuple(changed)

    def lost(self, reason: str) -> tuple[Call, ...]:
        """The engine is gone, and every live call with it."""
        return tuple(
            self._end(line, self._live[interaction_id], EndReason.LOST, reason)
            for line, interaction_id in tuple(self._by_line.items())
        )

    def _rang(self, event: m.IncomingCall) -> Call:
        normal = "" if event.anonymous else self._normalise(event.number)
        call = replace(
            self._new(Direction.INCOMING, event.name, event.number, normal),
            state=CallState.RINGING,
            anonymous=event.anonymous,
            dialled=event.dialled,
            queue=event.queue,
            menu_path=event.menu_path,
            waited_s=event.waited_s,
            exchange_call_id=event.call_id,
            transferred_by=event.transferred_by,
            returned=event.returned,
        )
        unfinished = None
        if event.returned and event.call_id and self._unfinished is not None:
            unfinished = self._unfinished(event.call_id)
        if unfinished is not None and unfinished.interaction_id not in self._live:
            self._ended.pop(unfinished.interaction_id, None)
            call = replace(
                call, interaction_id=unfinished.interaction_id, talked_s=unfinished.talked_s
            )
        return self._open(event.line, call)

    def _answered(self, call: Call, *, encrypted: bool) -> Call | None:
        if not allowed(call.state, CallMove.ANSWER):
            return None
        return self._put(
            replace(
                call,
                state=next_state(call.state, CallMove.ANSWER),
                answered_at=self._clock.now(),
                answered_monotonic_s=self._clock.monotonic_s(),
                encrypted=encrypted,
            )
        )

    def _identified(self, call: Call, name: str, number: str) -> Call | None:
        """The other side is somebody else now, unless the exchange said nothing we can use."""
        normal = self._normalise(number)
        if not normal:
            return self._put(replace(call, name=name)) if name and name != call.name else None
        if (name or call.name, normal) == (call.name, call.normal):
            return None
        kept = call.name if normal == call.normal else ""
        return self._put(
            replace(call, name=name or kept, number=number, normal=normal, anonymous=False)
        )

    def _new(self, direction: Direction, name: str, number: str, normal: str) -> Call:
        return Call(
            interaction_id=new_interaction_id(),
            direction=direction,
            state=CallState.DIALLING,
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

    def _put(self, call: Call) -> Call:
        self._live[call.interaction_id] = call
        return call

    def _end(self, line: m.LineId, call: Call, reason: EndReason, detail: str) -> Call:
        talked_s = call.talked_s
        if call.answered_monotonic_s is not None:
            talked_s += self._clock.monotonic_s() - call.answered_monotonic_s
        ended = replace(
            call,
            state=next_state(call.state, CallMove.END),
            ended_at=self._clock.now(),
            talked_s=talked_s,
            end_reason=reason,
            end_detail=detail,
            in_conference=False,
        )
        self._taken.discard(line)
        self._connecting.pop(line, None)
        del self._by_line[line], self._lines[call.interaction_id]
        del self._live[call.interaction_id]
        self._ended[call.interaction_id] = ended
        while len(self._ended) > ENDED_KEPT:
            del self._ended[next(iter(self._ended))]
        return ended
