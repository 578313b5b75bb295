"""What she chose means these records, on this day."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from agent_app.domain.calls import Direction
from agent_app.domain.grades import Graded
from agent_app.domain.ids import AgentId, CategoryId
from agent_app.domain.knowledge import Category
from agent_app.domain.record_choice import Period, RecordChoice, Standing
from agent_app.domain.records import RecordFilter, RecordState, Sought

TODAY = date(2026, 3, 1)


def category(name: str, parent: str | None) -> Category:
    return Category(CategoryId(name), CategoryId(parent) if parent else None, name, name, 1)


TREE = (category("1", None), category("1.1", "1"), category("1.1.1", "1.1"), category("2", None))


def meant(choice: RecordChoice, *categories: Category) -> RecordFilter:
    return choice.filter(
        sought=Sought(), agent_id=AgentId("a1"), categories=categories or TREE, today=TODAY
    )


def test_nothing_chosen_means_everything() -> None:
    assert meant(RecordChoice()) == RecordFilter()
    assert not RecordChoice().narrows
    assert RecordChoice(mine=True).narrows


def test_what_callers_said_narrows_as_it_is_chosen() -> None:
    assert meant(RecordChoice(graded=Graded.NOT)) == RecordFilter(graded=Graded.NOT)
    assert RecordChoice(graded=Graded.SATISFIED).narrows


@pytest.mark.parametrize(
    ("choice", "first", "past_last"),
    [
        (RecordChoice(period=Period.TODAY), date(2026, 3, 1), None),
        (RecordChoice(period=Period.WEEK), date(2026, 2, 23), None),
        (RecordChoice(period=Period.MONTH), date(2026, 1, 31), None),
        (
            RecordChoice(period=Period.DAYS, first=date(2026, 2, 1), last=date(2026, 2, 28)),
            date(2026, 2, 1),
            date(2026, 3, 1),
        ),
        (RecordChoice(period=Period.DAYS, last=date(2026, 2, 28)), None, date(2026, 3, 1)),
        (RecordChoice(first=date(2026, 2, 1), last=date(2026, 2, 28)), None, None),
    ],
)
def test_days_begin_and_end_at_midnight_here(
    choice: RecordChoice, first: date | None, past_last: date | None
) -> None:
    found = meant(choice)
    for moment, day in ((found.since, first), (found.until, past_last)):
        assert (moment is None) == (day is None)
        if moment is not None and day is not None:
            assert moment == datetime(day.year, day.month, day.day).astimezone()


def test_hers_direction_queue_and_answer_are_passed_on() -> None:
    choice = RecordChoice(mine=True, direction=Direction.OUTGOING, queue="咨询", answered=False)
    found = meant(choice)
    assert (found.agent_id, found.direction, found.queue, found.answered) == (
        "a1", Direction.OUTGOING, "咨询", False,
    )  # fmt: skip


def test_a_category_means_all_below_it_also_where_the_tree_is_a_loop() -> None:
    assert meant(RecordChoice(category_id=CategoryId("1"))).categories == {"1", "1.1", "1.1.1"}
    assert meant(RecordChoice(category_id=CategoryId("gone"))).categories == {"gone"}
    loop = (category("1", "2"), category("2", "1"))
    assert meant(RecordChoice(category_id=CategoryId("1")), *loop).categories == {"1", "2"}


@pytest.mark.parametrize(
    ("standing", "states"),
    [
        (Standing.ANY, set()),
        (Standing.WAITING, {RecordState.WAITING}),
        (Standing.TO_DECIDE, {RecordState.CONFLICT, RecordState.REJECTED}),
        (Standing.DELIVERED, {RecordState.DELIVERED}),
        (Standing.CALL_ONLY, {RecordState.CALL_ONLY}),
    ],
)
def test_each_standing_means_its_states(standing: Standing, states: set[RecordState]) -> None:
    assert meant(RecordChoice(standing=standing)).states == states
