"""Looking back over everything that was said: found as she types, shown as it is found (step ⑥).

The store looks through a stretch at a time; what it found is shown at once and the search goes on
by itself until a screenful is there. A newer question drops an older one between two stretches.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.domain.ids import AgentId, CustomerId
from agent_app.domain.knowledge import Category
from agent_app.domain.numbers import Number
from agent_app.domain.record_choice import RecordChoice
from agent_app.domain.records import (
    Record,
    RecordDetails,
    RecordFilter,
    RecordPage,
    RecordPlace,
    sought,
)
from agent_app.runtime.clock import Clock
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError

SCREENFUL = 50
REFRESHED = 1_000
"""So many are read again when there is news; who scrolled further sees it back at the top."""


class RecordSource(Protocol):
    """What this needs of ``agent_app.store.records``; both raise StoreError."""

    async def page(self, wanted: RecordFilter, place: RecordPlace | None = ...) -> RecordPage: ...

    async def details(self, record_id: str) -> RecordDetails | None: ...


@dataclass(frozen=True, slots=True)
class RecordList:
    """What was found so far, newest first.

    ``place`` is where older ones are looked for, None when there are none; ``looked_to`` says it as
    a time. ``searching``: more is being looked for. ``fault``: the copy could not be read.
    """

    records: tuple[Record, ...] = ()
    place: RecordPlace | None = None
    looked_to: datetime | None = None
    searching: bool = False
    fault: str = ""


@dataclass(frozen=True, slots=True)
class _Job:
    """``piecemeal``: each stretch is shown as it is found."""

    generation: int
    wanted: RecordFilter
    begun: RecordList
    count: int
    piecemeal: bool


class Records(QObject):
    """The history page's list and the record that is read. GUI thread.

    Signals:
        changed: RecordList.
        details_changed: RecordDetails, or None when there is nothing to read.
    """

    changed = Signal(object)
    details_changed = Signal(object)

    def __init__(
        self,
        *,
        source: RecordSource,
        number: Callable[[str], Number],
        categories: Callable[[], tuple[Category, ...]],
        agent_id: AgentId,
        clock: Clock,
        tasks: Tasks,
        on_seen: Callable[[CustomerId], None],
        parent: QObject | None = None,
    ) -> None:
        """``number`` reads a typed text by the site's rules; ``categories`` are today's.

        ``on_seen`` is told whose record she reads: that is kept.
        """
        super().__init__(parent)
        self._source = source
        self._number = number
        self._categories = categories
        self._agent_id = agent_id
        self._clock = clock
        self._tasks = tasks
        self._on_seen = on_seen
        self._choice = RecordChoice()
        self._list = RecordList()
        self._generation = 0
        self._watching = False
        self._stale = False
        self._opened = ""
        self._next: _Job | None = None
        self._asking = False

    @property
    def list(self) -> RecordList:
        return self._list

    @property
    def opened(self) -> str:
        """The id of the record that is read, "" for none."""
        return self._opened

    @property
    def choice(self) -> RecordChoice:
        """What is looked for; kept while another page is shown."""
        return self._choice

    def look(self, choice: RecordChoice) -> None:
        """Another question; what the last one found stays until this one finds something."""
        self._choice = choice
        self._watching = True
        self._show(replace(self._list, searching=True, fault=""))
        self._start(RecordList(), SCREENFUL, piecemeal=True)

    def more(self) -> None:
        """Older ones, when the end of the list is near."""
        found = self._list
        if found.place is not None and not found.searching and self._watching:
            self._show(replace(found, searching=True, fault=""))
            self._start(found, len(found.records) + SCREENFUL, piecemeal=True)

    def rest(self) -> None:
        """Nobody looks: no news is fetched, and a search under way ends."""
        self._watching = False
        self._generation += 1
        self._list = replace(self._list, searching=False)

    def open(self, record_id: str) -> None:
        """Read one record; "" puts it away."""
        self._opened = record_id
        if record_id:
            self._tasks.spawn(self._open(record_id, seen=True))
        else:
            self.details_changed.emit(None)

    def on_news(self) -> None:
        """Something was saved, sent, answered or fetched: the list says how it is now.

        It is read again as a whole and shown at once, so that nothing moves under her eyes.
        """
        if not self._watching:
            return
        if self._list.searching:
            self._stale = True
            return
        self._stale = len(self._list.records) > REFRESHED
        if not self._stale:
            count = max(len(self._list.records), SCREENFUL)
            self._start(RecordList(), count, piecemeal=False)
        if self._opened:
            self._tasks.spawn(self._open(self._opened, seen=False))

    def catch_up(self) -> None:
        """She is back at the top of a list that was too long to be read again."""
        if self._stale and self._watching and not self._list.searching:
            self._stale = False
            self._start(RecordList(), SCREENFUL, piecemeal=False)

    def on_calls(self, _entries: object) -> None:
        """A call of this seat began, moved or ended."""
        self.on_news()

    # --- inside ----------------------------------------------------------------------------------

    def _start(self, begun: RecordList, count: int, *, piecemeal: bool) -> None:
        """One question is asked at a time: a ringing call wants the reading threads, too."""
        self._generation += 1
        wanted = self._choice.filter(
            sought=sought(self._choice.text, self._number(self._choice.text)),
            agent_id=self._agent_id,
            categories=self._categories(),
            today=self._clock.now().astimezone().date(),
        )
        self._next = _Job(self._generation, wanted, begun, count, piecemeal)
        if not self._asking:
            self._asking = True
            self._tasks.spawn(self._ask())

    async def _ask(self) -> None:
        try:
            while (job := self._next) is not None:
                self._next = None
                await self._load(job)
        finally:
            self._asking = False

    async def _load(self, job: _Job) -> None:
        """On from where the job begins until there are enough records or no more."""
        found, searching = job.begun, True
        while searching:
            try:
                page = await self._source.page(job.wanted, found.place)
            except StoreError as error:
                if job.generation == self._generation:
                    self._show(replace(self._list, searching=False, fault=str(error)))
                return
            if job.generation != self._generation:
                return
            records = (*found.records, *page.records)
            searching = page.next is not None and len(records) < job.count
            found = RecordList(records, page.next, page.looked_to, searching)
            if job.piecemeal or not searching:
                self._show(found)
        if self._stale and len(found.records) <= REFRESHED:
            self.on_news()

    async def _open(self, record_id: str, *, seen: bool) -> None:
        try:
            details = await self._source.details(record_id)
        except StoreError as error:
            self._show(replace(self._list, fault=str(error)))
            return
        if record_id != self._opened:
            return
        self.details_changed.emit(details)
        if seen and details is not None and details.record.customer_id is not None:
            self._on_seen(details.record.customer_id)

    def _show(self, found: RecordList) -> None:
        if found != self._list:
            self._list = found
            self.changed.emit(found)
