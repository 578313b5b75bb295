"""A small centre that keeps the rules of ``docs/wire.md``, as a function for the transport.

Switches make it misbehave; what it received is there to be asserted.
"""

from __future__ import annotations

import io
import queue
import threading
from collections.abc import Callable
from typing import Any

import requests

from sync.wire import TABLES
from tests.sync.httpserver import Handler, Request, Response, refusal, reply

AGENT = {"id": "agent-1", "login": "wang", "name": "王", "extension": "801", "role": "agent"}


def segment_row(number: int) -> list[Any]:
    return [f"segment-{number}", f"name {number}", "rule"]


class LiveStream:
    """An event stream that stays open: what is said arrives, until it is ended."""

    closed = False

    def __init__(self) -> None:
        self._pieces: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def read1(self, size: int = -1, /) -> bytes:
        return self._pieces.get(timeout=60)

    read = read1  # urllib3 takes for a body what can be read

    def close(self) -> None:
        self.closed = True

    def say(self, newest: int) -> None:
        self._pieces.put(b'event: changed\ndata: {"newest": %d}\n\n' % newest)

    def end(self) -> None:
        self._pieces.put(b"")


class Centre:
    def __init__(self, *, changes: int = 0, page: int = 1000) -> None:
        self.log: list[list[Any]] = [segment_row(n) for n in range(1, changes + 1)]
        self.page = page
        self.applied: dict[str, dict[str, Any]] = {}
        self.received: list[list[str]] = []
        self.refuse: dict[str, Response] = {}
        self.outcomes: dict[str, str] = {}
        self.lose_reply = False
        self.down = False
        self.intercept: Callable[[Request], Response | None] = lambda request: None
        self.requests: list[str] = []
        self.granted = 0
        self.access = ""
        self.refresh_token = ""
        self.access_expires_s = 900
        self.live: LiveStream | None = None
        self.others: list[dict[str, str]] = []
        self._lock = threading.RLock()

    def __call__(self, request: Request) -> Response:
        route = request.path.removeprefix("/api/v1/")
        self.requests.append(route)
        if self.down:
            raise requests.ConnectionError("Connection refused")
        # Outside the lock: it may wait for what another request does.
        if (answer := self.intercept(request)) is not None:
            return answer
        with self._lock:
            open_routes: dict[str, Handler] = {
                "sign-in": self._sign_in,
                "refresh": self._refresh,
                "health": lambda _: reply({"status": "ok", "version": "0.1.0", "wire": 1}),
            }
            if route in open_routes:
                return open_routes[route](request)
            if request.token != self.access:
                return refusal(401, "token-expired")
            routes: dict[str, Handler] = {
                "sign-out": lambda _: Response(204),
                "changes": self._changes,
                "operations": self._operations,
                "events": self._events,
            }
            return routes[route](request) if route in routes else self._interaction(route)

    def grow(self, count: int = 1) -> None:
        with self._lock:
            self.log += [segment_row(len(self.log) + 1 + n) for n in range(count)]

    def asked(self, route: str) -> int:
        return self.requests.count(route)

    def _session(self) -> Response:
        self.granted += 1
        self.access, self.refresh_token = f"access-{self.granted}", f"refresh-{self.granted}"
        return reply(
            {
                "agent": AGENT,
                "access_token": self.access,
                "access_expires_s": self.access_expires_s,
                "refresh_token": self.refresh_token,
                "server_time": "2026-11-21T08:00:00Z",
                "others": self.others,
            }
        )

    def _sign_in(self, request: Request) -> Response:
        if request.json["password"] != "secret":
            return refusal(401, "wrong-credentials", "login or password is wrong")
        return self._session()

    def _refresh(self, request: Request) -> Response:
        if request.json["refresh_token"] != self.refresh_token:
            return refusal(401, "session-ended", "sign in again")
        return self._session()

    def _changes(self, request: Request) -> Response:
        after, limit = int(request.query["after"]), int(request.query["limit"])
        until = min(len(self.log), after + min(limit, self.page))
        rows = self.log[after:until]
        tables = {"segments": {"columns": list(TABLES["segments"]), "rows": rows, "deleted": []}}
        return reply(
            {
                "tables": tables if rows else {},
                "next": max(after, until),
                "newest": len(self.log),
                "more": until < len(self.log),
            }
        )

    def _operations(self, request: Request) -> Response:
        operations = request.json["operations"]
        self.received.append([operation["id"] for operation in operations])
        for operation in operations:
            if operation["id"] in self.refuse:
                return self.refuse[operation["id"]]
        results = [self._result(operation) for operation in operations]
        if self.lose_reply:
            self.lose_reply = False
            raise requests.ConnectionError("Connection aborted")
        return reply({"results": results})

    def _result(self, operation: dict[str, Any]) -> dict[str, Any]:
        outcome = self.outcomes.get(operation["id"], "applied")
        if operation["id"] in self.applied:
            outcome = "already-applied"
        elif outcome == "applied":
            self.applied[operation["id"]] = operation
            self.grow()
        server = {"question": "theirs"} if outcome == "conflict" else None
        reason = "the record is closed" if outcome == "rejected" else None
        return {
            "id": operation["id"], "outcome": outcome, "reason": reason,
            "version": 1, "server": server,
        }  # fmt: skip

    def _events(self, request: Request) -> Response:
        if self.live is not None:
            return Response(200, self.live, {"Content-Type": "text/event-stream"})
        data = f'event: changed\ndata: {{"newest": {len(self.log)}}}\n\n'
        return Response(200, io.BytesIO(data.encode()), {"Content-Type": "text/event-stream"})

    def _interaction(self, route: str) -> Response:
        record = route.removeprefix("interactions/")
        for operation in self.applied.values():
            if operation["record"] == record:
                return reply(operation["payload"])
        return refusal(404, "not-found")
