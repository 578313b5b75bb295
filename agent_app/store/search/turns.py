"""Long work in small turns, so that a key pressed meanwhile is not felt (step ⑥)."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
_TURN = 4
_PAUSE_S = 0.000_05


def in_turns(items: Iterable[T]) -> Iterator[T]:
    """The items with pauses between: Python runs one thread at a time, and one that wants to go on
    waits 5 ms for another that never pauses."""
    for place, item in enumerate(items):
        if place % _TURN == 0:
            time.sleep(_PAUSE_S)
        yield item
