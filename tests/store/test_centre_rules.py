"""The centre's rules for summaries, out of the copy; what cannot be read is left out."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from agent_app.domain.centre_rules import CentreRules, WrapUpRule
from agent_app.domain.tickets import TicketRules, TicketUnit, WorkingCalendar
from sync.wire import Json
from tests.store.rigs import in_loop, opened, page, row


@in_loop
async def read(folder: Path, settings: dict[str, Json]) -> CentreRules:
    rows = [row("settings", id=name, version=1, value=value) for name, value in settings.items()]
    async with opened(folder) as store:
        await store.replica.apply(page(1, settings=rows))
        return await store.centre_rules.rules()


def test_what_the_centre_says_is_read(tmp_path: Path) -> None:
    items: Json = [{"queue": "发票专席", "category_id": "05"}, {"queue": "咨询"}, "?"]
    found = read(tmp_path, {
        "wrap-up": {"seconds": 30, "auto_ready": False, "park_at_end": True},
        "queue-categories": {"items": items},
    })  # fmt: skip
    assert found == CentreRules(WrapUpRule(30, auto_ready=False, park_at_end=True),
                                {"发票专席": "05"})  # type: ignore[dict-item]  # fmt: skip


def test_units_and_the_working_calendar_are_read(tmp_path: Path) -> None:
    units: Json = [
        {"id": "tax", "name": "所得税科", "name_en": "Income tax", "days": 2},
        {"id": "pit", "name": "信息中心", "days": -1}, {"id": "no days", "name": "x"}, "?",
    ]  # fmt: skip
    found = read(tmp_path, {
        "ticket-units": {"items": units},
        "calendar": {
            "working_days": [1, 2, 3, 4], "hours": [["09:00", "12:00"], ["13:00", "17:30"]],
            "holidays": ["2026-10-01"], "make_up_days": ["2026-10-10"],
        },
    })  # fmt: skip
    assert found.tickets == TicketRules(
        (
            TicketUnit("tax", "所得税科", "Income tax", 2),
            TicketUnit("pit", "信息中心", "信息中心", 0),
        ),
        WorkingCalendar(
            frozenset({1, 2, 3, 4}), frozenset({date(2026, 10, 1)}),
            frozenset({date(2026, 10, 10)}), time(17, 30),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    "value", [{"hours": [], "working_days": [], "holidays": ["?"], "make_up_days": []}, {}]
)
def test_a_calendar_that_cannot_be_read_is_monday_to_friday(tmp_path: Path, value: Json) -> None:
    assert read(tmp_path, {"calendar": value}).tickets.calendar == WorkingCalendar()


def test_a_calendar_without_hours_closes_at_six(tmp_path: Path) -> None:
    empty: Json = {"hours": [], "working_days": [1], "holidays": [], "make_up_days": []}
    found = read(tmp_path, {"calendar": empty}).tickets.calendar
    assert (found.closes, found.working_days) == (time(18), frozenset({1}))


def test_an_older_centre_says_less(tmp_path: Path) -> None:
    assert read(tmp_path, {"wrap-up": {"seconds": 30, "auto_ready": True}}) == CentreRules(
        WrapUpRule(30)
    )


@pytest.mark.parametrize(
    "value", [{"seconds": "30"}, {"seconds": True}, {"seconds": -1}, {"items": "?"}, {}]
)
def test_what_this_version_cannot_read_is_left_out(tmp_path: Path, value: Json) -> None:
    assert read(tmp_path, {"wrap-up": value, "queue-categories": value}) == CentreRules()


def test_an_empty_copy_says_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, {}) == CentreRules()
