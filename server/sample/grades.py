"""Invented grades of the sample centre's calls (M16, step ⑨)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from server.centre_settings import DEFAULTS
from server.grades import SCALE
from server.tables import interactions

PRESSED = 0.8
"""Of the callers who are still there when the agent has hung up."""
SHARES = {1: 0.84, 2: 0.11, 3: 0.04, 0: 0.01}

Row = tuple[object, ...]
"""A grade in the order of the table's columns."""

_COLUMNS = [column.name for column in interactions.columns]
_DIRECTION, _CALL, _ANSWERED, _ENDED, _REASON = (
    _COLUMNS.index(name)
    for name in ("direction", "exchange_call_id", "answered_at", "ended_at", "end_reason")
)


def grade_rows(calls: Sequence[Row], random: Random) -> Iterator[Row]:
    """Of calls from outside that the agent ended: who hangs up first hears no question."""
    scale: Any = DEFAULTS[SCALE]["items"]
    words = {item["digit"]: (item["name"], item["name_en"], item["satisfied"]) for item in scale}
    digits, shares = tuple(SHARES), tuple(SHARES.values())
    for call in calls:
        asked = call[_DIRECTION] == "incoming" and call[_ANSWERED] is not None
        if asked and call[_REASON] == "agent-hung-up" and random.random() < PRESSED:
            [digit] = random.choices(digits, shares)
            yield (call[_CALL], digit, *words[digit], call[_ENDED])
