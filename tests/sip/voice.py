"""A voice for tests, and a measure of how much of it arrived somewhere else."""

from __future__ import annotations

import array
import math
import operator
import wave
from collections.abc import Iterable
from pathlib import Path

VOICE_HZ = 8_000
HEARD = 0.8
"""A likeness above this says that the voice arrived."""
_CHUNK = VOICE_HZ // 10


def write_voice(
    path: Path,
    *,
    seconds: float = 1.0,
    low: int = 300,
    high: int = 3000,
    rate_hz: int = VOICE_HZ,
) -> Path:
    """Write a sweep from ``low`` to ``high`` Hz: no tenth of a second is like another."""
    samples = array.array("h")
    for n in range(int(seconds * rate_hz)):
        t = n / rate_hz
        phase = 2 * math.pi * (low * t + (high - low) * t * t / (2 * seconds))
        samples.append(int(9000 * math.sin(phase)))
    return write_samples(path, samples, rate_hz)


def write_samples(path: Path, samples: Iterable[int], rate_hz: int = VOICE_HZ) -> Path:
    """Write a mono 16-bit WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(array.array("h", samples).tobytes())
    return path


def read_samples(path: Path) -> list[int]:
    """Return the samples of a mono 16-bit WAV file, brought to 8 kHz by leaving samples out."""
    with wave.open(str(path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        step = file.getframerate() // VOICE_HZ
        samples = array.array("h", file.readframes(file.getnframes()))
    return samples.tolist()[::step]


def likeness(played: Path, heard: Path) -> float:
    """Return how much of ``played`` is in ``heard``: 1 is all of it, unrelated sound gives < 0.5.

    The mean, over tenths of a second of what was played, of the best normalised correlation with
    any stretch of what was heard. The level does not matter; gaps cost what they hide.
    """
    voice, sound = read_samples(played), read_samples(heard)
    chunks = [voice[n : n + _CHUNK] for n in range(0, len(voice) - _CHUNK, 2 * _CHUNK)]
    best, at = _find(chunks[0], sound, range(max(0, len(sound) - _CHUNK)))
    found = [best]
    for number, chunk in enumerate(chunks[1:], start=1):
        expected = at + number * 2 * _CHUNK
        lags = range(max(0, expected - 400), max(0, min(expected + 400, len(sound) - _CHUNK)))
        found.append(_find(chunk, sound, lags)[0])
    return sum(found) / len(found)


def _find(chunk: list[int], sound: list[int], lags: range) -> tuple[float, int]:
    best, at = 0.0, 0
    own = math.sqrt(sum(map(operator.mul, chunk, chunk)))
    for lag in lags:
        stretch = sound[lag : lag + _CHUNK]
        product = sum(map(operator.mul, chunk, stretch))
        if product <= best * own * 1000:
            continue
        other = math.sqrt(sum(map(operator.mul, stretch, stretch)))
        if other > 1000 and product / (own * other) > best:
            best, at = product / (own * other), lag
    return best, at


def loudness(path: Path) -> list[int]:
    """Return the peak of each tenth of a second."""
    samples = read_samples(path)
    return [max(map(abs, samples[n : n + _CHUNK])) for n in range(0, len(samples) - _CHUNK, _CHUNK)]
