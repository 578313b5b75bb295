"""The rows of a file that were not taken, as a file again (M18, step ⑨)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from server.database import Database
from server.sheets.guarded import csv_lines
from server.tables import job_faults

HEADERS = ("行 row", "列 column", "原因 reason")
AT_ONCE = 2_000


def faults_as_csv(database: Database, job_id: str) -> Iterator[str]:
    """Line by line, in the order of the rows."""
    yield from csv_lines(_rows(database, job_id))


def _rows(database: Database, job_id: str) -> Iterator[tuple[str, ...]]:
    yield HEADERS
    after = 0
    while True:
        # In pages, so that no reader keeps a snapshot of the database for as long as it likes.
        with database.read() as connection:
            found = connection.execute(
                select(job_faults)
                .where(job_faults.c.job_id == job_id, job_faults.c.line > after)
                .order_by(job_faults.c.line)
                .limit(AT_ONCE)
            ).all()
        yield from ((str(row.line), row.column_name, row.reason) for row in found)
        if len(found) < AT_ONCE:
            return
        after = found[-1].line
