"""Is the copy what the server has? Both sides add up the same digests of the same rows (step ⑧)."""

from __future__ import annotations

from collections.abc import Iterator

import orjson
from sqlalchemy import Connection

from agent_app.store.page_rows import Kind, kind_of
from sync.digest import CentreDigest, digest_of
from sync.wire import TABLES

_JSON = frozenset({Kind.LIST, Kind.OBJECT})


def differing(connection: Connection, centre: CentreDigest) -> tuple[str, ...]:
    """The tables that are not what the server says. Reads every row of those it speaks of."""
    return tuple(
        table
        for table, wanted in centre.tables.items()
        if digest_of(wire_rows(connection, table)) != wanted
    )


def wire_rows(connection: Connection, table: str) -> Iterator[list[object]]:
    """The rows as they crossed the wire: JSON as it was, true and false instead of 1 and 0."""
    columns = TABLES[table]
    kinds = [kind_of(table, column) for column in columns]
    flags = [place for place, kind in enumerate(kinds) if kind is Kind.FLAG]
    texts = [place for place, kind in enumerate(kinds) if kind in _JSON]
    question = f"SELECT {', '.join(columns)} FROM {table}"
    for row in connection.exec_driver_sql(question).yield_per(1_000):
        cells = list(row)
        for place in flags:
            cells[place] = bool(cells[place])
        for place in texts:
            cells[place] = orjson.Fragment(str(cells[place]))
        yield cells
