"""A day is added up from states, calls and summaries; midnight parts it, hours hold its states."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from agent_app.domain.agent_state import AgentState
from agent_app.domain.calls import Direction
from agent_app.domain.day import (
    Day,
    DayCall,
    DayFigures,
    DayMaterial,
    Span,
    add_up,
    bounds,
)

DAY = date(2026, 3, 2)


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute).astimezone()


def day_of(*spans: Span, **more: object) -> Day:
    return add_up(DAY, DayMaterial(spans, **more))  # type: ignore[arg-type]


def test_a_day_without_anything_is_empty() -> None:
    found = day_of()
    assert found.figures.empty
    assert found.figures.average_talk_s is None
    assert found.hours == ({},) * 24


def test_states_are_parted_by_the_hours_of_the_clock() -> None:
    found = day_of(
        Span(AgentState.READY, at(8, 50), 1200.0), Span(AgentState.TALKING, at(9, 10), 60.0)
    )
    assert found.hours[8] == {AgentState.READY: 600.0}
    assert found.hours[9] == {AgentState.READY: 600.0, AgentState.TALKING: 60.0}
    assert found.states == {AgentState.READY: 1200.0, AgentState.TALKING: 60.0}
    assert (found.figures.ready_s, found.figures.signed_in_s) == (1200, 1260)


def test_a_night_over_midnight_counts_on_both_days_each_its_part() -> None:
    night = Span(AgentState.WRAP_UP, at(23, 59, DAY - timedelta(1)), 180.0)
    assert day_of(night).figures.wrap_up_s == 120
    assert day_of(night).hours[0] == {AgentState.WRAP_UP: 120.0}
    before = add_up(DAY - timedelta(1), DayMaterial((night,)))
    assert before.figures.wrap_up_s == 60
    assert before.hours[23] == {AgentState.WRAP_UP: 60.0}


def test_pauses_are_not_ready_and_break() -> None:
    found = day_of(
        Span(AgentState.NOT_READY, at(10), 60.0),
        Span(AgentState.BREAK, at(12), 600.0),
        Span(AgentState.STUDY, at(14), 300.0),
    )
    assert (found.figures.pause_s, found.figures.signed_in_s) == (660, 960)


def test_waiting_for_practice_calls_is_being_ready() -> None:
    assert day_of(Span(AgentState.PRACTICE, at(10), 60.0)).figures.ready_s == 60


def test_calls_are_counted_by_what_became_of_them() -> None:
    incoming, outgoing = Direction.INCOMING, Direction.OUTGOING
    calls = (
        DayCall(incoming, answered=True, missed=False, talk_s=100),
        DayCall(incoming, answered=False, missed=True, talk_s=0),
        DayCall(incoming, answered=False, missed=False, talk_s=0),  # she rejected it
        DayCall(outgoing, answered=True, missed=False, talk_s=50),
        DayCall(outgoing, answered=False, missed=False, talk_s=0),
    )
    found = day_of(calls=calls, summaries=2, quotes=3).figures
    assert found == DayFigures(
        calls_taken=1, calls_made=2, calls_missed=1, calls_talked=2, talk_s=150, summaries=2,
        quotes=3,
    )  # fmt: skip
    assert found.average_talk_s == 75.0


def test_a_day_begins_and_ends_at_midnight_here() -> None:
    first, last = bounds(DAY)
    assert (first, last) == (at(0), at(0, day=DAY + timedelta(1)))
