"""How the seat stands towards the server, and what is still here that the server does not have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.domain.link import LinkStatus, OutboxItem, ServerState
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError


class OutboxView(Protocol):
    """What the screen asks of the outbox."""

    async def items(self) -> tuple[OutboxItem, ...]: ...


class Link(QObject):
    """Server state and outbox in words.

    Signals:
        changed: LinkStatus.
        items_changed: tuple of OutboxItem, oldest first.
    """

    changed = Signal(object)
    items_changed = Signal(object)

    def __init__(
        self,
        *,
        outbox: OutboxView,
        wake: Callable[[], None],
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._outbox = outbox
        self._wake = wake
        self._tasks = tasks
        self._status = LinkStatus(ServerState.SIGNED_OUT)
        self._items: tuple[OutboxItem, ...] = ()
        self._asked = 0

    @property
    def status(self) -> LinkStatus:
        return self._status

    @property
    def items(self) -> tuple[OutboxItem, ...]:
        return self._items

    def retry(self) -> None:
        """Try the server again now instead of at the next interval."""
        self._wake()

    def on_server(
        self, state: ServerState, detail: str, synced_rows: int, rows_to_sync: int
    ) -> None:
        """Replication reports where it is."""
        self._put(
            replace(
                self._status,
                server=state,
                detail=detail,
                synced_rows=synced_rows,
                rows_to_sync=rows_to_sync,
                offline_until=None if state is ServerState.ONLINE else self._status.offline_until,
            )
        )

    def work_without_server(self, until: datetime | None) -> None:
        """The desk was opened without asking the server; it may be until then."""
        self._put(replace(self._status, offline_until=until))

    def refresh(self) -> None:
        """The outbox changed: count it again."""
        self._tasks.spawn(self._refresh())

    async def _refresh(self) -> None:
        self._asked += 1
        mine = self._asked
        try:
            items = await self._outbox.items()
        except StoreError as error:
            self._put(replace(self._status, detail=str(error)))
            return
        if mine != self._asked:
            return  # asked again meanwhile, and that answer is newer
        waiting = [item for item in items if item.state.waits]
        self._put(
            replace(
                self._status,
                waiting=len(waiting),
                set_aside=sum(item.state.set_aside for item in items),
                oldest_waiting_at=min((item.made_at for item in waiting), default=None),
            )
        )
        if items != self._items:
            self._items = items
            self.items_changed.emit(items)

    def _put(self, status: LinkStatus) -> None:
        if status != self._status:
            self._status = status
            self.changed.emit(status)
