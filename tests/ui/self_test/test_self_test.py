from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from agent_app.desk.self_test import SelfTestProgress, SelfTestStep
from agent_app.domain.self_test import EchoVerdict, MicrophoneVerdict, SelfTestResult
from sip import messages as m
from tests.ui.fakes import Rig
from ui.self_test.model import SelfTestModel
from ui.self_test.window import SelfTestWindow

GOOD = SelfTestResult(
    microphone=MicrophoneVerdict.GOOD, microphone_db=-22, microphone_name="Headset",
    speaker_name="Headset", rings=("Loudspeaker",), ring_heard=True, echo=EchoVerdict.GOOD,
    mos=4.3, loss_share=0.001, jitter_ms=3.2, round_trip_ms=18, encrypted=True,
)  # fmt: skip


@pytest.fixture
def model(rig: Rig) -> SelfTestModel:
    return SelfTestModel(rig.seat)


def say(rig: Rig, step: SelfTestStep, result: SelfTestResult = GOOD, *, done_share: float = 0.0,
        level_db: float = m.SILENCE_DB) -> None:  # fmt: skip
    rig.seat.self_test.changed.emit(SelfTestProgress(step, done_share, level_db, result))


def found(model: SelfTestModel) -> dict[str, tuple[str, str]]:
    return {one.what: (one.text, one.health) for one in model.view.findings}


def test_before_it_begins_nothing_is_claimed(model: SelfTestModel) -> None:
    assert model.view.findings == ()
    assert model.view.share == 0
    assert "about 20 s" in model.view.instruction
    assert model.view.verdict == ""


def test_each_step_says_what_to_do_and_how_far_it_is(rig: Rig, model: SelfTestModel) -> None:
    say(rig, SelfTestStep.MICROPHONE, SelfTestResult(), done_share=0.5, level_db=-30.0)
    assert "count to ten" in model.view.instruction
    assert model.view.share == pytest.approx(1 / 6)
    assert model.view.level == pytest.approx(0.5)
    assert not model.view.asks_about_ring
    say(rig, SelfTestStep.RING, level_db=-75.0)
    assert model.view.asks_about_ring
    assert model.view.level == 0.0
    say(rig, SelfTestStep.ECHO)
    assert "exchange and back" in model.view.instruction


def test_a_good_seat_is_told_so_in_words(rig: Rig, model: SelfTestModel) -> None:
    say(rig, SelfTestStep.DONE)
    assert model.view.passed
    assert model.view.verdict == "All is well: ready for callers."
    assert found(model)["Microphone"] == ("Headset hears you well", "good")
    assert found(model)["Ring"] == ("heard on Loudspeaker", "good")
    assert found(model)["Exchange"][1] == "good"
    assert found(model)["Line"][0] == (
        "quality ≈ 4.3 of 4.5 (estimate) · lost 0.1 % · jitter 3 ms · there and back 18 ms · "
        "encrypted"
    )


@pytest.mark.parametrize(
    ("verdict", "words", "health"),
    [
        (MicrophoneVerdict.TOO_QUIET, "too quietly", "warning"),
        (MicrophoneVerdict.CLIPPING, "too loud", "warning"),
        (MicrophoneVerdict.SILENT, "only silence", "fault"),
        (MicrophoneVerdict.MISSING, "no microphone", "fault"),
    ],
)
def test_a_microphone_that_will_not_do_is_explained(
    rig: Rig, model: SelfTestModel, verdict: MicrophoneVerdict, words: str, health: str
) -> None:
    say(rig, SelfTestStep.DONE, replace(GOOD, microphone=verdict, microphone_name=""))
    text, shown = found(model)["Microphone"]
    assert words in text
    assert shown == health
    assert model.view.verdict.startswith("Not ready")


@pytest.mark.parametrize(
    ("echo", "words", "health"),
    [
        (EchoVerdict.POOR, "line is bad", "warning"),
        (EchoVerdict.NO_SOUND, "no voice came back", "fault"),
        (EchoVerdict.NO_ANSWER, "did not answer", "fault"),
        (EchoVerdict.NO_EXCHANGE, "no exchange here", "neutral"),
    ],
)
def test_the_exchanges_echo_is_explained(
    rig: Rig, model: SelfTestModel, echo: EchoVerdict, words: str, health: str
) -> None:
    result = replace(GOOD, echo=echo, mos=None, echo_detail="486 Busy")
    say(rig, SelfTestStep.DONE, result)
    text, shown = found(model)["Exchange"]
    assert words in text
    assert text.endswith("(486 Busy)")
    assert shown == health
    assert "Line" not in found(model)


def test_practice_is_ready_without_an_exchange(rig: Rig, model: SelfTestModel) -> None:
    say(rig, SelfTestStep.DONE, replace(GOOD, echo=EchoVerdict.NO_EXCHANGE))
    assert model.view.verdict == "Your headset is ready. There is no exchange here to try."


@pytest.mark.parametrize(
    ("heard", "words", "health"), [(False, "not heard", "fault"), (None, "rang on", "good")]
)
def test_a_ring_that_is_not_heard_is_no_ring(
    rig: Rig, model: SelfTestModel, heard: bool | None, words: str, health: str
) -> None:
    say(rig, SelfTestStep.DONE, replace(GOOD, ring_heard=heard, encrypted=False))
    text, shown = found(model)["Ring"]
    assert words in text
    assert shown == health
    assert found(model)["Line"][0].endswith("not encrypted")


def test_it_gives_way_to_a_call_and_says_so(rig: Rig, model: SelfTestModel) -> None:
    rig.ring()
    model.start()
    assert model.view.refusal == "Not during a call."
    rig.ended()
    rig.phone.handle(m.EngineLost(1, "killed", 0.2))
    model.start()
    assert model.view.refusal.startswith("The phone is not ready")
    say(rig, SelfTestStep.ABORTED, SelfTestResult())
    assert model.view.share == 1.0
    assert "was ended" in model.view.instruction


def test_the_window_shows_the_findings_and_asks_about_the_ring(
    rig: Rig, model: SelfTestModel, qtbot: QtBot
) -> None:
    window = SelfTestWindow(model)
    qtbot.addWidget(window)
    window.show()
    heard = window.findChild(QPushButton, "self-test-heard-button")
    finding = window.findChild(QLabel, "self-test-finding-1")
    verdict = window.findChild(QLabel, "self-test-verdict")
    assert heard is not None
    assert finding is not None
    assert verdict is not None
    assert not heard.isEnabled()
    say(rig, SelfTestStep.RING)
    assert heard.isEnabled()
    heard.click()
    silent = window.findChild(QPushButton, "self-test-not-heard-button")
    assert silent is not None
    silent.click()
    say(rig, SelfTestStep.DONE)
    assert finding.text() == "Headset hears you well"
    assert verdict.property("state") == "good"
    assert not window.isModal()
    window.grab()
    window.close()
