"""Keeps the change log from growing for ever (step ⑨).

An entry that a later one about the same row has superseded tells nobody anything. The entry of a
deleted row is what tells seats to forget it: it stays 90 days, then ``horizon`` says that a seat
that has not come since must start over. The entry of a row that is there stays, for new seats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Table, case, delete, func, insert, literal, select, update

from server.changes import newest_sequence
from server.database import Database, Transaction
from server.tables import REPLICATED, change_counter, change_days, change_log

KEEP_DAYS = 90
LOOK = 200_000
"""Entries found in one look, which reads the log once."""
SLICE = 1_000
"""Entries forgotten in one write, so that other writers wait for milliseconds."""


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many entries were forgotten."""

    superseded: int
    tombstones: int


def mark_day(database: Database, now_s: float) -> bool:
    """Note once a day where the sequence is; True for who was the first to note it today."""
    day = datetime.fromtimestamp(now_s, UTC).date().isoformat()

    def note(transaction: Transaction) -> bool:
        connection = transaction.connection
        if connection.execute(select(change_days).where(change_days.c.day == day)).first():
            return False
        first = newest_sequence(connection) + 1
        connection.execute(insert(change_days).values(day=day, sequence=first))
        return True

    return database.run(note)


def prune(database: Database, now_s: float, keep_days: int = KEEP_DAYS) -> Pruned:
    """Forget what is superseded, and deletions older than ``keep_days``. Blocks; may take minutes.

    May run beside everything else, another prune included: what one has forgotten counts for it.
    """
    superseded = 0
    while found := _superseded(database):
        for start in range(0, len(found), SLICE):
            superseded += _forget(database, found[start : start + SLICE], horizon=0)
    last_day = datetime.fromtimestamp(now_s, UTC).date() - timedelta(days=keep_days)
    tombstones = 0
    for found in _tombstones(database, last_day.isoformat()):
        for start in range(0, len(found), SLICE):
            part = found[start : start + SLICE]
            tombstones += _forget(database, part, horizon=max(part))
    return Pruned(superseded, tombstones)


def _superseded(database: Database) -> Sequence[int]:
    later = func.lead(change_log.c.sequence).over(
        partition_by=(change_log.c.table_name, change_log.c.row_id),
        order_by=change_log.c.sequence,
    )
    entries = select(change_log.c.sequence, later.label("later")).subquery()
    with database.read() as connection:
        return (
            connection.execute(
                select(entries.c.sequence).where(entries.c.later.is_not(None)).limit(LOOK)
            )
            .scalars()
            .all()
        )


def _tombstones(database: Database, last_day: str) -> list[Sequence[int]]:
    """Entries of deleted rows from up to the end of ``last_day``'s eve, by table."""
    with database.read() as connection:
        before = connection.execute(
            select(func.max(change_days.c.sequence)).where(change_days.c.day <= last_day)
        ).scalar_one()
        if before is None:
            return []
        # The newest entry stays: the counter and the end of the log are compared by `check`.
        before = min(before, newest_sequence(connection))
        return [_gone(connection, table, before) for table in REPLICATED.values()]


def _gone(connection: Connection, table: Table, before: int) -> Sequence[int]:
    there = select(literal(1)).where(table.c.id == change_log.c.row_id).exists()
    return (
        connection.execute(
            select(change_log.c.sequence).where(
                change_log.c.sequence < before, change_log.c.table_name == table.name, ~there
            )
        )
        .scalars()
        .all()
    )


def _forget(database: Database, sequences: Sequence[int], *, horizon: int) -> int:
    """Returns how many of the entries were still there."""

    def forget(transaction: Transaction) -> int:
        connection = transaction.connection
        gone = connection.execute(
            delete(change_log).where(change_log.c.sequence.in_(sequences))
        ).rowcount
        kept = change_counter.c.horizon
        connection.execute(
            update(change_counter).values(
                pruned=change_counter.c.pruned + gone,
                horizon=case((kept < horizon, horizon), else_=kept),
            )
        )
        return gone

    return database.run(forget)
