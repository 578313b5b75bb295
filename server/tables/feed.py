"""The changes that seats follow, the operations that made them, and long jobs (step ⑨)."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text

from server.columns import SEQUENCE
from server.tables.metadata import metadata

jobs = Table(
    "jobs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),  # import, export
    Column("table_name", Text, nullable=False),
    Column("format", Text, nullable=False),  # csv, xlsx
    Column("file_name", Text, nullable=False),
    Column("agent_id", Text, ForeignKey("agents.id"), nullable=False),
    Column("state", Text, nullable=False),  # waiting, running, done, failed, cancelled
    Column("rows_done", Integer, nullable=False),
    Column("rows_total", Integer),
    Column("options", Text, nullable=False, server_default="{}"),  # JSON: what was asked for
    Column("report", Text, nullable=False),  # JSON: counts, preview, why it failed
    Column("started_at", Text, nullable=False),
    Column("finished_at", Text),
    Column("seen_at", BigInteger, nullable=False, server_default="0"),  # by its worker
)

job_faults = Table(
    "job_faults",
    metadata,
    Column("job_id", Text, ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("line", Integer, primary_key=True),  # row of the file, that of the headers is 1
    Column("column_name", Text, nullable=False),
    Column("reason", Text, nullable=False),
)
"""Rows of an imported file that were not taken."""

change_counter = Table(
    "change_counter",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sequence", BigInteger, nullable=False),
    Column("horizon", BigInteger, nullable=False, server_default="0"),
    Column("pruned", BigInteger, nullable=False, server_default="0"),
    Column("life", BigInteger, nullable=False, server_default="0"),
)
"""``horizon``: deletions up to it were forgotten, a cursor below it must start over; ``pruned``
entries are no longer in the log. A restored backup begins a new ``life`` (any other number), and
every seat starts over."""

change_days = Table(
    "change_days",
    metadata,
    Column("day", Text, primary_key=True),
    Column("sequence", BigInteger, nullable=False),  # the first one of that day
)

change_log = Table(
    "change_log",
    metadata,
    Column("sequence", SEQUENCE, primary_key=True, autoincrement=False),
    Column("table_name", Text, nullable=False),
    Column("row_id", Text, nullable=False),
)

applied_operations = Table(
    "applied_operations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("digest", Text, nullable=False),  # of the whole operation, so that an id means one act
    Column("kind", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("author", Text, ForeignKey("agents.id"), nullable=False),
    Column("made_at", Text, nullable=False),
    Column("applied_at", BigInteger, nullable=False),
    Column("version", Integer, nullable=False),
    Index("applied_operations_by_record", "record"),
)
