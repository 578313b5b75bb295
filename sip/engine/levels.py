"""Signal levels in decibels: the bridge's own, and those of the microphone by itself."""

from __future__ import annotations

import math

from sip.messages import SILENCE_DB

_BIAS = 0x84  # ITU-T G.711
_FULL_SCALE = 32768


def level_db(percent: int) -> float:
    """Return dBFS for pjsua2's meter: a mean amplitude in complemented μ-law, scaled to 0…100.

    The scaling loses half a step, so that the answer is good to about 1 dB.
    """
    if percent <= 0:
        return SILENCE_DB
    code = min(int((percent + 0.5) * 2.55), 127)
    return _db(((((code & 0x0F) << 3) + _BIAS) << (code >> 4)) - _BIAS)


def _db(amplitude: float) -> float:
    if amplitude <= 0:
        return SILENCE_DB
    return max(SILENCE_DB, round(20 * math.log10(amplitude / _FULL_SCALE), 1))


class Meter:
    """The loudest frame since the last look. ``feed`` in the microphone's thread, the rest in
    another; costs nothing while it is off."""

    def __init__(self) -> None:
        self.on = False
        self._mean = 0.0
        self._peak = 0

    def feed(self, frame: bytes) -> None:
        if self.on:
            samples = memoryview(frame).cast("h")
            self._mean = max(self._mean, sum(map(abs, samples)) / len(samples))
            for loudest in (max(samples), -min(samples)):
                self._peak = max(self._peak, loudest)

    def take(self) -> tuple[float, float]:
        """Return the loudest frame's mean amplitude and the highest sample, in dBFS."""
        mean, peak = self._mean, self._peak
        self._mean, self._peak = 0.0, 0
        return _db(mean), _db(peak)
