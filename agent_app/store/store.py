"""The store of one seat: two encrypted files, opened together, asked by intent (steps ④ and ⑦).

``cache.db`` is a copy of the centre's data and may be lost; ``work….db`` is what an agent typed and
saved here, and never is: a file that cannot be read is renamed and said, not deleted.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from agent_app.store.callers import Callers
from agent_app.store.calls import Calls
from agent_app.store.calm import Calm
from agent_app.store.centre_rules import CentreRulesReader
from agent_app.store.copying.fresh_file import discard
from agent_app.store.copying.process import FRESH_NAME, CentreCopy
from agent_app.store.customer_search import CustomerSearch
from agent_app.store.customers import Customers
from agent_app.store.database import Database, FileSettings, in_thread
from agent_app.store.days import Days
from agent_app.store.drafts import Drafts
from agent_app.store.editing import ArticleDrafts
from agent_app.store.errors import from_system
from agent_app.store.forgetting import forget_others, forget_set_aside, forget_work
from agent_app.store.gaps import Gaps
from agent_app.store.grades import Grades
from agent_app.store.inbox import Inbox
from agent_app.store.knowledge import Knowledge
from agent_app.store.notices import Notices
from agent_app.store.opening import CACHE_NAME, Opening, StoreNotice
from agent_app.store.outbox import Outbox
from agent_app.store.own_work import others_files, waiting_in, work_file
from agent_app.store.readers import Readers
from agent_app.store.records import Records
from agent_app.store.relinking import Relinking
from agent_app.store.replica import Replica
from agent_app.store.shelf import Shelf
from agent_app.store.sightings import Sightings
from agent_app.store.spare import forget_spares, renew_spare
from agent_app.store.summaries import Summaries
from agent_app.store.text_modules import TextModules
from agent_app.store.tickets import Tickets

_log = logging.getLogger(__name__)


def _wall_clock() -> datetime:
    return datetime.now(UTC)


_CACHE = FileSettings(durable=False, cache_kib=16_384)
_WORK = FileSettings(durable=True)


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """``keep_delivered_days``: how long its calls and copies of what the server has are kept."""

    cache: FileSettings = _CACHE
    work: FileSettings = _WORK
    reader_threads: int = 3
    keep_delivered_days: int = 30


class Store:
    """Made by ``open``; every public method of its parts is a coroutine of the loop's thread.

    ``notices`` says what was found and mended while opening, for the agent to read;
    ``others_waiting`` how many entries of other agents wait here for their authors. While ``calm``
    reigns, nothing is written.
    """

    def __init__(
        self,
        *,
        cache: Database,
        work: Database,
        readers: Readers,
        notices: tuple[StoreNotice, ...],
        now: Callable[[], datetime],
        key: bytes,
        calm: Calm,
        others_waiting: int = 0,
    ) -> None:
        self.calm = calm
        self.others_waiting = others_waiting
        self._now = now
        self._key = key
        self._cache = cache
        self._work = work
        self._readers = readers
        self._closed = False
        self.notices = notices
        self.callers = Callers(cache=cache, work=work, readers=readers)
        self.knowledge = Knowledge(cache=cache, readers=readers)
        self.drafts = Drafts(work=work, readers=readers, now=now)
        self.calls = Calls(work=work, readers=readers)
        self.centre_rules = CentreRulesReader(cache=cache, readers=readers)
        self.text_modules = TextModules(cache=cache, readers=readers)
        self.shelf = Shelf(work=work, readers=readers, now=now)
        self.outbox = Outbox(cache=cache, work=work, readers=readers, now=now)
        self.customers = Customers(
            cache=cache, work=work, readers=readers, outbox=self.outbox, now=now
        )
        self.customer_search = CustomerSearch(cache=cache, work=work, readers=readers)
        self.article_drafts = ArticleDrafts(
            cache=cache, work=work, readers=readers, outbox=self.outbox, now=now
        )
        self.gaps = Gaps(cache=cache, work=work, readers=readers, outbox=self.outbox, now=now)
        self.tickets = Tickets(cache=cache, work=work, readers=readers, outbox=self.outbox, now=now)
        self.notice_board = Notices(
            cache=cache, work=work, readers=readers, outbox=self.outbox, now=now
        )
        self.inbox = Inbox(work=work, readers=readers, outbox=self.outbox, now=now)
        self.sightings = Sightings(work=work, now=now)
        self.summaries = Summaries(outbox=self.outbox, now=now)
        self.records = Records(cache=cache, work=work, readers=readers)
        self.relinking = Relinking(cache=cache, readers=readers, outbox=self.outbox, now=now)
        self.days = Days(work=work, readers=readers)
        self.grades = Grades(cache=cache, readers=readers)
        self.replica = Replica(cache=cache, readers=readers)

    @classmethod
    async def open(
        cls,
        folder: Path,
        key: bytes,
        *,
        settings: StoreSettings | None = None,
        now: Callable[[], datetime] = _wall_clock,
        author: str = "",
    ) -> Store:
        """Open or make the files in ``folder`` with the raw 32-byte ``key``.

        ``author`` is the id of the agent whose work it is; "" where there is only one.

        Raises WrongKeyError and NewerDatabaseError with nothing changed, ReadOnlyError,
        DiskFullError, LockedError and UnreachableError when the folder cannot be worked in.
        """
        settings = settings or StoreSettings()
        calm = Calm()
        cache = Database(folder / CACHE_NAME, key=key, settings=settings.cache, calm=calm)
        keep_since = now() - timedelta(days=settings.keep_delivered_days)

        def run() -> tuple[Database, tuple[StoreNotice, ...], int]:
            own = _own(folder, author)
            work = Database(own, key=key, settings=settings.work, calm=calm)
            opening = Opening(folder, key=key, cache=cache, work=work, now=now)
            notices = opening.run(keep_since)
            return work, notices, sum(waiting_in(path, key) for path in others_files(own))

        thread = ThreadPoolExecutor(1, "store-opening")
        try:
            work, notices, others_waiting = await in_thread(thread, run)
        finally:
            thread.shutdown(wait=False)
        for notice in notices:
            _log.warning("store: %s", notice.sentence)
        readers = Readers(settings.reader_threads)
        return cls(
            cache=cache, work=work, readers=readers, notices=notices, now=now, key=key, calm=calm,
            others_waiting=others_waiting,
        )  # fmt: skip

    async def forget(self) -> None:
        """No data of the centre stays on this seat; what the server does not have yet does.

        Everything that is open stays usable, over an empty copy. Raises a FileFaultError.
        """
        await self.replica.exchange(None)
        await self._work.erase(forget_work)
        await self._readers.run(self._forget_beside)

    def _forget_beside(self) -> None:
        """Files that nobody has open."""
        cache = self._cache.path
        try:
            discard(cache.with_name(FRESH_NAME))
            forget_set_aside(cache)
            forget_spares(cache.parent)
        except OSError as error:
            raise from_system(error, cache) from error
        forget_others(others_files(self._work.path), self._key)

    def copy_of(self, address: str, *, page_rows: int = 5_000) -> CentreCopy:
        """What fetches and compares the whole copy of the centre at ``address``."""
        return CentreCopy(
            cache=self._cache.path,
            key=self._key,
            replica=self.replica,
            address=address,
            now=self._now,
            page_rows=page_rows,
        )

    async def close(self) -> None:
        """Everything asked for is finished and kept when this returns; may be called twice."""
        if self._closed:
            return
        self._closed = True
        thread = ThreadPoolExecutor(1, "store-closing")
        await in_thread(thread, self._readers.close)
        await asyncio.gather(self._cache.close(), self._work.close())
        await in_thread(thread, lambda: renew_spare(self._work.path))
        thread.shutdown(wait=False)


def _own(folder: Path, author: str) -> Path:
    try:
        return work_file(folder, author)
    except OSError as error:
        raise from_system(error, folder) from error
