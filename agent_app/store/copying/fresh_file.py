"""The new copy while it is filled: a file beside the one in use, without secondary indexes (⑧).

Each page is a transaction with its cursor in it, so whatever ends the filling, the next run goes
on behind the last whole page. Indexes are built once at the end, which costs a fraction of keeping
them up to date row by row.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, create_engine, select
from sqlcipher3 import dbapi2

from agent_app.store.cache_migrations import CACHE_MIGRATIONS
from agent_app.store.database import COMPANIONS, Database, FileSettings
from agent_app.store.errors import DamagedError, NewerDatabaseError
from agent_app.store.migrations import migrate, version_of
from agent_app.store.page_writer import PageWriter
from agent_app.store.tables import replica
from sync.ports import Place
from sync.wire import ChangePage

T = TypeVar("T")
FILLING = FileSettings(durable=False, cache_kib=65_536, log_pages=8_192)
_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"


class FreshFile:
    """One thread's. Every method raises FileFaultErrors, ``write`` MalformedPageError too."""

    def __init__(self, path: Path, *, key: bytes) -> None:
        self._path = path
        self._database = Database(path, key=key, settings=FILLING)
        self._writer = PageWriter()

    def open(self) -> Place:
        """Go on with what is there; what cannot be gone on with is begun anew."""
        try:
            return self._database.open(self._prepare)
        except (DamagedError, NewerDatabaseError):
            return self.begin_anew()

    def begin_anew(self) -> Place:
        self._database.close_connections()
        discard(self._path)
        return self._database.open(self._prepare)

    def write(self, page: ChangePage) -> None:
        self._database.write_now(lambda connection: self._writer.write(connection, page))

    def look(self, work: Callable[[Connection], T]) -> T:
        """What ``work`` finds in one snapshot of the file."""
        return self._database.write_now(work)

    def missing_indexes(self) -> tuple[str, ...]:
        """The statements that make them."""
        there = self.look(_indexes)
        return tuple(sql for name, sql in _all_indexes().items() if name not in there)

    def build(self, statement: str) -> None:
        self._database.write_now(lambda connection: connection.exec_driver_sql(statement))

    def close(self) -> None:
        """Keep everything; the next ``open`` goes on."""
        self._database.close_connections()

    def complete(self) -> None:
        """One whole file, on the disk, with nothing beside it."""
        self.close()
        self._database.fold()

    def _prepare(self, connection: Connection) -> Place:
        with connection.begin():
            version = version_of(connection)
        if version not in (0, CACHE_MIGRATIONS[-1].version):
            raise NewerDatabaseError(self._path)
        migrate(connection, CACHE_MIGRATIONS, self._path)
        with connection.begin():
            row = connection.execute(select(replica.c.cursor, replica.c.scope)).one()
            if not row.cursor:
                for name in _indexes(connection):
                    connection.exec_driver_sql(f"DROP INDEX {name}")
        return Place(row.cursor, row.scope)


def discard(path: Path) -> None:
    """Delete a file and what belongs to it; the file last, so that no log is left alone."""
    for ending in (*COMPANIONS, "-journal", ""):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _indexes(connection: Connection) -> dict[str, str]:
    return {row.name: row.sql for row in connection.exec_driver_sql(_INDEXES)}


def _all_indexes() -> dict[str, str]:
    """What the migrations would have made."""
    engine = create_engine("sqlite://", module=dbapi2)
    with engine.connect() as connection:
        migrate(connection, CACHE_MIGRATIONS, Path())
        found = _indexes(connection)
    engine.dispose()
    return found
