"""The measure that every test with sound trusts: how much of a voice arrived."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sip.voice import HEARD, HEARD_BESIDE, likeness, read_samples, write_samples, write_voice

SECOND = 8_000


@pytest.fixture
def voice(tmp_path: Path) -> Path:
    return write_voice(tmp_path / "voice.wav", low=1900, high=2900)


def heard(folder: Path, *parts: list[int]) -> Path:
    return write_samples(folder / "heard.wav", [one for part in parts for one in part])


def test_a_voice_is_found_wherever_and_however_softly_it_is_played(
    voice: Path, tmp_path: Path
) -> None:
    soft = [one // 20 for one in read_samples(voice)]
    assert likeness(voice, heard(tmp_path, [0] * 1234, soft, [0] * 99)) > 0.99


def test_a_repetition_that_is_cut_off_is_not_taken_for_the_voice(
    voice: Path, tmp_path: Path
) -> None:
    spoken, second = read_samples(voice), [n % 7 * 900 for n in range(SECOND // 10)]
    spoilt = [*second, *spoken[len(second) :]]  # its first tenth is whole at the end only
    assert likeness(voice, heard(tmp_path, spoilt, spoken[: SECOND // 4])) >= HEARD


def test_a_voice_beside_another_is_found_and_what_was_not_said_is_not(
    voice: Path, tmp_path: Path
) -> None:
    other = read_samples(write_voice(tmp_path / "other.wav", low=300, high=1200))
    both = heard(tmp_path, [a + b for a, b in zip(read_samples(voice), other, strict=True)])
    assert HEARD_BESIDE < likeness(voice, both) < HEARD
    silent = write_voice(tmp_path / "third.wav", low=3000, high=1600)
    assert likeness(silent, both) < 0.5


def test_a_gap_costs_what_it_hides(voice: Path, tmp_path: Path) -> None:
    spoken = read_samples(voice)
    half = likeness(voice, heard(tmp_path, spoken[:4000], [0] * 4000))
    tenth = likeness(voice, heard(tmp_path, spoken[:3200], [0] * 800, spoken[4000:]))
    assert half < 0.7 < HEARD < tenth < 0.95


def test_of_silence_nothing_is_alike(voice: Path, tmp_path: Path) -> None:
    silence = write_samples(tmp_path / "silence.wav", [0] * SECOND)
    assert likeness(voice, silence) == 0.0
    assert likeness(silence, voice) == 0.0
    assert likeness(voice, heard(tmp_path, read_samples(voice)[:100])) == 0.0
