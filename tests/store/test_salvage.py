"""A damaged file of own work gives back what can be read of it, counted and said in words."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from agent_app.domain.ids import AgentId, InteractionId
from agent_app.store.database import Database, FileSettings, FileState
from agent_app.store.errors import DiskFullError, FileFaultError
from agent_app.store.opening import NoticeKind, StoreNotice
from agent_app.store.store import Store, StoreSettings
from tests.domain.examples import call, draft
from tests.store.rigs import KEY, in_loop, opened

PAGE = 4096
DRAFTS, ENTRIES = 60, 40
LI = AgentId("u-1")


def name_of(number: int) -> InteractionId:
    return InteractionId(f"i-{number:03}")


@in_loop
async def work(folder: Path, start: int = 0, drafts: int = DRAFTS, entries: int = ENTRIES) -> None:
    """Drafts with even words, saved summaries with odd ones; each some 1.5 KiB."""
    async with opened(folder) as store:
        await put(store, start, drafts, entries)


async def put(store: Store, start: int, drafts: int, entries: int) -> None:
    for number in range(start, start + drafts + entries):
        name = name_of(number)
        one = draft(interaction_id=name, call=call(interaction_id=name), question=f"{number}" * 200)
        await store.drafts.put(one)
        if number >= start + drafts:
            await store.summaries.save(one, agent_id=LI, agent_name="李娜")


@dataclass(frozen=True, slots=True)
class Kept:
    """``names``: of drafts with their words and of entries, both as they must be."""

    notices: tuple[StoreNotice, ...]
    drafts: set[str]
    entries: set[str]


@in_loop
async def kept_in(folder: Path) -> Kept:
    async with opened(folder) as store:
        drafts = await store.drafts.open()
        for one in drafts:
            assert one.question == f"{int(one.interaction_id[2:])}" * 200, "words of another draft"
        items = await store.outbox.items()
        assert len({item.operation_id for item in items}) == len(items), "an entry twice"
        due = await store.outbox.due(10_000)
        for operation in due:
            assert operation.payload["question"] == f"{int(operation.record[2:])}" * 200
        return Kept(store.notices, {str(d.interaction_id) for d in drafts}, {o.record for o in due})


def check_counted(kept: Kept, *, drafts: int = DRAFTS, entries: int = ENTRIES) -> int:
    """The notice counts what is there; returns how many it calls lost, and all are accounted."""
    [notice] = kept.notices
    assert notice.kind is NoticeKind.WORK_SET_ASIDE
    found = notice.salvage
    assert found is not None
    assert (found.drafts, found.outbox) == (len(kept.drafts), len(kept.entries))
    assert f"{found.drafts} drafts and {found.outbox} unsent entries" in notice.sentence
    missing = drafts + entries - found.drafts - found.outbox
    assert missing == 0 or found.lost or not found.certain, "something is missing and not said"
    if found.certain:
        assert found.lost >= missing
    return found.lost


def overwrite(path: Path, page: int) -> None:
    with path.open("r+b") as file:
        file.seek(page * PAGE)
        file.write(random.Random(page).randbytes(PAGE))


def pages_of(path: Path) -> int:
    return path.stat().st_size // PAGE


def without_spare(folder: Path) -> None:
    (folder / "work.db.spare").unlink()


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("worked")
    work(folder)
    return folder


@pytest.fixture
def seat(worked: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(worked, tmp_path / "seat"))


def test_whichever_page_is_overwritten_the_rest_is_saved_and_the_loss_is_said(
    seat: Path, tmp_path: Path
) -> None:
    """Every page but the first, a few at a time; no spare, so that only reading can help."""
    without_spare(seat)
    pages = pages_of(seat / "work.db")
    choice = random.Random(4)
    for turn in range(12):
        folder = Path(shutil.copytree(seat, tmp_path / f"turn-{turn}"))
        ruined = choice.sample(range(1, pages), choice.choice([1, 1, 2, 5]))
        for page in ruined:
            overwrite(folder / "work.db", page)
        kept = kept_in(folder)
        check_counted(kept)
        assert len(kept.drafts) + len(kept.entries) >= 60, f"pages {ruined}"
        assert kept_in(folder).notices == (), "said once"
        shutil.rmtree(folder)


def test_with_the_spare_nothing_is_missing_after_a_page_is_overwritten(seat: Path) -> None:
    for page in (3, 17, 40):
        overwrite(seat / "work.db", page)
    kept = kept_in(seat)
    assert check_counted(kept) == 0
    assert (len(kept.drafts), len(kept.entries)) == (DRAFTS, ENTRIES)
    assert "copy made when the seat was last opened or closed" in kept.notices[0].sentence


def ruin_all(path: Path) -> None:
    path.write_bytes(os.urandom(path.stat().st_size))


def ruin_first(path: Path) -> None:
    overwrite(path, 0)


def truncate_half(path: Path) -> None:
    os.truncate(path, pages_of(path) // 2 * PAGE)


def truncate_in_a_page(path: Path) -> None:
    os.truncate(path, 100)


def empty(path: Path) -> None:
    os.truncate(path, 0)


RUINS = [ruin_all, ruin_first, truncate_half, truncate_in_a_page, empty]


@pytest.mark.parametrize("ruin", RUINS)
def test_whatever_is_left_of_the_file_the_spare_completes_it(
    seat: Path, ruin: Callable[[Path], None]
) -> None:
    ruin(seat / "work.db")
    kept = kept_in(seat)
    check_counted(kept)
    assert (len(kept.drafts), len(kept.entries)) == (DRAFTS, ENTRIES)


def test_half_a_file_gives_its_half_back_without_a_spare(seat: Path) -> None:
    without_spare(seat)
    truncate_half(seat / "work.db")
    kept = kept_in(seat)
    check_counted(kept)
    assert len(kept.drafts) + len(kept.entries) >= 30


@pytest.mark.parametrize("ruin", [ruin_all, empty])
def test_of_a_file_that_gives_nothing_back_it_is_said_that_nobody_can_tell(
    seat: Path, ruin: Callable[[Path], None]
) -> None:
    without_spare(seat)
    ruin(seat / "work.db")
    kept = kept_in(seat)
    assert (kept.drafts, kept.entries) == (set(), set())
    assert "0 drafts and 0 unsent entries. More may be missing" in kept.notices[0].sentence
    assert kept.notices[0].kept_as.exists()


@in_loop
async def worked_and_killed(seat: Path, left: Path) -> None:
    """After the opening (and its spare) ten more of each, which are in the log only."""
    async with opened(seat) as store:
        await put(store, 500, 10, 10)
        shutil.copytree(seat, left, ignore=shutil.ignore_patterns("*-shm"))


@pytest.mark.parametrize("ruin", [ruin_all, ruin_first, truncate_half, empty])
def test_the_last_words_in_the_log_are_saved_though_the_file_beside_it_is_ruined(
    seat: Path, tmp_path: Path, ruin: Callable[[Path], None]
) -> None:
    left = tmp_path / "left"
    worked_and_killed(seat, left)
    assert (left / "work.db-wal").stat().st_size > 0
    ruin(left / "work.db")
    kept = kept_in(left)
    check_counted(kept, drafts=DRAFTS + 10, entries=ENTRIES + 10)
    assert {str(name_of(n)) for n in range(500, 510)} <= kept.drafts
    assert {str(name_of(n)) for n in range(510, 520)} <= kept.entries


def test_a_log_that_is_gone_costs_only_what_was_in_it(seat: Path, tmp_path: Path) -> None:
    left = tmp_path / "left"
    worked_and_killed(seat, left)
    (left / "work.db-wal").unlink()
    kept = kept_in(left)
    assert kept.notices == ()
    assert (len(kept.drafts), len(kept.entries)) == (DRAFTS, ENTRIES)


def test_the_damaged_file_is_kept_as_it_was(seat: Path) -> None:
    overwrite(seat / "work.db", 5)
    before = (seat / "work.db").read_bytes()
    [notice] = kept_in(seat).notices
    assert notice.kept_as.read_bytes() == before
    assert not list(seat.glob("*salvaged*"))
    assert not list(seat.glob("*looked-at*"))


def test_salvaging_that_was_cut_off_is_finished_at_the_next_start(seat: Path) -> None:
    """Before the damaged file was moved, and between that and putting the new one there."""
    shutil.copy(seat / "work.db", seat / "good")
    overwrite(seat / "work.db", 5)
    (seat / "work.db.salvaged").write_bytes(b"half a file")
    assert len(kept_in(seat).drafts) == DRAFTS
    (seat / "work.db").rename(seat / "work.db.unreadable-x")
    (seat / "good").rename(seat / "work.db.salvaged")
    kept = kept_in(seat)
    assert (len(kept.drafts), kept.notices) == (DRAFTS, ())


def test_without_room_for_the_new_file_the_damaged_one_stays_in_its_place(
    seat: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    overwrite(seat / "work.db", 5)
    before = (seat / "work.db").read_bytes()

    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(shutil, "copyfile", no_room)
        with pytest.raises(DiskFullError, match="no room"):
            kept_in(seat)
    assert (seat / "work.db").read_bytes() == before
    assert len(kept_in(seat).drafts) == DRAFTS


@in_loop
async def locked(folder: Path) -> None:
    other = Database(folder / "work.db", key=KEY, settings=FileSettings(durable=True))
    holding = other._engines["IMMEDIATE"].connect()
    impatient = StoreSettings(work=FileSettings(durable=True, busy_timeout_ms=20))
    with holding.begin(), pytest.raises(FileFaultError, match="in use by another program"):
        await Store.open(folder, KEY, settings=impatient)
    holding.close()


def test_a_file_that_another_program_holds_at_the_start_is_said_and_left_alone(seat: Path) -> None:
    locked(seat)
    kept = kept_in(seat)
    assert (len(kept.drafts), kept.notices) == (DRAFTS, ())


def test_an_outbox_goes_on_where_it_was(seat: Path) -> None:
    """Numbers of entries are not used again, or an older spare could hide a newer entry."""
    overwrite(seat / "work.db", 5)
    kept_in(seat)
    work(seat, start=700, drafts=0, entries=1)
    kept = kept_in(seat)
    assert str(name_of(700)) in kept.entries
    assert len(kept.entries) == ENTRIES + 1


def test_a_spare_is_sound_and_made_anew_when_the_file_changed(seat: Path) -> None:
    spare = seat / "work.db.spare"
    stamp = spare.stat().st_mtime_ns
    kept_in(seat)
    assert spare.stat().st_mtime_ns == stamp, "nothing was changed"
    work(seat, start=800, drafts=1, entries=0)
    assert spare.stat().st_mtime_ns > stamp
    looked_at = Database(spare, key=KEY, settings=FileSettings(durable=True))
    assert looked_at.state(thorough=True) is FileState.READABLE


def test_a_spare_that_cannot_be_made_hinders_nobody(
    seat: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = (seat / "work.db.spare").read_bytes()

    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", no_room)
    work(seat, start=900, drafts=1, entries=0)
    assert (seat / "work.db.spare").read_bytes() == old


def spares(folder: Path) -> list[Path]:
    return list(folder.glob("*.spare*"))


@in_loop
async def forgotten(folder: Path) -> None:
    async with opened(folder) as store:
        await store.forget()
        assert not spares(folder)


def test_forgetting_the_seat_forgets_the_spare(seat: Path) -> None:
    forgotten(seat)
    kept = kept_in(seat)
    assert len(kept.entries) == ENTRIES
