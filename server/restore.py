"""Puts a backup in the place of a database, whole or not at all (M42, step ⑨).

SQLite: a new file beside the old one, which takes its name in one step. PostgreSQL: one
transaction. What was there before stays aside.
"""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, func, inspect, literal, select, text
from sqlalchemy.exc import DBAPIError

from server.archive import Archive
from server.backup import keep_names
from server.changes import newest_sequence
from server.database import FILE_NAME, Database, connect
from server.errors import StartError
from server.loading import load
from server.settings import Settings
from server.tables import agents, customers, metadata

_LOADING = "restoring"
_BESIDE = ("-wal", "-shm")
_OURS = frozenset({str(name) for name in metadata.tables} | {"alembic_version"})


@dataclass(frozen=True, slots=True)
class _Before:
    """What is in the database already; ``newest`` 0 when that cannot be read."""

    filled: bool
    newest: int


def restore_file(archive: Archive, directory: Path, *, replace: bool) -> str:
    """``centre.db`` in ``directory``, which the caller has locked; returns the old one's new name.

    The name is empty when nothing was there. Raises StartError and SQLAlchemy's errors.
    """
    path = directory / FILE_NAME
    before = _look_at_file(directory) if path.exists() else _Before(filled=False, newest=0)
    _check_may(before, replace=replace)
    folder = directory / _LOADING
    shutil.rmtree(folder, ignore_errors=True)  # of one that was killed
    folder.mkdir(mode=0o700)
    try:
        with closing(connect(Settings(folder))) as database, database.write() as transaction:
            load(archive, transaction.connection, above=before.newest)
        made = folder / FILE_NAME
        if made.with_name(f"{FILE_NAME}-wal").exists():
            raise StartError("The restored database could not be closed.")
        _keep(made)
        aside = _set_aside(path) if before.filled else ""
        for ending in _BESIDE:
            path.with_name(FILE_NAME + ending).unlink(missing_ok=True)
        made.replace(path)
        keep_names(directory)
    except OSError as error:
        raise StartError(f"{directory} cannot be written ({error.strerror}).") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return aside


def restore_schema(archive: Archive, database: Database, *, replace: bool) -> str:
    """The tables of a PostgreSQL database; returns the schema in which the old ones stay, or "".

    Raises StartError and SQLAlchemy's errors.
    """
    aside = ""
    with database.write() as transaction:
        connection = transaction.connection
        _refuse_company(connection)
        schema = connection.execute(text("SELECT current_schema()")).scalar_one()
        names = set(inspect(connection).get_table_names())
        if names - _OURS:
            raise StartError(
                "This database holds tables that are not Zuoxi's: restore into one of its own."
            )
        before = _look(connection, names)
        _check_may(before, replace=replace)
        if names:
            aside = f"before_restore_{_stamp()}"
            connection.execute(text(f'ALTER SCHEMA "{schema}" RENAME TO {aside}'))
            connection.execute(text(f'CREATE SCHEMA "{schema}"'))
        load(archive, connection, above=before.newest)
        if names and not before.filled:
            connection.execute(text(f"DROP SCHEMA {aside} CASCADE"))
            aside = ""
    return aside


def _check_may(before: _Before, *, replace: bool) -> None:
    if before.filled and not replace:
        raise StartError(
            "This database has a centre already: with --replace it is kept aside and replaced."
        )


def _look_at_file(directory: Path) -> _Before:
    with closing(connect(Settings(directory))) as database:
        try:
            with database.read() as connection:
                return _look(connection, set(inspect(connection).get_table_names()))
        except DBAPIError:
            return _Before(filled=True, newest=0)  # damaged: all the more reason to keep it aside


def _look(connection: Connection, names: set[str]) -> _Before:
    filled = any(
        str(table.name) in names
        and connection.execute(select(literal(1)).select_from(table).limit(1)).first()
        for table in (agents, customers)
    )
    newest = newest_sequence(connection) if "change_counter" in names else 0
    return _Before(filled=filled, newest=newest)


def _refuse_company(connection: Connection) -> None:
    others = connection.execute(
        select(func.count())
        .select_from(text("pg_stat_activity"))
        .where(
            text(
                "datname = current_database() AND usename = current_user "
                "AND pid <> pg_backend_pid()"
            )
        )
    ).scalar_one()
    if others:
        raise StartError(
            f"{others} other connections use this database: stop the servers before restoring."
        )


def _set_aside(path: Path) -> str:
    """Second names for what is there: the first stay until the new file takes them."""
    name = f"{FILE_NAME}.before-restore-{_stamp()}"
    for ending in ("", *_BESIDE):
        if path.with_name(FILE_NAME + ending).exists():
            os.link(path.with_name(FILE_NAME + ending), path.with_name(name + ending))
    return name


def _keep(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _stamp() -> str:
    return f"{datetime.now(UTC):%Y%m%d_%H%M%S}"
