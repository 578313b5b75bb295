"""A page of the server's changes as SQL (step ⑧): the same for a delta and for a whole copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, update

from agent_app.store.errors import MalformedPageError
from agent_app.store.page_rows import TableRows
from agent_app.store.tables import replica
from sync.wire import TABLES, ChangePage


@dataclass(frozen=True, slots=True)
class AppliedPage:
    """What changed: ids by table, of rows written and of rows deleted; only tables touched.

    ``everything``: the copy was exchanged as a whole, and no ids are given.
    """

    written: Mapping[str, frozenset[str]] = field(default_factory=dict)
    deleted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    cursor: int = 0
    more: bool = False
    everything: bool = False

    def touches(self, *tables: str) -> bool:
        return self.everything or any(
            table in self.written or table in self.deleted for table in tables
        )


class PageWriter:
    """One writing thread's; remembers the shapes of rows it has seen."""

    def __init__(self) -> None:
        self._rows = {table: TableRows(table) for table in TABLES}

    def write(self, connection: Connection, page: ChangePage) -> AppliedPage:
        """Rows, deletions, cursor and scope, in the caller's transaction.

        Tables we do not know are left out: a newer server may have more. Raises
        MalformedPageError, and the transaction must not be kept then.
        """
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
            connection.execute(update(replica).values(cursor=_cursor(page), scope=page.scope))
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
