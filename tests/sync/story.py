"""A whole seat on a server that is a function, and stories told with it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from sync.auth import Auth
from sync.replication import Intervals, Replication, Sizes
from sync.status import Phase, SyncStatus
from tests.sync.centre import Centre
from tests.sync.httpserver import Request, Response, api_for
from tests.sync.memory import MemoryCopy, MemoryOutbox, MemoryReplica, MemoryTokens, operation
from tests.sync.waiting import until

FAST = Intervals(retry_first_s=0.01, retry_max_s=0.03, poll_s=0.05, idle_poll_s=0.05)
PATIENT = Intervals(retry_first_s=0.01, retry_max_s=0.03, poll_s=3600, idle_poll_s=3600)
SLOW_RETRY = Intervals(retry_first_s=3600, retry_max_s=3600, poll_s=3600, idle_poll_s=3600)


def no_stream(request: Request) -> Response | None:
    return Response(503, b"") if request.path.endswith("events") else None


class Seat:
    """A whole seat; ``statuses`` is what its screen was told."""

    def __init__(
        self,
        centre: Centre,
        intervals: Intervals = FAST,
        page_rows: int = 5000,
        replica: MemoryReplica | None = None,
        copy: MemoryCopy | None = None,
        far_rows: int = 50_000,
    ) -> None:
        self.centre = centre
        self.api = api_for(centre)
        self.tokens = MemoryTokens()
        self.auth = Auth(api=self.api, tokens=self.tokens, device="desk-1")
        self.outbox = MemoryOutbox()
        self.replica = replica or MemoryReplica()
        self.statuses: list[SyncStatus] = []
        self.screen_fails_at: Phase | None = None
        self.bugs: list[dict[str, Any]] = []
        self.replication = Replication(
            api=self.api,
            auth=self.auth,
            outbox=self.outbox,
            replica=self.replica,
            on_status=self._show,
            intervals=intervals,
            sizes=Sizes(page_rows=page_rows, far_rows=far_rows),
            copy=copy,
        )

    def _show(self, status: SyncStatus) -> None:
        self.statuses.append(status)
        if self.screen_fails_at is status.phase:
            raise ZeroDivisionError

    @property
    def phases(self) -> list[Phase]:
        return [status.phase for status in self.statuses]

    def save(self, number: int) -> None:
        self.outbox.waiting.append(operation(number))
        self.replication.wake()

    async def reaches(self, phase: Phase) -> SyncStatus:
        await until(lambda: self.replication.status.phase is phase)
        return self.replication.status


def run(seat: Seat, story: Callable[[Seat], Awaitable[None]], *, signed_in: bool = True) -> None:
    async def work() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: seat.bugs.append(context))
        if signed_in:
            seat.auth.sign_in("wang", "secret")
        seat.replication.start()
        try:
            await story(seat)
        finally:
            await seat.replication.stop()

    asyncio.run(work())


async def time_for_many_requests(seat: Seat) -> None:
    """Long enough for a loop that should not run to be seen running."""
    for _ in range(100):
        await asyncio.to_thread(seat.api.health)
        await asyncio.sleep(0.001)
