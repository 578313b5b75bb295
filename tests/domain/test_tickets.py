"""When a ticket is due: working days, holidays, make-up days, and the end of the day."""

from __future__ import annotations

import time as time_module
from datetime import UTC, date, datetime, time

import pytest

from agent_app.domain.tickets import (
    Deadline,
    TicketRules,
    WorkingCalendar,
    deadline,
    may_make,
)

CALENDAR = WorkingCalendar(
    holidays=frozenset(date(2026, 10, day) for day in range(1, 8)),
    make_up_days=frozenset({date(2026, 9, 27), date(2026, 10, 10)}),
    closes=time(17, 30),
)
"""The National Day week, with the Sunday before and the Saturday after worked instead."""


def due(made: str, days: int, calendar: WorkingCalendar = CALENDAR) -> str:
    made_at = datetime.fromisoformat(made).astimezone()
    return f"{deadline(made_at, days, calendar).at:%a %m-%d %H:%M}"


@pytest.mark.parametrize(
    ("made", "days", "expected"),
    [
        ("2026-11-23T09:00", 1, "Tue 11-24 17:30"),  # Monday: the next day
        ("2026-11-23T23:59", 2, "Wed 11-25 17:30"),
        ("2026-11-26T09:00", 2, "Mon 11-30 17:30"),  # Thursday: over a weekend
        ("2026-11-28T09:00", 1, "Mon 11-30 17:30"),  # Saturday
        ("2026-09-30T09:00", 1, "Thu 10-08 17:30"),  # a week of holidays
        ("2026-09-30T09:00", 3, "Sat 10-10 17:30"),  # which is paid back on a Saturday
        ("2026-09-26T09:00", 1, "Sun 09-27 17:30"),
        ("2026-11-23T09:00", 0, "Mon 11-23 17:30"),  # the same day
        ("2026-11-23T17:30", 0, "Tue 11-24 17:30"),  # which is over
        ("2026-11-22T09:00", 0, "Mon 11-23 17:30"),  # and was none
        ("2026-12-31T09:00", 1, "Fri 01-01 17:30"),
    ],
)
def test_a_ticket_is_due_at_the_end_of_its_last_working_day(
    made: str, days: int, expected: str
) -> None:
    assert due(made, days) == expected


@pytest.mark.skipif(not hasattr(time_module, "tzset"), reason="the zone of Windows is its own")
def test_the_end_of_a_day_is_by_the_wall_when_the_clocks_have_changed(in_berlin: None) -> None:
    """Winter begins on Sunday, 25 October 2026."""
    made_at = datetime(2026, 10, 23, 7, tzinfo=UTC).astimezone()
    assert f"{made_at:%H:%M %z}" == "09:00 +0200"
    at = deadline(made_at, 1, CALENDAR).at
    assert f"{at:%a %H:%M %z}" == "Mon 17:30 +0100"


def test_holidays_in_between_are_named_and_weekends_are_not() -> None:
    made = datetime(2026, 9, 30, 9).astimezone()
    assert deadline(made, 2, CALENDAR) == Deadline(
        datetime(2026, 10, 9, 17, 30).astimezone(),
        tuple(date(2026, 10, day) for day in range(1, 8)),
    )
    weekend = datetime(2026, 11, 27, 9).astimezone()
    assert not deadline(weekend, 1, CALENDAR).skipped


def test_a_day_that_is_both_is_worked() -> None:
    both = frozenset({date(2026, 11, 24)})
    calendar = WorkingCalendar(holidays=both, make_up_days=both)
    assert due("2026-11-23T09:00", 1, calendar) == "Tue 11-24 18:00"


def test_a_calendar_in_which_nobody_works_comes_to_an_end() -> None:
    calendar = WorkingCalendar(working_days=frozenset())
    made = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert deadline(made, 1, calendar).at > made


def test_who_takes_calls_makes_tickets() -> None:
    assert [role for role in ("", "agent", "trainee", "quality", "supervisor") if may_make(role)]
    assert [may_make(role) for role in ("", "agent", "quality")] == [True, True, False]
    assert TicketRules().calendar == WorkingCalendar()
