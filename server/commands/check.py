"""``zuoxi-server check``: is the database sound, and what is in it (step ⑨)."""

from __future__ import annotations

import argparse
import sys

from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError

from server.changes import newest_sequence
from server.commands.storage import opened, settings_from
from server.database import FILE_NAME, explain
from server.errors import DatabaseError, StartError
from server.tables import REPLICATED, agents, change_log


def run(options: argparse.Namespace) -> int:
    settings = settings_from(options)
    if not settings.database_url and not (settings.data_dir / FILE_NAME).exists():
        raise StartError(f"There is no database in {settings.data_dir}.")
    with opened(settings) as database:
        try:
            with database.read() as connection:
                faults = find_faults(connection, sqlite=database.dialect == "sqlite")
                counts = {
                    table.name: connection.execute(
                        select(func.count()).select_from(table)
                    ).scalar_one()
                    for table in (agents, *REPLICATED.values())
                }
        except DBAPIError as error:
            raise DatabaseError(explain(error)) from error
    for name, count in counts.items():
        sys.stdout.write(f"{name:<14}{count:>12}\n")
    for fault in faults:
        sys.stdout.write(f"FAULT: {fault}\n")
    sys.stdout.write("The database is not sound.\n" if faults else "The database is sound.\n")
    return 1 if faults else 0


def find_faults(connection: Connection, *, sqlite: bool) -> list[str]:
    """What is wrong, one sentence each; empty when all is well."""
    faults = []
    if sqlite:
        found = connection.execute(text("PRAGMA integrity_check(10)")).scalars().all()
        faults += [f"SQLite says: {line}" for line in found if line != "ok"]
        if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
            faults.append("A row points at one that does not exist.")
    newest = newest_sequence(connection)
    count, last = connection.execute(
        select(func.count(), func.max(change_log.c.sequence)).select_from(change_log)
    ).one()
    if (count, last or 0) != (newest, newest):
        faults.append(f"The change log has {count} entries up to {last}, not {newest}.")
    return faults
