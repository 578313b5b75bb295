"""Opens what ``--data`` and ``--database`` name, for every command alike (step ⑨)."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from server.app import open_database
from server.database import Database
from server.errors import StartError
from server.lock import DirectoryLock
from server.settings import Settings


def settings_from(options: argparse.Namespace) -> Settings:
    """The settings of a command line; makes the data directory. Raises StartError."""
    settings = Settings(data_dir=options.data, database_url=options.database)
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StartError(
            f"The data directory {settings.data_dir} cannot be made ({error.strerror})."
        ) from error
    return settings


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The database, with the data directory locked while SQLite lives in it."""
    with ExitStack() as stack:
        if not settings.database_url:
            stack.enter_context(DirectoryLock(settings.data_dir))
        database = open_database(settings)
        stack.callback(database.close)
        yield database
