"""A seat's day is taken by the server as it is sent, and the centre's comes back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent_app.domain.day import (
    CALLS_GRADED,
    DAY_ROLES,
    GRADE_ROLES,
    SATISFIED_PERCENT,
    DayFigures,
)
from server import days as server_days
from server.rights import RIGHTS, Action
from server.scope import SCOPES
from sync import days
from sync.wire import Operation, OperationKind, Outcome
from tests.contract.centre import Seat, serving, tell


def test_figures_are_the_same_in_the_same_order() -> None:
    assert days.FIGURES == server_days.FIGURES == tuple(asdict(DayFigures()))


def test_the_names_of_grades_are_the_same() -> None:
    assert (server_days.GRADED, server_days.SATISFIED) == (CALLS_GRADED, SATISFIED_PERCENT)


def test_whose_seats_keep_grades_is_known_on_both_sides() -> None:
    keep = {role for role, tables in SCOPES.items() if "grades" in tables}
    assert keep & DAY_ROLES == GRADE_ROLES


def test_the_same_roles_have_a_day() -> None:
    assert RIGHTS[Action.SAVE_OWN_DAY] == RIGHTS[Action.COMPARE_DAYS] == DAY_ROLES


@pytest.mark.processes
def test_a_day_is_told_and_compared_when_three_have_told(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    today = now.date().isoformat()

    async def told(url: str, login: str, talk_s: int) -> days.CentreDay:
        seat = Seat(url)
        await seat.sign_in(login)
        session = seat.auth.session
        assert session is not None
        book = days.DayBook(remote=seat.remote)
        operation = Operation(
            id=f"day-{login}",
            kind=OperationKind.SAVE_DAY,
            record=f"{session.agent_id}.{today}",
            author=session.agent_id,
            made_at=f"{now:%Y-%m-%dT%H:%M:%S}.123Z",
            payload={
                "day": today,
                "seat": "s1",
                "figures": asdict(DayFigures(calls_talked=2, talk_s=talk_s)),
            },
        )
        assert (await book.tell(operation)).outcome is Outcome.APPLIED
        assert (await book.tell(operation)).outcome is Outcome.ALREADY_APPLIED
        found = await book.centre(today)
        await seat.stop()
        return found

    async def story(url: str) -> None:
        assert await told(url, "1001", 60) == days.CentreDay(today, 1, {}, {})
        await told(url, "1002", 120)
        found = await told(url, "1003", 600)
        assert found.agents == 3
        assert (found.median["talk_s"], found.mean["talk_s"]) == (120.0, 260.0)
        assert found.median["average_talk_s"] == 60.0

    tell(serving(tmp_path), story)
