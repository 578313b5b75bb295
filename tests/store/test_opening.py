"""Whatever is wrong with a file is said; what was typed is never deleted."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from agent_app.domain.ids import AgentId, InteractionId
from agent_app.store.database import Database, FileSettings
from agent_app.store.errors import (
    DamagedError,
    LockedError,
    ReadOnlyError,
    StoreClosedError,
    UnreachableError,
    WrongKeyError,
)
from agent_app.store.opening import NoticeKind
from agent_app.store.store import Store, StoreSettings
from agent_app.store.tables import drafts
from sync.wire import OperationResult, Outcome
from tests.domain.examples import call, draft
from tests.store.rigs import (
    KEY,
    NOW,
    OTHER_KEY,
    centre_page,
    counted,
    in_loop,
    open_once,
    opened,
    page,
    row,
)

LI = AgentId("u-1")
ASIDE = "unreadable-20260302T100000000000"


@in_loop
async def filled(folder: Path) -> None:
    """A page in the cache; in the work one draft, one summary waiting."""
    async with opened(folder) as store:
        await store.replica.apply(centre_page(cursor=5))
        await store.drafts.put(draft())
        other = call(interaction_id=InteractionId("i-2"))
        saved = draft(interaction_id=InteractionId("i-2"), call=other, question="问" * 9_000)
        await store.summaries.save(saved, agent_id=LI, agent_name="李娜")


async def assert_whole(store: Store) -> None:
    assert store.notices == ()
    assert await store.replica.cursor() == 5
    assert len(await store.drafts.open()) == 1
    assert (await counted(store))[0] == 1


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@in_loop
async def whole(folder: Path) -> None:
    async with opened(folder) as store:
        await assert_whole(store)


def test_a_new_folder_gets_two_files_and_nobody_else_may_look(tmp_path: Path) -> None:
    open_once(tmp_path / "a" / "seat")
    assert names(tmp_path / "a" / "seat") == [
        "cache.db",
        "key.check",
        "work.db",
        "work.db.spare",
    ]
    assert (tmp_path / "a" / "seat").stat().st_mode & 0o077 == 0


def test_nothing_readable_lies_on_the_disk(tmp_path: Path) -> None:
    filled(tmp_path)
    for path in tmp_path.iterdir():
        content = path.read_bytes()
        assert b"SQLite" not in content
        assert "张伟".encode() not in content
        assert KEY not in content
        assert KEY.hex().encode() not in content


def test_opening_again_finds_everything(tmp_path: Path) -> None:
    filled(tmp_path)
    whole(tmp_path)


@pytest.mark.parametrize("without_check", [False, True])
def test_with_a_wrong_key_nothing_is_touched(tmp_path: Path, without_check: bool) -> None:
    filled(tmp_path)
    if without_check:
        (tmp_path / "key.check").unlink()
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(WrongKeyError, match="another key; nothing was changed"):
        open_once(tmp_path, OTHER_KEY)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    whole(tmp_path)


def test_a_key_check_that_is_ruined_locks_nobody_out(tmp_path: Path) -> None:
    filled(tmp_path)
    (tmp_path / "key.check").write_bytes(b"\xff\x00ruined")
    whole(tmp_path)
    whole(tmp_path)


def test_a_key_of_another_length_is_a_bug() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Database(Path("x"), key=b"short", settings=FileSettings(durable=True))


def test_the_key_is_in_no_repr() -> None:
    database = Database(Path("x"), key=KEY, settings=FileSettings(durable=True))
    assert repr(database) == "<Database x>"


def ruin_all(path: Path) -> None:
    path.write_bytes(os.urandom(path.stat().st_size))


def ruin_middle(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size - 2_000)
        file.write(b"\0" * 500)


def truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 4096 // 2 * 4096)


def truncate_in_a_page(path: Path) -> None:
    os.truncate(path, 100)


def empty(path: Path) -> None:
    os.truncate(path, 0)


RUINS = [ruin_all, truncate, truncate_in_a_page, empty]


@in_loop
async def reopened_cache(folder: Path) -> None:
    """Set aside and said; the work is untouched; the next page starts from nothing."""
    async with opened(folder) as store:
        [notice] = store.notices
        assert notice.kind is NoticeKind.CACHE_SET_ASIDE
        assert "fetched again" in notice.sentence
        assert notice.kept_as == folder / f"cache.db.{ASIDE}"
        assert await store.replica.cursor() == 0
        assert len(await store.drafts.open()) == 1
        assert (await counted(store))[0] == 1
        await store.replica.apply(centre_page(cursor=5))
    async with opened(folder) as store:
        await assert_whole(store)


@pytest.mark.parametrize("ruin", RUINS)
def test_a_broken_cache_is_set_aside_said_and_begun_anew(
    tmp_path: Path, ruin: Callable[[Path], None]
) -> None:
    filled(tmp_path)
    content = _ruined(tmp_path / "cache.db", ruin)
    reopened_cache(tmp_path)
    assert (tmp_path / f"cache.db.{ASIDE}").read_bytes() == content


def _ruined(path: Path, ruin: Callable[[Path], None]) -> bytes:
    ruin(path)
    return path.read_bytes()


@in_loop
async def reopened_work(folder: Path) -> None:
    async with opened(folder) as store:
        [notice] = store.notices
        assert notice.kind is NoticeKind.WORK_SET_ASIDE
        assert "Nothing was deleted" in notice.sentence
        assert notice.kept_as == folder / f"work.db.{ASIDE}"
        assert notice.kept_as.name in notice.sentence
        assert notice.salvage is not None
        assert (notice.salvage.drafts, notice.salvage.outbox) == (1, 1)
        assert len(await store.drafts.open()) == 1
        assert (await counted(store))[0] == 1
        assert await store.replica.cursor() == 5
        await store.drafts.put(draft())


@pytest.mark.parametrize("ruin", [*RUINS, ruin_middle])
def test_work_that_cannot_be_read_is_renamed_said_and_never_deleted(
    tmp_path: Path, ruin: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    filled(tmp_path)
    content = _ruined(tmp_path / "work.db", ruin)
    with caplog.at_level(logging.WARNING):
        reopened_work(tmp_path)
    assert "Nothing was deleted" in caplog.text
    assert (tmp_path / f"work.db.{ASIDE}").read_bytes() == content


@in_loop
async def reopened_both(folder: Path) -> None:
    async with opened(folder) as store:
        assert [notice.kind for notice in store.notices] == [
            NoticeKind.WORK_SET_ASIDE,
            NoticeKind.CACHE_SET_ASIDE,
        ]


def test_both_ruined_under_the_right_key_are_both_set_aside(tmp_path: Path) -> None:
    filled(tmp_path)
    ruin_all(tmp_path / "work.db")
    ruin_all(tmp_path / "cache.db")
    reopened_both(tmp_path)
    assert [name for name in names(tmp_path) if ASIDE in name] == [
        f"cache.db.{ASIDE}", f"work.db.{ASIDE}",
    ]  # fmt: skip


@in_loop
async def copied_while_open(folder: Path, copy: Path) -> None:
    """What kill -9 leaves behind: the last words are in the write-ahead log only."""
    async with opened(folder) as store:
        await store.drafts.put(draft(answer="the last words"))
        shutil.copytree(folder, copy)


@in_loop
async def last_words(folder: Path) -> str:
    async with opened(folder) as store:
        assert store.notices == ()
        return (await store.drafts.open())[0].answer


def test_the_write_ahead_log_goes_with_its_file(tmp_path: Path) -> None:
    seat, log = tmp_path / "killed", tmp_path / "killed" / "work.db-wal"
    filled(tmp_path / "seat")
    copied_while_open(tmp_path / "seat", seat)
    words, good = log.read_bytes(), (seat / "work.db").read_bytes()
    ruin_all(seat / "work.db")
    reopened_work(seat)
    assert (seat / f"work.db.{ASIDE}-wal").read_bytes() == words
    shutil.copytree(seat, tmp_path / "rescued")
    (tmp_path / "rescued" / "work.db").write_bytes(good)
    (tmp_path / "rescued" / "work.db-wal").write_bytes(words)
    assert last_words(tmp_path / "rescued") == "the last words"


def test_looking_with_a_wrong_key_leaves_the_write_ahead_log(tmp_path: Path) -> None:
    filled(tmp_path / "seat")
    copied_while_open(tmp_path / "seat", tmp_path / "killed")
    with pytest.raises(WrongKeyError):
        open_once(tmp_path / "killed", OTHER_KEY)
    assert last_words(tmp_path / "killed") == "the last words"


@in_loop
async def damage_met(folder: Path) -> None:
    async with opened(folder) as store:
        assert store.notices == (), "a large cache is not read through at every start"
        with pytest.raises(DamagedError, match=r"cache\.db is damaged"):
            await store.knowledge.all_articles()
        assert len(await store.drafts.open()) == 1


@in_loop
async def with_many_articles(folder: Path) -> None:
    async with opened(folder) as store:
        await store.replica.apply(page(5, articles=[
            row("articles", id=f"a-{n}", answer="字" * 900) for n in range(200)
        ]))  # fmt: skip


def test_damage_met_while_working_is_said_and_mended_at_the_next_start(tmp_path: Path) -> None:
    filled(tmp_path)
    with_many_articles(tmp_path)
    ruin_middle(tmp_path / "cache.db")
    damage_met(tmp_path)
    reopened_cache(tmp_path)


@in_loop
async def test_a_store_that_is_closed_says_so(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.close()
        await store.close()
        with pytest.raises(StoreClosedError):
            await store.drafts.put(draft())
        with pytest.raises(StoreClosedError):
            await store.drafts.open()


def test_writing_before_opening_is_refused(tmp_path: Path) -> None:
    database = Database(tmp_path / "x.db", key=KEY, settings=FileSettings(durable=True))
    with pytest.raises(StoreClosedError):
        database.write_now(lambda _: None)


@in_loop
async def test_own_copies_of_what_was_delivered_long_ago_are_dropped(tmp_path: Path) -> None:
    async with opened(tmp_path, now=NOW - timedelta(days=31)) as store:
        item = await store.summaries.save(draft(), agent_id=LI, agent_name="李娜")
        await store.outbox.settle([OperationResult(item.operation_id, Outcome.APPLIED)])
        waiting = draft(interaction_id=InteractionId("i-2"))
        await store.summaries.save(waiting, agent_id=LI, agent_name="李娜")
        await store.drafts.put(draft(interaction_id=InteractionId("i-3")))

    def kept(connection: Connection) -> int:
        return connection.execute(select(func.count()).select_from(drafts)).scalar_one()

    async with opened(tmp_path) as store:
        assert await store.drafts._work.write(kept) == 2, "what waits and what is open stay"
        assert (await counted(store))[0] == 1


def _impatient() -> StoreSettings:
    return StoreSettings(work=FileSettings(durable=True, busy_timeout_ms=20))


@in_loop
async def test_a_file_that_another_program_holds_is_said_and_taken_when_free(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path, settings=_impatient()) as store:
        other = Database(tmp_path / "work.db", key=KEY, settings=FileSettings(durable=True))
        holding = other._engines["IMMEDIATE"].connect()
        with holding.begin(), pytest.raises(LockedError, match="in use by another program"):
            await store.drafts.put(draft())
        holding.close()
        await store.drafts.put(draft())
        assert len(await store.drafts.open()) == 1


@in_loop
async def test_a_folder_that_is_a_file_cannot_be_opened(tmp_path: Path) -> None:
    place = tmp_path / "seat"
    place.write_text("not a folder")
    with pytest.raises(UnreachableError):
        await Store.open(place, KEY)


def test_a_folder_without_rights_is_said_before_anything_is_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: path != tmp_path)
    with pytest.raises(ReadOnlyError, match="read-only"):
        open_once(tmp_path)
    assert names(tmp_path) == []


def test_a_file_that_is_a_folder_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "work.db").mkdir()
    with pytest.raises(UnreachableError, match=r"work\.db could not be reached"):
        open_once(tmp_path)
