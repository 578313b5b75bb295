"""The recordings that a practice caller plays: format, length and level (step ①)."""

from __future__ import annotations

import array
import math
import sys
import wave
from pathlib import Path

import pytest

from tests.resources import shipped

RECORDINGS = sorted((shipped.PRACTICE / "voices").glob("*/*.wav"))
DEMO_LIMIT_S = 25.0
SIZE_LIMIT = 4_000_000

each_recording = pytest.mark.parametrize(
    "path", RECORDINGS, ids=lambda path: f"{path.parent.name}-{path.stem}"
)


def samples(path: Path) -> array.array[int]:
    with wave.open(str(path), "rb") as file:
        content = array.array("h", file.readframes(file.getnframes()))
    if sys.byteorder == "big":
        content.byteswap()
    return content


def seconds(path: Path) -> float:
    with wave.open(str(path), "rb") as file:
        return file.getnframes() / file.getframerate()


def rms_db(values: array.array[int]) -> float:
    power = sum(value * value for value in values) / len(values)
    return 10 * math.log10(power / 32768**2 + 1e-12)


def test_exactly_the_recordings_that_scenarios_name_are_there() -> None:
    named = {
        shipped.PRACTICE / turn["file"]
        for path in shipped.scenario_paths()
        for turn in shipped.document(path)["turns"]
    }
    assert set(RECORDINGS) == named


@each_recording
def test_a_recording_is_mono_16_bit_at_16_khz(path: Path) -> None:
    with wave.open(str(path), "rb") as file:
        shape = (file.getnchannels(), file.getsampwidth(), file.getframerate())
        assert shape == (1, 2, 16_000)
        assert file.getcomptype() == "NONE"


@each_recording
def test_a_recording_is_as_loud_as_a_caller_and_never_clipped(path: Path) -> None:
    values = samples(path)
    assert rms_db(values) == pytest.approx(-20.0, abs=0.5)
    assert 20 * math.log10(max(map(abs, values)) / 32768) <= -2.9


@each_recording
def test_a_recording_starts_and_ends_quietly_but_without_a_long_wait(path: Path) -> None:
    values = samples(path)
    edge = 16_000 // 100
    assert rms_db(values[:edge]) < -45
    assert rms_db(values[-edge:]) < -45
    assert rms_db(values[: 16_000 * 2 // 5]) > -40
    assert rms_db(values[-16_000 * 2 // 5 :]) > -40


@pytest.mark.parametrize("path", shipped.scenario_paths(), ids=lambda path: path.stem)
def test_a_turn_is_spoken_at_the_pace_of_its_words(path: Path) -> None:
    for turn in shipped.document(path)["turns"]:
        characters = sum(character.isalpha() for character in turn["say"])
        assert 2.5 <= characters / seconds(shipped.PRACTICE / turn["file"]) <= 6.5, turn["say"]


def test_the_demo_call_is_over_within_its_time() -> None:
    turns = shipped.document(shipped.PRACTICE / "scenarios" / "tax-deduction-children.json")[
        "turns"
    ]
    spoken = sum(seconds(shipped.PRACTICE / turn["file"]) for turn in turns)
    assert spoken + sum(turn["pause_s"] for turn in turns) <= DEMO_LIMIT_S


def test_the_recordings_stay_small() -> None:
    assert sum(path.stat().st_size for path in RECORDINGS) <= SIZE_LIMIT


def test_the_licence_note_says_what_is_not_clear_and_how_to_replace_the_voices() -> None:
    note = (shipped.PRACTICE / "voices" / "LICENSE.md").read_text(encoding="utf-8")
    for words in ("MIT", "Not clear", "Replacing them", "same file names"):
        assert words in note
