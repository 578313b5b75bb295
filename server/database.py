"""One door to the centre's database, SQLite or PostgreSQL (step ⑨).

Reads are one snapshot each. Writes are one transaction each and enter what they changed in the
change feed as the last step before commit. SQLite comes from ``sqlcipher3`` (3.53, used without a
key): the 3.40 inside Python 3.11 can lose a WAL reset when two connections meet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import sqlcipher3.dbapi2
from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.engine.url import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    OperationalError,
)
from sqlalchemy.pool import ConnectionPoolEntry

from server.changes import Change, append_changes
from server.channels import PAYLOAD_BYTES_MAX, Channel, Listener
from server.errors import DatabaseError
from server.listening import Listening
from server.settings import Settings

FILE_NAME = "centre.db"
ATTEMPTS = 4
RETRY_STATES = frozenset({"40001", "40P01"})
"""PostgreSQL: serialization failure, deadlock."""

LIVELINESS: Mapping[str, str] = {
    "connect_timeout": "10",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
"""libpq's own words: a PostgreSQL that vanished without a word is noticed within half a minute."""

T = TypeVar("T")


class Transaction:
    """A write in progress: ``connection`` to work on, ``changed`` to say which rows."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.changes: list[Change] = []
        self.told: list[tuple[Channel, str]] = []

    def changed(self, table: str, row_id: str) -> None:
        """The row is new, different or gone: enter it in the change feed at commit."""
        self.changes.append(Change(table, row_id))

    def notify(self, channel: Channel, payload: str) -> None:
        """Tell all processes of this centre, if and when this is committed."""
        if len(payload.encode()) > PAYLOAD_BYTES_MAX:
            raise ValueError(f"at most {PAYLOAD_BYTES_MAX} bytes can be told")
        self.told.append((channel, payload))


class Database:
    """Thread-safe. A write that fails raises SQLAlchemy's error, and nobody hears of it."""

    def __init__(self, *, reads: Engine, writes: Engine) -> None:
        self._reads = reads
        self._writes = writes
        self._listeners: tuple[tuple[Channel, Listener], ...] = ()
        self._listening: Listening | None = None

    @property
    def dialect(self) -> str:
        return self._writes.dialect.name

    def listen(self, channel: Channel, listener: Listener) -> None:
        """Hear every payload of a channel from now on, those of other processes too.

        ``listener`` is called in the writing thread (SQLite) or a thread of its own (PostgreSQL),
        there with ``MISSED`` first, and whenever the connection was lost.
        """
        self._listeners += ((channel, listener),)

    def start_listening(self) -> None:
        """Once, after ``listen``: begin to hear other processes, where there can be any."""
        if self.dialect == "postgresql":
            self._listening = Listening(self._writes, tuple(Channel), self._deliver)
            self._listening.start()

    def stop_listening(self) -> None:
        self._listeners = ()
        if self._listening is not None:
            self._listening.close()
            self._listening = None

    def notify(self, channel: Channel, payload: str) -> None:
        """Tell all processes of this centre, in a write of its own."""
        with self.write() as transaction:
            transaction.notify(channel, payload)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One snapshot of the whole database, read only."""
        with self._reads.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """One transaction; committed, and others told, when the block ends well."""
        with self._writes.begin() as connection:
            transaction = Transaction(connection)
            yield transaction
            if self._tells_in_commit:
                for channel, payload in transaction.told:
                    connection.execute(select(func.pg_notify(channel.value, payload)))
            if transaction.changes:
                newest = append_changes(connection, transaction.changes)
                transaction.told.append((Channel.CHANGES, str(newest)))
        if not self._tells_in_commit:
            for channel, payload in transaction.told:
                self._deliver(channel, payload)

    @property
    def _tells_in_commit(self) -> bool:
        return self.dialect == "postgresql"

    def _deliver(self, channel: str, payload: str) -> None:
        for wanted, listener in self._listeners:
            if wanted == channel:
                listener(payload)

    def run(self, work: Callable[[Transaction], T]) -> T:
        """``work`` in a write of its own, again when another writer was in its way.

        Two writers that insert the same key, and PostgreSQL's deadlocks, are settled by the
        second look: ``work`` must have no effect but on the database.
        """
        for _ in range(ATTEMPTS - 1):
            try:
                with self.write() as transaction:
                    return work(transaction)
            except IntegrityError:
                continue
            except OperationalError as error:
                if getattr(error.orig, "sqlstate", None) not in RETRY_STATES:
                    raise
        with self.write() as transaction:
            return work(transaction)

    def close(self) -> None:
        """Close every connection, one that is still at work as soon as it is given back."""
        self.stop_listening()
        for engine in (self._reads, self._writes):
            event.listen(engine, "checkin", _close)
            engine.dispose()


def _close(_connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
    entry.invalidate()


def connect(settings: Settings) -> Database:
    """Engines for the configured database; nothing is opened yet. Raises DatabaseError."""
    if not settings.database_url:
        return _sqlite(settings.data_dir / FILE_NAME, settings.busy_timeout_s)
    try:
        url = make_url(settings.database_url)
        if url.get_backend_name() == "sqlite":
            return _sqlite(Path(url.database or ""), settings.busy_timeout_s)
        if url.get_backend_name() == "postgresql":
            return _postgresql(url)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise DatabaseError(f"The database URL cannot be used: {error}.") from error
    raise DatabaseError("The database URL must begin with postgresql:// or sqlite:///.")


def _postgresql(url: URL) -> Database:
    url = url.set(drivername="postgresql+psycopg", query={**LIVELINESS, **url.query})
    engine = create_engine(
        url, hide_parameters=True, pool_size=8, max_overflow=32, pool_pre_ping=True
    )
    snapshot = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Database(reads=snapshot, writes=engine)


def _sqlite(path: Path, busy_timeout_s: float) -> Database:
    def engine(begin: str, size: int, overflow: int) -> Engine:
        made = create_engine(
            f"sqlite:///{path}",
            module=sqlcipher3.dbapi2,
            hide_parameters=True,
            pool_size=size,
            max_overflow=overflow,
            connect_args={"isolation_level": None, "timeout": busy_timeout_s},
        )
        event.listen(made, "connect", _prepare_sqlite)
        event.listen(made, "begin", lambda connection: connection.exec_driver_sql(begin))
        return made

    # One writing connection: writers of this process queue in order instead of polling the file.
    return Database(reads=engine("BEGIN", 8, 32), writes=engine("BEGIN IMMEDIATE", 1, 0))


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def explain(error: DBAPIError) -> str:
    """Why the database could not be used, as one sentence for whoever runs the server."""
    text = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else "no reason given"
    known = {
        "not a database": "The database file is damaged or is not a database",
        "malformed": "The database file is damaged",
        "locked": "The database is locked by another program",
        "full": "The disk is full",
        "readonly": "The database may not be written to",
        "unable to open": "The database file cannot be opened",
    }
    for words, sentence in known.items():
        if words in text:
            return f"{sentence} ({text})."
    return f"The database cannot be used ({text})."
