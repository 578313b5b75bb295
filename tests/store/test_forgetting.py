"""A seat that forgets: the centre's data are gone from the disk, undelivered work is not."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, func, select

from agent_app.domain.ids import AgentId, CustomerId, InteractionId
from agent_app.domain.summary import SummaryDraft
from agent_app.store.forgetting import FORGOTTEN, KEPT
from agent_app.store.own_work import work_file
from agent_app.store.store import Store
from agent_app.store.tables import CACHE, WORK
from sync.wire import OperationResult, Outcome
from tests.domain.examples import call, draft
from tests.store.rigs import KEY, NOW, centre_page, in_loop, opened, page, row

AGENT = "agent-1001"
OTHER = "agent-1002"


async def opened_by(folder: Path, author: str) -> Store:
    return await Store.open(folder, KEY, now=lambda: NOW, author=author)


def copies_beside(folder: Path) -> set[str]:
    """Files with the centre's data in them besides the copy in use."""
    own = {"cache.db", "cache.db-wal", "cache.db-shm"}
    return {path.name for path in folder.glob("cache*")} - own


def a_draft(interaction_id: str, **changes: str) -> SummaryDraft:
    one = InteractionId(interaction_id)
    return draft(interaction_id=one, call=call(interaction_id=one), **changes)


async def save(store: Store, interaction_id: str, author: str = AGENT) -> None:
    summary = a_draft(interaction_id, question="几号截止？")
    await store.drafts.put(summary)
    await store.summaries.save(summary, agent_id=AgentId(author), agent_name="李娜")


async def deliver(store: Store) -> None:
    due = await store.outbox.due(10)
    await store.outbox.settle([OperationResult(one.id, Outcome.APPLIED, version=1) for one in due])


async def rows(store: Store) -> dict[str, int]:
    def job(connection: Connection) -> dict[str, int]:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in WORK.tables.items()
        }

    return await store.drafts._work.write(job)


def test_of_every_table_it_is_said_whether_it_is_forgotten() -> None:
    assert set(FORGOTTEN) | KEPT == set(WORK.tables.values())
    assert not set(FORGOTTEN) & KEPT


@in_loop
async def test_the_copy_is_gone_and_what_the_server_has_and_the_rest_goes_out_later(
    tmp_path: Path,
) -> None:
    store = await opened_by(tmp_path, AGENT)
    await store.replica.apply(centre_page(3))
    await save(store, "delivered")
    await deliver(store)
    await save(store, "waiting")
    await store.drafts.put(a_draft("typed", answer="每月十五日"))
    (tmp_path / "cache.new.db").write_bytes(b"a copy that was begun")
    (tmp_path / "cache.db.unreadable-20260101").write_bytes(b"one that was set aside")

    await store.forget()

    assert await store.callers.load(CustomerId("c-1")) is None
    assert await store.replica.cursor() == 0
    assert not copies_beside(tmp_path)
    assert [one.record for one in await store.outbox.due(10)] == ["waiting"]
    assert [one.interaction_id for one in await store.drafts.open()] == ["typed"]
    counts = await rows(store)
    assert (counts["own_interactions"], counts["drafts"], counts["calls"]) == (1, 1, 0)
    await store.close()

    again = await opened_by(tmp_path, AGENT)
    assert [one.record for one in await again.outbox.due(10)] == ["waiting"]
    await deliver(again)
    assert await again.outbox.due(10) == []
    await again.close()


@in_loop
async def test_the_empty_copy_that_stays_holds_no_row(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(centre_page(3))
        await store.forget()

        def job(connection: Connection) -> int:
            return sum(
                connection.execute(select(func.count()).select_from(table)).scalar_one()
                for name, table in CACHE.tables.items()
                if name != "replica"
            )

        assert await store.replica._cache.write(job) == 0
        await store.replica.apply(page(9, customers=[row("customers")]))  # and it can be filled


@in_loop
async def test_another_agent_on_this_seat_sees_and_sends_nothing_of_it(tmp_path: Path) -> None:
    first = await opened_by(tmp_path, AGENT)
    await save(first, "hers")
    await first.drafts.put(a_draft("typed", answer="每月十五日"))
    await first.close()

    second = await opened_by(tmp_path, OTHER)
    assert await second.outbox.items() == ()
    assert await second.outbox.due(10) == []
    assert await second.drafts.open() == ()
    assert await second.calls.page() == ()
    assert second.others_waiting == 1
    await save(second, "second's", OTHER)
    await second.forget()
    assert [one.record for one in await second.outbox.due(10)] == ["second's"]
    await second.close()

    first = await opened_by(tmp_path, AGENT)
    assert [one.record for one in await first.outbox.due(10)] == ["hers"]
    assert [one.interaction_id for one in await first.drafts.open()] == ["typed"]
    assert first.others_waiting == 1
    await first.close()


@in_loop
async def test_forgetting_tidies_the_other_agents_files_too(tmp_path: Path) -> None:
    first = await opened_by(tmp_path, AGENT)
    await save(first, "delivered")
    await deliver(first)
    await save(first, "waiting")
    await first.close()
    second = await opened_by(tmp_path, OTHER)
    await second.forget()
    await second.close()
    first = await opened_by(tmp_path, AGENT)
    counts = await rows(first)
    assert (counts["own_interactions"], counts["outbox"]) == (1, 1)
    await first.close()


@in_loop
async def test_the_file_of_an_earlier_version_becomes_the_agents_own(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await save(store, "before the upgrade")
    store = await opened_by(tmp_path, AGENT)
    assert [one.record for one in await store.outbox.due(10)] == ["before the upgrade"]
    assert not (tmp_path / "work.db").exists()
    assert work_file(tmp_path, AGENT).exists()
    assert store.others_waiting == 0
    await store.close()


@in_loop
async def test_another_agents_file_that_cannot_be_read_stays_as_it_is(tmp_path: Path) -> None:
    work_file(tmp_path, OTHER).write_bytes(b"not a database" * 1000)
    store = await opened_by(tmp_path, AGENT)
    assert store.others_waiting == 0
    await store.forget()
    await store.close()
    assert work_file(tmp_path, OTHER).read_bytes().startswith(b"not a database")
