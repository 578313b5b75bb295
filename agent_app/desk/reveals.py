"""The whole of a masked value, asked for with a reason, for half a minute (step ⑥, M18).

Only the server has it, and it writes down who asked and why. Nothing of it is kept here: it is in
memory as long as it is shown, and shown for the one person it was asked about.
"""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from agent_app.domain.ids import CustomerId
from agent_app.runtime.tasks import Tasks
from sync.errors import RequestRefused, SyncError

SHOWN_MS = 30_000
REVEALING_ROLES = frozenset({"agent", "specialist", "supervisor"})
"""Who may ask; the server has the last word."""
ID_NUMBER = "id_number"
CUSTOM = "custom."


class Secrets(Protocol):
    """What this needs of ``sync.secrets.CustomerSecrets``."""

    def reveal(self, customer_id: str, field: str, reason: str) -> Awaitable[str]:
        """Raises SyncError."""


class RevealFault(StrEnum):
    NONE = ""
    NO_SERVER = "no-server"
    REFUSED = "refused"
    NOTHING = "nothing"  # the server has no more than what is shown


@dataclass(frozen=True, slots=True)
class Reveal:
    """``field`` as on the wire: ``id_number``, or ``custom.`` and a field's id.

    ``value`` is "" while it is asked for and after a fault; ``detail`` has the server's words.
    """

    customer_id: CustomerId
    field: str
    value: str = ""
    fault: RevealFault = RevealFault.NONE
    detail: str = ""

    @property
    def asking(self) -> bool:
        return not self.value and self.fault is RevealFault.NONE


class Reveals(QObject):
    """One value at a time.

    Signals:
        changed: Reveal or None, what is shown now.
    """

    changed = Signal(object)

    def __init__(
        self, *, secrets: Secrets, allowed: bool, tasks: Tasks, shown_ms: int = SHOWN_MS
    ) -> None:
        super().__init__()
        self._secrets = secrets
        self._tasks = tasks
        self._shown: Reveal | None = None
        self.allowed = allowed
        self._end = QTimer(self, singleShot=True, interval=shown_ms)
        self._end.timeout.connect(self.hide)

    @property
    def shown(self) -> Reveal | None:
        return self._shown

    def reveal(self, customer_id: CustomerId, field: str, reason: str) -> None:
        """Ask for it; whatever was shown before is hidden."""
        if self.allowed and reason.strip():
            self._show(wish := Reveal(customer_id, field))
            self._tasks.spawn(self._ask(wish, reason))

    def hide(self) -> None:
        self._show(None)

    async def _ask(self, wish: Reveal, reason: str) -> None:
        try:
            value = await self._secrets.reveal(wish.customer_id, wish.field, reason)
        except RequestRefused as error:
            answer = replace(wish, fault=RevealFault.REFUSED, detail=str(error))
        except SyncError as error:
            answer = replace(wish, fault=RevealFault.NO_SERVER, detail=str(error))
        else:
            answer = replace(wish, value=value)
            if not value:
                answer = replace(wish, fault=RevealFault.NOTHING)
        if self._shown == wish:  # else hidden meanwhile, or another one was asked for
            self._show(answer)

    def _show(self, reveal: Reveal | None) -> None:
        self._end.stop()
        if reveal is not None and not reveal.asking:
            self._end.start()
        if reveal != self._shown:
            self._shown = reveal
            self.changed.emit(reveal)
