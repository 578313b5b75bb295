"""Measure whether the practice callers survive the telephone: level, band, noise, G.711.

Why it exists: nobody should have to trust that a recording is good enough to understand over a
call (steps ① and ④ to ⑥ depend on it). Each turn is sent through 8 kHz A-law by sox and compared
with itself. Runs in the same environment as make_voices.py and prints one row per turn.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pystoi import stoi
from scipy.io import wavfile
from scipy.signal import welch

Samples = NDArray[np.float64]
VOICES = Path(__file__).resolve().parents[2] / "resources" / "practice" / "voices"
FLOOR = 1e-9


def read(path: Path) -> Samples:
    """Samples in -1 … 1."""
    _, data = wavfile.read(path)
    return np.asarray(data, dtype=np.float64) / 32768


def convert(path: Path, *steps: list[str]) -> Samples:
    """Run sox once per step; the last step's output is read back at the source's rate."""
    with tempfile.TemporaryDirectory() as folder:
        current = path
        for number, options in enumerate(steps):
            target = Path(folder) / f"{number}.wav"
            subprocess.run(["sox", "-D", "-G", current, *options, target], check=True)
            current = target
        return read(current)


def decibels(power: float) -> float:
    return float(10 * np.log10(power + FLOOR))


def band_share(samples: Samples, rate: int) -> float:
    """The part of the spoken energy within 300–3400 Hz, in per cent."""
    frequency, power = welch(samples, rate, nperseg=1024)
    inside = (frequency >= 300) & (frequency <= 3400)
    return float(100 * power[inside].sum() / power.sum())


def quiet_and_loud(samples: Samples, rate: int) -> tuple[float, float]:
    """dBFS of the quietest and of the typical spoken 20 ms."""
    step = rate // 50
    frames = (samples[: len(samples) // step * step].reshape(-1, step) ** 2).mean(axis=1)
    spoken = frames[frames > frames.max() * 1e-3]
    return decibels(float(np.percentile(frames, 5))), decibels(float(np.median(spoken)))


def row(path: Path) -> str:
    rate, _ = wavfile.read(path)
    clean = read(path)
    narrow = convert(path, ["-r", "8000"], ["-r", str(rate)])
    back = ["-r", str(rate), "-e", "signed", "-b", "16"]
    phone = convert(path, ["-r", "8000", "-e", "a-law"], back)
    size = min(map(len, (clean, narrow, phone)))
    clean, narrow, phone = clean[:size], narrow[:size], phone[:size]
    noise = float(((phone - narrow) ** 2).mean())
    quantising = decibels(float((narrow**2).mean()) / noise)
    quiet, loud = quiet_and_loud(clean, rate)
    fields = (
        f"{path.parent.name}/{path.stem}",
        f"{size / rate:5.2f}",
        f"{decibels(float((clean**2).mean())):6.1f}",
        f"{20 * np.log10(np.abs(clean).max()):5.1f}",
        f"{int((np.abs(clean) > 0.999).sum()):2d}",
        f"{band_share(clean, rate):5.1f}",
        f"{loud - quiet:5.1f}",
        f"{quantising:5.1f}",
        f"{stoi(clean, phone, rate):5.3f}",
    )
    return "  ".join(fields)


def main() -> None:
    sys.stdout.write(
        "turn  seconds  RMS dBFS  peak dBFS  clipped  in band %  speech/pause dB  A-law SNR dB  "
        "STOI\n"
    )
    for path in sorted(VOICES.glob("*/*.wav")):
        sys.stdout.write(row(path) + "\n")


if __name__ == "__main__":
    main()
