"""A centre with many large files is backed up and brought back in little memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import insert

from server import tables
from server.backup import backup
from server.database import Database
from tests.server.backups import bring_back, quiet

FILES = 120
SIZE = 1 << 18
ENOUGH = 60 * SIZE
"""Some copies of one file, and the room that is set aside for writing it as a line (35 sizes)."""


def peak_of(work: Callable[[], object]) -> int:
    """The most that Python held at once, in bytes."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.fixture
def with_files(database: Database) -> Database:
    with database.write() as transaction:
        for n in range(FILES):
            facts = {"name": "a.pdf", "media_type": "application/pdf", "size": SIZE, "digest": ""}
            transaction.connection.execute(
                insert(tables.attachment_files).values(
                    id=f"f{n}", **facts, content=bytes([n]) * SIZE
                )
            )
    return database


def test_files_are_copied_compared_and_restored_one_at_a_time(
    with_files: Database, tmp_path: Path
) -> None:
    path = tmp_path / "centre.zip"
    assert peak_of(lambda: backup(with_files, path, scratch=tmp_path, told=quiet)) < ENOUGH
    (tmp_path / "new").mkdir()
    assert peak_of(lambda: bring_back(path, tmp_path / "new", replace=False)) < ENOUGH
