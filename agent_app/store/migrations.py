"""The files' schemas, step by step, so that an older seat's work is carried along (step ⑦).

A migration is released once and never edited after; each runs in one transaction that also sets
``PRAGMA user_version``. A file with a higher number than ours is refused in plain words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from agent_app.store.errors import NewerDatabaseError


@dataclass(frozen=True, slots=True)
class Migration:
    """``version`` is the number the file has afterwards; ``title`` is the log line."""

    version: int
    title: str
    statements: tuple[str, ...]


def version_of(connection: Connection) -> int:
    """The file's ``user_version``, 0 for a file without tables."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def migrate(connection: Connection, migrations: Sequence[Migration], path: Path) -> list[str]:
    """Bring the file up to date, one transaction per migration; returns the titles of those run.

    Raises NewerDatabaseError, before anything is written, when the file is ahead of us.
    """
    with connection.begin():
        current = version_of(connection)
    if current > migrations[-1].version:
        raise NewerDatabaseError(path)
    done = []
    for migration in migrations:
        if migration.version <= current:
            continue
        with connection.begin():
            for statement in migration.statements:
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql(f"PRAGMA user_version = {migration.version}")
        done.append(migration.title)
    return done
