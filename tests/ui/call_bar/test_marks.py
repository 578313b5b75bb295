from __future__ import annotations

from dataclasses import replace

import pytest

from agent_app.domain.calls import CallState
from agent_app.domain.ids import InteractionId
from agent_app.domain.quality import CallQuality, MediaSilence
from tests.desk.fakes import a_call, answered
from ui.call_bar import marks

FOUND = CallQuality(
    InteractionId("i1"), mos=4.2, loss_share=0.006, jitter_ms=6.4, round_trip_ms=31.0,
    codec="PCMA", encrypted=True, silent_s=0.0, silence=MediaSilence.NONE,
)  # fmt: skip


def test_an_encrypted_call_and_an_open_one_say_so() -> None:
    call = answered(a_call())
    secret = marks.secrecy(replace(call, encrypted=True), practice=False)
    plain = marks.secrecy(replace(call, encrypted=False), practice=False)
    assert secret is not None
    assert plain is not None
    assert (secret.text, secret.health, secret.icon) == ("Encrypted", "good", "lock")
    assert (plain.text, plain.health, plain.icon) == ("Not encrypted", "warning", "unlock")


def test_before_the_answer_after_the_end_and_in_practice_nothing_is_said() -> None:
    call = replace(answered(a_call()), encrypted=False)
    assert marks.secrecy(a_call(), practice=False) is None
    assert marks.secrecy(replace(call, state=CallState.ENDED), practice=False) is None
    assert marks.secrecy(call, practice=True) is None


@pytest.mark.parametrize(
    ("mos", "health"), [(4.2, "good"), (3.6, "good"), (3.5, "warning"), (3.0, "fault")]
)
def test_the_quality_is_an_estimate_and_explains_itself(mos: float, health: str) -> None:
    mark = marks.quality(answered(a_call()), replace(FOUND, mos=mos))
    assert mark is not None
    assert (mark.text, mark.health) == (f"≈ {mos} est.", health)
    assert "not measured" in mark.explanation
    assert "Lost 0.6 % · jitter 6 ms · there and back 31 ms · PCMA" in mark.explanation


def test_without_anything_to_judge_by_there_is_no_estimate() -> None:
    call = answered(a_call())
    assert marks.quality(call, None) is None
    assert marks.quality(call, replace(FOUND, mos=None)) is None
    assert marks.quality(replace(call, state=CallState.HELD), FOUND) is None
