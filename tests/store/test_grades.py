"""What callers said, joined to interactions by the call: for who talked last, found and shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from agent_app.domain.day import bounds
from agent_app.domain.grades import DayGrades, Grade, Graded
from agent_app.domain.ids import AgentId
from agent_app.domain.records import RecordFilter
from agent_app.store.store import Store
from agent_app.store.times import to_text
from sync.wire import Json
from tests.store.rigs import NOW, in_loop, opened, page, row
from tests.store.test_records import ids, save

TODAY = NOW.astimezone().date()
MORNING = bounds(TODAY)[0] + timedelta(hours=9)
LI, WANG = AgentId("u-1"), AgentId("u-2")


def at(minute: int) -> str:
    return to_text(MORNING + timedelta(minutes=minute))


def part(name: str, call: str, agent: str = LI, minute: int = 0, **values: Json) -> list[Json]:
    """An agent's part of a call; answered when it began."""
    given: dict[str, Json] = {"started_at": at(minute), "answered_at": at(minute), **values}
    return row("interactions", id=name, exchange_call_id=call, agent_id=agent, **given)


def grade(call: str, *, satisfied: bool = True) -> list[Json]:
    digit, name = (1, "满意") if satisfied else (3, "不满意")
    return row("grades", id=call, digit=digit, name=name, name_en="", satisfied=satisfied)


async def fill(store: Store, parts: list[list[Json]], graded: list[list[Json]]) -> None:
    await store.replica.apply(page(interactions=parts, grades=graded))


@in_loop
async def test_a_call_counts_for_who_talked_last_on_the_day_it_began(tmp_path: Path) -> None:
    yesterday = to_text(MORNING - timedelta(days=1))
    async with opened(tmp_path) as store:
        assert await store.grades.of_day(LI, TODAY) == DayGrades()
        await fill(
            store,
            [
                part("i-1", "x-1"), part("i-2", "x-2"), part("i-3", "x-3"),
                part("i-4", "x-4", minute=5),
                part("i-5", "x-4", WANG, minute=3, answered_at=at(9)),  # rang first, talked last
                part("i-6", "x-4", LI, minute=12, answered_at=None),
                part("i-7", "x-5", started_at=yesterday, answered_at=yesterday),
                part("i-8", ""),
            ],
            [
                grade("x-1"), grade("x-2", satisfied=False), grade("x-4"), grade("x-5"),
                grade("x-6"),
            ],
        )  # fmt: skip
        hers = await store.grades.of_day(LI, TODAY)
        others = await store.grades.of_day(WANG, TODAY)
        before = await store.grades.of_day(LI, TODAY - timedelta(days=1))
    assert hers == DayGrades(graded=2, satisfied=1)
    assert others == before == DayGrades(graded=1, satisfied=1)


@in_loop
async def test_every_part_of_the_call_shows_what_its_caller_said(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await fill(store, [part("i-1", "x-1"), part("i-2", "x-1", WANG), part("i-3", "")],
                   [grade("x-1")])  # fmt: skip
        shown = [await store.records.details(name) for name in ("i-1", "i-2", "i-3")]
        saved = await save(store, "i-4", call={"exchange_call_id": "x-1"})
        mine = await store.records.details("i-4")
    said = Grade(1, "满意", "", True, datetime(2026, 1, 5, 2, 5, 20, tzinfo=UTC))
    assert [one and one.grade for one in shown] == [said, said, None]
    assert saved
    assert mine is not None
    assert mine.grade == said


@in_loop
async def test_records_are_found_by_what_their_callers_said(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await fill(
            store,
            [part("i-1", "x-1"), part("i-2", "x-2", minute=1), part("i-3", "", minute=2)],
            [grade("x-1"), grade("x-2", satisfied=False), grade("x-9")],
        )
        await save(store, "i-9", call={"exchange_call_id": "x-9"})
        found = {one: set(await ids(store, RecordFilter(graded=one))) for one in Graded}
    assert found == {
        Graded.ANY: {"i-1", "i-2", "i-3", "i-9"},
        Graded.SATISFIED: {"i-1", "i-9"},
        Graded.DISSATISFIED: {"i-2"},
        Graded.NOT: {"i-3"},
    }
