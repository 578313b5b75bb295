"""Plays whatever the document allows, and what it does not, against a running centre."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Err
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.server.running import LIMIT_S, Seat

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]

KNOWN = {
    "/customers/{record}": "p1", "/customers/{record}/history": "p1",
    "/customers/{record}/reveal": "p1", "/articles/{record}": "k1",
    "/articles/{record}/versions": "k1", "/interactions/{record}": "i1",
    "/notices/{record}/readers": "m1", "/agents/{agent_id}": "a2",
    "/agents/{agent_id}/password": "a2", "/agents/{agent_id}/sessions": "a2",
    "/agents/{agent_id}/end-sessions": "a2", "/imports/{job_id}": "j1",
    "/imports/{job_id}/report": "j1", "/articles/{article_id}/told": "k1",
    "/attachments/{record_id}": "f1", "/drafts/{draft_id}/files": "d1",
}  # fmt: skip
"""Records that are there, so that a route gets to its work."""
RECORDS = {
    "interaction": "i1", "customer": "p1", "notice": "m1", "article": "k1", "category": "c1",
    "segment": "s1", "setting": "wrap-up", "gap": "g1", "day": "a1.2026-05-04",
    "draft": "d1", "ticket": "t1",
}  # fmt: skip
NEVER_ENDS = "/events"


class Player:
    """Everything in the document, as one seat; ``play`` raises what schemathesis finds."""

    def __init__(self, document: Mapping[str, Any], seat: Seat) -> None:
        self._seat = seat
        schema = schemathesis.openapi.from_dict(dict(document))
        self.operations: dict[tuple[str, str], APIOperation[Any, Any, Any, Any]] = {}
        for result in schema.get_all_operations():
            assert not isinstance(result, Err), result
            operation = result.ok()
            self.operations[operation.method.upper(), operation.path] = operation
        self.statuses: dict[int, int] = {}

    def play(self, method: str, path: str, *, good: int, bad: int) -> None:
        """So many requests that the document allows, and so many that it does not."""
        operation = self.operations[method, path]
        self._play(operation.as_strategy(GenerationMode.POSITIVE), good, KNOWN.get(path))
        if _can_be_wrong(operation.definition.raw):
            self._play(operation.as_strategy(GenerationMode.NEGATIVE), bad, None)

    def _play(self, strategy: SearchStrategy[Case[Any]], count: int, record: str | None) -> None:
        if count == 0:
            return

        @settings(
            max_examples=count, deadline=None, database=None, print_blob=False,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=strategy)
        def send(case: Case[Any]) -> None:
            if record is not None:
                case.path_parameters = dict.fromkeys(case.path_parameters, record)
            self._send(_as_author(case, self._seat.agent))

        send()

    def _send(self, case: Case[Any]) -> None:
        # What is invented for it ends the connection: the server then waits for bytes that never
        # come, or takes what is left for the next request. The client says the length it sends.
        case.headers.pop("Content-Length", None)
        response = case.call(
            base_url=self._seat.url, session=self._seat.http, timeout=LIMIT_S,
            headers={"Authorization": str(self._seat.http.headers["Authorization"])},
        )  # fmt: skip
        self.statuses[response.status_code] = self.statuses.get(response.status_code, 0) + 1
        case.validate_response(response, checks=CHECKS)


def _can_be_wrong(definition: Mapping[str, Any]) -> bool:
    return bool(definition.get("parameters")) or "requestBody" in definition


def _as_author(case: Case[Any], agent: str) -> Case[Any]:
    """Operations by who is signed in, about rows that are there, so that they get to their work."""
    body: Any = case.body
    if case.path != "/operations" or not isinstance(body, dict):
        return case
    operations = body.get("operations")
    for operation in operations if isinstance(operations, list) else ():
        if isinstance(operation, dict) and isinstance(operation.get("kind"), str):
            operation["author"] = agent
            row = RECORDS.get(operation["kind"].partition(".")[0])
            payload = operation.get("payload")
            if row is not None:
                operation["record"] = row
                if isinstance(payload, dict) and "id" in payload:
                    payload["id"] = row
    return case
