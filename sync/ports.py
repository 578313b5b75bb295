"""The small ports that replication needs from whoever keeps the data and the secrets.

``Outbox`` and ``Replica`` (here: ``agent_app.store``) are coroutines, called from the event loop's
thread, and must not block it. ``TokenStore`` (here: the keyring) blocks, in a worker thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sync.copying import Compared, CopyProgress
from sync.wire import ChangePage, Operation, OperationResult


class Outbox(Protocol):
    """Operations that the server does not have yet, oldest first."""

    async def due(self, limit: int) -> Sequence[Operation]:
        """At most one operation per record, in order of making; set-aside ones are left out."""

    async def settle(self, results: Sequence[OperationResult]) -> None:
        """Keep the server's answers: delivered ones leave the outbox, others are set aside."""

    async def count_attempt(self, operation_ids: Sequence[str], reason: str) -> None:
        """A delivery was tried and nothing is known of the outcome; they stay due."""

    async def offer_again(self) -> int:
        """The server may have lost what it confirmed (a restored backup): put it back as due.

        It goes out under the ids it had, so that a server that has it answers so. Returns how many.
        """


@dataclass(frozen=True, slots=True)
class Place:
    """Where a copy is: the last sequence number applied, 0 for an empty copy, and its scope."""

    cursor: int
    scope: str = ""


class Replica(Protocol):
    """The seat's copy of the centre's data. Each method may raise StartOver when it is damaged."""

    async def place(self) -> Place: ...

    async def apply(self, page: ChangePage) -> None:
        """Write a page, its cursor and its scope in one transaction."""


Tokens = Callable[[str], str]
"""A valid access token other than the one given; blocks, for any thread, raises SyncError."""


class WholeCopy(Protocol):
    """Fetches the whole copy beside the one in use, and compares it; in a process of its own."""

    @property
    def begun(self) -> bool:
        """An earlier fetch did not get to its end; the next one goes on from there."""

    async def fetch(self, *, tokens: Tokens, on_progress: Callable[[CopyProgress], None]) -> None:
        """Fetch everything and exchange the copy for it; what was fetched survives any end.

        ``on_progress`` is called in the event loop's thread. Raises SyncError.
        """

    async def compare(self, *, tokens: Tokens) -> Compared:
        """Is the copy the same as the server's data? Raises SyncError."""

    async def compared_lately(self) -> bool:
        """Whether the copy was found to be the same within the last day."""


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
