"""The central server of a model run: the whole application in this process, that dies when told.

No socket lies between: a seat's request is handed to the ASGI application, so that losing,
repeating and delaying it is a decision of the model and the same in every repetition.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar
from urllib.parse import urlencode

import requests
from argon2 import PasswordHasher
from fastapi import FastAPI
from sqlalchemy import Connection, delete, event, insert, update

from server import tables
from server.app import create_app
from server.database import Database, connect
from server.settings import Settings
from tests.server.running import Clock, put_reference
from tests.sync.httpserver import Request, Response

T = TypeVar("T")
LIMIT_S = 60
PASSWORD = "a long enough password"
AGENTS = (("a1", "1001", "agent"), ("a2", "1002", "agent"), ("a3", "1003", "supervisor"))
SUPERVISOR = "a3"
UNKNOWN_CUSTOMER = "nobody"
CUSTOMERS = ("p1", "p2", "p3")


class ServerDiedError(Exception):
    """Raised within the server at the commit at which its process is to be gone."""


class Loop:
    """An event loop in a thread of its own, for the server's half."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="model-server")
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(LIMIT_S)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(LIMIT_S)
        self._loop.close()


class Centre:
    """``answer`` is what the network calls; ``die`` and ``restart`` are kill -9 and a start."""

    def __init__(self, settings: Settings, loop: Loop) -> None:
        self.settings = settings
        self.clock = Clock()
        self._loop = loop
        self._commits_left: int | None = None
        self.start()

    def start(self) -> None:
        self.database: Database = connect(self.settings)
        event.listen(self.database._writes, "commit", self._at_commit)
        self._app: FastAPI = create_app(self.settings, database=self.database, clock=self.clock)
        self._life = self._app.router.lifespan_context(self._app)
        self._loop.run(self._life.__aenter__())

    def stop(self) -> None:
        self._loop.run(self._life.__aexit__(None, None, None))

    def restart(self) -> None:
        """Nothing in memory survives: sessions, streams and the newest number are read anew."""
        self.stop()
        self.start()

    def answer(self, request: Request) -> Response:
        return self._loop.run(self._asgi(request))

    def answer_dying(self, request: Request, commits: int) -> None:
        """The process is killed at the ``commits``-th commit, or, if it never comes to that,
        before it can reply. Raises ConnectionError as the seat's half would."""
        self._commits_left = commits
        try:
            self.answer(request)
        finally:
            self._commits_left = None
            self.restart()

    def _at_commit(self, _connection: Connection) -> None:
        if self._commits_left is None:
            return
        if self._commits_left == 0:
            raise ServerDiedError
        self._commits_left -= 1

    async def _asgi(self, request: Request) -> Response:
        sent: list[dict[str, Any]] = []
        asked = [{"type": "http.request", "body": request.body, "more_body": False}]
        hangs = asyncio.Event()

        async def receive() -> dict[str, Any]:
            if not asked:
                await hangs.wait()
            return asked.pop()

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1",
            "method": request.method, "scheme": "https", "path": request.path,
            "raw_path": request.path.encode(), "root_path": "",
            "query_string": urlencode(request.query).encode(), "client": ("127.0.0.1", 1),
            "server": ("server.test", 443),
            "headers": [(k.lower().encode(), v.encode()) for k, v in request.headers.items()],
        }  # fmt: skip
        try:
            await self._app(scope, receive, send)  # type: ignore[arg-type]
        except ServerDiedError:
            raise requests.ConnectionError("the server died") from None
        headers = {k.decode(): v.decode() for k, v in sent[0]["headers"]}
        body = b"".join(message.get("body", b"") for message in sent[1:])
        return Response(sent[0]["status"], body, headers)

    def change_customer(self, name: str) -> None:
        """By somebody who works at no seat of this model."""
        of = tables.customers
        with self.database.write() as transaction:
            values = {"notes": of.c.notes + "改", "version": of.c.version + 1}
            transaction.connection.execute(update(of).where(of.c.id == name).values(values))
            transaction.changed("customers", name)

    def delete_number(self) -> None:
        of = tables.phones
        with self.database.write() as transaction:
            transaction.connection.execute(delete(of).where(of.c.id == "n1"))
            transaction.changed("phones", "n1")


def fill(database: Database) -> None:
    """Agents whose passwords are quick to check, and one of everything else."""
    password = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with database.write() as transaction:
        transaction.connection.execute(
            insert(tables.agents),
            [
                {"id": agent, "login": login, "name": f"名字{login}", "extension": login,
                 "role": role, "password_hash": password, "disabled": False}
                for agent, login, role in AGENTS
            ],
        )  # fmt: skip
    put_reference(database)
    for name in CUSTOMERS[1:]:
        with database.write() as transaction:
            values = {"id": name, "version": 1, "kind": "person", "name": f"客{name}",
                      "segment_id": "s1", "region": "", "arrears_cents": 0, "warning": "",
                      "notes": ""}  # fmt: skip
            transaction.connection.execute(insert(tables.customers).values(**values))
            transaction.changed("customers", name)
