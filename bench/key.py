"""The stores that benches fill, opened with nothing of ours between; apart: a desk need not know
how to fill one."""

from __future__ import annotations

from pathlib import Path

from sqlcipher3 import dbapi2

KEY = bytes(range(32))


def open_bare(path: Path, key: bytes = KEY) -> dbapi2.Connection:
    """Without a transaction around each statement; with an empty ``key`` it is not encrypted."""
    database = dbapi2.connect(str(path), isolation_level=None)
    if key:
        database.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return database
