"""Kinds of columns that SQLite and PostgreSQL spell differently (step ⑨)."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, Text

SORTED = Text().with_variant(Text(collation="C"), "postgresql")
"""Text in the order of its bytes, as SQLite keeps all text: a prefix is a range of the index."""

SEQUENCE = BigInteger().with_variant(Integer, "sqlite")
"""On SQLite only a column declared INTEGER is the row's own key."""
