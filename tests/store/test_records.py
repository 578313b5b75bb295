"""The history: the copy and her own work in one list, in pages, found by number, name and words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent_app.domain.call_log import CallEntry
from agent_app.domain.calls import Direction, EndReason
from agent_app.domain.ids import AgentId, CategoryId, CustomerId, InteractionId
from agent_app.domain.numbers import normalise
from agent_app.domain.records import (
    Record,
    RecordFilter,
    RecordPlace,
    RecordState,
    Sought,
    sought,
)
from agent_app.store.records import PAGE
from agent_app.store.store import Store
from sync.wire import Json, OperationResult, Outcome
from tests.domain.examples import RANG_AT, call, draft
from tests.store.rigs import centre_page, in_loop, opened, page, row

START = datetime(2026, 1, 1, 8, 0, tzinfo=UTC)
ALL = RecordFilter()


def past(minute: int, /, **values: Json) -> list[Json]:
    """The interaction of that minute."""
    at = (START + timedelta(minutes=minute)).isoformat(timespec="milliseconds")
    return row("interactions", id=f"i-{minute:05}", started_at=at.replace("+00:00", "Z"), **values)


async def fill(store: Store, *rows: list[Json]) -> None:
    await store.replica.apply(page(interactions=list(rows)))


async def save(store: Store, name: str, **changes: Any) -> str:
    made = call(interaction_id=InteractionId(name), talked_s=65.4, answered_at=RANG_AT,
                **changes.pop("call", {}))  # fmt: skip
    summary = draft(interaction_id=InteractionId(name), call=made, category_id="01.01",
                    question="能退吗", answer="可以", **changes)  # fmt: skip
    item = await store.summaries.save(summary, agent_id=AgentId("u-2"), agent_name="王芳")
    return item.operation_id


async def everything(store: Store, wanted: RecordFilter, *, stretch: int = 7) -> list[Record]:
    """All pages, in stretches that are too short for any."""
    found: list[Record] = []
    place: RecordPlace | None = None
    while True:
        got = await store.records.page(wanted, place, stretch=stretch)
        found += got.records
        if got.next is None:
            return found
        assert got.next != place
        place = got.next


async def ids(store: Store, wanted: RecordFilter) -> list[str]:
    return [record.record_id for record in await everything(store, wanted)]


def entry(name: str, **changes: Any) -> CallEntry:
    missed = CallEntry(
        entry_id=name, interaction_id=InteractionId(f"of-{name}"), direction=Direction.INCOMING,
        name="赵六", number="13900139000", normal="+8613900139000", queue="投诉",
        started_at=RANG_AT, end_reason=EndReason.CALLER_GAVE_UP,
    )  # fmt: skip
    return replace(missed, **changes)


@in_loop
async def test_all_interactions_come_newest_first_a_page_at_a_time(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await fill(store, *(past(number) for number in range(2 * PAGE + 5)))
        first = await store.records.page(ALL)
        second = await store.records.page(ALL, first.next)
        third = await store.records.page(ALL, second.next)
    assert [len(first.records), len(second.records), len(third.records)] == [PAGE, PAGE, 5]
    whole = [one.record_id for got in (first, second, third) for one in got.records]
    assert whole == [f"i-{number:05}" for number in reversed(range(2 * PAGE + 5))]
    assert third.next is None
    assert third.looked_to is None


@in_loop
async def test_calls_of_the_same_moment_are_neither_lost_nor_shown_twice(tmp_path: Path) -> None:
    same = [past(1)[1:] for _ in range(PAGE + 9)]
    async with opened(tmp_path) as store:
        await fill(store, *([f"s-{at:03}", *values] for at, values in enumerate(same)), past(0))
        found = await ids(store, ALL)
        sparse = await ids(store, RecordFilter(agent_id="u-1"))
    assert sorted(found) == sorted([*(f"s-{at:03}" for at in range(PAGE + 9)), "i-00000"])
    assert sorted(sparse) == sorted(found)


@in_loop
async def test_a_short_stretch_says_how_far_was_looked_and_goes_on(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await fill(store, *(past(at, queue="社保" if at == 3 else "咨询") for at in range(40)))
        wanted = RecordFilter(queue="社保")
        first = await store.records.page(wanted, stretch=10)
        assert first.records == ()
        assert first.looked_to == START + timedelta(minutes=30)
        assert await ids(store, wanted) == ["i-00003"]


@in_loop
async def test_what_waits_here_stands_among_what_the_centre_has(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await fill(store, past(1), past(2))
        between = START + timedelta(minutes=1, seconds=30)
        await save(store, "mine", call={"started_at": between})
        found = await everything(store, ALL)
    assert [one.record_id for one in found] == ["i-00002", "mine", "i-00001"]
    assert [one.state.undelivered for one in found] == [False, True, False]
    assert (found[1].agent_name, found[1].talk_s, found[1].question) == ("王芳", 65, "能退吗")


@in_loop
async def test_each_record_says_how_it_stands_towards_the_server(tmp_path: Path) -> None:
    outcomes = {
        "delivered": OperationResult("", Outcome.APPLIED, version=1),
        "refused": OperationResult("", Outcome.REJECTED, reason="No such category."),
        "conflict": OperationResult("", Outcome.CONFLICT, reason="Changed meanwhile."),
    }
    async with opened(tmp_path) as store:
        await save(store, "waiting")
        for name, result in outcomes.items():
            await store.outbox.settle([replace(result, id=await save(store, name))])
        states = {one.record_id: one.state for one in await everything(store, ALL)}
        to_decide = frozenset({RecordState.CONFLICT, RecordState.REJECTED})
        waiting = await ids(store, RecordFilter(states=frozenset({RecordState.WAITING})))
        decide = await ids(store, RecordFilter(states=to_decide))
        there = await ids(store, RecordFilter(states=frozenset({RecordState.DELIVERED})))
        details = await store.records.details("refused")
    assert states == {
        "waiting": RecordState.WAITING,
        "delivered": RecordState.DELIVERED,
        "refused": RecordState.REJECTED,
        "conflict": RecordState.CONFLICT,
    }
    assert (waiting, sorted(decide), there) == (
        ["waiting"], ["conflict", "refused"], ["delivered"]
    )  # fmt: skip
    assert details is not None
    assert (details.reason, details.attempts) == ("No such category.", 1)


@in_loop
async def test_a_delivered_record_that_came_back_is_there_once(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        operation = await save(store, "mine")
        await store.outbox.settle([OperationResult(operation, Outcome.APPLIED, version=1)])
        assert await ids(store, ALL) == ["mine"]
        await fill(store, row("interactions", id="mine", started_at="2026-03-02T09:30:00Z"))
        assert await ids(store, ALL) == ["mine"]


@in_loop
async def test_what_waits_is_shown_as_it_is_here_not_as_the_copy_has_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await save(store, "mine")
        await fill(store, row("interactions", id="mine", question="老的"))
        [found] = await everything(store, ALL)
        details = await store.records.details("mine")
    assert (found.question, found.state) == ("能退吗", RecordState.WAITING)
    assert details is not None
    assert (details.record.question, details.answer) == ("能退吗", "可以")


@in_loop
async def test_a_missed_call_is_there_until_somebody_wrote_of_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.calls.put(entry("missed"))
        await store.calls.put(entry("still-up", end_reason=None))
        [found] = await everything(store, ALL)
        only = RecordFilter(states=frozenset({RecordState.CALL_ONLY}), agent_id="u-2")
        assert await ids(store, only) == ["missed"]
        assert await ids(store, RecordFilter(answered=True)) == []
        details = await store.records.details("missed")
        await fill(store, row("interactions", id="of-missed"))
        assert await ids(store, ALL) == ["of-missed"]
    assert (found.state, found.missed, found.name) == (RecordState.CALL_ONLY, True, "赵六")
    assert details is not None
    assert (details.end_reason, details.record.queue) == ("caller-gave-up", "投诉")


@pytest.mark.parametrize(
    "spelling",
    ["13800138000", "138 0013 8000", "+86 138-0013-8000", "0086 13800138000", "013800138000",
     "8000", "0013 8", "+86138"],
)  # fmt: skip
@in_loop
async def test_a_number_is_found_in_any_spelling_and_by_a_part(
    tmp_path: Path, spelling: str
) -> None:
    async with opened(tmp_path) as store:
        await fill(store, past(1), past(2, number="+8657185123456"))
        assert await ids(store, RecordFilter(found_by(spelling))) == ["i-00001"]


@pytest.mark.parametrize("spelling", ["0571-8512 3456", "85123456", "057185", "(0571)85123456"])
@in_loop
async def test_a_landline_is_found_with_and_without_its_area_code(
    tmp_path: Path, spelling: str
) -> None:
    async with opened(tmp_path) as store:
        await fill(store, past(1), past(2, number="+8657185123456"))
        assert await ids(store, RecordFilter(found_by(spelling))) == ["i-00002"]


def found_by(text: str) -> Sought:
    return sought(text, normalise(text, area_code="0571"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("王小明", ["i-00002"]),
        ("王老板", ["i-00001"]),
        ("增值税 13%", ["i-00003"]),
        ("13% 增值税", ["i-00003"]),
        ("vat", ["i-00003"]),
        ("上门", ["i-00003"]),
        ("_", []),
        ("'; DROP TABLE interactions; --", []),
        ("12366", ["i-00003", "i-00002"]),
    ],
)
@in_loop
async def test_words_are_found_in_names_question_answer_and_follow_up(
    tmp_path: Path, text: str, found: list[str]
) -> None:
    async with opened(tmp_path) as store:
        await fill(
            store,
            past(1, customer_name="", caller_name="王老板"),
            past(2, customer_name="王小明", number="12366"),
            past(3, question="增值税税率 VAT", answer="13%，见12366网站", follow_up="上门"),
        )
        assert await ids(store, RecordFilter(found_by(text))) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("能退 可以", ["mine"]),
        ("138-0013-8000", ["mine"]),
        ("8000", ["mine"]),
        ("没有", []),
        ("赵", ["missed"]),
        ("139 0013 9000", ["missed"]),
    ],
)
@in_loop
async def test_her_own_waiting_records_are_searched_by_the_same_rules(
    tmp_path: Path, text: str, found: list[str]
) -> None:
    async with opened(tmp_path) as store:
        await save(store, "mine")
        await store.calls.put(entry("missed"))
        assert await ids(store, RecordFilter(found_by(text))) == found


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (RecordFilter(since=START + timedelta(minutes=2)), [3, 2]),
        (RecordFilter(until=START + timedelta(minutes=2)), [1, 0]),
        (RecordFilter(agent_id="u-2"), [1]),
        (RecordFilter(direction=Direction.OUTGOING), [2]),
        (RecordFilter(queue="投诉"), [3]),
        (RecordFilter(categories=frozenset({CategoryId("02"), CategoryId("02.01")})), [2, 0]),
        (RecordFilter(answered=False), [3]),
        (RecordFilter(answered=True, agent_id="u-2"), [1]),
        (RecordFilter(states=frozenset({RecordState.CONFLICT})), []),
    ],
)
@in_loop
async def test_each_filter_leaves_what_it_says(
    tmp_path: Path, wanted: RecordFilter, found: list[int]
) -> None:
    async with opened(tmp_path) as store:
        await fill(
            store,
            past(0, category_id="02.01"),
            past(1, agent_id="u-2"),
            past(2, direction="outgoing", category_id="02"),
            past(3, queue="投诉", answered_at=None),
        )
        assert await ids(store, wanted) == [f"i-{number:05}" for number in found]


@in_loop
async def test_the_name_is_the_one_of_then_and_todays_stands_beside_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(centre_page())
        await fill(store, row("interactions", id="i-1", customer_name="张小伟"))
        await save(store, "mine", customer_id=CustomerId("c-1"))
        mine, centres = await everything(store, ALL)
        details = await store.records.details("i-1")
    assert (centres.name, centres.name_now) == ("张小伟", "张伟")
    assert mine.name_now == "张伟"
    assert details is not None
    assert (details.record.name_now, details.category) == ("张伟", "专项附加扣除")


@in_loop
async def test_details_bring_quotes_with_their_versions(tmp_path: Path) -> None:
    quotes: list[Json] = [
        {"article_id": "a-1", "version": 3, "title": "标准"}, {"article_id": "a-2"}, "x",
    ]  # fmt: skip
    async with opened(tmp_path) as store:
        await fill(store, past(1, quotes=quotes))
        details = await store.records.details("i-00001")
        assert await store.records.details("gone") is None
    assert details is not None
    assert [(one.article_id, one.version, one.title) for one in details.quotes] == [
        ("a-1", 3, "标准")
    ]
    assert (details.dialled, details.menu_path, details.waited_s) == ("12366", "2-1", 12)
