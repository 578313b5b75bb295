"""Live calls as ``docs/wire.md`` has them, kept in memory by a function for the transport."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import requests

from sync.legs import Attachment, Leg, LegState
from tests.sync.centre import AGENT, Centre
from tests.sync.httpserver import Request, Response, refusal, reply


def a_leg(number: int = 1, **changes: Any) -> Leg:
    values: dict[str, Any] = {
        "interaction_id": f"i{number}", "call_id": "call-1", "state": LegState.TALKING,
        "direction": "incoming", "name": "张伟", "number": "+8613800138000", "queue": "咨询",
        "menu_path": "2-1", "dialled": "12366", "waited_s": 42,
        "started_at": "2026-11-22T01:00:00Z", "attachment": Attachment(question="问"),
    } | changes  # fmt: skip
    return Leg(**values)


class LiveCentre:
    """Signs in as ``Centre`` does; ``kept`` has the legs, ``told`` each write in its order.

    ``gate`` holds every write back; ``before`` may answer instead.
    """

    def __init__(self) -> None:
        self.signing = Centre()
        self.kept: dict[str, dict[str, Any]] = {}
        self.told: list[tuple[str, int]] = []
        self.presence: list[dict[str, Any]] = []
        self.down = False
        self.gate = threading.Event()
        self.gate.set()
        self.before: Callable[[Request], Response | None] = lambda request: None

    def __call__(self, request: Request) -> Response:
        route = request.path.removeprefix("/api/v1/")
        if route.split("/")[0] not in ("legs", "presence", "directory"):
            return self.signing(request)
        if self.down:
            raise requests.ConnectionError("Connection refused")
        if request.method == "PUT":
            assert self.gate.wait(20)
        if (answer := self.before(request)) is not None:
            return answer
        if route == "presence":
            self.presence.append(request.json)
            return Response(204)
        if route == "directory":
            agent = {"id": "a1", "name": "王", "extension": "801", "state": "ready", "since": ""}
            queue = {"name": "咨询", "number": "7001"}
            return reply({"agents": [agent], "queues": [queue]})
        if request.method == "PUT":
            return self._put(unquote(route.removeprefix("legs/")), request.json)
        return reply({"legs": [self._given(*item) for item in self._wanted(request)]})

    def _put(self, interaction_id: str, leg: dict[str, Any]) -> Response:
        if leg["name"] == "refuse me":
            return refusal(400, "bad-request", "name is refused")
        self.told.append((interaction_id, leg["revision"]))
        known = self.kept.get(interaction_id)
        if known is None or known["revision"] < leg["revision"]:
            self.kept[interaction_id] = leg
        return reply({"revision": self.kept[interaction_id]["revision"]})

    def _wanted(self, request: Request) -> list[tuple[str, dict[str, Any]]]:
        name, value = next(iter(request.query.items()))
        return [item for item in self.kept.items() if item[1][name] == value]

    def _given(self, interaction_id: str, leg: dict[str, Any]) -> dict[str, Any]:
        agent = {name: AGENT[name] for name in ("id", "name", "extension")}
        return {"interaction_id": interaction_id, "agent": agent, **leg}
