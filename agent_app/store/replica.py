"""The seat's copy of the centre's data, page by page (step ⑧). Implements ``sync.ports.Replica``.

A page and its cursor are one transaction: after a crash the copy is as it was before the page, or
as it is after it, and the cursor says which. Readers see the old page until the new one is whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from agent_app.store.database import Database
from agent_app.store.errors import MalformedPageError
from agent_app.store.listeners import Listeners
from agent_app.store.page_rows import TableRows
from agent_app.store.readers import Readers
from agent_app.store.tables import replica
from sync.wire import TABLES, ChangePage


@dataclass(frozen=True, slots=True)
class AppliedPage:
    """What changed: ids by table, of rows written and of rows deleted; only tables touched."""

    written: Mapping[str, frozenset[str]]
    deleted: Mapping[str, frozenset[str]]
    cursor: int
    more: bool

    def touches(self, *tables: str) -> bool:
        return any(table in self.written or table in self.deleted for table in tables)


class Replica:
    """``applied`` tells each page that changed something, after its commit."""

    def __init__(self, *, cache: Database, readers: Readers) -> None:
        self._cache = cache
        self._readers = readers
        self._rows = {table: TableRows(table) for table in TABLES}
        self.applied: Listeners[AppliedPage] = Listeners()

    async def cursor(self) -> int:
        """The last sequence number applied, 0 for an empty copy."""

        def job() -> int:
            with self._cache.reading() as connection:
                return int(connection.execute(select(replica.c.cursor)).scalar_one())

        return await self._readers.run(job)

    async def apply(self, page: ChangePage) -> None:
        """Write a page and its cursor in one transaction.

        Tables we do not know are left out: a newer server may have more. Raises
        MalformedPageError, and a FileFaultError; then nothing of the page was kept.
        """
        applied = await self._cache.write(lambda connection: self._write(connection, page))
        if applied.written or applied.deleted:
            self.applied.tell(applied)

    def _write(self, connection: Connection, page: ChangePage) -> AppliedPage:
        written: dict[str, frozenset[str]] = {}
        deleted: dict[str, frozenset[str]] = {}
        try:
            for table, rows in self._rows.items():
                if page.rows.get(table):
                    ids: list[str] = []
                    for width, values in rows.slices(page.rows[table]):
                        connection.exec_driver_sql(
                            _upsert(table, rows.columns[:width]), [tuple(row) for row in values]
                        )
                        ids.extend(str(row[0]) for row in values)
                    written[table] = frozenset(ids)
                if gone := _ids(table, page.deleted.get(table) or ()):
                    connection.exec_driver_sql(
                        f"DELETE FROM {table} WHERE id = ?", [(row_id,) for row_id in gone]
                    )
                    deleted[table] = frozenset(gone)
            connection.execute(update(replica).values(cursor=_cursor(page)))
        except (OverflowError, UnicodeEncodeError):  # from the driver: no such cell fits a file
            raise MalformedPageError(
                "The server sent a value that cannot be kept; nothing of that page was kept."
            ) from None
        return AppliedPage(written, deleted, page.next_cursor, page.more)


def _upsert(table: str, columns: tuple[str, ...]) -> str:
    """Raw SQL, because a page of 5 000 rows passes here; names come from ``TABLES`` only."""
    names = ", ".join(columns)
    marks = ", ".join("?" for _ in columns)
    changes = ", ".join(f"{column} = excluded.{column}" for column in columns[1:])
    act = f"UPDATE SET {changes}" if changes else "NOTHING"
    return f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT (id) DO {act}"


def _ids(table: str, given: object) -> list[str]:
    if not isinstance(given, list | tuple) or not all(isinstance(one, str) for one in given):
        raise MalformedPageError(f"The server deleted {table} by something that is no id.")
    return list(given)


def _cursor(page: ChangePage) -> int:
    if type(page.next_cursor) is not int or page.next_cursor < 0:
        raise MalformedPageError("The server sent a page without its place in the feed.")
    return page.next_cursor
