"""One act of one agent on its way through a transaction (step ⑨)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from server.database import Transaction
from server.errors import RejectedError
from server.tables import agents
from server.tokens import Identity


@dataclass(frozen=True, slots=True)
class Operation:
    """What a seat sent, checked for shape; ``digest`` tells it from another with its id."""

    id: str
    kind: str
    record: str
    author: str
    made_at: str
    base: Mapping[str, int]
    payload: Mapping[str, object]
    digest: str


@dataclass(frozen=True, slots=True)
class Act:
    """An operation, who does it, and the transaction it happens in; ``now_s`` in Unix seconds."""

    transaction: Transaction
    operation: Operation
    identity: Identity
    now_s: int

    @property
    def connection(self) -> Connection:
        return self.transaction.connection

    @property
    def record(self) -> str:
        return self.operation.record

    @property
    def now(self) -> str:
        """The server's time as the tables keep it."""
        return f"{datetime.fromtimestamp(self.now_s, UTC):%Y-%m-%dT%H:%M:%SZ}"

    def author_name(self) -> str:
        """Raises RejectedError when the account is gone."""
        name: str | None = self.connection.execute(
            select(agents.c.name).where(agents.c.id == self.identity.agent_id)
        ).scalar_one_or_none()
        if name is None:
            raise RejectedError("The author has no account here any more.")
        return name


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of operation: whose rows it changes, what ``base`` may name, and what it does.

    ``apply`` returns the row's new version; it raises RejectedError or ConflictError. Who may is
    said in ``rights``. What changes no row writes its own entry into the audit. ``told`` are parts
    of the payload that a server said once: with and without them it is the same operation.
    """

    table: str
    base: frozenset[str]
    apply: Callable[[Act], int]
    changes: bool = True
    told: frozenset[str] = frozenset()
