"""A voice for tests, and a measure of how much of it arrived somewhere else."""

from __future__ import annotations

import array
import math
import wave
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

VOICE_HZ = 8_000
HEARD = 0.8
"""A likeness above this says that the voice arrived."""
HEARD_BESIDE = 0.6
"""The same where another voice of its loudness may be heard all the time: two make 0.7 each."""
_CHUNK = VOICE_HZ // 10
_SLACK = VOICE_HZ // 20
_SILENCE = 1000.0
"""Of the square root of a tenth's power: samples of about 35."""

Samples = np.ndarray[Any, np.dtype[np.float64]]


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

    The mean, over tenths of a second of what was played, of the normalised correlation with what
    was heard, at the place where the whole of it fits best. A tenth may come up to 50 ms early or
    late. The level does not matter; gaps cost what they hide.
    """
    voice, sound = np.array(read_samples(played), float), np.array(read_samples(heard), float)
    starts = range(0, len(voice) - _CHUNK, 2 * _CHUNK)
    places = len(sound) - _CHUNK - starts[-1]  # a repetition that is cut off is none
    if places <= 0:
        return 0.0
    found = np.zeros(places)
    for start in starts:
        alike = _alike(voice[start : start + _CHUNK], sound)
        slack = np.pad(alike, _SLACK)
        found += sliding_window_view(slack, 2 * _SLACK + 1).max(axis=1)[start : start + places]
    return float(found.max()) / len(starts)


def _alike(chunk: Samples, sound: Samples) -> Samples:
    """The normalised correlation of ``chunk`` with ``sound`` at each place; of near silence 0."""
    size = 1 << (len(sound) + len(chunk)).bit_length()
    spectrum = np.fft.rfft(sound, size) * np.conj(np.fft.rfft(chunk, size))
    product = np.fft.irfft(spectrum, size)[: len(sound) - len(chunk) + 1]
    power = np.concatenate(([0.0], np.cumsum(sound**2)))
    level = np.sqrt(np.maximum(power[len(chunk) :] - power[: -len(chunk)], 0.0))
    own = float(np.linalg.norm(chunk))
    loud = (level > _SILENCE) & (own > _SILENCE)
    return np.where(loud, product / np.where(loud, level * own, 1.0), 0.0)


def loudness(path: Path) -> list[int]:
    """Return the peak of each tenth of a second."""
    samples = read_samples(path)
    return [max(map(abs, samples[n : n + _CHUNK])) for n in range(0, len(samples) - _CHUNK, _CHUNK)]
