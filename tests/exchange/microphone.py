"""What another phone's microphone hears: a voice again and again, as long as a test takes."""

from __future__ import annotations

import array
import wave
from collections.abc import Iterator, Sequence
from pathlib import Path

RATE_HZ = 8_000
SPOKEN_S = 120


def write_microphone(path: Path, voice: Path | None, pause_s: float) -> None:
    """Write ``voice`` (WAV, 8 or 16 kHz, mono) with a pause after it; silence without one."""
    samples = _samples(voice) if voice else array.array("h", bytes(2 * RATE_HZ))
    samples.extend(array.array("h", bytes(2 * int(pause_s * RATE_HZ))))
    times = SPOKEN_S * RATE_HZ // len(samples) + 1
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples.tobytes() * times)


def _samples(voice: Path) -> array.array[int]:
    with wave.open(str(voice), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        rate = file.getframerate()
        samples = array.array("h", file.readframes(file.getnframes()))
    if rate == RATE_HZ:
        return samples
    assert rate == 2 * RATE_HZ
    return array.array("h", [(a + b) // 2 for a, b in _pairs(samples)])


def _pairs(samples: Sequence[int]) -> Iterator[tuple[int, int]]:
    return zip(samples[::2], samples[1::2], strict=False)
