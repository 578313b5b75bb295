"""What callers say of their calls afterwards (M16, step ⑨)."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text

from server.tables.metadata import metadata

grades = Table(
    "grades",
    metadata,
    Column("id", Text, primary_key=True),  # the exchange's name for the call: one grade a call
    Column("digit", Integer, nullable=False),
    Column("name", Text, nullable=False),  # what the digit meant when it was pressed
    Column("name_en", Text, nullable=False),
    Column("satisfied", Boolean, nullable=False),  # what it counted as then
    Column("at", Text, nullable=False),
    Index("grades_by_time", "at"),
)
"""Whose call it was is found by ``interactions.exchange_call_id``, which may arrive later."""
