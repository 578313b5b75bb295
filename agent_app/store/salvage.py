"""Drafts and outbox out of a file that is damaged, into a new one, counted (before step ①).

Three places are asked: the damaged file page by page, its write-ahead log, and the spare copy that
was made when the file was last sound. What comes back too much does no harm: an operation that the
server has is answered ``already-applied``. The damaged file itself is only ever copied.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.dialects.sqlite import insert

from agent_app.domain.set_aside import Salvage
from agent_app.domain.summary import DraftState
from agent_app.store.database import COMPANIONS, Database, FileSettings, FileState
from agent_app.store.errors import FileFaultError
from agent_app.store.log_pages import fold_log
from agent_app.store.migrations import migrate
from agent_app.store.readable_rows import DamagedFile, Found
from agent_app.store.spare import spare_of
from agent_app.store.tables import WORK, customer_drafts, drafts, outbox, typed
from agent_app.store.work_migrations import WORK_MIGRATIONS

_PAGE = 4096
_ROOM = 64 * 1024 * 1024
_COUNTED = (drafts, customer_drafts, typed, outbox)


def salvage(path: Path, key: bytes) -> tuple[Path, Salvage]:
    """Make a new file beside ``path`` of what can be read of it; returns the file and the count.

    ``path`` is untouched, and the new file is whole when this returns, for the caller to put in its
    place. Raises a FileFaultError about the new file and OSError.
    """
    new = path.with_name(f"{path.name}.salvaged")
    look = path.with_name(f"{path.name}.looked-at")
    older = path.with_name(f"{path.name}.older")
    _remove(new, look, older)
    database = Database(new, key=key, settings=FileSettings(durable=True))
    database.open(lambda c: migrate(c, WORK_MIGRATIONS, new))
    try:
        _copy_damaged(path, look, key)
        damaged, spare = DamagedFile(look, key), DamagedFile(_best_spare(path, older, key), key)
        counted = database.write_now(lambda c: _carry_over(c, damaged, spare))
        damaged.close()
        spare.close()
    finally:
        database.close_connections()
        _remove(look, older)
    database.fold()
    return new, counted


def take_up_salvaged(path: Path) -> None:
    """Finish what was cut off between moving the damaged file away and putting the new one there.

    Before that the damaged file is still in its place, and is read anew. Raises OSError.
    """
    new = path.with_name(f"{path.name}.salvaged")
    if new.exists() and not path.exists():
        new.rename(path)


def _carry_over(new: Connection, damaged: DamagedFile, spare: DamagedFile) -> Salvage:
    lost, certain, from_spare = 0, True, False
    for table in WORK.sorted_tables:
        counts = table in _COUNTED
        found = _taken(new, table, damaged)
        missing = found.lost
        if missing or not found.whole:
            older = _taken(new, table, spare)  # a row has the same number in both
            from_spare = from_spare or bool(older.rows)
            missing = missing - set(older.rows)
            certain = certain and (found.whole or not counts)
        lost += len(missing) if counts else 0
    return Salvage(
        drafts=_count(new, drafts, drafts.c.state == DraftState.OPEN.value)
        + _count(new, customer_drafts)
        + _count(new, typed),
        outbox=_count(new, outbox),
        lost=lost,
        certain=certain,
        from_spare=from_spare,
    )


def _taken(new: Connection, table: Table, file: DamagedFile) -> Found:
    """What ``file`` has of the table, in the new one now, unless it was there already.

    An older file lacks the newest columns, and an even older one the table.
    """
    there = set(file.columns(table.name))
    columns = [str(column.name) for column in table.columns if column.name in there]
    if not columns:
        return Found(whole=False)
    found = file.read(table.name, columns)
    for row in found.rows.values():
        values = dict(zip(columns, row, strict=True))
        new.execute(insert(table).values(**values).on_conflict_do_nothing())
    return found


def _count(new: Connection, table: Table, *conditions: object) -> int:
    question = select(func.count()).select_from(table).where(*conditions)  # type: ignore[arg-type]
    return int(new.execute(question).scalar_one())


def _copy_damaged(path: Path, look: Path, key: bytes) -> None:
    """A copy to read from: with its log folded in, and no shorter than its first page says.

    SQLite opens no file that ends too early, though most pages may be there: the copy is made
    longer with nothing. A ruined first page is replaced by the spare's, whose tables lie where
    those of the file lie.
    """
    _copy_with_log(path, path, look)
    with look.open("r+b") as file:
        file.truncate(max(os.fstat(file.fileno()).st_size, _PAGE) + _ROOM)
    spare = spare_of(path)
    if spare.exists() and not _opens(look, key):
        with look.open("r+b") as file, spare.open("rb") as sound:
            file.write(sound.read(_PAGE))


def _best_spare(path: Path, older: Path, key: bytes) -> Path:
    """The spare with the damaged file's log, if they belong together; else the spare alone."""
    spare = spare_of(path)
    if spare.exists():
        _copy_with_log(spare, path, older)
        both = Database(older, key=key, settings=FileSettings(durable=True))
        with suppress(FileFaultError):
            if both.state(thorough=True) is FileState.READABLE:
                return older
    return spare


def _copy_with_log(file: Path, owner_of_log: Path, copy: Path) -> None:
    shutil.copyfile(file, copy)
    log = owner_of_log.with_name(f"{owner_of_log.name}-wal")
    if log.exists():
        fold_log(log, copy)


def _opens(path: Path, key: bytes) -> bool:
    file = DamagedFile(path, key)
    try:
        return bool(file.columns(outbox.name))
    finally:
        file.close()


def _remove(*paths: Path) -> None:
    for path in paths:
        for ending in ("", *COMPANIONS):
            with suppress(FileNotFoundError):
                path.with_name(path.name + ending).unlink()
