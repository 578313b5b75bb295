"""Agents who send operations straight into a database, without the way through HTTP."""

from __future__ import annotations

from collections.abc import Mapping

from server.database import Database
from server.operations import Outcome, Result, apply_one
from server.tokens import Identity

NOW_S = 1_800_000_000

_made = iter(range(1, 10**9))


class Agent:
    """One agent in one role; every ``send`` is an operation of its own."""

    def __init__(self, database: Database, agent: str = "a1", role: str = "agent") -> None:
        self.database = database
        self.identity = Identity(agent, "test", role, NOW_S + 900)

    def send(
        self,
        kind: str,
        record: str,
        payload: Mapping[str, object],
        base: Mapping[str, int] | None = None,
    ) -> Result:
        operation = {
            "id": f"act-{next(_made)}", "kind": kind, "record": record,
            "author": self.identity.agent_id, "made_at": "2026-05-04T03:05:01Z",
            "base": dict(base or {}), "payload": dict(payload),
        }  # fmt: skip
        return apply_one(self.database, self.identity, operation, now_s=NOW_S)

    def apply(
        self,
        kind: str,
        record: str,
        payload: Mapping[str, object],
        base: Mapping[str, int] | None = None,
    ) -> int:
        """The version after an operation that must be applied."""
        result = self.send(kind, record, payload, base)
        assert result.outcome is Outcome.APPLIED, result
        return result.version

    def reason(
        self,
        kind: str,
        record: str,
        payload: Mapping[str, object],
        base: Mapping[str, int] | None = None,
    ) -> str:
        """The words of an operation that must be rejected."""
        result = self.send(kind, record, payload, base)
        assert result.outcome is Outcome.REJECTED, result
        return result.reason
