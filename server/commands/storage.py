"""Opens what the settings name, for every command alike (step ⑨)."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from sqlalchemy.exc import DBAPIError

from server.app import open_database
from server.configuration import Configuration, configure
from server.database import FILE_NAME, Database, connect, explain
from server.errors import DatabaseError, StartError
from server.lock import DirectoryLock
from server.schema import HEAD, revision_of
from server.settings import Settings

_OPTIONS = {
    "data": "data_dir",
    "database": "database_url",
    "bind": "bind",
    "port": "port",
    "tls_cert": "tls_cert",
    "tls_key": "tls_key",
}
"""Options of the command line, and the settings they are."""


def configuration_from(options: argparse.Namespace) -> Configuration:
    """The settings of a command. Raises StartError."""
    said = {key: getattr(options, name, None) for name, key in _OPTIONS.items()}
    if options.no_settings:
        return configure(said, {}, file=False)
    return configure(said, os.environ, options.config)


def settings_from(options: argparse.Namespace) -> Settings:
    """The same, and the data directory is made. Raises StartError."""
    settings = configuration_from(options).settings
    make_directory(settings)
    return settings


def make_directory(settings: Settings) -> None:
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StartError(
            f"The data directory {settings.data_dir} cannot be made ({error.strerror})."
        ) from error


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The database as the only process that works with it, where SQLite is it; brought up to date.

    Raises StartError.
    """
    with ExitStack() as stack:
        if not settings.database_url:
            stack.enter_context(DirectoryLock(settings.data_dir))
        database = open_database(settings)
        stack.callback(database.close)
        yield database


@contextmanager
def opened_beside(settings: Settings, *, older: bool = False) -> Iterator[Database]:
    """An existing database of this version, also while a server works with it.

    With ``older`` one of an earlier version will do. What the database complains of inside is a
    StartError.
    """
    if not settings.database_url and not (settings.data_dir / FILE_NAME).exists():
        raise StartError(f"There is no database in {settings.data_dir}.")
    database = connect(settings)
    try:
        with database.read() as connection:
            revision = revision_of(connection)
        if revision is None:
            raise StartError("This database has no centre yet: run zuoxi-server init.")
        if revision > HEAD or (revision != HEAD and not older):
            raise StartError(
                f"The tables of this database are at {revision}, this version needs {HEAD}: an "
                "older one is brought up to date by zuoxi-server serve, a newer one needs the "
                "newer Zuoxi."
            )
        yield database
    except DBAPIError as error:
        raise DatabaseError(explain(error)) from error
    finally:
        database.close()
