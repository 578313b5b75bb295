"""Keep a seat and its server the same: push what was done here, pull what others did (⑧, ⑨).

Being offline is a state, not an error: it is shown with its reason and ends by itself. Everything
here runs in the event loop's thread (asyncio or qasync); requests run in threads of ``Remote``.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, replace

from sync.api import ServerApi
from sync.auth import Auth
from sync.background import tell_bug
from sync.backoff import BackOff
from sync.errors import Need, ServerBusy, SessionEnded, StartOver, SyncError
from sync.events import EventListener
from sync.news import Brought, SessionKind, SessionNews
from sync.ports import Outbox, Replica, WholeCopy
from sync.pull import Progress, pull
from sync.push import push
from sync.remote import Remote
from sync.renewal import Renewal
from sync.status import Cause, Phase, SyncStatus, cause_of
from sync.wire import SignedIn

_log = logging.getLogger(__name__)

_PERHAPS_LOST = frozenset({Need.RESTORED, Need.SCOPE_CHANGED})
"""A restored database begins a new life of its feed, which is another scope as well."""


@dataclass(frozen=True, slots=True)
class Intervals:
    """How often. ``poll_s`` holds while no event stream is open, ``idle_poll_s`` while one is."""

    retry_first_s: float = 0.5
    retry_max_s: float = 30.0
    poll_s: float = 10.0
    idle_poll_s: float = 300.0


REMOTE = Intervals()
LOOPBACK = Intervals(retry_first_s=0.1, retry_max_s=1.0, poll_s=2.0, idle_poll_s=60.0)
"""For a server on the same machine: trying costs nothing, waiting is noticed."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Operations in one request (at most 100), rows in one page (at most 5000).

    Reading a page's JSON holds the interpreter, and with it the window: 5000 rows some 50 ms, 500
    rows a frame's share. Over loopback the whole sample centre takes no longer that way. Where
    more than ``far_rows`` changes are missing, and more than the seat has, all is fetched anew.
    """

    batch: int = 50
    page_rows: int = 500
    far_rows: int = 50_000


SIZES = Sizes()


class Replication:
    """Start it once the store is open; ``on_status`` gets every new SyncStatus."""

    def __init__(  # noqa: PLR0913 - the seat's four parts, how often, how much
        self,
        *,
        api: ServerApi,
        auth: Auth,
        outbox: Outbox,
        replica: Replica,
        on_status: Callable[[SyncStatus], None],
        intervals: Intervals = REMOTE,
        sizes: Sizes = SIZES,
        store_errors: tuple[type[Exception], ...] = (OSError,),
        copy: WholeCopy | None = None,
    ) -> None:
        """``copy`` fetches everything at once where pages would not do; without it that fails.

        ``store_errors`` are what ``outbox`` and ``replica`` raise when the machine fails them (a
        full disk): shown and tried again. Anything else they raise is a bug, and told as one.
        """
        self._api = api
        self._auth = auth
        self._outbox = outbox
        self._replica = replica
        self._on_status = on_status
        self._intervals = intervals
        self._sizes = sizes
        self._on_session: Callable[[SessionNews], None] | None = None
        self._sign_ins_told: set[SessionNews] = set()
        self._store_errors = store_errors
        self._remote = Remote(api=api, auth=auth, page_rows=sizes.page_rows)
        self._back_off = self._new_back_off()
        self._status = SyncStatus(Phase.SIGNED_OUT)
        self._listener: EventListener | None = None
        self._listening = False
        self._tasks: list[asyncio.Task[None]] = []
        self._new_entry = asyncio.Event()  # the outbox has something that was not tried yet
        self._news = asyncio.Event()  # the above, or the server has something
        self._online = asyncio.Event()
        self.renewal = (
            None
            if copy is None
            else Renewal(copy=copy, auth=auth, report=self._report, store_errors=store_errors)
        )

    @property
    def status(self) -> SyncStatus:
        return self._status

    def listen_to_sessions(self, listener: Callable[[SessionNews], None]) -> None:
        """``listener`` gets what became of this agent's sign-ins.

        A second one is told once: by the event stream, or with the next tokens for one that was
        there before or came while no stream was open.
        """
        self._on_session = listener

    def start(self) -> None:
        """Begin with the session that ``auth`` has; without one, wait for ``sign_in``."""
        self._on_status(self._status)
        if self._auth.session is not None:
            self._begin()

    def wake(self) -> None:
        """The outbox has a new entry: deliver it now. From the event loop's thread."""
        self._new_entry.set()
        self._news.set()

    def fetch_copy(self) -> None:
        """Fetch everything anew, or go on with what was stopped."""
        if self.renewal is not None:
            self.renewal.ask()
            self._news.set()

    def stop_copy(self) -> None:
        """Stop fetching everything; what was fetched is kept, what the seat has is led on."""
        if self.renewal is not None:
            self.renewal.hold()

    async def sign_in(self, login: str, password: str) -> SignedIn:
        """Sign in and replicate as that agent. Raises SignInRefused, Unreachable, …"""
        session = await self._remote.blocking(lambda: self._auth.sign_in(login, password))
        await self._halt()
        self._begin()
        return session

    async def sign_out(self) -> None:
        """Stop replicating and forget the session; the outbox keeps what was not delivered."""
        await self._halt()
        await self._remote.blocking(self._auth.sign_out)
        self._report(SyncStatus(Phase.SIGNED_OUT))

    async def stop(self) -> None:
        """End everything; requests under way end by themselves and their answers are dropped."""
        await self._halt()
        self._remote.close()

    def _begin(self) -> None:
        self._report(SyncStatus(Phase.CONNECTING))
        self._back_off.reset()
        self._sign_ins_told.clear()
        self._listener = EventListener(
            api=self._api,
            auth=self._auth,
            back_off=self._new_back_off(),
            on_newest=self._heard,
            on_page=self._heard_page,
            on_session=self._heard_of_sessions,
            on_listening=self._set_listening,
        )
        works: list[Coroutine[None, None, None]] = [
            self._run(),
            self._listener.run(self._online),
        ]
        if self.renewal is not None:
            works.append(self.renewal.watch(self._online, self._news.set))
        self._tasks = [asyncio.get_running_loop().create_task(work) for work in works]
        for task in self._tasks:
            task.add_done_callback(tell_bug)

    async def _halt(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._online.clear()

    async def _run(self) -> None:
        """Synchronise, again and again, until the session ends."""
        while True:
            self._news.clear()
            try:
                complete = await self._sync()
            except SessionEnded as error:
                ended = SyncStatus(Phase.SIGNED_OUT, Cause.SESSION_ENDED, str(error))
                self._report(replace(ended, wipe=error.wipe))
                return
            except Exception as error:  # noqa: BLE001 - the border of the task
                self._fall_back(error)
                asked_s = error.retry_after_s if isinstance(error, ServerBusy) else 0.0
                # What the agent has just done is tried at once, unless the server asked for peace.
                early = asyncio.Event() if asked_s else self._new_entry
                await self._pause(max(asked_s, self._back_off.next_s()), early)
            else:
                self._back_off.reset()
                self._online.set()
                self._report(SyncStatus(Phase.ONLINE if complete else Phase.NOT_SYNCHRONISED))
                self._tell_of_others()
                intervals = self._intervals
                wait_s = intervals.idle_poll_s if self._listening else intervals.poll_s
                await self._pause(wait_s, self._news)

    async def _sync(self) -> bool:
        """Deliver what waits, then fetch what is new. Twice in a row, the second does nothing.

        False when the agent does not want the whole copy that would be needed.
        """
        await self._push()
        if self.renewal is None:
            await self._pull(far=None)
            return True
        try:
            if self.renewal.need is None or self.renewal.held:
                await self._pull(far=self._sizes.far_rows)
        except StartOver as start:
            _log.warning("%s", start)
            self.renewal.need = self.renewal.need or start.need
            if start.need in _PERHAPS_LOST:
                await self._offer_again()
        if self.renewal.need is None:
            return True
        if self.renewal.held or not await self.renewal.fetch(self._push_next):
            return False
        await self._pull(far=None)
        return True

    async def _offer_again(self) -> None:
        """What a restored server confirmed after its backup is on this seat only."""
        offered = await self._outbox.offer_again()
        _log.warning("%d operations are offered again", offered)
        await self._push()

    async def _pull(self, far: int | None) -> None:
        await pull(replica=self._replica, remote=self._remote, between=self._between_pages, far=far)

    async def _push_next(self) -> None:
        """Deliver the next entry that the outbox gets."""
        await self._new_entry.wait()
        await self._push()

    async def _push(self) -> None:
        self._new_entry.clear()
        session = self._auth.session
        if session is None:
            raise SessionEnded("nobody is signed in")
        pushed = await push(
            outbox=self._outbox,
            remote=self._remote,
            author=session.agent_id,
            batch=self._sizes.batch,
        )
        if pushed.set_aside:
            _log.warning("%d operations were set aside by the server", pushed.set_aside)

    async def _between_pages(self, progress: Progress) -> None:
        """A long pull is shown, and does not keep a saved summary waiting."""
        first = progress.start == 0 or progress.expected > self._sizes.page_rows
        if first and progress.expected > 0:
            status = SyncStatus(
                Phase.FIRST_SYNC, rows_done=progress.done, rows_expected=progress.expected
            )
            self._report(status)
        if self._new_entry.is_set():
            await self._push()

    def _fall_back(self, error: Exception) -> None:
        self._online.clear()
        if isinstance(error, SyncError):
            self._report(SyncStatus(Phase.OFFLINE, cause_of(error), str(error)))
            return
        words = f"this seat's own store failed ({type(error).__name__})"
        self._report(SyncStatus(Phase.OFFLINE, Cause.SEAT_FAILED, words))
        if isinstance(error, self._store_errors):
            _log.error("%s", words)
            return
        context = {"message": "synchronising failed on this seat", "exception": error}
        asyncio.get_running_loop().call_exception_handler(context)

    async def _pause(self, wait_s: float, early: asyncio.Event) -> None:
        """Until the time is over or ``early`` is set."""
        with suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                await early.wait()

    def _heard(self, newest: int) -> None:
        self._news.set()

    def _heard_page(self, brought: Brought) -> None:
        if self._remote.pushed.put(brought.after, brought.page):
            self._news.set()

    def _heard_of_sessions(self, news: SessionNews) -> None:
        """An end is believed when a request is answered with it: that one says it to all."""
        self._news.set()
        self._tell(news)

    def _tell_of_others(self) -> None:
        session = self._auth.session
        for other in () if session is None else session.others:
            kind = SessionKind.SECOND_SIGN_IN
            self._tell(SessionNews(kind, device=other.device, at=other.started_at))

    def _tell(self, news: SessionNews) -> None:
        if self._on_session is None or news in self._sign_ins_told:
            return
        if news.kind is SessionKind.SECOND_SIGN_IN:
            self._sign_ins_told.add(news)
        self._on_session(news)

    def _set_listening(self, listening: bool) -> None:
        """A stream that opens or ends is a reason to look: something may have been missed."""
        if listening != self._listening:
            self._listening = listening
            self._remote.pushed.clear()
            self._news.set()

    def _report(self, status: SyncStatus) -> None:
        status = replace(status, clock_ahead_s=self._api.clock.ahead_s)
        if status != self._status:
            self._status = status
            self._on_status(status)

    def _new_back_off(self) -> BackOff:
        return BackOff(
            first_s=self._intervals.retry_first_s,
            max_s=self._intervals.retry_max_s,
        )
