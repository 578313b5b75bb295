"""Who speaks, what is only noise, and which microphone is dead."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from agent_app.domain.speech import DeadMicrophone, SpeechDetector

VOICE = [-31.0, -22.0, -26.0, -35.0, -20.0, -28.0, -24.0, -33.0, -21.0, -27.0]


def hear(detector: SpeechDetector, levels: Iterable[float], start_s: float = 0.0) -> list[bool]:
    return [detector.feed(level, start_s + n / 5) for n, level in enumerate(levels)]


def test_speech_is_noticed_after_about_eight_tenths_of_a_second() -> None:
    answers = hear(SpeechDetector(), [-70.0] * 5 + VOICE)
    assert answers.index(True) in range(5 + 2, 5 + 5)
    assert all(answers[5 + 4 :])


@pytest.mark.parametrize(
    "noise",
    [
        [-90.0] * 50,
        [-60.0, -50.0, -55.0] * 20,  # a room with people at some distance
        [-70.0] * 10 + [-30.0, -31.0, -30.5] * 20,  # a fan is switched on beside her
        ([-20.0] + [-70.0] * 5) * 10,  # keys, a cup that is put down
        [-70.0, -15.0, -20.0, -60.0, -70.0] + [-70.0] * 20,  # a cough
    ],
)
def test_noise_is_not_speech(noise: list[float]) -> None:
    assert not any(hear(SpeechDetector(), noise))


def test_it_is_said_across_the_pauses_of_speech_and_ends_two_seconds_after_it() -> None:
    detector = SpeechDetector()
    hear(detector, VOICE)
    quiet = hear(detector, [-70.0] * 40, start_s=2.0)
    assert 8 <= quiet.index(False) <= 13
    assert not any(quiet[quiet.index(False) :])


def test_what_was_forgotten_is_not_said() -> None:
    detector = SpeechDetector()
    hear(detector, VOICE)
    detector.forget()
    assert not detector.feed(-20.0, 1.1)


def test_a_microphone_that_never_gave_a_sound_is_dead_after_five_seconds() -> None:
    microphone = DeadMicrophone()
    answers = [microphone.feed(-90.0, n / 10) for n in range(100)]
    assert answers.index(True) == 50


def test_a_microphone_that_worked_is_given_more_time() -> None:
    microphone = DeadMicrophone()
    assert not microphone.feed(-60.0, 0.0)
    answers = [microphone.feed(-90.0, 1 + n / 10) for n in range(200)]
    assert answers.index(True) == 150


def test_any_sound_brings_it_back_to_life_and_a_pause_starts_the_count_anew() -> None:
    microphone = DeadMicrophone()
    assert microphone.feed(-90.0, 0.0) is False
    assert microphone.feed(-90.0, 6.0) is True
    assert microphone.feed(-65.0, 6.1) is False
    microphone.forget()
    microphone.feed(-90.0, 10.0)
    microphone.pause()
    assert microphone.feed(-90.0, 16.0) is False
    assert microphone.feed(-90.0, 21.0) is True
