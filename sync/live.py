"""What a seat's calls are, told to the server while they last, and what colleagues' calls are.

Telling never waits: the newest word about each leg replaces the one before and goes out when the
server can be reached. Asking is answered by the server or by a SyncError. Nothing here is the only
copy of anything: summaries travel by the outbox.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from sync.api import ServerApi
from sync.auth import Auth
from sync.background import tell_bug
from sync.backoff import BackOff
from sync.errors import RequestRefused, ServerBusy, SyncError, Unreachable
from sync.legs import AgentLeg, DirectoryPage, Leg
from sync.remote import Remote
from sync.status import Phase, SyncStatus, cause_of

T = TypeVar("T")
_log = logging.getLogger(__name__)

WAITING_MAX = 64
"""Legs kept for a server that is away; older ones are of no use to anybody by then."""
FLUSH_LIMIT_S = 1.0

_REACHED = SyncStatus(Phase.ONLINE)


class LiveCalls:
    """Every method is called from the event loop's thread, plain or qasync, and never blocks it.

    ``on_status`` gets ONLINE or OFFLINE (with cause and reason) whenever that changes.
    """

    def __init__(
        self,
        *,
        api: ServerApi,
        auth: Auth,
        back_off: BackOff,
        now_ms: Callable[[], int],
        on_status: Callable[[SyncStatus], None],
        behind_s: float = 0.0,
    ) -> None:
        """``now_ms`` is the wall clock: revisions must grow over restarts of the seat, too.

        Each question is put ``behind_s`` later: the screen goes first while a call comes in.
        """
        self._behind_s = behind_s
        self._api = api
        self._back_off = back_off
        self._now_ms = now_ms
        self._on_status = on_status
        self._remote = Remote(api=api, auth=auth)
        self._status = SyncStatus(Phase.CONNECTING)
        self._stopped = False
        self._revision = 0
        self._waiting: dict[str, Leg] = {}
        self._refused: set[str] = set()
        self._sender: asyncio.Task[None] | None = None
        self._news = asyncio.Event()
        self._settled = asyncio.Condition()

    @property
    def status(self) -> SyncStatus:
        return self._status

    def publish(self, leg: Leg) -> None:
        """This is what the leg is now; an older word that did not go out yet is forgotten."""
        self._waiting[leg.interaction_id] = leg
        self._refused.discard(leg.interaction_id)
        while len(self._waiting) > WAITING_MAX:
            del self._waiting[next(iter(self._waiting))]
        self.wake()

    def wake(self) -> None:
        """Try now what waits; there may be a server again."""
        self._news.set()
        sending = self._sender is not None and not self._sender.done()
        if self._waiting and not sending and not self._stopped:
            self._sender = asyncio.get_running_loop().create_task(self._deliver())
            self._sender.add_done_callback(tell_bug)

    async def flush(
        self, interaction_id: str | None = None, limit_s: float = FLUSH_LIMIT_S
    ) -> bool:
        """Wait until the server has all that was published (of one leg): true if it has."""

        def settled() -> bool:
            return interaction_id not in self._waiting if interaction_id else not self._waiting

        self.wake()
        with suppress(TimeoutError):
            async with asyncio.timeout(limit_s), self._settled:
                await self._settled.wait_for(settled)
        return settled() and interaction_id not in self._refused

    async def legs_of_call(self, call_id: str) -> tuple[AgentLeg, ...]:
        """Everybody's parts of a call, the newest first. Raises SyncError."""
        return await self._ask(lambda token: self._api.legs_of_call(call_id, token))

    async def ringing(self) -> tuple[AgentLeg, ...]:
        """Colleagues' ringing calls. Raises SyncError."""
        return await self._ask(self._api.ringing_legs)

    async def directory(self) -> DirectoryPage:
        """Raises SyncError."""
        return await self._ask(self._api.directory)

    async def report_presence(self, state: str, since: str) -> None:
        """What this agent is doing, said again at least once a minute. Raises SyncError."""
        await self._ask(lambda token: self._api.put_presence(state, since, token))

    async def stop(self) -> None:
        """End everything; what was not delivered is dropped, what is asked later fails."""
        self._stopped = True
        sender, self._sender = self._sender, None
        if sender is not None:
            sender.cancel()
            await asyncio.gather(sender, return_exceptions=True)
        self._remote.close()

    async def _deliver(self) -> None:
        """Tell the server what waits, the longest waiting first, until nothing does."""
        while self._waiting:
            self._news.clear()
            leg = next(iter(self._waiting.values()))
            if await self._settle(leg):
                if self._waiting.get(leg.interaction_id) is leg:
                    del self._waiting[leg.interaction_id]
                async with self._settled:
                    self._settled.notify_all()

    async def _settle(self, leg: Leg) -> bool:
        """Tell of one leg, or wait until it is time for the next try (false)."""
        try:
            taken = await self._tell(leg)
        except RequestRefused as error:
            _log.warning("%s: this leg is refused: %s", leg.interaction_id, error)
            self._refused.add(leg.interaction_id)
            return True
        except SyncError as error:
            await self._pause(error)
            return False
        if taken:
            self._refused.discard(leg.interaction_id)
            self._back_off.reset()
        else:
            await self._pause(None)
        return taken

    async def _tell(self, leg: Leg) -> bool:
        """False when the server keeps a later revision: the wall clock was set back."""
        revision = self._revision = max(self._revision + 1, self._now_ms())
        kept = await self._ask(lambda token: self._api.put_leg(leg, revision, token))
        self._revision = max(self._revision, kept)
        return kept <= revision

    async def _ask(self, request: Callable[[str], T]) -> T:
        if self._stopped:
            raise Unreachable("this seat is closing")
        if self._behind_s:
            await asyncio.sleep(self._behind_s)
        try:
            answer = await self._remote.signed(request)
        except RequestRefused:
            self._report(_REACHED)
            raise
        except SyncError as error:
            self._report(SyncStatus(Phase.OFFLINE, cause_of(error), str(error)))
            raise
        self._report(_REACHED)
        return answer

    async def _pause(self, error: SyncError | None) -> None:
        """Until the next try is due, or there is news; a server that asks for peace gets it."""
        asked_s = error.retry_after_s if isinstance(error, ServerBusy) else 0.0
        early = asyncio.Event() if asked_s else self._news
        with suppress(TimeoutError):
            async with asyncio.timeout(max(asked_s, self._back_off.next_s())):
                await early.wait()

    def _report(self, status: SyncStatus) -> None:
        if status != self._status:
            self._status = status
            self._on_status(status)
