"""Copies a whole centre into one file, of one snapshot, while it goes on working (M42, ⑨)."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from server import __version__
from server.archive import Archive, Manifest, write_manifest, write_table
from server.changes import newest_sequence
from server.database import Database, connect
from server.errors import StartError
from server.loading import load
from server.schema import revision_of
from server.settings import Settings
from server.snapshot import columns_of, kept_tables, rows_of

QUICK = 1
"""Compression: the next step takes twice the time for a tenth of the size."""

Told = Callable[[str, int], None]
"""Hears of each table that is finished, and how many rows it has."""


def backup(database: Database, path: Path, *, scratch: Path, told: Told) -> Manifest:
    """Write ``path``, which must not be there yet, and open the copy to compare it.

    The file has its name only when it is whole and was found equal. ``scratch`` is a directory
    with room for another database. Raises StartError, and SQLAlchemy's errors of ``database``.
    """
    if path.exists():
        raise StartError(f"{path} is there already.")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".partial", dir=path.parent)
    except OSError as error:
        raise StartError(f"{path} cannot be written ({error.strerror}).") from error
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            manifest = _write(database, file, told)
            file.flush()
            os.fsync(file.fileno())
        verify(partial, scratch=scratch)
        partial.replace(path)
        keep_names(path.parent)
    except OSError as error:
        raise StartError(f"{path} cannot be written ({error.strerror}).") from error
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def verify(path: Path, *, scratch: Path) -> Manifest:
    """Restore a backup into a database of its own and compare every row. Raises StartError."""
    with (
        Archive(path) as archive,
        tempfile.TemporaryDirectory(prefix="verifying-", dir=scratch) as folder,
        closing(connect(Settings(Path(folder)))) as database,
    ):
        with database.write() as transaction:
            load(archive, transaction.connection)
        return archive.manifest


def keep_names(folder: Path) -> None:
    """A file's new name survives a power cut."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(database: Database, file: IO[bytes], told: Told) -> Manifest:
    tables = {}
    with (
        database.read() as connection,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=QUICK) as archive,
    ):
        revision = revision_of(connection)
        if revision is None:
            raise StartError("This database has no centre yet.")
        for name in kept_tables(connection):
            rows = rows_of(connection, name)
            tables[name] = write_table(archive, name, columns_of(connection, name), rows)
            told(name, tables[name].rows)
        manifest = Manifest(
            revision=revision,
            version=__version__,
            made_at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            sequence=newest_sequence(connection),
            tables=tables,
        )
        write_manifest(archive, manifest)
    return manifest
