"""Fills an empty database with the sample centre, in batches that stream (step ⑨).

Everything is also entered in the change feed, so that a seat's first sync is simply the feed from
its beginning.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import chain

from sqlalchemy import select, update

from server import tables
from server.bulk import insert_rows
from server.database import Database, Transaction
from server.errors import StartError
from server.passwords import Passwords
from server.sample.parts import Part, SampleSize, people, reference
from server.sample.source import load_source

_log = logging.getLogger(__name__)

PASSWORD = "practice"
"""The sample centre's only default password, for all of its agents."""

COMMIT_ROWS = 100_000
CUSTOMERS_MAX = 1_000_000


def fill_if_empty(database: Database, size: SampleSize) -> int:
    """Fill an empty centre; returns the rows written, 0 when there was a centre already.

    Raises StartError when an earlier filling did not come to its end.
    """
    with database.read() as connection:
        hashes = connection.execute(select(tables.agents.c.password_hash)).scalars().all()
    if not hashes:
        return fill(database, size)
    if not any(hashes):
        raise StartError("This sample centre was not finished: remove its directory, start again.")
    return 0


def fill(database: Database, size: SampleSize) -> int:
    """Write the whole sample centre and return the number of rows.

    Up to 100 000 rows are one transaction: a small centre is there in full or not at all. Nobody
    can sign in before the last row is kept. Raises StartError.
    """
    if not 0 <= size.customers <= CUSTOMERS_MAX:
        raise StartError(f"A sample centre has at most {CUSTOMERS_MAX} customers.")
    source = load_source()
    password_hash = Passwords().hash(PASSWORD)
    parts = chain(reference(source), people(source, size))
    rows = 0
    done = False
    while not done:
        with database.write() as transaction:
            done, written = _write_some(transaction, parts)
            if done:
                transaction.connection.execute(
                    update(tables.agents).values(password_hash=password_hash)
                )
        rows += written
        _log.info("sample centre: %d rows", rows)
    return rows


def _write_some(transaction: Transaction, parts: Iterator[Part]) -> tuple[bool, int]:
    """Write parts until it is time to commit; True when there are no more."""
    rows = 0
    for part in parts:
        rows += write_part(transaction, part)
        if rows >= COMMIT_ROWS:
            return False, rows
    return True, rows


def write_part(transaction: Transaction, part: Part) -> int:
    """Insert rows, note them for the change feed and return how many there are."""
    table, rows = part
    if not rows:
        return 0
    insert_rows(transaction.connection, table, rows)
    name = str(table.name)
    if name in tables.REPLICATED:
        for row in rows:
            transaction.changed(name, str(row[0]))
    return len(rows)
