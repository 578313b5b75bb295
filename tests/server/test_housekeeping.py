"""A server that runs keeps its change log short, and goes on when it cannot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from sqlalchemy import insert, select

from server import tables
from server.database import Database
from server.draft_publishing import put_in_force
from server.housekeeping import keep_house, keep_in_force
from tests.server.acting import NOW_S, Agent
from tests.server.running import LIMIT_S, Clock
from tests.server.test_changes import change_segment
from tests.server.test_drafts import TOMORROW, WORDS, article_of, submit
from tests.server.test_pruning import log


def keep_until(database: Database, clock: Callable[[], float], wanted: list[int]) -> None:
    """Keep house until these entries are left in the log."""

    async def work() -> None:
        task = asyncio.create_task(keep_house(database, clock, first_s=0, every_s=0.001))
        async with asyncio.timeout(LIMIT_S):
            while await asyncio.to_thread(log, database) != wanted:
                assert not task.done()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert task.cancelled()

    asyncio.run(work())


def test_the_log_is_pruned_once_a_day(database: Database) -> None:
    clock = Clock()
    change_segment(database, "s1", "1")
    keep_until(database, clock, [2, 3, 4, 5, 6])
    change_segment(database, "s1", "2")
    clock.now += 86_400
    keep_until(database, clock, [2, 3, 4, 5, 7])


def test_files_of_drafts_that_were_dropped_long_ago_go(database: Database) -> None:
    writer = Agent(database, "a1", "knowledge-editor")
    writer.apply("draft.save", "d1", WORDS)
    writer.apply("draft.save", "d1", {"state": "dropped"}, {"state": 1})
    facts = {"name": "a.txt", "media_type": "text/plain", "size": 1, "digest": ""}
    with database.write() as transaction:
        transaction.connection.execute(
            insert(tables.attachment_files).values(id="f1", **facts, content=b"x")
        )
        transaction.connection.execute(
            insert(tables.draft_files).values(draft_id="d1", file_id="f1", change="added")
        )

    def files() -> list[str]:
        with database.read() as connection:
            return list(connection.execute(select(tables.attachment_files.c.id)).scalars())

    async def work() -> None:
        clock = Clock(NOW_S + 31 * 86_400)
        task = asyncio.create_task(keep_house(database, clock, first_s=0, every_s=0.001))
        async with asyncio.timeout(LIMIT_S):
            while await asyncio.to_thread(files):
                assert not task.done()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(work())


def test_what_waits_for_a_day_is_in_force_when_the_day_begins(database: Database) -> None:
    writer, second = (Agent(database, name, "knowledge-editor") for name in ("a1", "a2"))
    version = submit(writer, valid_from=TOMORROW)
    second.apply("draft.publish", "d1", {"version": version})
    clock = Clock(NOW_S)

    async def work() -> None:
        task = asyncio.create_task(keep_in_force(database, clock, every_s=0.001))
        async with asyncio.timeout(LIMIT_S):
            await asyncio.to_thread(put_in_force, database, clock())
            assert article_of(database)["version"] == 2
            clock.now += 86_400
            while await asyncio.to_thread(lambda: article_of(database)["version"]) != 3:
                assert not task.done()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(work())


def test_a_database_that_is_away_is_tried_again(database: Database) -> None:
    change_segment(database, "s1", "1")
    calls = []

    def clock() -> float:
        calls.append(1)
        if len(calls) == 2:
            with database.write() as transaction:
                transaction.connection.exec_driver_sql("ALTER TABLE gone RENAME TO change_days")
        return 1_800_000_000.0

    with database.write() as transaction:
        transaction.connection.exec_driver_sql("ALTER TABLE change_days RENAME TO gone")

    keep_until(database, clock, [2, 3, 4, 5, 6])
    assert len(calls) >= 2
