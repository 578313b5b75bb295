"""Another whole file in the copy's place: readers notice nothing, a crash leaves one of the two."""

from __future__ import annotations

import asyncio
import shutil
import threading
from pathlib import Path

import pytest

from agent_app.domain.ids import CustomerId
from agent_app.store.copying.fresh_file import FreshFile
from agent_app.store.errors import DamagedError, UnreachableError
from agent_app.store.page_writer import AppliedPage
from agent_app.store.store import Store
from sync.errors import Need, StartOver
from sync.ports import Place
from tests.store.rigs import KEY, OTHER_KEY, centre_page, in_loop, opened, page, row


def a_fresh_file(path: Path, cursor: int = 7, key: bytes = KEY) -> Path:
    """A whole copy in which the customer has another name."""
    file = FreshFile(path, key=key)
    file.open()
    file.write(centre_page(cursor))
    file.write(page(cursor, customers=[row("customers", name="李娜")]))
    for statement in file.missing_indexes():
        file.build(statement)
    file.complete()
    return path


async def name_of(store: Store) -> str | None:
    found = await store.callers.load(CustomerId("c-1"))
    return None if found is None else found.name


@in_loop
async def test_the_new_file_is_read_and_written_from_then_on(tmp_path: Path) -> None:
    told: list[AppliedPage] = []
    async with opened(tmp_path) as store:
        await store.replica.apply(centre_page(3))
        assert await name_of(store) == "张伟"
        store.replica.applied.add(told.append)
        await store.replica.exchange(a_fresh_file(tmp_path / "cache.new.db"))
        assert await name_of(store) == "李娜"
        assert await store.replica.place() == Place(7)
        assert [one.everything for one in told] == [True]
        assert told[0].touches("articles")
        await store.replica.apply(page(8, customers=[row("customers", name="王芳")]))
    async with opened(tmp_path) as store:
        assert await name_of(store) == "王芳"
    assert not (tmp_path / "cache.new.db").exists()


@in_loop
async def test_a_question_under_way_is_answered_from_the_old_file_and_the_next_from_the_new(
    tmp_path: Path,
) -> None:
    inside, go_on = threading.Event(), threading.Event()

    async with opened(tmp_path) as store:
        await store.replica.apply(centre_page(3))

        def slow() -> str:
            with store.replica._cache.reading() as connection:
                inside.set()
                assert go_on.wait(20)
                return str(connection.exec_driver_sql("SELECT name FROM customers").scalar_one())

        fresh = a_fresh_file(tmp_path / "cache.new.db")
        asked = asyncio.ensure_future(store.callers._readers.run(slow))
        assert await asyncio.to_thread(inside.wait, 20)
        exchange = asyncio.ensure_future(store.replica.exchange(fresh))
        later = asyncio.ensure_future(name_of(store))
        await asyncio.sleep(0)
        assert not exchange.done()
        go_on.set()
        assert await asked == "张伟"
        assert await later in ("张伟", "李娜")  # asked before or after the door was shut
        await exchange
        assert await name_of(store) == "李娜"


@in_loop
async def test_a_file_that_cannot_be_moved_leaves_the_old_one_in_use(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(centre_page(3))
        with pytest.raises(UnreachableError):
            await store.replica.exchange(tmp_path / "not there")
        assert await name_of(store) == "张伟"
        await store.replica.apply(page(4, customers=[row("customers", name="王芳")]))
    async with opened(tmp_path) as store:
        assert (await name_of(store), await store.replica.cursor()) == ("王芳", 4)


@in_loop
async def test_a_crash_before_the_move_leaves_the_old_copy_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is on the disk in that moment is copied away and opened as after a crash."""
    seat, crashed = tmp_path / "seat", tmp_path / "crashed"
    moved = Path.replace

    def copied_first(self: Path, target: Path) -> Path:
        shutil.copytree(seat, crashed)
        return moved(self, target)

    async with opened(seat) as store:
        await store.replica.apply(centre_page(3))
        fresh = a_fresh_file(seat / "cache.new.db")
        monkeypatch.setattr(Path, "replace", copied_first)
        await store.replica.exchange(fresh)
        monkeypatch.undo()
    async with opened(crashed) as store:
        assert (await name_of(store), await store.replica.cursor()) == ("张伟", 3)
        assert store.copy_of("http://127.0.0.1:1").begun  # and the new one waits to be taken up


@in_loop
async def test_a_damaged_copy_is_exchanged_while_the_desk_runs(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(centre_page(3))
        fresh = a_fresh_file(tmp_path / "cache.new.db")
        await store.replica._cache.erase(lambda _: None)  # the log is in the file now
        ruined = tmp_path / "cache.db"
        with ruined.open("r+b") as file:
            file.write(bytes(ruined.stat().st_size))
        await store.replica.exchange(fresh)
        assert await name_of(store) == "李娜"


@in_loop
async def test_damage_met_by_the_replica_is_told_as_a_reason_to_start_over(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:

        def fail(*_: object) -> object:
            raise DamagedError(tmp_path / "cache.db")

        store.replica._writer.write = fail  # type: ignore[method-assign, assignment]
        with pytest.raises(StartOver) as told:
            await store.replica.apply(centre_page())
        assert told.value.need is Need.DAMAGED


def test_what_was_filled_so_far_is_gone_on_with(tmp_path: Path) -> None:
    first = FreshFile(tmp_path / "new.db", key=KEY)
    assert first.open() == Place(0)
    first.write(page(5, customers=[row("customers")]))
    first.close()
    second = FreshFile(tmp_path / "new.db", key=KEY)
    assert second.open() == Place(5)
    assert second.missing_indexes()
    second.close()


@pytest.mark.parametrize("what", ["another key", "ruined", "another version"])
def test_what_cannot_be_gone_on_with_is_begun_anew(tmp_path: Path, what: str) -> None:
    path = tmp_path / "new.db"
    file = FreshFile(path, key=OTHER_KEY if what == "another key" else KEY)
    file.open()
    file.write(page(5, customers=[row("customers")]))
    if what == "another version":
        file.build("PRAGMA user_version = 1")
    file.close()
    if what == "ruined":
        path.write_bytes(b"not a database" * 1000)
    again = FreshFile(path, key=KEY)
    assert again.open() == Place(0)
    again.close()
