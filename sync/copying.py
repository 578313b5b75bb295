"""How far the fetching of a whole copy is, and what comparing it found (step ⑧)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class CopyStage(StrEnum):
    FETCHING = "fetching"
    INDEXING = "indexing"


@dataclass(frozen=True, slots=True)
class CopyProgress:
    """``done`` of ``expected`` changes are in the new copy."""

    stage: CopyStage
    done: int
    expected: int


class Compared(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    UNDECIDED = "undecided"  # the server went on meanwhile; another time


@dataclass(frozen=True, slots=True)
class PaceNow:
    """``seconds_left`` is None until something can be said."""

    per_s: int = 0
    seconds_left: int | None = None


class Pace:
    """Changes a second, smoothed: the last ten seconds or so count, a stall does not hide."""

    def __init__(self, monotonic_s: Callable[[], float], *, memory_s: float = 10.0) -> None:
        self._monotonic_s = monotonic_s
        self._memory_s = memory_s
        self._at_s = 0.0
        self._done: int | None = None
        self._per_s = 0.0
        self._watched_s = 0.0

    def at(self, progress: CopyProgress) -> PaceNow:
        """The pace, now that this much is done."""
        now_s = self._monotonic_s()
        if self._done is None or progress.done < self._done:
            self._done, self._at_s, self._watched_s, self._per_s = progress.done, now_s, 0.0, 0.0
            return PaceNow()
        passed_s = now_s - self._at_s
        if passed_s > 0:
            newest = (progress.done - self._done) / passed_s
            self._watched_s += passed_s
            share = min(1.0, passed_s / min(self._watched_s, self._memory_s))
            self._per_s += share * (newest - self._per_s)
            self._done, self._at_s = progress.done, now_s
        left = progress.expected - progress.done
        if self._watched_s < 1.0 or self._per_s <= 0:
            return PaceNow(round(self._per_s))
        return PaceNow(round(self._per_s), round(left / self._per_s))
