"""What she was doing is written down as it turns, by the monotonic clock, with signs of life."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from agent_app.desk.shift_log import ShiftLog
from agent_app.domain.agent_state import AgentState
from agent_app.store.errors import StoreClosedError
from tests.desk.fakes_days import FakeDays
from tests.ui.fakes import InstantTasks, Rig, a_rig

READY, BREAK, TALKING = AgentState.READY, AgentState.BREAK, AgentState.TALKING


class Written:
    def __init__(self, rig: Rig) -> None:
        self.clock = rig.clock
        self.days = FakeDays()
        self.faults: list[str] = []
        self.turns: list[str] = []
        self.log = ShiftLog(
            keeper=self.days, shift=rig.seat.shift, clock=rig.clock, tasks=InstantTasks()
        )
        self.log.fault.connect(self.faults.append)
        self.log.turned.connect(self._on_turned)

    def _on_turned(self) -> None:
        self.turns.append("turned")

    @property
    def states(self) -> list[AgentState]:
        return [state for state, _, _ in self.days.turned]


@pytest.fixture
def rig(qapp: QApplication) -> Rig:
    return a_rig()


@pytest.fixture
def written(rig: Rig) -> Written:
    return Written(rig)


def test_nothing_is_written_before_the_desk_is_open(rig: Rig, written: Written) -> None:
    rig.seat.shift.choose(BREAK)
    written.log.beat()
    assert (written.days.turned, written.days.beaten) == ([], [])


def test_each_state_is_written_when_it_begins_with_how_long_the_last_one_was(
    rig: Rig, written: Written
) -> None:
    written.log.begin()
    assert written.days.ended == [None]  # what lasted when the desk was killed
    rig.clock.advance(42)
    rig.seat.shift.choose(BREAK)
    rig.clock.advance(7)
    rig.seat.shift.choose(READY)
    rig.seat.shift.choose(READY)
    assert written.states == [READY, BREAK, READY]
    assert [before_s for _, _, before_s in written.days.turned[1:]] == [42.0, 7.0]
    assert len(written.turns) == 3


def test_a_call_is_ringing_talking_and_wrap_up(rig: Rig, written: Written) -> None:
    written.log.begin()
    rig.ring()
    rig.answered()
    rig.ended()
    assert written.states == [READY, AgentState.RINGING, TALKING, AgentState.WRAP_UP]


def test_a_sign_of_life_says_how_long_the_state_has_lasted(rig: Rig, written: Written) -> None:
    written.log.begin()
    for _ in range(2):
        rig.clock.advance(30)
        written.log.beat()
    assert written.days.beaten == [30.0, 60.0]


def test_after_a_sleep_the_state_begins_anew_and_the_night_is_nobodys(
    rig: Rig, written: Written
) -> None:
    written.log.begin()
    rig.clock.advance(30)
    written.log.beat()
    rig.clock._now += timedelta(hours=9)
    rig.clock.advance(30)
    written.log.beat()
    [_, (state, began_at, before_s)] = written.days.turned
    assert (state, began_at, before_s) == (READY, rig.clock.now(), 30.0)


def test_leaving_ends_what_lasts(rig: Rig, written: Written) -> None:
    written.log.begin()
    rig.clock.advance(12)
    asyncio.run(written.log.close())
    asyncio.run(written.log.close())
    rig.seat.shift.choose(BREAK)
    written.log.beat()
    assert written.days.ended == [None, 12.0]
    assert written.states == [READY]


def test_a_disk_that_refuses_is_said(written: Written) -> None:
    written.days.fault = StoreClosedError()
    written.log.begin()
    assert written.faults
