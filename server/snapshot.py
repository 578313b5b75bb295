"""Reads every table of one snapshot as it is, whatever version made it (step ⑨)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, LargeBinary, Row, column, inspect, select, table
from sqlalchemy.types import TypeEngine

from server.archive import LEFT_OUT, Summing, TableSum

ROWS_AT_ONCE = 2_000


def kept_tables(connection: Connection) -> list[str]:
    """The tables that belong into a backup, parents before children."""
    found = inspect(connection).get_sorted_table_and_fkc_names()
    return [str(name) for name, _ in found if name is not None and name not in LEFT_OUT]


def columns_of(connection: Connection, name: str) -> list[str]:
    return [str(each["name"]) for each in inspect(connection).get_columns(name)]


def rows_at_once(connection: Connection, name: str) -> int:
    """How many rows may be in memory together: where files stand in them, one."""
    return _at_once(each["type"] for each in inspect(connection).get_columns(name))


def rows_of(connection: Connection, name: str) -> Iterator[Row[*tuple[object, ...]]]:
    """All rows, never more in memory than ``rows_at_once``."""
    found = inspect(connection).get_columns(name)
    # With their kinds, or SQLite's truth would be a number and PostgreSQL's would not.
    columns = [column(each["name"], each["type"]) for each in found]
    query = select(*columns).select_from(table(name, *columns))
    options = {"yield_per": _at_once(each.type for each in columns)}
    yield from connection.execute(query, execution_options=options)


def sum_of(connection: Connection, name: str) -> TableSum:
    """What a backup would say of a table."""
    summing = Summing()
    for _ in summing.lines(rows_of(connection, name)):
        pass
    return summing.result()


def _at_once(kinds: Iterable[TypeEngine[Any]]) -> int:
    return 1 if any(isinstance(kind, LargeBinary) for kind in kinds) else ROWS_AT_ONCE
