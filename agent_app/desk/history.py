"""The calls of this seat, as they were: for looking back, for redial, for the missed ones.

An entry is written the moment a call begins and whenever it moves, so that a desk that is killed
has the call, too: as lost.
"""

from __future__ import annotations

from collections.abc import Coroutine
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.desk.transfers import TransferState, TransferStatus
from agent_app.domain.call_log import CallEntry
from agent_app.domain.calls import Call, Direction
from agent_app.domain.customers import CallerCard, CardState
from agent_app.domain.ids import InteractionId, uuid7
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError

PAGE = 50


class CallLog(Protocol):
    """What the history needs of the store."""

    async def put(self, entry: CallEntry) -> None: ...

    async def page(self, *, before: str = ..., limit: int = ...) -> tuple[CallEntry, ...]: ...

    async def last_dialled(self) -> str: ...

    async def close_open(self) -> None: ...

    async def unseen(self) -> int: ...

    async def mark_seen(self) -> None: ...


_NOBODY = (CardState.SEVERAL, CardState.UNKNOWN, CardState.WITHHELD)


class CallHistory(QObject):
    """Newest first, a page at a time. GUI thread.

    Signals:
        changed: tuple of CallEntry, what is loaded now; also when only ``missed`` changed.
        fault: str, the disk did not take or give an entry.
    """

    changed = Signal(object)
    fault = Signal(str)

    def __init__(self, *, log: CallLog, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log = log
        self._tasks = tasks
        self._entries: tuple[CallEntry, ...] = ()
        self._of_call: dict[InteractionId, CallEntry] = {}
        self._last_dialled = ""
        self._missed = 0
        self._all_loaded = False

    @property
    def entries(self) -> tuple[CallEntry, ...]:
        return self._entries

    @property
    def missed(self) -> int:
        """Missed calls that she has not looked at."""
        return self._missed

    @property
    def more_to_come(self) -> bool:
        """Whether ``load_more`` may bring older ones."""
        return not self._all_loaded

    def last_dialled(self) -> str:
        """For redial: the number as she dialled it last, "" when she never did."""
        return self._last_dialled

    # --- what happens ----------------------------------------------------------------------------

    async def restore(self) -> None:
        """At the start: what was up when the desk was last ended is lost; load the first page.

        Calls that came meanwhile stay on top.
        """
        try:
            if not self._of_call:
                await self._log.close_open()
            self._last_dialled = self._last_dialled or await self._log.last_dialled()
            self._missed = await self._log.unseen()
            page = await self._log.page(limit=PAGE)
        except StoreError as error:
            self.fault.emit(str(error))
            return
        self._all_loaded = len(page) < PAGE
        known = {entry.entry_id for entry in self._entries}
        fresh = tuple(entry for entry in page if entry.entry_id not in known)
        self._show((*self._entries, *fresh))

    def on_call(self, call: Call) -> None:
        """A call is new or moved."""
        before = self._of_call.get(call.interaction_id)
        if before is None or (before.end_reason is not None and call.live):
            before = _begun(call)
            if call.direction is Direction.OUTGOING:
                self._last_dialled = call.number
        entry = _moved(before, call)
        if entry.missed and not before.missed:
            self._missed += 1
        self._keep(entry)

    def on_card(self, card: CallerCard) -> None:
        """Who it was, as far as is known at the time."""
        entry = self._of_call.get(card.interaction_id)
        if entry is None:
            return
        if card.customer is not None:
            self._keep(replace(entry, name=card.customer.name))
        elif card.chosen is not None and card.state in _NOBODY:
            self._keep(replace(entry, name=card.shown_name))  # it is nobody who is known

    def on_transfer(self, status: TransferStatus) -> None:
        """To whom she passed the call on."""
        entry = self._of_call.get(status.interaction_id)
        if entry is None or status.target is None or status.state is not TransferState.DONE:
            return
        self._keep(replace(entry, transferred_to=status.target.name or status.target.number))

    # --- what she does ---------------------------------------------------------------------------

    def load_more(self) -> None:
        """The next older page."""
        if not self._all_loaded and self._entries:
            self._tasks.spawn(self._load_before(self._entries[-1].entry_id))

    def mark_seen(self) -> None:
        """She has looked at the missed ones."""
        if self._missed:
            self._missed = 0
            self._do(self._log.mark_seen())
            for interaction_id, entry in self._of_call.items():
                self._of_call[interaction_id] = _seen(entry)
            self._show(tuple(_seen(entry) for entry in self._entries))

    # --- inside ----------------------------------------------------------------------------------

    def _keep(self, entry: CallEntry) -> None:
        if self._of_call.get(entry.interaction_id) == entry:
            return
        self._of_call[entry.interaction_id] = entry
        self._do(self._log.put(entry))
        others = self._entries
        if any(other.entry_id == entry.entry_id for other in others):
            self._show(tuple(entry if one.entry_id == entry.entry_id else one for one in others))
        else:
            self._show((entry, *others))

    def _do(self, work: Coroutine[object, object, None]) -> None:
        self._tasks.spawn(self._guarded(work))

    async def _guarded(self, work: Coroutine[object, object, None]) -> None:
        try:
            await work
        except StoreError as error:
            self.fault.emit(str(error))

    async def _load_before(self, entry_id: str) -> None:
        try:
            page = await self._log.page(before=entry_id, limit=PAGE)
        except StoreError as error:
            self.fault.emit(str(error))
            return
        self._all_loaded = len(page) < PAGE
        if self._entries and self._entries[-1].entry_id == entry_id:
            self._show((*self._entries, *page))

    def _show(self, entries: tuple[CallEntry, ...]) -> None:
        self._entries = entries
        self.changed.emit(entries)


def _begun(call: Call) -> CallEntry:
    return CallEntry(
        entry_id=uuid7(),
        interaction_id=call.interaction_id,
        direction=call.direction,
        name=call.name,
        number=call.number,
        normal=call.normal,
        queue=call.queue,
        started_at=call.started_at,
        transferred_by=call.transferred_by,
    )


def _moved(entry: CallEntry, call: Call) -> CallEntry:
    """What she dialled stays what she dialled, whoever answered there."""
    incoming = call.direction is Direction.INCOMING
    new_number = incoming and call.normal != entry.normal
    return replace(
        entry,
        name=call.name if new_number else entry.name or call.name,
        number=call.number if incoming else entry.number,
        normal=call.normal if incoming else entry.normal,
        answered_at=call.answered_at,
        ended_at=call.ended_at,
        talked_s=0.0 if call.live else call.talked_s,
        end_reason=call.end_reason,
        encrypted=call.encrypted,
    )


def _seen(entry: CallEntry) -> CallEntry:
    return replace(entry, seen=True) if entry.missed else entry
