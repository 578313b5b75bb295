"""Hears what other processes on the same PostgreSQL tell, for as long as there is one (step ⑨).

One connection of its own, in one thread. Whatever happens to that connection, a new one is made,
and because nobody keeps a notification for who was away, every listener then hears ``MISSED``.
"""

from __future__ import annotations

import logging
import selectors
import socket
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from sqlalchemy import Engine

from server.channels import MISSED

_log = logging.getLogger(__name__)

RETRY_S = 0.5
HEARTBEAT_S = 10.0
"""A connection that says nothing is asked this often whether it is still there."""
STOP_PATIENCE_S = 10.0


class _Told(Protocol):
    channel: str
    payload: str


class _Connection(Protocol):
    """What is used of psycopg's connection; a centre on SQLite may be without psycopg."""

    autocommit: bool

    def execute(self, query: str) -> object: ...

    def fileno(self) -> int: ...

    def notifies(self, *, timeout: float) -> Iterable[_Told]: ...


class Listening:
    """``deliver`` gets channel and payload in the thread of this object, until ``close``.

    When ``deliver`` raises, what it did not take counts as missed, like after a lost connection.
    """

    def __init__(
        self, engine: Engine, channels: Sequence[str], deliver: Callable[[str, str], None]
    ) -> None:
        self._engine = engine
        self._channels = tuple(channels)
        self._deliver = deliver
        self._stopped = threading.Event()
        self._woken, self._waker = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="listening", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """End the thread; at most some seconds while it is looking for the database."""
        self._stopped.set()
        self._waker.send(b"!")
        self._thread.join(STOP_PATIENCE_S)
        if not self._thread.is_alive():
            self._woken.close()
            self._waker.close()

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                proxied = self._engine.raw_connection()
                connection = proxied.driver_connection
                assert connection is not None
                proxied.detach()  # it is never given back to the pool
                try:
                    self._hear(connection)
                finally:
                    proxied.close()
            except Exception as error:  # noqa: BLE001 - the border of the thread: begin again
                _log.warning("other servers are not heard now (%s)", type(error).__name__)
                self._stopped.wait(RETRY_S)

    def _hear(self, connection: _Connection) -> None:
        connection.autocommit = True
        for channel in self._channels:
            connection.execute(f"LISTEN {channel}")
        for channel in self._channels:
            self._deliver(channel, MISSED)
        with selectors.DefaultSelector() as selector:
            selector.register(connection.fileno(), selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            while not self._stopped.is_set():
                for told in connection.notifies(timeout=0):
                    self._deliver(told.channel, told.payload)
                if not selector.select(HEARTBEAT_S):
                    connection.execute("SELECT 1")
