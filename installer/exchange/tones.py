"""Sounds made here, so that no licence has to be thought of: music on hold and the menu's prompts.

A site puts its own recordings in their place: WAV, 8 kHz, mono, 16 bit.
"""

from __future__ import annotations

import array
import math
import wave
from collections.abc import Iterable
from pathlib import Path

RATE_HZ = 8_000
LOUDNESS = 5_000
# Jasmine (茉莉花), a tune of the eighteenth century: semitones above A4 and eighths.
_TUNE = (
    (7, 2), (7, 1), (10, 1), (12, 1), (15, 1), (15, 1), (12, 1), (10, 2), (10, 1), (12, 1), (10, 4),
    (7, 2), (7, 1), (10, 1), (12, 1), (15, 1), (15, 1), (12, 1), (10, 2), (10, 1), (12, 1), (10, 4),
    (10, 2), (10, 2), (10, 2), (7, 1), (10, 1), (12, 2), (12, 2), (10, 4),
)  # fmt: skip
_EIGHTH_S = 0.28


def write_sounds(folder: Path) -> None:
    """Write music/ and prompts/ below ``folder`` unless they are there."""
    _write(folder / "music/jasmine.wav", [(440 * 2 ** (n / 12), d * _EIGHTH_S) for n, d in _TUNE])
    _write(folder / "prompts/menu.wav", [(660, 0.2), (880, 0.3)])
    _write(folder / "prompts/topic.wav", [(880, 0.2)])
    _write(folder / "prompts/grade.wav", [(660, 0.2), (770, 0.2), (880, 0.3)])
    _write(folder / "prompts/thanks.wav", [(880, 0.2), (660, 0.3)])


def _write(path: Path, notes: Iterable[tuple[float, float]]) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    samples = array.array("h")
    for pitch_hz, length_s in notes:
        samples.extend(_note(pitch_hz, length_s))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples.tobytes())


def _note(pitch_hz: float, length_s: float) -> list[int]:
    """Struck and fading, so that two equal notes are heard as two."""
    count = int(length_s * RATE_HZ)
    return [
        int(
            LOUDNESS
            * min(1.0, n / 80, (count - n) / 80)
            * math.exp(-2.5 * n / RATE_HZ)
            * math.sin(2 * math.pi * pitch_hz * n / RATE_HZ)
        )
        for n in range(count)
    ]
