"""The small ports that replication needs from whoever keeps the data and the secrets.

``Outbox`` and ``Replica`` (here: ``agent_app.store``) are coroutines, called from the event loop's
thread, and must not block it. ``TokenStore`` (here: the keyring) blocks, in a worker thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sync.wire import ChangePage, Operation, OperationResult


class Outbox(Protocol):
    """Operations that the server does not have yet, oldest first."""

    async def due(self, limit: int) -> Sequence[Operation]:
        """At most one operation per record, in order of making; set-aside ones are left out."""

    async def settle(self, results: Sequence[OperationResult]) -> None:
        """Keep the server's answers: delivered ones leave the outbox, others are set aside."""

    async def count_attempt(self, operation_ids: Sequence[str], reason: str) -> None:
        """A delivery was tried and nothing is known of the outcome; they stay due."""


class Replica(Protocol):
    """The seat's copy of the centre's data."""

    async def cursor(self) -> int:
        """The last sequence number applied, 0 for an empty copy."""

    async def apply(self, page: ChangePage) -> None:
        """Write a page and its cursor in one transaction."""


class TokenStore(Protocol):
    """One secret text, kept between two runs of the seat.

    Each method may raise OSError when the place does not answer; the session then lives on in
    memory and the agent signs in again next time.
    """

    def get(self) -> str | None:
        """What ``put`` kept last, None if nothing."""

    def put(self, secret: str) -> None: ...

    def delete(self) -> None:
        """Forget it; nothing kept is no error."""
