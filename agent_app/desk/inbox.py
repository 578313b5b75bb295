"""What the server did not take and waits for her word: never modal, nothing is lost (step ⑧)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from agent_app.domain.customer_edit import Choices
from agent_app.domain.ids import AgentId, OperationId
from agent_app.domain.inbox import UNDO_S, Decision, InboxEntry
from agent_app.domain.summary import SummaryDraft
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError

AFTER_UNDO_MS = round(UNDO_S * 1000) + 100


class InboxKeeper(Protocol):
    """Where the entries and the decisions are kept."""

    async def entries(self) -> tuple[InboxEntry, ...]: ...

    async def decide(self, operation_id: OperationId, decision: Decision) -> bool: ...

    async def undo(self, operation_id: OperationId) -> bool: ...

    async def forget(self, operation_id: OperationId) -> bool: ...

    async def reopen(self, operation_id: OperationId) -> SummaryDraft | None: ...


class Inbox(QObject):
    """Entries set aside, decided and kept to be read.

    Signals:
        changed: tuple of InboxEntry, those to decide first.
        reopened: SummaryDraft, a summary that was sent back and is hers to edit again.
        fault: str, the disk would not take a decision.
    """

    changed = Signal(object)
    reopened = Signal(object)
    fault = Signal(str)

    def __init__(
        self,
        *,
        keeper: InboxKeeper,
        agent_id: AgentId,
        wake: Callable[[], None],
        ask_choices: Callable[[], Awaitable[Choices]],
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        """``wake`` makes the outbox look again, once a decision may be sent.

        ``ask_choices`` gives the names of segments and fields that stand in the entries.
        """
        super().__init__(parent)
        self._keeper = keeper
        self._agent_id = agent_id
        self._tasks = tasks
        self._wake = wake
        self._ask_choices = ask_choices
        self._choices = Choices()
        self._entries: tuple[InboxEntry, ...] = ()
        self._asked = 0
        self._send = QTimer(self, singleShot=True, interval=AFTER_UNDO_MS)
        self._send.timeout.connect(self._on_undo_over)

    @property
    def entries(self) -> tuple[InboxEntry, ...]:
        return self._entries

    @property
    def choices(self) -> Choices:
        """Names for what stands in the entries; empty while there are none."""
        return self._choices

    def entry(self, operation_id: str) -> InboxEntry | None:
        return next((one for one in self._entries if one.operation_id == operation_id), None)

    def refresh(self) -> None:
        """The outbox changed: look again."""
        self._tasks.spawn(self._refresh())

    def decide(self, operation_id: OperationId, decision: Decision) -> None:
        """Nothing happens to an entry that is not there any more, or is a colleague's."""
        entry = self.entry(operation_id)
        if entry is not None and decision in entry.decisions:
            self._do(self._keeper.decide(operation_id, decision))

    def undo(self, operation_id: OperationId) -> None:
        """Take the decision back, as long as nothing of it was sent."""
        entry = self.entry(operation_id)
        if entry is not None and entry.can_undo:
            self._do(self._keeper.undo(operation_id))

    def forget(self, operation_id: OperationId) -> None:
        """She has read the note."""
        self._do(self._keeper.forget(operation_id))

    def reopen(self, operation_id: OperationId) -> None:
        """A summary that was sent back becomes a draft again; ``reopened`` tells."""
        self._tasks.spawn(self._reopen(operation_id))

    def close(self) -> None:
        """The desk ends: what may still be undone is sent after the next start."""
        self._send.stop()

    def _do(self, work: Coroutine[object, object, bool]) -> None:
        self._tasks.spawn(self._carry_out(work))

    async def _carry_out(self, work: Coroutine[object, object, bool]) -> None:
        try:
            await work
        except StoreError as error:
            self.fault.emit(str(error))

    async def _reopen(self, operation_id: OperationId) -> None:
        try:
            draft = await self._keeper.reopen(operation_id)
        except StoreError as error:
            self.fault.emit(str(error))
            return
        if draft is not None:
            self.reopened.emit(draft)

    async def _refresh(self) -> None:
        self._asked += 1
        mine = self._asked
        try:
            found = await self._keeper.entries()
            choices = await self._ask_choices() if found else Choices()
        except StoreError as error:
            self.fault.emit(str(error))
            return
        if mine != self._asked:
            return  # asked again meanwhile, and that answer is newer
        entries = tuple(self._hers(entry) for entry in found)
        if any(entry.can_be_sent_soon for entry in entries) and not self._send.isActive():
            self._send.start()  # also for what was decided before the desk was closed
        if entries != self._entries:
            self._entries, self._choices = entries, choices
            self.changed.emit(entries)

    def _hers(self, entry: InboxEntry) -> InboxEntry:
        """A colleague's entry on this seat can be read; the decision is the colleague's."""
        if entry.author == self._agent_id:
            return entry
        return replace(entry, decisions=frozenset(), can_edit=False, can_undo=False)

    def _on_undo_over(self) -> None:
        self._wake()
        self.refresh()
