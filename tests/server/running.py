"""A centre for tests: a small database, the real application on a real socket, and a seat."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
import uvicorn
from argon2 import PasswordHasher
from fastapi import FastAPI
from sqlalchemy import insert

from server import tables
from server.app import create_app
from server.database import Database
from server.serve import Listen, open_socket
from server.services import Services
from server.settings import Settings

LIMIT_S = 20
PASSWORD = "a long enough password"
PASSWORD_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
"""Checked as its own text says: in no time. The product's cost is for those who steal hashes."""

HASTE = 20
"""What uvicorn rests at every end is so much shorter here: it was a fifth of all quick tests."""


class _Hasty:
    """asyncio, as uvicorn is to see it."""

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    @staticmethod
    async def sleep(delay: float) -> None:
        await asyncio.sleep(delay / HASTE)


setattr(uvicorn.server, "asyncio", _Hasty())  # noqa: B010 - mypy knows it as a module

AGENTS = (("a1", "1001", "agent"), ("a2", "1002", "agent"), ("a3", "1003", "supervisor"))


class Clock:
    """Unix seconds that pass only when a test says so."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def put_agents(database: Database) -> None:
    with database.write() as transaction:
        transaction.connection.execute(
            insert(tables.agents),
            [
                {"id": agent, "login": login, "name": f"名字{login}", "extension": login,
                 "role": role, "password_hash": PASSWORD_HASH, "disabled": False}
                for agent, login, role in AGENTS
            ],
        )  # fmt: skip


def put_reference(database: Database) -> None:
    """One segment, category, article and customer, in the change feed too."""
    rows: tuple[tuple[Any, dict[str, object]], ...] = (
        (tables.segments, {"id": "s1", "name": "一般", "rule": "核对名称"}),
        (tables.categories, {"id": "c1", "parent_id": None, "name": "增值税", "name_en": "VAT",
                             "position": 0}),
        (tables.articles, {"id": "k1", "version": 2, "category_id": "c1", "title": "税率",
                           "question": "?", "answer": "。", "basis": "", "keywords": "",
                           "region": "全国", "valid_from": "2023-01-01", "valid_until": None,
                           "sample": True, "pinyin": "shui lv", "initials": "sl"}),
        (tables.customers, {"id": "p1", "version": 1, "kind": "person", "name": "张伟",
                            "segment_id": "s1", "region": "杭州市", "arrears_cents": 5,
                            "warning": "", "notes": ""}),
        (tables.phones, {"id": "n1", "customer_id": "p1", "number": "+8613800138000",
                         "label": "手机"}),
    )  # fmt: skip
    with database.write() as transaction:
        for table, values in rows:
            transaction.connection.execute(insert(table).values(**values))
            transaction.changed(table.name, str(values["id"]))


@dataclass(frozen=True, slots=True)
class Centre:
    """A running application; ``services`` is for looking behind its back."""

    url: str
    services: Services
    clock: Clock

    @property
    def database(self) -> Database:
        return self.services.database

    def seat(self, agent: str = "a1", role: str = "agent", session: str = "test") -> Seat:
        """A seat that is signed in, without the time a password takes."""
        token = self.services.signer.issue(agent_id=agent, session_id=session, role=role)
        return Seat(self.url, agent, token)


class Seat:
    """Speaks to a server as one agent; without a token when it is empty."""

    def __init__(self, url: str, agent: str = "", token: str = "") -> None:
        self.url = f"{url}/api/v1"
        self.agent = agent
        self.http = requests.Session()
        self.http.trust_env = False
        if token:
            self.http.headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str, **params: object) -> requests.Response:
        return self.http.get(self.url + path, params=params, timeout=LIMIT_S)  # type: ignore[arg-type]

    def post(self, path: str, body: object) -> requests.Response:
        return self.http.post(self.url + path, json=body, timeout=LIMIT_S)

    def put(self, path: str, body: object) -> requests.Response:
        return self.http.put(self.url + path, json=body, timeout=LIMIT_S)

    def send(self, *operations: object) -> list[dict[str, Any]]:
        answer = self.post("/operations", {"operations": list(operations)})
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["results"]
        return found

    def close(self) -> None:
        self.http.close()


@contextmanager
def running(
    settings: Settings,
    database: Database,
    *,
    clock: Clock | None = None,
    wrap: Callable[[FastAPI], Any] = lambda app: app,
) -> Iterator[Centre]:
    """The application on a free port of loopback, in a thread of its own."""
    clock = clock or Clock()
    app = create_app(settings, database=database, clock=clock)
    listener = open_socket(Listen())
    started = threading.Event()

    class Server(uvicorn.Server):
        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets=sockets)
            started.set()

        async def shutdown(self, sockets: Any = None) -> None:
            services.hub.close()
            await super().shutdown(sockets=sockets)

    services: Services = app.state.services
    server = Server(
        uvicorn.Config(wrap(app), http="h11", ws="none", lifespan="on", log_config=None,
                       access_log=False, timeout_graceful_shutdown=3)
    )  # fmt: skip
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        assert started.wait(LIMIT_S)
        port = listener.getsockname()[1]
        yield Centre(f"http://127.0.0.1:{port}", services, clock)
    finally:
        server.should_exit = True
        thread.join(LIMIT_S)
        listener.close()
    assert not thread.is_alive()


def settings_for(directory: Path, url: str = "") -> Settings:
    """Quick events, the rest as shipped."""
    return Settings(data_dir=directory, database_url=url, events_interval_s=0.05)


_made = iter(range(1, 10**9))


def save(record: str, **changed: object) -> dict[str, Any]:
    """An ``interaction.save`` by a1; ``payload_…`` go into the payload, None base means empty."""
    payload = {
        "id": record, "agent_id": changed.get("author", "a1"), "direction": "incoming",
        "started_at": "2026-05-04T03:02:01Z", "number": "+8613800138000",
    }  # fmt: skip
    operation: dict[str, Any] = {
        "id": f"op-{next(_made)}", "kind": "interaction.save", "record": record, "author": "a1",
        "made_at": "2026-05-04T03:05:01.123456Z", "base": {},
    }  # fmt: skip
    for name, value in changed.items():
        if name.startswith("payload_"):
            payload[name.removeprefix("payload_")] = value
        else:
            operation[name] = value
    operation.setdefault("payload", payload)
    return operation
