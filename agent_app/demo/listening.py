"""Is this recording what was said? Speech is compared by its loudness over time.

G.711, resampling and the jitter buffer change every sample but not the rise and fall of a voice, so
both recordings are reduced to the loudness of 20 ms slices, and the best correlation over all
offsets is taken. Noise, a tone or silence against speech stays below 0.4; the same words reach 0.9.
"""

from __future__ import annotations

import array
import math
import sys
import wave
from dataclasses import dataclass
from pathlib import Path

SLICE_S = 0.02
FLOOR = 30.0
"""Sample value under which a slice counts as silence (-60 dBFS)."""


@dataclass(frozen=True, slots=True)
class Match:
    """``correlation`` from -1 to 1 at ``offset_s`` into the longer recording."""

    correlation: float
    offset_s: float


def loudness(path: Path) -> list[float]:
    """Loudness of each 20 ms slice of a mono 16-bit WAV, as the logarithm of its RMS.

    A file that is still being written is read as far as it goes. Raises OSError, wave.Error.
    """
    with wave.open(str(path), "rb") as recording:
        rate = recording.getframerate()
        samples = array.array("h")
        data = recording.readframes(recording.getnframes())
    samples.frombytes(data[: len(data) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    step = int(rate * SLICE_S)
    return [_log_rms(samples[at : at + step]) for at in range(0, len(samples) - step + 1, step)]


def _log_rms(slice_: array.array[int]) -> float:
    mean = sum(value * value for value in slice_) / len(slice_)
    return math.log10(max(math.sqrt(mean), FLOOR) / FLOOR)


def find(spoken: list[float], heard: list[float]) -> Match:
    """Where in ``heard`` the curve of ``spoken`` fits best, and how well."""
    best = Match(-1.0, 0.0)
    for offset in range(max(1, len(heard) - len(spoken) + 1)):
        correlation = _correlation(spoken, heard[offset : offset + len(spoken)])
        if correlation > best.correlation:
            best = Match(correlation, offset * SLICE_S)
    return best


def found_so_far(spoken: list[float], recording: Path) -> Match:
    """The same in a file that may be only begun, or not there yet."""
    try:
        return find(spoken, loudness(recording))
    except (OSError, EOFError, wave.Error):
        return Match(-1.0, 0.0)


def _correlation(a: list[float], b: list[float]) -> float:
    count = min(len(a), len(b))
    if count == 0:
        return -1.0
    mean_a, mean_b = sum(a[:count]) / count, sum(b[:count]) / count
    product = square_a = square_b = 0.0
    for x, y in zip(a[:count], b[:count], strict=True):
        product += (x - mean_a) * (y - mean_b)
        square_a += (x - mean_a) ** 2
        square_b += (y - mean_b) ** 2
    return product / math.sqrt(square_a * square_b) if square_a and square_b else -1.0
