"""``zuoxi-server check``: is the database sound, and what is in it (step ⑨)."""

from __future__ import annotations

import argparse
import sys

from sqlalchemy import Connection, func, select, text

from server.commands.storage import configuration_from, opened_beside
from server.tables import REPLICATED, agents, change_counter, change_log


def run(options: argparse.Namespace) -> int:
    settings = configuration_from(options).settings
    with opened_beside(settings) as database, database.read() as connection:
        faults = find_faults(connection, sqlite=database.dialect == "sqlite")
        counts = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (agents, *REPLICATED.values())
        }
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
    counter = connection.execute(select(change_counter)).one()
    count, last = connection.execute(
        select(func.count(), func.max(change_log.c.sequence)).select_from(change_log)
    ).one()
    end = last if count else counter.pruned
    if (count + counter.pruned, end) != (counter.sequence, counter.sequence):
        faults.append(
            f"The change log has {count} entries up to {last} and {counter.pruned} pruned, "
            f"not {counter.sequence}."
        )
    return faults
