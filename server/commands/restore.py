"""``zuoxi-server restore``: a backup takes the place of the database (M42, step ⑨)."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing

from sqlalchemy.exc import DBAPIError

from server.archive import Archive
from server.audit import Audited, record
from server.commands.storage import settings_from
from server.database import connect, explain
from server.errors import DatabaseError, StartError
from server.lock import DirectoryLock
from server.restore import restore_file, restore_schema
from server.schema import prepare
from server.settings import Settings


def run(options: argparse.Namespace) -> int:
    settings = settings_from(options)
    with Archive(options.file) as archive:
        try:
            aside = _restore(settings, archive, replace=options.replace)
            _write_down(settings, archive)
        except DBAPIError as error:
            raise DatabaseError(explain(error)) from error
    rows = sum(each.rows for each in archive.manifest.tables.values())
    sys.stdout.write(f"{rows} rows of {archive.manifest.made_at} are back, each one compared.\n")
    if aside:
        sys.stdout.write(f"What was there before is kept as {aside}.\n")
    sys.stdout.write("Everybody signs in again, and every seat fetches its copy anew.\n")
    return 0


def _restore(settings: Settings, archive: Archive, *, replace: bool) -> str:
    if not settings.database_url:
        with DirectoryLock(settings.data_dir):
            return restore_file(archive, settings.data_dir, replace=replace)
    with closing(connect(settings)) as database:
        if database.dialect != "postgresql":
            raise StartError("Name SQLite's directory with --data to restore into it.")
        return restore_schema(archive, database, replace=replace)


def _write_down(settings: Settings, archive: Archive) -> None:
    with closing(connect(settings)) as database:
        prepare(database)
        with database.write() as transaction:
            detail = {"made_at": archive.manifest.made_at}
            record(transaction, identity=None, action=Audited.RESTORE, detail=detail)
