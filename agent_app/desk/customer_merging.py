"""Which customers may be one, and making them one (M18, step ⑥).

The server proposes, a person decides; the merging itself waits in the outbox like any other act.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.domain.customer_edit import Choices, CustomerForm, Phone
from agent_app.domain.duplicates import DuplicateReason, Merged, Twin, TwinPair
from agent_app.domain.ids import AgentId, CustomerId
from agent_app.domain.link import OutboxItem
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError
from sync.customers import CentreCustomer, CentreMerge, CentrePair
from sync.errors import RequestRefused, SyncError


class CentreDuplicates(Protocol):
    """What the server says; raises SyncError."""

    async def duplicates(self, customer_id: str = ...) -> Sequence[CentrePair]: ...

    async def merges(self, customer_id: str) -> Sequence[CentreMerge]: ...


class MergeKeeper(Protocol):
    """Where it is kept until the server has it; raises StoreError."""

    async def form(self, customer_id: CustomerId) -> CustomerForm | None: ...

    async def choices(self) -> Choices: ...

    async def merge(
        self, kept: CustomerId, gone: CustomerId, *, title: str, agent_id: AgentId
    ) -> OutboxItem: ...


class Asked(Enum):
    NOT = "not"
    ASKING = "asking"
    ANSWERED = "answered"
    OFFLINE = "offline"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Pairs that wait for a decision; ``problem`` is why the server told none."""

    pairs: tuple[TwinPair, ...] = ()
    asked: Asked = Asked.NOT
    problem: str = ""


class CustomerMerging(QObject):
    """GUI thread.

    Signals:
        changed: Duplicates.
        pair_ready: TwinPair of two she chose herself.
        merges_told: tuple of Merged, of the customer that was asked about.
        merged: OutboxItem; it waits for the server now.
        fault: str, the disk would not take it.
    """

    changed = Signal(object)
    pair_ready = Signal(object)
    merges_told = Signal(object)
    merged = Signal(object)
    fault = Signal(str)

    def __init__(
        self,
        *,
        centre: CentreDuplicates,
        keeper: MergeKeeper,
        agent_id: AgentId,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._centre = centre
        self._keeper = keeper
        self._agent_id = agent_id
        self._tasks = tasks
        self._duplicates = Duplicates()
        self._about: CustomerId | None = None
        self._merging: set[CustomerId] = set()
        self._gone: set[CustomerId] = set()

    @property
    def duplicates(self) -> Duplicates:
        return self._duplicates

    def look(self) -> None:
        """Ask the server for pairs of the whole centre."""
        if self._duplicates.asked is not Asked.ASKING:
            self._put(replace(self._duplicates, asked=Asked.ASKING, problem=""))
            self._tasks.spawn(self._look())

    def compare(self, one: CustomerId, other: CustomerId) -> None:
        """Two that she takes for one herself, as this seat knows them."""
        if one != other:
            self._tasks.spawn(self._compare(one, other))

    def ask_merges(self, customer_id: CustomerId) -> None:
        """Who was merged into this one; nothing is told without the server."""
        self._about = customer_id
        self._tasks.spawn(self._ask_merges(customer_id))

    def merge(self, kept: Twin, gone: Twin) -> None:
        """A second press while it is being kept is none; after a refusal it can be tried again."""
        pair = {kept.customer_id, gone.customer_id}
        if len(pair) == 2 and not pair & self._merging:
            self._merging |= pair
            self._tasks.spawn(self._merge(kept, gone))

    # --- inside ----------------------------------------------------------------------------------

    async def _look(self) -> None:
        try:
            found = await self._centre.duplicates()
            names = await self._segments()
        except RequestRefused as error:
            self._put(replace(self._duplicates, asked=Asked.REFUSED, problem=str(error)))
            return
        except (SyncError, StoreError) as error:
            self._put(replace(self._duplicates, asked=Asked.OFFLINE, problem=str(error)))
            return
        pairs = tuple(_pair(one, names) for one in found)
        left = tuple(
            one for one in pairs if not {one.first.customer_id, one.second.customer_id} & self._gone
        )
        self._put(Duplicates(left, Asked.ANSWERED))

    async def _compare(self, one: CustomerId, other: CustomerId) -> None:
        try:
            names = await self._segments()
            forms = [await self._keeper.form(which) for which in sorted((one, other))]
        except StoreError as error:
            self.fault.emit(str(error))
            return
        first, second = (None if form is None else _of_form(form, names) for form in forms)
        if first is not None and second is not None:
            self.pair_ready.emit(TwinPair(first, second, (DuplicateReason.CHOSEN,)))

    async def _ask_merges(self, customer_id: CustomerId) -> None:
        try:
            found = await self._centre.merges(customer_id)
        except SyncError:
            return  # the timeline says nothing of merges then
        if customer_id == self._about:
            self.merges_told.emit(tuple(_merged(one) for one in found))

    async def _merge(self, kept: Twin, gone: Twin) -> None:
        title = f"{gone.name or gone.customer_id} → {kept.name or kept.customer_id}"
        try:
            item = await self._keeper.merge(
                kept.customer_id, gone.customer_id, title=title, agent_id=self._agent_id
            )
        except StoreError as error:
            self._merging -= {kept.customer_id, gone.customer_id}
            self.fault.emit(str(error))
            return
        self._merging -= {kept.customer_id, gone.customer_id}
        self._gone.add(gone.customer_id)  # the server proposes it until it has the merging
        left = (
            one
            for one in self._duplicates.pairs
            if gone.customer_id not in (one.first.customer_id, one.second.customer_id)
        )
        self._put(replace(self._duplicates, pairs=tuple(left)))
        self.merged.emit(item)

    async def _segments(self) -> dict[str, str]:
        return {one.segment_id: one.name for one in (await self._keeper.choices()).segments}

    def _put(self, duplicates: Duplicates) -> None:
        self._duplicates = duplicates
        self.changed.emit(duplicates)


def _pair(pair: CentrePair, names: dict[str, str]) -> TwinPair:
    known = set(DuplicateReason)
    reasons = tuple(DuplicateReason(one) for one in pair.reasons if one in known)
    return TwinPair(_twin(pair.first, names), _twin(pair.second, names), reasons)


def _twin(row: CentreCustomer, names: dict[str, str]) -> Twin:
    return Twin(
        customer_id=CustomerId(row.id),
        name=row.name,
        segment=names.get(row.segment_id or "", ""),
        region=row.region,
        company=row.company,
        address=row.address,
        id_number=row.id_number,
        warning=row.warning,
        notes=row.notes,
        phones=tuple(Phone(one.number, one.label) for one in row.phones),
    )


def _of_form(form: CustomerForm, names: dict[str, str]) -> Twin:
    now = form.before
    return Twin(
        customer_id=form.customer_id,
        name=now.name,
        segment=names.get(now.segment_id or "", ""),
        region=now.region,
        company=now.company,
        address=now.address,
        id_number=now.id_number,
        warning=now.warning,
        notes=now.notes,
        phones=now.phones,
    )


def _merged(one: CentreMerge) -> Merged:
    return Merged(
        at=datetime.fromisoformat(one.at),
        agent_name=one.agent_name,
        interactions=one.interactions,
        numbers=one.numbers,
    )
