"""The seat's copy of the centre: how far it is, stopping and going on, and forgetting it (⑧)."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError
from sync.errors import Need
from sync.status import Phase, SyncStatus

log = logging.getLogger(__name__)


WORTH_TELLING = frozenset({Need.SCOPE_CHANGED, Need.RESTORED, Need.DIFFERS, Need.DAMAGED})
"""Reasons that a person should know of, also when the fetching took a second only."""


class Copying(Protocol):
    """``sync.replication.Replication``."""

    def fetch_copy(self) -> None: ...

    def stop_copy(self) -> None: ...

    async def sign_out(self) -> None: ...


class Forgetting(StrEnum):
    NO = "no"
    UNDER_WAY = "under-way"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class CopyStatus:
    """``by_centre``: the server asked for the forgetting, else the agent did.

    ``others_waiting`` entries of other agents are on this seat. ``fault`` says why forgetting
    failed. ``renewed`` is why everything was fetched anew, until she has read it.
    """

    sync: SyncStatus = field(default_factory=lambda: SyncStatus(Phase.SIGNED_OUT))
    forgetting: Forgetting = Forgetting.NO
    by_centre: bool = False
    others_waiting: int = 0
    fault: str = ""
    renewed: Need | None = None

    @property
    def being_fetched(self) -> bool:
        """As a whole, in the background."""
        return self.sync.phase is Phase.FIRST_SYNC and self.sync.need is not None

    @property
    def stopped(self) -> bool:
        return self.sync.phase is Phase.NOT_SYNCHRONISED


class LocalCopy(QObject):
    """GUI thread, inside the event loop.

    Signals:
        changed: CopyStatus.
        left: the agent had this seat forget everything; there is nothing to work with here.
    """

    changed = Signal(object)
    left = Signal()

    def __init__(
        self,
        *,
        copying: Copying,
        keep_typed: Callable[[], Awaitable[None]],
        forget: Callable[[], Awaitable[None]],
        tasks: Tasks,
        others_waiting: int = 0,
        parent: QObject | None = None,
    ) -> None:
        """``keep_typed`` writes down every word; ``forget`` wipes what may be, or StoreError."""
        super().__init__(parent)
        self._copying = copying
        self._keep_typed = keep_typed
        self._forget = forget
        self._tasks = tasks
        self._status = CopyStatus(others_waiting=others_waiting)

    @property
    def status(self) -> CopyStatus:
        return self._status

    def on_server(self, status: SyncStatus) -> None:
        """Replication reports where it is. A session ended with that wish wipes the copy."""
        before = self._status.sync
        self._put(sync=status)
        if before.need in WORTH_TELLING and status.phase is Phase.ONLINE:
            self._put(renewed=before.need)
        if status.wipe and self._status.forgetting is not Forgetting.UNDER_WAY:
            log.warning("the centre ended this session and wants its data forgotten here")
            self._begin_forgetting(by_centre=True)

    def fetch(self) -> None:
        """Fetch everything anew, or go on with what was stopped."""
        self._copying.fetch_copy()

    def stop(self) -> None:
        """Stop fetching; what is here of it is kept."""
        self._copying.stop_copy()

    def dismiss(self) -> None:
        """She has read why everything was fetched anew."""
        self._put(renewed=None)

    def forget(self) -> None:
        """Sign out and forget the centre's data; what the server does not have yet is kept."""
        if self._status.forgetting is not Forgetting.UNDER_WAY:
            self._begin_forgetting(by_centre=False)

    def _begin_forgetting(self, *, by_centre: bool) -> None:
        self._put(forgetting=Forgetting.UNDER_WAY, by_centre=by_centre, fault="")
        self._tasks.spawn(self._forget_all(by_centre=by_centre))

    async def _forget_all(self, *, by_centre: bool) -> None:
        try:
            await self._keep_typed()
            if not by_centre:
                await self._copying.sign_out()
            await self._forget()
        except (StoreError, OSError) as error:
            log.exception("this seat could not forget everything")
            self._put(forgetting=Forgetting.FAILED, fault=str(error))
            return
        log.info("the centre's data are forgotten on this seat")
        self._put(forgetting=Forgetting.DONE)
        if not by_centre:
            self.left.emit()

    def _put(self, **changes: object) -> None:
        status = replace(self._status, **changes)  # type: ignore[arg-type]
        if status != self._status:
            self._status = status
            self.changed.emit(status)
