"""How a self-test judges what it heard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent_app.domain.self_test import (
    EchoVerdict,
    MicrophoneVerdict,
    SelfTestResult,
    came_back,
    judge_microphone,
)

SPEECH = (-30.0, -22.0, -26.0, -60.0, -35.0, -20.0, -28.0, -65.0, -24.0, -33.0) * 6
GOOD = SelfTestResult(
    microphone=MicrophoneVerdict.GOOD,
    rings=("Speaker",),
    ring_heard=True,
    echo=EchoVerdict.GOOD,
)


@pytest.mark.parametrize(
    ("levels", "peaks", "verdict"),
    [
        (SPEECH, [-10.0] * 60, MicrophoneVerdict.GOOD),
        ([level - 30 for level in SPEECH], [-40.0] * 60, MicrophoneVerdict.TOO_QUIET),
        ([-60.0] * 60, [-50.0] * 60, MicrophoneVerdict.TOO_QUIET),  # she did not speak
        ([level + 18 for level in SPEECH], [0.0] * 20 + [-5.0] * 40, MicrophoneVerdict.CLIPPING),
        (SPEECH, [0.0] * 3 + [-5.0] * 57, MicrophoneVerdict.GOOD),  # she touched it
        ([-90.0] * 60, [-90.0] * 60, MicrophoneVerdict.SILENT),
        ([], [], MicrophoneVerdict.MISSING),
    ],
)
def test_a_microphone_is_judged_by_the_speech_in_it(
    levels: list[float], peaks: list[float], verdict: MicrophoneVerdict
) -> None:
    assert judge_microphone(levels, peaks)[0] is verdict


def test_its_level_is_that_of_the_speech_and_not_of_the_pauses() -> None:
    assert judge_microphone(SPEECH, [-10.0] * 60)[1] == pytest.approx(-21, abs=2)


@pytest.mark.parametrize("way", [0, 1, 4, 10, 15])
@pytest.mark.parametrize("louder", [-20.0, 0.0, 6.0])
def test_an_echo_is_known_whenever_and_however_loud_it_comes(way: int, louder: float) -> None:
    sent = [-90.0] * 5 + list(SPEECH[:37]) + [-90.0] * 18
    received = ([-90.0] * way + [max(-90.0, level + louder) for level in sent])[: len(sent)]
    assert came_back(sent, received)


@pytest.mark.parametrize(
    "received",
    [
        [-90.0] * 60,
        [-30.0] * 60,
        ([-20.0] * 7 + [-80.0] * 6) * 5,  # somebody else's busy tone
        [],
    ],
)
def test_silence_noise_and_tones_are_no_echo(received: list[float]) -> None:
    sent = [-90.0] * 5 + list(SPEECH[:37]) + [-90.0] * 18
    assert not came_back(sent, received)


def test_nothing_sent_cannot_come_back() -> None:
    assert not came_back([], [])
    assert not came_back([-30.0] * 60, [-30.0] * 60)


def test_a_seat_passes_when_it_is_heard_rings_and_the_line_is_good() -> None:
    assert GOOD.passed
    assert replace(GOOD, ring_heard=None).passed
    assert replace(GOOD, echo=EchoVerdict.NO_EXCHANGE).passed  # practice
    assert not SelfTestResult().passed
    assert not replace(GOOD, microphone=MicrophoneVerdict.TOO_QUIET).passed
    assert not replace(GOOD, rings=()).passed
    assert not replace(GOOD, ring_heard=False).passed
    assert not replace(GOOD, echo=EchoVerdict.POOR).passed
