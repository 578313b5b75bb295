"""What may become of an article's draft: one table of its states (M29, step ⑨)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class DraftState(StrEnum):
    WRITING = "writing"
    IN_REVIEW = "in-review"
    RETURNED = "returned"
    SCHEDULED = "scheduled"  # approved, and in force from its first day on
    PUBLISHED = "published"
    DROPPED = "dropped"


WRITABLE = frozenset({DraftState.WRITING, DraftState.RETURNED})
"""Nobody changes the words that somebody else is just reviewing."""

MOVES: Mapping[DraftState, frozenset[DraftState]] = {
    DraftState.WRITING: frozenset({DraftState.IN_REVIEW, DraftState.DROPPED}),
    DraftState.RETURNED: frozenset({DraftState.WRITING, DraftState.IN_REVIEW, DraftState.DROPPED}),
    DraftState.IN_REVIEW: frozenset({DraftState.WRITING, DraftState.RETURNED}),
    DraftState.SCHEDULED: frozenset({DraftState.RETURNED}),
    DraftState.PUBLISHED: frozenset(),
    DraftState.DROPPED: frozenset({DraftState.WRITING}),
}
"""Where a draft may go by saving it; publishing is an act of its own."""

NEEDED = ("category_id", "title", "answer", "valid_from")
"""What an answer must have before anybody reviews it."""


def may_move(now: str, wanted: str) -> bool:
    return wanted == now or DraftState(wanted) in MOVES[DraftState(now)]


def missing(values: Mapping[str, object]) -> tuple[str, ...]:
    """Which of NEEDED are empty."""
    return tuple(name for name in NEEDED if not str(values[name] or "").strip())
