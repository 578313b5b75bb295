"""A call as a table of legal moves (step ③).

What the screen says of a call comes from here and nowhere else: a move that is not in ``MOVES``
does not happen, whatever order the engine's events arrive in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agent_app.domain.ids import InteractionId


class Direction(StrEnum):
    INCOMING = "incoming"
    OUTGOING = "outgoing"


class CallState(StrEnum):
    RINGING = "ringing"  # incoming, not answered
    DIALLING = "dialling"  # outgoing, not answered
    TALKING = "talking"
    HELD = "held"  # by the agent
    ENDED = "ended"


class CallMove(StrEnum):
    ANSWER = "answer"
    HOLD = "hold"
    RESUME = "resume"
    END = "end"


MOVES: dict[tuple[CallState, CallMove], CallState] = {
    (CallState.RINGING, CallMove.ANSWER): CallState.TALKING,
    (CallState.RINGING, CallMove.END): CallState.ENDED,
    (CallState.DIALLING, CallMove.ANSWER): CallState.TALKING,
    (CallState.DIALLING, CallMove.END): CallState.ENDED,
    (CallState.TALKING, CallMove.HOLD): CallState.HELD,
    (CallState.TALKING, CallMove.END): CallState.ENDED,
    (CallState.HELD, CallMove.RESUME): CallState.TALKING,
    (CallState.HELD, CallMove.END): CallState.ENDED,
}


class IllegalMoveError(Exception):
    """A call was asked for a move that its state does not have."""


class EndReason(StrEnum):
    """Why a call ended, as the agent is told."""

    AGENT_HUNG_UP = "agent-hung-up"
    CALLER_HUNG_UP = "caller-hung-up"
    CALLER_GAVE_UP = "caller-gave-up"  # before it was answered
    REJECTED = "rejected"  # by the agent
    BUSY = "busy"
    NO_ANSWER = "no-answer"
    REFUSED = "refused"  # by the other side or the exchange
    LOST = "lost"  # the engine died or the network went: time of the loss is ``ended_at``
    TRANSFERRED = "transferred"  # by the agent, and taken


@dataclass(frozen=True, slots=True)
class Call:
    """One call, as everything above the phone sees it.

    ``number`` is as it came (cleaned, may be empty), ``normal`` the E.164 or exact short form used
    for look-up and storage, empty when there is none. ``answered_monotonic_s`` is from the seat's
    monotonic clock: durations never come from the wall clock. ``encrypted`` is not known before the
    answer. ``consults_for`` is the call that the agent asks a colleague about. ``transferred_by``
    is the extension of the colleague who passed the call on; ``returned``, why a transferred call
    is back ("busy", "no-answer", "refused", "unreachable", else the exchange's words).
    ``end_status`` is SIP's final status, 0 when there was none.
    """

    interaction_id: InteractionId
    direction: Direction
    state: CallState
    name: str
    number: str
    normal: str
    anonymous: bool
    dialled: str
    queue: str
    menu_path: str
    waited_s: int | None
    exchange_call_id: str
    started_at: datetime
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    started_monotonic_s: float = 0.0
    answered_monotonic_s: float | None = None
    talked_s: float = 0.0
    muted: bool = False
    held_by_caller: bool = False
    end_reason: EndReason | None = None
    end_detail: str = ""
    end_status: int = 0
    encrypted: bool | None = None
    in_conference: bool = False
    consults_for: InteractionId | None = None
    transferred_by: str = ""
    returned: str = ""

    @property
    def live(self) -> bool:
        return self.state is not CallState.ENDED

    @property
    def was_answered(self) -> bool:
        return self.answered_at is not None


def next_state(state: CallState, move: CallMove) -> CallState:
    """The state after a move; raises IllegalMoveError where the table has none."""
    try:
        return MOVES[state, move]
    except KeyError:
        raise IllegalMoveError(f"{state} has no {move}") from None


def allowed(state: CallState, move: CallMove) -> bool:
    return (state, move) in MOVES
