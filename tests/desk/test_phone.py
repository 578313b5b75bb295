"""Calls move only by what the engine reports; her acts become the right commands."""

from __future__ import annotations

import pytest

from agent_app.desk.phone import DialOutcome, EngineState, Levels, Phone
from agent_app.domain.calls import Call, CallState, Direction, EndReason
from sip import messages as m
from tests.desk.fakes import FakeEngine, HandClock, incoming

READY = m.EngineReady(1, 4711, "127.0.0.1", (("udp", 5062),), "pjsua2")
LINE = m.LineId("1-9")


class Rig:
    """A phone, its engine, and everything it said."""

    def __init__(self, dial_domain: str = "exchange.example") -> None:
        self.clock = HandClock()
        self.engine = FakeEngine()
        self.phone = Phone(
            extension="1001",
            dial_domain=dial_domain,
            normalise=self._normalise,
            clock=self.clock,
        )
        self.seen: list[Call] = []
        self.levels: list[Levels] = []
        self.phone.call_changed.connect(self.seen.append)
        self.phone.levels_changed.connect(self.levels.append)
        self.phone.attach(self.engine)

    @staticmethod
    def _normalise(raw: str) -> str:
        digits = raw.replace(" ", "")
        return "+86" + digits if len(digits) == 11 and digits.isdigit() else ""

    def ring(self, line: str = "1-9", **changes: object) -> Call:
        self.phone.handle(incoming(line, **changes))
        return self.seen[-1]

    def talk(self, line: str = "1-9") -> Call:
        self.ring(line)
        self.phone.handle(m.CallAnswered(m.LineId(line), "PCMA"))
        return self.seen[-1]


@pytest.fixture
def rig() -> Rig:
    return Rig()


def test_an_incoming_call_rings_with_what_the_exchange_said(rig: Rig) -> None:
    call = rig.ring()
    assert call.state is CallState.RINGING
    assert call.direction is Direction.INCOMING
    assert (call.queue, call.menu_path, call.waited_s) == ("咨询", "2-1", 42)
    assert call.normal == "+8613800138000"
    assert rig.phone.calls == (call,)


def test_an_anonymous_caller_is_not_looked_up_by_number(rig: Rig) -> None:
    assert rig.ring(anonymous=True).normal == ""


def test_answering_waits_for_the_engine_to_say_so(rig: Rig) -> None:
    call = rig.ring()
    rig.phone.answer(call.interaction_id)
    assert rig.engine.sent == [m.Answer(LINE)]
    assert rig.phone.calls[0].state is CallState.RINGING
    rig.phone.handle(m.CallAnswered(LINE, "PCMA"))
    assert rig.phone.calls[0].state is CallState.TALKING


def test_talk_time_comes_from_the_monotonic_clock(rig: Rig) -> None:
    rig.talk()
    rig.clock.advance(75)
    rig.phone.handle(m.CallEnded(LINE, 200, "OK", m.EndedBy.CALLER))
    assert rig.seen[-1].talked_s == 75
    assert rig.seen[-1].end_reason is EndReason.CALLER_HUNG_UP


def test_an_ended_call_is_still_known_for_its_summary(rig: Rig) -> None:
    call = rig.talk()
    rig.phone.handle(m.CallEnded(LINE, 200, "OK", m.EndedBy.AGENT))
    assert rig.phone.calls == ()
    ended = rig.phone.call(call.interaction_id)
    assert ended is not None
    assert ended.end_reason is EndReason.AGENT_HUNG_UP


def test_only_the_last_ended_calls_are_kept(rig: Rig) -> None:
    first = rig.ring("1-0")
    rig.phone.handle(m.CallEnded(m.LineId("1-0"), 487, "", m.EndedBy.CALLER))
    for number in range(1, 40):
        rig.ring(f"1-{number}")
        rig.phone.handle(m.CallEnded(m.LineId(f"1-{number}"), 487, "", m.EndedBy.CALLER))
    assert rig.phone.call(first.interaction_id) is None


def test_answering_a_second_call_holds_the_first(rig: Rig) -> None:
    rig.talk("1-1")
    second = rig.ring("1-2")
    rig.phone.answer(second.interaction_id)
    assert rig.engine.sent == [m.Hold(m.LineId("1-1")), m.Answer(m.LineId("1-2"))]


def test_hold_and_resume_follow_the_engine(rig: Rig) -> None:
    call = rig.talk()
    rig.phone.resume(call.interaction_id)
    rig.phone.hold(call.interaction_id)
    rig.phone.handle(m.CallHeld(LINE, by_agent=True, by_caller=False))
    assert rig.phone.calls[0].state is CallState.HELD
    rig.phone.hold(call.interaction_id)
    rig.phone.resume(call.interaction_id)
    rig.phone.handle(m.CallHeld(LINE, by_agent=False, by_caller=True))
    assert rig.phone.calls[0].state is CallState.TALKING
    assert rig.phone.calls[0].held_by_caller
    assert rig.engine.sent == [m.Hold(LINE), m.Resume(LINE)]


def test_mute_shows_what_the_engine_did(rig: Rig) -> None:
    call = rig.talk()
    rig.phone.set_mute(call.interaction_id, True)
    assert not rig.phone.calls[0].muted
    rig.phone.handle(m.CallMuted(LINE, muted=True))
    assert rig.phone.calls[0].muted
    assert rig.engine.sent == [m.SetMute(LINE, True)]


def test_digits_go_to_the_call(rig: Rig) -> None:
    call = rig.talk()
    rig.phone.send_dtmf(call.interaction_id, "12#")
    assert rig.engine.sent == [m.SendDtmf(LINE, "12#")]


def test_hanging_up_a_ringing_call_refuses_it(rig: Rig) -> None:
    call = rig.ring()
    rig.phone.hang_up(call.interaction_id)
    assert rig.engine.sent == [m.Reject(LINE)]
    rig.phone.handle(m.CallEnded(LINE, 486, "Busy Here", m.EndedBy.AGENT))
    assert rig.seen[-1].end_reason is EndReason.REJECTED


def test_a_talking_call_cannot_be_rejected_or_answered_but_hung_up(rig: Rig) -> None:
    call = rig.talk()
    rig.phone.reject(call.interaction_id)
    rig.phone.answer(call.interaction_id)
    assert rig.engine.sent == []
    rig.phone.hang_up(call.interaction_id)
    assert rig.engine.sent == [m.HangUp(LINE)]


def test_a_caller_who_gives_up_is_told_apart(rig: Rig) -> None:
    rig.ring()
    rig.phone.handle(m.CallEnded(LINE, 487, "Request Terminated", m.EndedBy.CALLER))
    assert rig.seen[-1].end_reason is EndReason.CALLER_GAVE_UP


def test_a_dead_engine_loses_every_call_and_says_when(rig: Rig) -> None:
    rig.phone.handle(READY)
    rig.phone.handle(m.RegistrationChanged(True, 200, "OK", 90))
    rig.talk("1-1")
    rig.ring("1-2")
    rig.phone.handle(m.EngineLost(1, "killed by signal 9", 0.2))
    assert [call.end_reason for call in rig.seen[-2:]] == [EndReason.LOST, EndReason.LOST]
    assert all(call.ended_at == rig.clock.now() for call in rig.seen[-2:])
    status = rig.phone.status
    assert status.engine is EngineState.LOST
    assert status.lost_at == rig.clock.now()
    assert status.registered is False
    rig.phone.handle(READY)
    assert rig.phone.status.engine is EngineState.READY
    assert rig.phone.status.lost_at is None


def test_practice_has_nothing_to_register_with(rig: Rig) -> None:
    rig.phone.handle(m.EngineLost(1, "killed", None))
    assert rig.phone.status.registered is None


def test_sound_and_registration_are_told(rig: Rig) -> None:
    rig.phone.handle(m.SoundChanged(m.SoundState.NO_MICROPHONE, "耳机", "", "none found"))
    rig.phone.handle(m.RegistrationChanged(False, 403, "Forbidden", 0))
    assert rig.phone.status.sound is m.SoundState.NO_MICROPHONE
    assert rig.phone.status.registration_detail == "403 Forbidden"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("  ", DialOutcome.EMPTY),
        ("no number", DialOutcome.NOT_A_NUMBER),
        ("138 0013 8000", DialOutcome.DIALLED),
    ],
)
def test_dialling_says_what_became_of_it(rig: Rig, text: str, outcome: DialOutcome) -> None:
    rig.phone.handle(READY)
    assert rig.phone.dial(text) is outcome
    assert bool(rig.engine.sent) is (outcome is DialOutcome.DIALLED)


def test_dialling_without_a_phone_or_an_exchange_says_so(rig: Rig) -> None:
    assert rig.phone.dial("13800138000") is DialOutcome.NO_PHONE
    practice = Rig(dial_domain="")
    practice.phone.handle(READY)
    assert practice.phone.dial("13800138000") is DialOutcome.NO_EXCHANGE


def test_there_are_four_lines(rig: Rig) -> None:
    rig.phone.handle(READY)
    for line in range(4):
        rig.ring(f"1-{line}x")
    assert rig.phone.dial("13800138000") is DialOutcome.NO_LINE


@pytest.mark.parametrize(
    ("status", "by", "reason"),
    [
        (486, m.EndedBy.CALLER, EndReason.BUSY),
        (480, m.EndedBy.CALLER, EndReason.NO_ANSWER),
        (403, m.EndedBy.CALLER, EndReason.REFUSED),
        (503, m.EndedBy.NETWORK, EndReason.REFUSED),
        (487, m.EndedBy.AGENT, EndReason.AGENT_HUNG_UP),
    ],
)
def test_why_an_outgoing_call_failed(
    rig: Rig, status: int, by: m.EndedBy, reason: EndReason
) -> None:
    rig.phone.handle(READY)
    rig.phone.dial("13800138000")
    line = rig.engine.sent[0].line  # type: ignore[union-attr]
    assert line is not None
    rig.phone.handle(m.CallEnded(line, status, "", by))
    assert rig.seen[-1].end_reason is reason


def test_a_network_failure_in_the_middle_is_a_lost_call(rig: Rig) -> None:
    rig.talk()
    rig.phone.handle(m.CallEnded(LINE, 408, "", m.EndedBy.NETWORK))
    assert rig.seen[-1].end_reason is EndReason.LOST


def test_levels_carry_the_interaction(rig: Rig) -> None:
    call = rig.talk()
    rig.phone.handle(m.LevelsMeasured(LINE, -20.0, -90.0))
    rig.phone.handle(m.LevelsMeasured(m.LineId("1-99"), -20.0, -90.0))
    assert rig.levels == [Levels(call.interaction_id, -20.0, -90.0)]


def test_events_about_unknown_lines_change_nothing(rig: Rig) -> None:
    stranger = m.LineId("0-1")
    rig.phone.handle(m.CallAnswered(stranger, "PCMA"))
    rig.phone.handle(m.CallHeld(stranger, by_agent=True, by_caller=False))
    rig.phone.handle(m.CallMuted(stranger, muted=True))
    rig.phone.handle(m.CallEnded(stranger, 200, "", m.EndedBy.CALLER))
    rig.phone.handle(m.CommandRefused("Answer", stranger, "no such line"))
    rig.phone.handle(m.Pong(1))
    assert rig.seen == []


def test_answered_twice_is_answered_once(rig: Rig) -> None:
    rig.talk()
    count = len(rig.seen)
    rig.phone.handle(m.CallAnswered(LINE, "PCMA"))
    assert len(rig.seen) == count
