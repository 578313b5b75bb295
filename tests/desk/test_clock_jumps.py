"""The computer's clock is set a day on or back in the middle of a call: nothing depends on it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agent_app.desk.cards import Cards
from agent_app.desk.handover_telling import Telling
from agent_app.desk.phone import Phone
from agent_app.desk.shift import Shift
from agent_app.desk.summaries import Summaries
from agent_app.domain.agent_state import AgentState
from agent_app.domain.calls import Call, CallState
from agent_app.domain.centre_rules import WrapUpRule
from sip import messages as m
from sync.legs import LegState
from tests.desk.fakes import (
    FakeArticles,
    FakeCallers,
    FakeEngine,
    FakeKeeper,
    HandClock,
    incoming,
    no_category,
    recorder,
)
from tests.desk.fakes_live import FakeLive
from tests.ui.fakes import InstantTasks

pytestmark = pytest.mark.usefixtures("qapp")

LINE = m.LineId("1-9")
DAYS = [timedelta(days=1), timedelta(days=-1)]


class Jumping(HandClock):
    def jump(self, by: timedelta) -> None:
        """Somebody, or a time server, sets the clock; what passes passes all the same."""
        self._now += by


class Desk:
    def __init__(self) -> None:
        self.clock, engine = Jumping(), FakeEngine()
        self.phone = Phone(extension="1001", dial_domain="pbx", normalise=lambda text: text,
                           clock=self.clock)  # fmt: skip
        self.phone.attach(engine)
        self.phone.handle(m.EngineReady(1, 1, "127.0.0.1", (("udp", 5062),), "test"))
        self.seen: list[Call] = []
        self.phone.call_changed.connect(self.seen.append)
        _, commit = recorder()
        tasks = InstantTasks()
        self.summaries = Summaries(keeper=FakeKeeper(), commit=commit,
                                   article=FakeArticles().article,
                                   queue_category=no_category, clock=self.clock,
                                   tasks=tasks)  # fmt: skip
        self.cards = Cards(callers=FakeCallers(), region_of=lambda _: "", tasks=tasks)
        self.live = FakeLive()
        self.telling = Telling(told=self.live, phone=self.phone, summaries=self.summaries,
                               cards=self.cards, clock=self.clock)  # fmt: skip
        self.phone.call_changed.connect(self.summaries.on_call)
        self.shift = Shift(phone=self.phone, summaries=self.summaries, clock=self.clock,
                           wrap_up=lambda: WrapUpRule(seconds=30), practice=False)  # fmt: skip

    @property
    def call(self) -> Call:
        return self.seen[-1]


@pytest.mark.parametrize("by", DAYS)
def test_what_was_talked_and_the_wrap_up_are_as_long_as_they_were(by: timedelta) -> None:
    desk = Desk()
    desk.shift.choose(AgentState.READY)
    desk.phone.handle(incoming(str(LINE)))
    desk.clock.advance(4)
    desk.phone.handle(m.CallAnswered(LINE, "PCMA"))
    desk.clock.advance(20)
    desk.clock.jump(by)
    desk.clock.advance(40)
    desk.phone.handle(m.CallEnded(LINE, 200, "OK", m.EndedBy.CALLER))
    assert desk.call.state is CallState.ENDED
    assert desk.call.talked_s == 60
    assert desk.shift.status.state is AgentState.WRAP_UP
    assert desk.shift.status.wrap_up_left_s == 30
    desk.clock.jump(-by)
    desk.clock.advance(10)
    assert desk.shift.status.wrap_up_left_s == 20


@pytest.mark.parametrize("by", DAYS)
def test_colleagues_hear_of_the_call_all_the_same(by: timedelta) -> None:
    """Its card travels with a transfer: what the centre is told of a call must not stop."""
    desk = Desk()
    desk.phone.handle(incoming(str(LINE)))
    desk.clock.jump(2 * by)
    desk.phone.handle(m.CallAnswered(LINE, "PCMA"))
    assert desk.live.told[-1].state is LegState.TALKING
