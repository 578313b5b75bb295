"""One file: how it is opened, and that what was asked for is done."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
from sqlalchemy import Connection

from agent_app.store.errors import ReadOnlyError
from agent_app.store.tables import segments
from tests.domain.examples import draft
from tests.store.rigs import in_loop, opened

SETTINGS = {"journal_mode": "wal", "synchronous": 2, "mmap_size": 0}


def pragmas(connection: Connection) -> dict[str, object]:
    return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() or 0 for name in SETTINGS}


@in_loop
async def test_work_is_on_the_disk_when_a_commit_returns_the_cache_need_not_be(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        assert await store.drafts._work.write(pragmas) == SETTINGS
        assert await store.replica._cache.write(pragmas) == SETTINGS | {"synchronous": 1}


@in_loop
async def test_readers_cannot_write(tmp_path: Path) -> None:
    def job() -> None:
        with database.reading() as connection:
            connection.execute(segments.insert().values(id="s-1"))

    async with opened(tmp_path) as store:
        database = store.replica._cache
        with pytest.raises(ReadOnlyError):
            await store.callers._readers.run(job)


@in_loop
async def test_what_was_typed_is_kept_though_nobody_waits_for_it_any_more(tmp_path: Path) -> None:
    gate, begun = threading.Event(), threading.Event()

    def hold(_: Connection) -> None:
        begun.set()
        assert gate.wait(20)

    async with opened(tmp_path) as store:
        busy = asyncio.create_task(store.drafts._work.write(hold))
        assert await asyncio.to_thread(begun.wait, 20)
        typing = asyncio.create_task(store.drafts.put(draft(answer="typed")))
        await asyncio.sleep(0)
        typing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await typing
        gate.set()
        await busy
        await store.drafts._work.write(lambda _: None)
        [kept] = await store.drafts.open()
    assert kept.answer == "typed"


@in_loop
async def test_a_page_being_written_does_not_hold_up_a_draft(tmp_path: Path) -> None:
    gate = threading.Event()
    async with opened(tmp_path) as store:
        page = asyncio.create_task(store.replica._cache.write(lambda _: gate.wait(20)))
        await store.drafts.put(draft())
        assert not page.done()
        gate.set()
        await page


@in_loop
async def test_one_reading_sees_one_moment(tmp_path: Path) -> None:
    """Two questions in one reading get answers of the same moment, whatever is written between."""
    between, written = threading.Event(), threading.Event()

    def look() -> tuple[int, int]:
        with store.replica._cache.reading() as connection:
            first = len(connection.execute(segments.select()).all())
            between.set()
            assert written.wait(20)
            return first, len(connection.execute(segments.select()).all())

    def insert(connection: Connection) -> None:
        connection.execute(segments.insert().values(id="s-1"))

    async with opened(tmp_path) as store:
        looking = asyncio.create_task(store.callers._readers.run(look))
        assert await asyncio.to_thread(between.wait, 20)
        await store.replica._cache.write(insert)
        written.set()
        assert await looking == (0, 0)


@in_loop
async def test_nothing_is_written_before_the_calm_is_over(tmp_path: Path) -> None:
    order: list[str] = []
    async with opened(tmp_path) as store:
        store.calm._at_most_s = 20
        store.calm.begin()
        assert store.calm.reigns
        writing = [
            asyncio.create_task(store.drafts._work.write(lambda _: order.append("first"))),
            asyncio.create_task(store.drafts._work.write(lambda _: order.append("second"))),
        ]
        await store.replica.cursor()  # who reads does not wait
        order.append("read")
        store.calm.end()
        await asyncio.gather(*writing)
    assert order == ["read", "first", "second"]


@in_loop
async def test_a_calm_that_nobody_ends_holds_no_write_up(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        store.calm.begin()
        await store.drafts.put(draft(answer="typed"))
        [kept] = await store.drafts.open()
        assert kept.answer == "typed"
        assert store.calm.reigns
