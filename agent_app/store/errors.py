"""What the store can fail with, in sentences an agent can read (steps ④ and ⑦).

::

    StoreError
    ├── WrongKeyError         the files were locked with another key; nothing was touched
    ├── NewerDatabaseError    a newer Zuoxi wrote this file
    ├── DamagedError          the file is not readable as a database (any more)
    ├── ReadOnlyError         the folder or the file may not be written
    ├── DiskFullError         no room left
    ├── LockedError           another program holds the file
    ├── UnreachableError      the disk or the folder did not answer
    ├── MalformedPageError    the server sent a page that is not what the wire promises
    ├── CopyError             the process that fetches the copy as a whole did not do it
    └── StoreClosedError      the store was closed already

All but the last three come from the environment: they are shown and tried again. Anything else that
escapes from the store (an IntegrityError, say) is a bug and belongs to the crash handler.
"""

from __future__ import annotations

import errno
from pathlib import Path

from sqlalchemy.exc import DBAPIError


class StoreError(Exception):
    """Base of the tree; ``str()`` is one plain sentence."""


class FileFaultError(StoreError):
    """Something about one file; ``path`` says which."""

    sentence = "The file {name} cannot be used."

    def __init__(self, path: Path) -> None:
        super().__init__(self.sentence.format(name=path.name))
        self.path = path


class WrongKeyError(FileFaultError):
    sentence = "The data on this computer was locked with another key; nothing was changed."


class NewerDatabaseError(FileFaultError):
    sentence = "The file {name} was written by a newer version of Zuoxi; please update this one."


class DamagedError(FileFaultError):
    sentence = "The file {name} is damaged and cannot be read."


class ReadOnlyError(FileFaultError):
    sentence = "The file {name} cannot be written: the folder or the file is read-only."


class DiskFullError(FileFaultError):
    sentence = "There is no room left on the disk for {name}; free some space and try again."


class LockedError(FileFaultError):
    sentence = "The file {name} is in use by another program; try again in a moment."


class UnreachableError(FileFaultError):
    sentence = "The file {name} could not be reached; the disk or the folder did not answer."


class MalformedPageError(StoreError):
    """The server's page was refused whole; nothing of it was kept."""


class CopyError(StoreError):
    """The copy in use is as it was; another attempt goes on where this one ended."""


class StoreClosedError(StoreError):
    def __init__(self) -> None:
        super().__init__("The store is closed.")


_BY_RESULT_CODE: dict[int, type[FileFaultError]] = {
    5: LockedError,  # SQLITE_BUSY
    6: LockedError,  # SQLITE_LOCKED
    8: ReadOnlyError,  # SQLITE_READONLY
    10: UnreachableError,  # SQLITE_IOERR
    11: DamagedError,  # SQLITE_CORRUPT
    13: DiskFullError,  # SQLITE_FULL
    14: UnreachableError,  # SQLITE_CANTOPEN
    26: DamagedError,  # SQLITE_NOTADB: also what a wrong key looks like
}

_BY_ERRNO: dict[int, type[FileFaultError]] = {
    errno.EACCES: ReadOnlyError,
    errno.EPERM: ReadOnlyError,
    errno.EROFS: ReadOnlyError,
    errno.ENOSPC: DiskFullError,
}


def from_database(error: DBAPIError, path: Path) -> FileFaultError | None:
    """The environment error behind a database error, or None when it is a bug of ours.

    Result codes are SQLite's; the low byte is the primary one.
    """
    return from_result_code(getattr(error.orig, "sqlite_errorcode", None), path)


def from_result_code(code: int | None, path: Path) -> FileFaultError | None:
    kind = None if code is None else _BY_RESULT_CODE.get(code & 0xFF)
    return None if kind is None else kind(path)


def from_system(error: OSError, path: Path) -> FileFaultError:
    return _BY_ERRNO.get(error.errno or 0, UnreachableError)(path)
