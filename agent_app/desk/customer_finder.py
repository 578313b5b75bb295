"""Looking for customers: as she types in her own copy, on her wish at the server (M18, step ⑥)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.domain.customer_edit import Choices
from agent_app.domain.customer_search import (
    NOBODY_FOUND,
    CustomerHit,
    CustomersFound,
    FoundBy,
    read_typed,
)
from agent_app.domain.customers import Customer, CustomerKind
from agent_app.domain.ids import CustomerId
from agent_app.domain.link import OutboxItem
from agent_app.domain.numbers import Number
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError
from sync.customers import CentreCustomer, CentreFound
from sync.errors import RequestRefused, SyncError

SHOWN = 50
HISTORY = 200
"""So many conversations of one person stand in the timeline."""


class People(Protocol):
    """The seat's own copy."""

    def find(
        self, text: str, limit: int = ..., *, normal: str = ...
    ) -> Awaitable[CustomersFound]: ...


class Cards(Protocol):
    """One whole customer of it; raises a StoreError."""

    async def load(self, customer_id: CustomerId, history_limit: int = ...) -> Customer | None: ...


class CentreSearch(Protocol):
    """The server's search; raises SyncError."""

    async def search(self, text: str, limit: int) -> CentreFound: ...


class CentreState(Enum):
    """What the server says to what is typed now."""

    NOT_ASKED = "not-asked"
    ASKING = "asking"
    ANSWERED = "answered"
    OFFLINE = "offline"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was typed and who fits. ``may_be_id``: only the server can look for it.

    ``problem`` is why the server, ``fault`` why the copy could not be asked.
    """

    text: str = ""
    found: CustomersFound = NOBODY_FOUND
    may_be_id: bool = False
    centre: CentreState = CentreState.NOT_ASKED
    problem: str = ""
    fault: str = ""


class CustomerFinder(QObject):
    """GUI thread. Only the answer to what was typed last is told.

    Signals:
        changed: Finding.
        shown: Customer that was chosen, as it is now, or None.
        opened: the same, once for each that she chose.
        fault: str, the copy cannot be read.
    """

    changed = Signal(object)
    shown = Signal(object)
    opened = Signal(object)
    fault = Signal(str)

    def __init__(
        self,
        *,
        people: People,
        cards: Cards,
        choices: Callable[[], Awaitable[Choices]],
        centre: CentreSearch,
        number: Callable[[str], Number],
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._people = people
        self._cards = cards
        self._choices = choices
        self._centre = centre
        self._number = number
        self._tasks = tasks
        self._asked = 0
        self._finding = Finding()
        self._chosen: CustomerId | None = None
        self._customer: Customer | None = None
        self._watching = False
        self._stale = False

    @property
    def finding(self) -> Finding:
        return self._finding

    @property
    def customer(self) -> Customer | None:
        """Whose details are shown."""
        return self._customer

    def look_for(self, text: str) -> None:
        """She typed; nothing is asked of the server."""
        self._asked += 1
        if not text.strip():
            self._put(Finding(text))
            return
        self._tasks.spawn(self._find(text, self._asked))

    def ask_centre(self) -> None:
        """Whole ID numbers and parts of names: only the server can."""
        finding = self._finding
        if finding.text.strip() and finding.centre is not CentreState.ASKING:
            self._put(replace(finding, centre=CentreState.ASKING, problem=""))
            self._tasks.spawn(self._ask(finding.text, self._asked))

    def choose(self, customer_id: CustomerId | None) -> None:
        """Show the details of this one."""
        self._chosen = customer_id
        if customer_id is None:
            self._show(None)
        else:
            self._tasks.spawn(self._load(customer_id))

    def watch(self, on: bool) -> None:
        """Keep what is shown true while it is looked at."""
        self._watching = on
        if on and self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Something changed here or at the centre: the same question again, once she looks."""
        self._stale = not self._watching
        if self._stale:
            return
        text = self._finding.text
        if text.strip() and self._finding.centre is CentreState.NOT_ASKED:
            self._tasks.spawn(self._find(text, self._asked))
        if self._chosen is not None:
            self._tasks.spawn(self._load(self._chosen))

    def on_saved(self, item: OutboxItem) -> None:
        """An edit, or somebody new, who is shown at once."""
        self._chosen = CustomerId(item.record)
        self.refresh()

    # --- inside ----------------------------------------------------------------------------------

    async def _find(self, text: str, mine: int) -> None:
        finding = Finding(text, may_be_id=read_typed(text).may_be_id)
        try:
            normal = self._number(text).normal
            finding = replace(finding, found=await self._people.find(text, SHOWN, normal=normal))
        except StoreError as error:
            finding = replace(finding, fault=str(error))
        if mine == self._asked and self._finding.centre is not CentreState.ASKING:
            self._put(finding)

    async def _ask(self, text: str, mine: int) -> None:
        try:
            answer = await self._centre.search(text, SHOWN)
            names = {one.segment_id: one.name for one in (await self._choices()).segments}
        except RequestRefused as error:
            self._answered(mine, centre=CentreState.REFUSED, problem=str(error))
            return
        except SyncError as error:
            self._answered(mine, centre=CentreState.OFFLINE, problem=str(error))
            return
        except StoreError as error:
            self._answered(mine, centre=CentreState.NOT_ASKED, fault=str(error))
            return
        here = self._finding.found.hits if mine == self._asked else ()
        known = {hit.customer_id for hit in here}
        hits = [_hit(row, names) for row in answer.rows if row.id not in known]
        found = CustomersFound((*here, *hits), answer.more)
        self._answered(mine, centre=CentreState.ANSWERED, found=found)

    def _answered(self, mine: int, **news: object) -> None:
        if mine == self._asked:
            self._put(replace(self._finding, **news))  # type: ignore[arg-type]

    async def _load(self, customer_id: CustomerId) -> None:
        try:
            customer = await self._cards.load(customer_id, HISTORY)
        except StoreError as error:
            self.fault.emit(str(error))
            return
        if customer_id != self._chosen:
            return
        before = None if self._customer is None else self._customer.customer_id
        self._show(customer)
        if customer is not None and customer.customer_id != before:
            self.opened.emit(customer)

    def _show(self, customer: Customer | None) -> None:
        self._customer = customer
        self.shown.emit(customer)

    def _put(self, finding: Finding) -> None:
        self._finding = finding
        self.changed.emit(finding)


def _hit(row: CentreCustomer, segments: dict[str, str]) -> CustomerHit:
    """A reason that a newer server invents is shown as a name."""
    known = row.found_by in set(FoundBy)
    number = next(iter(row.phones), None)
    return CustomerHit(
        customer_id=CustomerId(row.id),
        name=row.name,
        kind=CustomerKind.COMPANY if row.kind == "company" else CustomerKind.PERSON,
        company=row.company,
        region=row.region,
        segment=segments.get(row.segment_id or "", ""),
        number="" if number is None else number.number,
        number_label="" if number is None else number.label,
        last_spoke_at=None,
        found_by=FoundBy(row.found_by) if known else FoundBy.NAME,
    )
