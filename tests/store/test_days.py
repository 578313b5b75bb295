"""Her days: states in a row, the last one up to the last sign of life; calls and summaries."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from agent_app.domain.agent_state import AgentState
from agent_app.domain.call_log import CallEntry
from agent_app.domain.calls import Direction, EndReason
from agent_app.domain.customers import QuotedArticle
from agent_app.domain.day import Comparison, DayCall, DayMaterial, Span, bounds
from agent_app.domain.ids import AgentId, ArticleId, InteractionId
from agent_app.store.store import Store
from tests.domain.examples import call, draft
from tests.store.rigs import NOW, in_loop, opened

TODAY = NOW.astimezone().date()
FIRST, LAST = bounds(TODAY)
MORNING = FIRST + timedelta(hours=9)
READY, TALKING, BREAK = AgentState.READY, AgentState.TALKING, AgentState.BREAK


async def spans(store: Store, day: date = TODAY) -> tuple[Span, ...]:
    return (await store.days.material(day)).spans


@in_loop
async def test_each_state_ends_where_the_next_one_begins(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.days.turn(READY, MORNING, before_s=99.0)
        await store.days.beat(30.0)
        await store.days.turn(TALKING, MORNING + timedelta(seconds=42), before_s=42.5)
        await store.days.beat(7.0)
        assert await spans(store) == (
            Span(READY, MORNING, 42.5), Span(TALKING, MORNING + timedelta(seconds=42), 7.0),
        )  # fmt: skip
        await store.days.end(8.0)
        await store.days.beat(99.0)
        assert (await spans(store))[-1].lasted_s == 8.0


@in_loop
async def test_a_state_of_a_desk_that_was_killed_ends_at_its_last_sign_of_life(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        await store.days.turn(BREAK, MORNING, before_s=0.0)
        await store.days.beat(60.0)
    async with opened(tmp_path) as store:
        await store.days.end()
        await store.days.turn(READY, MORNING + timedelta(hours=1), before_s=3600.0)
        assert await spans(store) == (
            Span(BREAK, MORNING, 60.0), Span(READY, MORNING + timedelta(hours=1), 0.0),
        )  # fmt: skip


@in_loop
async def test_a_day_has_what_reaches_into_it_and_nothing_of_the_next(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        for began_at in (FIRST - timedelta(hours=1), MORNING, LAST):
            await store.days.turn(READY, began_at, before_s=60.0)
        assert [one.began_at for one in await spans(store)] == [
            FIRST - timedelta(hours=1), MORNING,
        ]  # fmt: skip
        assert await store.days.kept(TODAY) == (TODAY, TODAY + timedelta(1))


def entry(name: str, **changes: object) -> CallEntry:
    missed = CallEntry(
        entry_id=name, interaction_id=InteractionId(name), direction=Direction.INCOMING, name="",
        number="12345", normal="12345", queue="", started_at=MORNING, ended_at=MORNING,
        end_reason=EndReason.CALLER_GAVE_UP,
    )  # fmt: skip
    return replace(missed, **changes)  # type: ignore[arg-type]


@in_loop
async def test_calls_summaries_and_quotes_of_the_day_are_counted(tmp_path: Path) -> None:
    quotes = tuple(QuotedArticle(ArticleId(name), 1, name) for name in ("a", "b"))
    async with opened(tmp_path, now=MORNING.astimezone(UTC)) as store:
        await store.calls.put(entry("1"))
        await store.calls.put(entry("2", answered_at=MORNING, talked_s=61.6,
                                    end_reason=EndReason.CALLER_HUNG_UP))  # fmt: skip
        await store.calls.put(entry("3", direction=Direction.OUTGOING, end_reason=EndReason.BUSY))
        await store.calls.put(entry("4", end_reason=None))
        await store.calls.put(entry("5", started_at=LAST))
        await store.summaries.save(
            draft(quotes=quotes, category_id="01", call=call()),
            agent_id=AgentId("u-1"), agent_name="李娜",
        )  # fmt: skip
        found = await store.days.material(TODAY)
        nothing = await store.days.material(TODAY - timedelta(2))
    assert sorted(found.calls, key=repr) == sorted([
        DayCall(Direction.INCOMING, answered=False, missed=True, talk_s=0),
        DayCall(Direction.INCOMING, answered=True, missed=False, talk_s=62),
        DayCall(Direction.OUTGOING, answered=False, missed=False, talk_s=0),
    ], key=repr)  # fmt: skip
    assert (found.summaries, found.quotes) == (1, 2)
    assert nothing == DayMaterial()


@in_loop
async def test_what_the_centre_was_told_and_said_is_kept(tmp_path: Path) -> None:
    said = Comparison(3, {"talk_s": 60.0}, {"talk_s": 61.5}, datetime(2026, 3, 2, 9, tzinfo=UTC))
    async with opened(tmp_path) as store:
        assert await store.days.told(TODAY) == {}
        assert await store.days.comparison(TODAY) is None
        seat = await store.days.seat()
        await store.days.note_told(TODAY, {"talk_s": 5})
        await store.days.note_comparison(TODAY, said)
        await store.days.note_told(TODAY, {"talk_s": 6})
    async with opened(tmp_path) as store:
        assert await store.days.told(TODAY) == {"talk_s": 6}
        assert await store.days.comparison(TODAY) == said
        assert await store.days.comparison(TODAY - timedelta(1)) is None
        assert await store.days.seat() == seat
        await store.forget()
        assert await store.days.told(TODAY) == {}
        assert await store.days.seat() != seat


@in_loop
async def test_days_of_long_ago_are_let_go(tmp_path: Path) -> None:
    long_ago = NOW - timedelta(days=31)
    async with opened(tmp_path) as store:
        await store.days.turn(READY, long_ago, before_s=0.0)
        await store.days.turn(READY, MORNING, before_s=5.0)
        await store.days.note_told(long_ago.date(), {"talk_s": 5})
    async with opened(tmp_path) as store:
        assert await store.days.kept(long_ago.date()) == (TODAY,)
        assert await store.days.told(long_ago.date()) == {}
