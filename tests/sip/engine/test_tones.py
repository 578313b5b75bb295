"""Which tone follows the end of a call."""

from __future__ import annotations

import pytest

from sip.engine.tones import Farewell, Tone
from sip.messages import CallAnswered, CallEnded, EndedBy, LineId

OURS, THEIRS = LineId("1-o1"), LineId("1-i1")


class Hands:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def after(line: LineId, status: int, ended_by: EndedBy, *, answered: bool = False) -> Tone:
    farewell = Farewell(Hands())
    if answered:
        farewell.hear(CallAnswered(line, "PCMA"))
    farewell.hear(CallEnded(line, status, "", ended_by))
    return farewell.now()


@pytest.mark.parametrize(
    ("status", "tone"),
    [
        (486, Tone.BUSY),
        (600, Tone.BUSY),
        (404, Tone.CONGESTION),
        (480, Tone.CONGESTION),
        (503, Tone.CONGESTION),
        (603, Tone.SILENT),
        (487, Tone.SILENT),
    ],
)
def test_a_call_that_is_not_taken_is_heard_to_be_busy_or_not_to_go_through(
    status: int, tone: Tone
) -> None:
    assert after(OURS, status, EndedBy.CALLER) is tone


def test_a_caller_who_gives_up_leaves_silence() -> None:
    assert after(THEIRS, 487, EndedBy.CALLER) is Tone.SILENT
    assert after(THEIRS, 408, EndedBy.NETWORK) is Tone.SILENT


@pytest.mark.parametrize("line", [OURS, THEIRS])
def test_the_other_side_hanging_up_and_a_lost_call_are_heard(line: LineId) -> None:
    assert after(line, 200, EndedBy.CALLER, answered=True) is Tone.OVER
    assert after(line, 408, EndedBy.NETWORK, answered=True) is Tone.OVER


@pytest.mark.parametrize("answered", [True, False])
def test_what_she_ended_herself_needs_no_tone(answered: bool) -> None:
    assert after(OURS, 487, EndedBy.AGENT, answered=answered) is Tone.SILENT


def test_a_tone_ends_by_itself() -> None:
    hands = Hands()
    farewell = Farewell(hands)
    farewell.hear(CallEnded(OURS, 486, "", EndedBy.CALLER))
    hands.now_s = 2.7
    assert farewell.now() is Tone.BUSY
    hands.now_s = 2.9
    assert farewell.now() is Tone.SILENT
