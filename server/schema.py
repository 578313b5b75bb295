"""Which version of the tables a database has, and bringing it to ours (step ⑨)."""

from __future__ import annotations

import importlib

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from server import __version__
from server.database import Database, explain
from server.errors import DatabaseError

HEAD = "0008"
"""The newest migration; a test compares it with the files."""

LOCK_NUMBER = 0x5A554F58
"""PostgreSQL advisory lock that keeps two starting servers from migrating at the same time."""


def revision_of(connection: Connection) -> str | None:
    """The migration a database is at, None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar_one_or_none()
    return found


def prepare(database: Database) -> None:
    """Make the database ready for use by this version. Raises DatabaseError in plain words."""
    try:
        with database.read() as connection:
            revision = revision_of(connection)
        if revision == HEAD:
            return
        if revision is not None and revision > HEAD:
            raise DatabaseError(
                f"This database belongs to a newer Zuoxi (its tables are at {revision}, this is "
                f"version {__version__} and knows {HEAD}): install the newer version."
            )
        _upgrade(database)
    except DBAPIError as error:
        raise DatabaseError(explain(error)) from error


def _upgrade(database: Database) -> None:
    migrations = importlib.import_module("server.migrations.upgrade")
    with database.write() as transaction:
        if database.dialect == "postgresql":
            transaction.connection.execute(
                text("SELECT pg_advisory_xact_lock(:number)"), {"number": LOCK_NUMBER}
            )
        if revision_of(transaction.connection) != HEAD:
            migrations.upgrade(transaction.connection)
