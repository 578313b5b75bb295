"""Every fault of the environment has its sentence; anything else is a bug and passes through."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from agent_app.store.database import Database, FileSettings
from agent_app.store.errors import (
    DamagedError,
    DiskFullError,
    FileFaultError,
    LockedError,
    NewerDatabaseError,
    ReadOnlyError,
    StoreError,
    UnreachableError,
    WrongKeyError,
    from_result_code,
    from_system,
)
from tests.store.rigs import KEY

PATH = Path("/somewhere/work.db")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (5, LockedError),
        (5 | 2 << 8, LockedError),  # SQLITE_BUSY_SNAPSHOT
        (6, LockedError),
        (8, ReadOnlyError),
        (10, UnreachableError),
        (10 | 3 << 8, UnreachableError),  # SQLITE_IOERR_WRITE
        (11, DamagedError),
        (13, DiskFullError),
        (14, UnreachableError),
        (26, DamagedError),
    ],
)
def test_a_result_code_becomes_one_fault(code: int, kind: type[FileFaultError]) -> None:
    fault = from_result_code(code, PATH)
    assert type(fault) is kind
    assert isinstance(fault, StoreError)


@pytest.mark.parametrize("code", [1, 19, 21, None])
def test_other_codes_are_bugs(code: int | None) -> None:
    assert from_result_code(code, PATH) is None


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (errno.EACCES, ReadOnlyError),
        (errno.EROFS, ReadOnlyError),
        (errno.EPERM, ReadOnlyError),
        (errno.ENOSPC, DiskFullError),
        (errno.EIO, UnreachableError),
        (None, UnreachableError),
    ],
)
def test_a_system_error_becomes_one_fault(code: int | None, kind: type[FileFaultError]) -> None:
    error = OSError() if code is None else OSError(code, "words")
    assert type(from_system(error, PATH)) is kind


@pytest.mark.parametrize(
    "kind",
    [FileFaultError, WrongKeyError, NewerDatabaseError, DamagedError, ReadOnlyError,
     DiskFullError, LockedError, UnreachableError],
)  # fmt: skip
def test_a_sentence_is_whole_and_shows_no_path(kind: type[FileFaultError]) -> None:
    sentence = str(kind(PATH))
    assert sentence.endswith(".")
    assert "{" not in sentence
    assert "/somewhere" not in sentence


def test_a_wrong_statement_is_not_hidden_behind_a_sentence(tmp_path: Path) -> None:
    database = Database(tmp_path / "x.db", key=KEY, settings=FileSettings(durable=True))
    database.open(lambda _: None)
    with pytest.raises(DBAPIError):
        database.write_now(lambda one: one.exec_driver_sql("SELECT nothing FROM nowhere"))
    database.close_connections()
