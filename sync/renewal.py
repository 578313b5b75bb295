"""When the seat's copy is fetched as a whole, and what is told of it (step ⑧).

It is when pages cannot lead on from it, when most of it is missing, or when it turns out to differ
from the server's. The work is done by ``WholeCopy`` beside the copy in use; here is decided, told,
stopped by the agent and taken up again.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

from sync.auth import Auth
from sync.copying import Compared, CopyProgress, CopyStage, Pace
from sync.errors import AccessExpired, BadReply, Need, StartOver, SyncError
from sync.ports import WholeCopy
from sync.status import Phase, SyncStatus

_log = logging.getLogger(__name__)

FIRST_LOOK_S = (120.0, 900.0)
"""After so long the copy is compared for the first time, at random lest all seats ask at once."""
TELL_EVERY_S = 0.25
LOOK_EVERY_S = 3600.0
"""How often it is asked whether a day has passed since the last comparison."""
AGAIN_S = 86_400.0
"""A copy that differs still, though it was fetched anew for that, is a fault of ours or the
server's: it is written down, and not fetched again and again."""


class Renewal:
    """In the event loop's thread. ``need`` is why the copy has to be fetched, None if it has not.

    ``held`` after the agent stopped it: nothing is fetched as a whole until ``resume``.
    """

    def __init__(
        self,
        *,
        copy: WholeCopy,
        auth: Auth,
        report: Callable[[SyncStatus], None],
        store_errors: tuple[type[Exception], ...] = (OSError,),
        monotonic_s: Callable[[], float] = time.monotonic,
        first_look_s: tuple[float, float] = FIRST_LOOK_S,
    ) -> None:
        self._copy = copy
        self._auth = auth
        self._report = report
        self._ours: tuple[type[Exception], ...] = (SyncError, *store_errors)
        self._monotonic_s = monotonic_s
        self._first_look_s = first_look_s
        self._fetching: asyncio.Future[None] | None = None
        self._differed_s: float | None = None
        self._look = asyncio.Event()
        self.need: Need | None = Need.BEGUN if copy.begun else None
        self.held = False

    def ask(self, need: Need = Need.ASKED) -> None:
        """Have everything fetched at the next opportunity."""
        self.need = self.need or need
        self.held = False

    def hold(self) -> None:
        """Stop, and keep what was fetched so far."""
        self.held = self.need is not None
        if self._fetching is not None:
            self._fetching.cancel()

    async def fetch(self, meanwhile: Callable[[], Awaitable[None]]) -> bool:
        """Fetch the whole copy; False when the agent stopped it.

        ``meanwhile`` is started again whenever it returns, until all is fetched. Raises SyncError
        and StoreError; what was fetched is kept.
        """
        assert self.need is not None, "nobody needs it"
        need, pace = self.need, Pace(self._monotonic_s)
        _log.info("the copy is fetched as a whole: %s", need)

        told: CopyProgress | None = None
        told_s = 0.0

        def tell(progress: CopyProgress) -> None:
            """Several times a second is more than anybody reads, and each time is painted."""
            nonlocal told, told_s
            status, now_s = _status(need, progress, pace), self._monotonic_s()
            same = told is not None and told.stage is progress.stage
            if same and now_s - told_s < TELL_EVERY_S and progress.done < progress.expected:
                return
            told, told_s = progress, now_s
            self._report(status)

        self._report(SyncStatus(Phase.FIRST_SYNC, need=need))
        fetching = asyncio.ensure_future(self._copy.fetch(tokens=self._token, on_progress=tell))
        self._fetching = fetching
        try:
            await _beside(fetching, meanwhile)
        except asyncio.CancelledError:
            if not self.held or not fetching.cancelled():
                raise
            return False
        except StartOver as error:
            # A server that refuses even a copy from nothing: another time.
            raise BadReply(str(error)) from error
        finally:
            self._fetching = None
            if not fetching.done():
                fetching.cancel()
                await asyncio.wait([fetching])
        self.need = None
        self._look.set()
        return True

    async def watch(self, online: asyncio.Event, wake: Callable[[], None]) -> None:
        """Compare the copy with the server after it was fetched, and once a day."""
        pause_s = random.uniform(*self._first_look_s)
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(pause_s):
                    await self._look.wait()
            self._look.clear()
            pause_s = LOOK_EVERY_S
            await online.wait()
            try:
                if self.need is None and not await self._copy.compared_lately():
                    await self.compare(wake)
            except self._ours as error:
                _log.info("the copy could not be compared: %s", error)

    async def compare(self, wake: Callable[[], None]) -> Compared:
        """Compare now; a copy that differs is fetched anew. Raises SyncError and StoreError."""
        found = await self._copy.compare(tokens=self._token)
        if found is Compared.DIFFERENT and self._may_renew():
            self.ask(Need.DIFFERS)
            wake()
        return found

    def _may_renew(self) -> bool:
        now_s, last_s = self._monotonic_s(), self._differed_s
        if last_s is not None and now_s - last_s < AGAIN_S:
            _log.error("the copy differs still; it was fetched anew for that lately")
            return False
        self._differed_s = now_s
        return True

    def _token(self, refused: str) -> str:
        """Blocks; any thread."""

        def other(token: str) -> str:
            if token == refused:
                raise AccessExpired("refused elsewhere", status=401, code="token-expired")
            return token

        return self._auth.call(other)


def _status(need: Need, progress: CopyProgress, pace: Pace) -> SyncStatus:
    now = pace.at(progress)
    fetching = progress.stage is CopyStage.FETCHING
    return SyncStatus(
        Phase.FIRST_SYNC,
        need=need,
        rows_done=progress.done,
        rows_expected=progress.expected,
        rows_per_s=now.per_s if fetching else 0,
        seconds_left=now.seconds_left if fetching else None,
        stage=progress.stage,
    )


async def _beside(fetching: asyncio.Future[None], meanwhile: Callable[[], Awaitable[None]]) -> None:
    """Until all is fetched; what ``meanwhile`` raises ends the wait."""
    while not fetching.done():
        other = asyncio.ensure_future(meanwhile())
        try:
            await asyncio.wait((fetching, other), return_when=asyncio.FIRST_COMPLETED)
            if other.done():
                other.result()
        finally:
            if not other.done():
                other.cancel()
                await asyncio.wait([other])
    fetching.result()
