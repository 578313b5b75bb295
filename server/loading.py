"""Fills an empty database from a backup and compares what arrived with what was kept (step ⑨).

The tables are made as they were when the backup was made and filled; then the later migrations
run, as they would have. The change feed is written anew, above every number that seats may know.
"""

from __future__ import annotations

import importlib
import secrets
import time
from collections.abc import Iterator
from itertools import islice

from sqlalchemy import Connection, func, insert, literal, select, text, update

from server import __version__
from server.archive import Archive
from server.errors import StartError
from server.schema import HEAD
from server.snapshot import kept_tables, rows_at_once, sum_of
from server.tables import REPLICATED, change_counter, change_log, sessions
from server.ticket_numbers import forget_none

JUMP = 1_000_000_000
"""More changes than any centre can have made between a backup and its loss."""


def load(archive: Archive, connection: Connection, *, above: int = 0) -> None:
    """Everything of ``archive``, within the caller's transaction; there must be no tables yet.

    The change feed begins above the backup's newest number and ``above``. Raises StartError.
    """
    manifest = archive.manifest
    if manifest.revision > HEAD:
        raise StartError(
            f"This backup was made by a newer Zuoxi ({manifest.version}; its tables are at "
            f"{manifest.revision}, this is {__version__} and knows {HEAD}): install the newer one."
        )
    migrations = importlib.import_module("server.migrations.upgrade")
    migrations.upgrade(connection, target=manifest.revision)
    missing = sorted(set(kept_tables(connection)) ^ set(manifest.tables))
    if missing:
        raise StartError(f"This backup does not fit its own version (in {missing[0]}).")
    if connection.dialect.name == "sqlite":
        # A customer may stand before the one it was merged into.
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    for name in kept_tables(connection):
        columns, rows = archive.read(name)
        _insert(connection, name, columns, rows)
        if sum_of(connection, name) != manifest.tables[name]:
            raise StartError(f"What was restored of {name} is not what the backup holds.")
    if manifest.revision != HEAD:
        migrations.upgrade(connection)
    _begin_new_life(connection, max(manifest.sequence, above) + JUMP)
    forget_none(connection, manifest.made_at, time.time())


def _insert(
    connection: Connection, name: str, columns: list[str], rows: Iterator[list[object]]
) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    if connection.dialect.name == "postgresql":
        # One statement, after which keys are looked at: rows may point at later ones.
        cursor = connection.connection.cursor()
        with cursor.copy(f'COPY "{name}" ({names}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
        cursor.close()
        return
    statement = f'INSERT INTO "{name}" ({names}) VALUES ({", ".join("?" * len(columns))})'
    at_once = rows_at_once(connection, name)
    while part := [tuple(row) for row in islice(rows, at_once)]:
        connection.exec_driver_sql(statement, part)


def _begin_new_life(connection: Connection, sequence: int) -> None:
    """Every seat starts over, every session has ended, each row is in the feed once."""
    newest = sequence
    for name, table in REPLICATED.items():
        number = func.row_number().over(order_by=table.c.id) + newest
        connection.execute(
            insert(change_log).from_select(
                ["sequence", "table_name", "row_id"], select(number, literal(name), table.c.id)
            )
        )
        newest += connection.execute(select(func.count()).select_from(table)).scalar_one()
    connection.execute(
        update(change_counter).values(
            sequence=newest, pruned=sequence, horizon=sequence, life=secrets.randbits(50) + 1
        )
    )
    connection.execute(
        update(sessions)
        .where(sessions.c.voided_at.is_(None))
        .values(voided_at=int(time.time()), void_reason="restored")
    )
