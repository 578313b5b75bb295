"""One line of the seat's own call history: what was, with the name as it was then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from agent_app.domain.calls import Direction, EndReason
from agent_app.domain.ids import InteractionId

MISSED = (EndReason.CALLER_GAVE_UP, EndReason.LOST)
"""Ends of a ringing call that nobody at this seat chose."""


@dataclass(frozen=True, slots=True)
class CallEntry:
    """``entry_id`` is the call's own: a returned call goes on with its interaction, not its entry.

    ``number`` is as it came or was dialled, ``normal`` for look-up. ``end_reason`` is None while
    the call is up. ``seen`` is whether she has looked at a missed one.
    """

    entry_id: str
    interaction_id: InteractionId
    direction: Direction
    name: str
    number: str
    normal: str
    queue: str
    started_at: datetime
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    talked_s: float = 0.0
    end_reason: EndReason | None = None
    encrypted: bool | None = None
    transferred_by: str = ""
    transferred_to: str = ""
    seen: bool = False

    @property
    def missed(self) -> bool:
        unanswered = self.direction is Direction.INCOMING and self.answered_at is None
        return unanswered and self.end_reason in MISSED
