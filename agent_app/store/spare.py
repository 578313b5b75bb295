"""A second copy of what only this seat has, made whenever the file is known to be sound.

A file that is empty or ruined from its first page on gives nothing back, however it is read. The
spare is as old as the last opening or closing; encrypted as the file is, page for page.
"""

from __future__ import annotations

import logging
import os
import shutil
from contextlib import suppress
from pathlib import Path

_log = logging.getLogger(__name__)


def spare_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.spare")


def renew_spare(path: Path) -> None:
    """Copy the file, which nobody writes meanwhile and which has no log beside it.

    Nothing is done when it was not changed since. A full disk leaves the spare that was there: work
    goes on without.
    """
    spare = spare_of(path)
    fresh = path.with_name(f"{path.name}.spare-new")
    log = path.with_name(f"{path.name}-wal")
    try:
        if log.exists() and log.stat().st_size:
            return
        changed_ns = path.stat().st_mtime_ns
        if spare.exists() and spare.stat().st_mtime_ns == changed_ns:
            return
        shutil.copyfile(path, fresh)
        with fresh.open("r+b") as file:
            os.fsync(file.fileno())
        os.utime(fresh, ns=(changed_ns, changed_ns))
        fresh.replace(spare)
    except OSError as error:
        _log.warning("no spare copy of %s: %s", path.name, error.strerror)
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def forget_spares(folder: Path) -> None:
    """They hold what is forgotten, too; the next opening makes them anew. Raises OSError."""
    for path in folder.glob("work*.db.spare*"):
        path.unlink(missing_ok=True)
