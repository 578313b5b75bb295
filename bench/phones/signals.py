"""The sounds of the instrument, and how they are found again: bursts for times, a tone for gaps."""

from __future__ import annotations

import array
import math
from collections.abc import Sequence
from dataclasses import dataclass

BURST_HZ = 1_000
BURST_S = 0.1
PERIOD_S = 1.0
LEVEL = 12_000
LOUD = 2_000
"""An amplitude that only a burst or the tone reaches."""
QUIET_S = 0.3
"""So long must it have been quiet before an onset."""
LEAST_GAP_S = 0.008


@dataclass(frozen=True, slots=True)
class Gaps:
    """Holes in a tone: how many, and how long in all."""

    count: int
    total_ms: float


def tone(rate_hz: int, samples: int) -> array.array[int]:
    """``samples`` of the tone; ``start`` is the number of the first one."""
    step = 2 * math.pi * BURST_HZ / rate_hz
    return array.array("h", (int(LEVEL * math.sin(step * n)) for n in range(samples)))


class Source:
    """What is fed in, sample by sample: bursts once a second, or the tone without end."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._at = 0
        self.steady = False
        self._period = tone(rate_hz, rate_hz)

    def take(self, samples: int) -> tuple[array.array[int], int | None]:
        """The next samples and where in them a burst begins, None without one."""
        burst = int(BURST_S * self._rate_hz)
        block, onset = array.array("h"), None
        for n in range(self._at, self._at + samples):
            place = n % int(PERIOD_S * self._rate_hz)
            if place == 0 and not self.steady:
                onset = n - self._at
            sounds = self.steady or place < burst
            block.append(self._period[n % self._rate_hz] if sounds else 0)
        self._at += samples
        return block, onset


class OnsetFinder:
    """Finds the first loud sample after a silence, over blocks of any length."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._quiet = 0
        self.found: list[float] = []

    def feed(self, at_s: float, block: Sequence[int]) -> None:
        """``at_s`` is the time of the block's first sample."""
        for n, value in enumerate(block):
            if abs(value) < LOUD:
                self._quiet += 1
                continue
            if self._quiet >= QUIET_S * self._rate_hz:
                self.found.append(at_s + n / self._rate_hz)
            self._quiet = 0


class GapCounter:
    """Counts the holes in the tone, from its first loud sample on."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._quiet = 0
        self._began = False
        self._gaps: list[int] = []

    def feed(self, block: Sequence[int]) -> None:
        least = LEAST_GAP_S * self._rate_hz
        for value in block:
            if abs(value) < LOUD:
                self._quiet += 1
                continue
            if self._began and self._quiet >= least:
                self._gaps.append(self._quiet)
            self._began, self._quiet = True, 0

    @property
    def gaps(self) -> Gaps:
        return Gaps(len(self._gaps), round(1000 * sum(self._gaps) / self._rate_hz, 1))


def delays(sent: Sequence[float], heard: Sequence[float]) -> list[float]:
    """Milliseconds from each onset that was sent to when it was heard, if it was.

    Between -50 ms, because clocks and estimates err, and what makes one burst the next one's.
    """
    found = []
    for at in sent:
        after = [when - at for when in heard if -0.05 <= when - at < PERIOD_S - 0.05]
        if after:
            found.append(1000 * min(after))
    return found
