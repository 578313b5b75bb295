"""One encrypted SQLite file: one writing thread, any number of reading ones (steps ④ and ⑦).

Every thread keeps one connection for good, because opening an encrypted file costs far more than
a query. The writer's transactions begin IMMEDIATE, so that a busy file is noticed before anything
is done; a reader's transaction is one snapshot, however many questions it asks.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from sqlcipher3 import dbapi2

from agent_app.store.calm import Calm
from agent_app.store.errors import (
    DamagedError,
    FileFaultError,
    LockedError,
    StoreClosedError,
    from_database,
    from_result_code,
    from_system,
)
from agent_app.store.gate import Gate

T = TypeVar("T")
_NOT_A_DATABASE = 26
COMPANIONS = ("-wal", "-shm")
"""What SQLite keeps beside a file; a log must never meet another file than its own."""


class FileState(Enum):
    ABSENT = "absent"
    READABLE = "readable"
    DAMAGED = "damaged"
    FOREIGN = "foreign"  # not one page opens: another key, or ruined from the first byte on


@dataclass(frozen=True, slots=True)
class FileSettings:
    """How one file is used.

    ``durable``: a commit is on the disk when it returns (``synchronous=FULL``), for what cannot be
    fetched again. ``max_pages`` of 4 KiB limits the file, 0 does not. After ``log_pages`` the
    write-ahead log is folded into the file.
    """

    durable: bool
    cache_kib: int = 8_192
    busy_timeout_ms: int = 5_000
    max_pages: int = 0
    log_pages: int = 1_000


async def in_thread(executor: ThreadPoolExecutor, job: Callable[[], T]) -> T:
    """Run ``job`` in ``executor`` to its end, even when the awaiting task is cancelled.

    A typed word must not be lost because a window closed: hence the shield. Works under asyncio
    and qasync. Raises StoreClosedError after the executor was shut down.
    """
    try:
        running = asyncio.get_running_loop().run_in_executor(executor, job)
    except RuntimeError:
        raise StoreClosedError from None
    return await asyncio.shield(running)


class Database:
    """Connections to one file; ``write`` is a coroutine, ``reading`` is for the caller's thread."""

    def __init__(
        self, path: Path, *, key: bytes, settings: FileSettings, calm: Calm | None = None
    ) -> None:
        """Touches nothing yet. ``key`` is the raw 32-byte key; it stays out of every repr."""
        if len(key) != 32:
            raise ValueError("the key has 32 bytes")
        self.path = path
        self._key = key
        self._mark = path.with_name(f"{path.name}.damaged")
        self._settings = settings
        self._calm = calm or Calm()
        self._writer_thread = ThreadPoolExecutor(1, f"store-{path.stem}")
        self._writing: Connection | None = None
        self._mine = threading.local()
        self._gate = Gate()
        self._incarnation = 0
        self._open: list[Connection] = []
        self._engines = {name: self._engine(name) for name in ("IMMEDIATE", "DEFERRED")}

    def __repr__(self) -> str:
        return f"<Database {self.path.name}>"

    def open(self, prepare: Callable[[Connection], T]) -> T:
        """Connect for writing and let ``prepare`` check and migrate; in the opening thread.

        Raises a FileFaultError; then every connection is closed again.
        """
        try:
            with self._translated():
                self._writing = self._connect("IMMEDIATE")
                return prepare(self._writing)
        except BaseException:
            self.close_connections()
            raise

    def state(self, *, thorough: bool) -> FileState:
        """Look at the file without changing it; ``thorough`` reads every page.

        Raises a FileFaultError for anything but damage (locked, unreachable, read-only).
        """
        if not self.path.exists():
            return FileState.ABSENT
        if self.path.stat().st_size == 0 or self._mark.exists():
            return FileState.DAMAGED
        try:
            raw = self._raw_connection(reads_only=True, look=True)
            try:
                sound = not thorough or _is_sound(raw)
            finally:
                raw.close()
        except dbapi2.Error as error:
            fault = from_result_code(error.sqlite_errorcode, self.path)
            if isinstance(fault, DamagedError):
                foreign = error.sqlite_errorcode == _NOT_A_DATABASE
                return FileState.FOREIGN if foreign else FileState.DAMAGED
            raise fault or error from error
        return FileState.READABLE if sound else FileState.DAMAGED

    def set_aside(self, suffix: str) -> Path:
        """Rename the file and what belongs to it; returns the new path. Before ``open`` only."""
        kept_as = self.path.with_name(f"{self.path.name}.{suffix}")
        for ending in COMPANIONS:
            companion = self.path.with_name(self.path.name + ending)
            if companion.exists():
                companion.rename(kept_as.with_name(kept_as.name + ending))
        self.path.rename(kept_as)
        self._mark.unlink(missing_ok=True)
        return kept_as

    def write_now(self, job: Callable[[Connection], T]) -> T:
        """As ``write``, in the calling thread: for the opening only, while nobody else is here."""
        return self._write(job)

    async def write(self, job: Callable[[Connection], T]) -> T:
        """Run ``job`` in the writing thread as one transaction; committed when this returns.

        Raises a FileFaultError for what the environment does, and then nothing was kept.
        """
        return await in_thread(self._writer_thread, lambda: self._write(job))

    async def erase(self, job: Callable[[Connection], T]) -> T:
        """As ``write``, and what ``job`` deletes is overwritten on the disk, not only let go."""
        return await in_thread(self._writer_thread, lambda: self.erase_now(job))

    def erase_now(self, job: Callable[[Connection], T]) -> T:
        """As ``erase``, in the calling thread."""

        def overwriting(connection: Connection) -> T:
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
            return job(connection)

        found = self._write(overwriting)
        with suppress(LockedError):  # a reader is looking at the log: the next closing folds it
            self._fold_log()
        return found

    def fold_now(self) -> None:
        """The write-ahead log into the file, in the calling thread; what hinders it is no matter:
        the log is read as well."""
        with suppress(FileFaultError):
            self._fold_log()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A snapshot for the current thread, over the connection that this thread keeps."""
        with self._gate.shared(), self._translated():
            connection: Connection | None = getattr(self._mine, "connection", None)
            if connection is None or self._mine.incarnation != self._incarnation:
                connection = self._mine.connection = self._connect("DEFERRED")
                self._mine.incarnation = self._incarnation
            with connection.begin():
                yield connection

    async def replace(self, fresh: Path | None, prepare: Callable[[Connection], T]) -> T:
        """Put ``fresh``, a whole file of the same key, in this one's place; None: begin anew.

        Readers under way finish over the old file, later ones wait for the new. A crash leaves one
        of the two. Raises a FileFaultError; then the old one is in use still.
        """
        return await in_thread(self._writer_thread, lambda: self._replace(fresh, prepare))

    async def close(self) -> None:
        """Finish what was asked for, close every connection, end the writing thread."""
        await in_thread(self._writer_thread, self.close_connections)
        self._writer_thread.shutdown(wait=False)

    def close_connections(self) -> None:
        """The last one folds the write-ahead log into the file."""
        for connection in self._open:
            connection.close()
        self._open.clear()
        self._writing = None

    def _replace(self, fresh: Path | None, prepare: Callable[[Connection], T]) -> T:
        with self._gate.exclusive():
            if fresh is not None:
                self._fold_log()
            self.close_connections()
            self._incarnation += 1
            try:
                for ending in COMPANIONS:  # of a damaged file: nothing that is sound leaves one
                    self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
                if fresh is None:
                    self.path.unlink(missing_ok=True)
                else:
                    fresh.replace(self.path)
                self._mark.unlink(missing_ok=True)
            except OSError as error:
                raise from_system(error, self.path) from error
            finally:
                found = self.open(prepare)
            return found

    def _fold_log(self) -> None:
        """The log's pages into the file, so that the file alone is whole."""
        if self._writing is None:
            raise StoreClosedError
        raw = self._writing.connection.dbapi_connection
        assert raw is not None, "it is kept open"
        cursor = raw.cursor()
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            answer = cursor.fetchone()
            if answer is not None and answer[0]:
                raise LockedError(self.path)
        except dbapi2.Error as error:
            fault = from_result_code(error.sqlite_errorcode, self.path)
            if not isinstance(fault, DamagedError):  # of a damaged one there is nothing to keep
                raise fault or error from error
        finally:
            cursor.close()

    def fold(self) -> None:
        """While nothing is open: leave one file with nothing beside it. Raises a FileFaultError."""
        try:
            raw = self._raw_connection(reads_only=False)
            try:
                raw.execute("PRAGMA journal_mode = DELETE")
            finally:
                raw.close()
        except dbapi2.Error as error:
            raise from_result_code(error.sqlite_errorcode, self.path) or error from error

    def _write(self, job: Callable[[Connection], T]) -> T:
        self._calm.wait()
        if self._writing is None:
            raise StoreClosedError
        with self._translated(), self._writing.begin():
            return job(self._writing)

    def _connect(self, mode: str) -> Connection:
        connection = self._engines[mode].connect()
        self._open.append(connection)
        return connection

    def _engine(self, mode: str) -> Engine:
        engine = create_engine(
            "sqlite://",
            creator=lambda: self._raw_connection(reads_only=mode == "DEFERRED"),
            module=dbapi2,
            poolclass=NullPool,
        )

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql(f"BEGIN {mode}")

        return engine

    def _raw_connection(self, *, reads_only: bool, look: bool = False) -> dbapi2.Connection:
        """The key is the first statement on a connection: nothing can be read before it.

        ``look`` cannot change the file even by closing: a write-ahead log beside a file that turns
        out to be unreadable holds the last words and must not be folded in or deleted.
        """
        settings = self._settings
        raw = dbapi2.connect(
            self.path.absolute().as_uri() + ("?mode=ro" if look else "?mode=rwc"),
            uri=True,
            timeout=settings.busy_timeout_ms / 1000,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            raw.execute(f"PRAGMA key = \"x'{self._key.hex()}'\"")
            raw.execute("PRAGMA cipher_log_level = NONE")
            raw.execute("PRAGMA mmap_size = 0")
            raw.execute(f"PRAGMA cache_size = -{settings.cache_kib}")
            raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if reads_only:
                raw.execute("PRAGMA query_only = ON")
            else:
                raw.execute("PRAGMA journal_mode = WAL")
                raw.execute(f"PRAGMA synchronous = {'FULL' if settings.durable else 'NORMAL'}")
                raw.execute("PRAGMA journal_size_limit = 67108864")
                raw.execute(f"PRAGMA wal_autocheckpoint = {settings.log_pages}")
                if settings.max_pages:
                    raw.execute(f"PRAGMA max_page_count = {settings.max_pages}")
        except BaseException:
            raw.close()
            raise
        return raw

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            fault = from_database(error, self.path)
            if fault is None:
                raise
            self._remember(fault)
            raise fault from error

    def _remember(self, fault: FileFaultError) -> None:
        """Damage met while working is dealt with at the next opening, when nobody reads."""
        if isinstance(fault, DamagedError):
            with suppress(OSError):
                self._mark.touch()


def _is_sound(raw: dbapi2.Connection) -> bool:
    """Every page carries its right code, and the tables hang together."""
    if raw.execute("PRAGMA cipher_integrity_check").fetchall():
        return False
    return bool(raw.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
