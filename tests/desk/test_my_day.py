"""Her day: true while she looks, told to the centre when it is different, and compared with it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from agent_app.desk.my_day import DAYS_BACK, DayView, MyDay
from agent_app.domain.day import DayFigures, DayMaterial, add_up
from agent_app.domain.grades import DayGrades
from agent_app.domain.ids import AgentId
from agent_app.domain.link import LinkStatus, ServerState
from agent_app.store.errors import StoreClosedError
from sync.errors import Unreachable
from sync.wire import OperationKind, Outcome
from tests.desk.fakes import HandClock
from tests.desk.fakes_days import FakeCentre, FakeDays, a_morning
from tests.ui.fakes import InstantTasks

ONLINE = LinkStatus(ServerState.ONLINE)
OFFLINE = LinkStatus(ServerState.OFFLINE)


class Mine:
    def __init__(self, role: str = "agent") -> None:
        self.clock = HandClock()
        self.today = self.clock.now().astimezone().date()
        self.days = FakeDays({self.today: a_morning(self.today)})
        self.centre = FakeCentre()
        self.shown: list[DayView] = []
        self.day = MyDay(
            keeper=self.days,
            grades=self.days,
            centre=self.centre,
            agent_id=AgentId("a1"),
            role=role,
            clock=self.clock,
            tasks=InstantTasks(),
        )
        self.day.changed.connect(self.shown.append)

    @property
    def told(self) -> list[str]:
        return [operation.record for operation in self.centre.told]


@pytest.fixture
def mine(qapp: QApplication) -> Mine:
    return Mine()


def test_a_day_is_read_while_somebody_looks_only(mine: Mine) -> None:
    mine.day.refresh()
    assert mine.shown == []
    mine.day.watch(True)
    assert mine.day.view.day.figures.calls_taken == 2
    mine.days.materials[mine.today] = DayMaterial()
    mine.day.on_calls(())
    assert mine.day.view.day.figures.empty
    assert len(mine.shown) == 2
    mine.day.watch(False)
    mine.days.materials[mine.today] = a_morning(mine.today)
    mine.day.refresh()
    assert len(mine.shown) == 2


def test_what_callers_said_is_read_with_the_day_and_told_to_nobody(mine: Mine) -> None:
    mine.days.graded[mine.today] = DayGrades(graded=5, satisfied=4)
    mine.day.watch(True)
    assert mine.day.view.day.grades == DayGrades(5, 4)
    mine.day.step(-1)
    assert mine.day.view.day.grades == DayGrades()
    mine.day.on_link(ONLINE)
    [told] = mine.centre.told
    assert set(told.payload["figures"]) == set(asdict(DayFigures()))  # type: ignore[arg-type]


def test_the_last_fourteen_days_can_be_shown_and_no_others(mine: Mine) -> None:
    mine.day.watch(True)
    mine.day.step(1)
    assert mine.day.view.day.day == mine.today
    mine.day.step(-1)
    assert mine.day.view.day.day == mine.today - timedelta(1)
    mine.day.show_day(date(2020, 1, 1))
    assert mine.day.view.day.day == mine.day.oldest == mine.today - timedelta(DAYS_BACK)


def test_today_stays_today_after_midnight(mine: Mine) -> None:
    mine.day.watch(True)
    mine.clock.advance(24 * 3600)
    mine.day.refresh()
    assert mine.day.view.day.day == mine.day.view.today == mine.today + timedelta(1)


def test_the_centre_is_told_once_of_each_day_that_is_different(mine: Mine) -> None:
    yesterday = mine.today - timedelta(1)
    mine.days.materials[yesterday] = a_morning(yesterday)
    mine.day.tell()
    assert mine.told == []  # there is no server
    mine.day.on_link(ONLINE)
    assert mine.told == [f"a1.{yesterday}", f"a1.{mine.today}"]
    mine.day.tell()
    assert len(mine.told) == 2
    mine.days.materials[mine.today] = DayMaterial(summaries=1)
    mine.day.tell()
    [*_, last] = mine.centre.told
    assert (last.kind, last.author) == (OperationKind.SAVE_DAY, "a1")
    assert last.payload == {
        "day": mine.today.isoformat(), "seat": "s1", "figures": asdict(DayFigures(summaries=1)),
    }  # fmt: skip
    mine.days.materials[mine.today] = DayMaterial()
    mine.day.tell()
    assert len(mine.told) == 3  # a day without anything says nothing


def test_what_did_not_arrive_is_told_again(mine: Mine) -> None:
    mine.centre.away = Unreachable("away")
    mine.day.on_link(ONLINE)
    assert mine.days.known == {}
    mine.centre.away = None
    mine.day.on_link(OFFLINE)
    mine.day.on_link(ONLINE)
    figures = add_up(mine.today, a_morning(mine.today)).figures
    assert mine.days.known == {mine.today: asdict(figures)}


def test_a_day_that_the_centre_refuses_is_not_sent_for_ever(mine: Mine) -> None:
    mine.centre.outcome = Outcome.REJECTED
    mine.day.on_link(ONLINE)
    mine.day.tell()
    assert len(mine.told) == 1


def test_a_role_without_calls_tells_nothing(qapp: QApplication) -> None:
    mine = Mine("quality")
    mine.day.on_link(ONLINE)
    mine.day.watch(True)
    assert (mine.told, mine.centre.asked) == ([], [])


def test_the_middle_of_the_centre_is_asked_when_she_looks_and_kept(mine: Mine) -> None:
    mine.day.watch(True)
    assert mine.day.view.comparison is None
    mine.day.on_link(ONLINE)
    assert mine.day.view.comparison is not None
    assert mine.day.view.comparison.agents == 12
    heard_at = mine.clock.now()
    mine.day.on_link(OFFLINE)
    mine.clock.advance(3600)
    mine.day.step(0)
    view = mine.day.view
    assert view.comparison is not None
    assert (view.comparison.heard_at, view.online) == (heard_at, False)
    mine.day.step(-1)
    assert mine.day.view.comparison is None


def test_a_centre_that_does_not_answer_leaves_what_it_said(mine: Mine) -> None:
    mine.day.on_link(ONLINE)
    mine.day.watch(True)
    before = mine.day.view.comparison
    mine.centre.away = Unreachable("away")
    mine.clock.advance(60)
    mine.day.step(0)
    assert mine.day.view.comparison == before


def test_a_day_that_cannot_be_read_is_said(mine: Mine) -> None:
    mine.day.watch(True)
    mine.days.fault = StoreClosedError()
    mine.day.on_link(ONLINE)
    assert mine.day.view.fault
    assert mine.day.view.day.figures.calls_taken == 2
    mine.days.fault = None
    mine.day.refresh()
    assert mine.day.view.fault == ""


def test_the_desk_that_ends_asks_nothing_any_more(mine: Mine) -> None:
    mine.day.on_link(ONLINE)
    mine.day.watch(True)
    mine.day.close()
    asked = len(mine.centre.asked)
    mine.day.step(0)
    mine.day.tell()
    mine.day.on_link(ONLINE)
    assert len(mine.centre.asked) == asked
    assert not [timer for timer in mine.day.findChildren(QTimer) if timer.isActive()]


def test_what_comes_too_late_for_another_day_is_dropped(mine: Mine) -> None:
    class Late(FakeDays):
        """Another day is wanted while this one is read."""

        async def material(self, day: date) -> DayMaterial:
            found = await super().material(day)
            if day == mine.today and mine.day.view.online:
                mine.day.step(-1)
            return found

    late = Late({mine.today: a_morning(mine.today)})
    mine.day.on_link(ONLINE)
    mine.day.watch(True)
    mine.day._keeper = late
    mine.day.refresh()
    assert mine.day.view.day.day == mine.today - timedelta(1)
    assert mine.centre.asked[-1] == (mine.today - timedelta(1)).isoformat()
