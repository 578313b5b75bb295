"""The centre's rules for summaries and tickets, as the copy has them now (step ⑥)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.domain import centre_rules as rules
from agent_app.domain.centre_rules import WrapUpRule
from agent_app.domain.ids import CategoryId
from agent_app.domain.knowledge import Category
from agent_app.domain.tickets import TicketRules
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError


class RulesSource(Protocol):
    """Where the centre's settings are (``agent_app.store.centre_rules``)."""

    async def rules(self) -> rules.CentreRules: ...


class CentreRules(QObject):
    """GUI thread.

    ``wrap_up_s`` is this seat's own, until the centre's is known.

    Signals:
        changed: they may be others now.
        fault: str, the copy could not be read.
    """

    changed = Signal()
    fault = Signal(str)

    def __init__(
        self,
        *,
        source: RulesSource,
        categories: Callable[[], Iterable[Category]],
        wrap_up_s: int,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._categories = categories
        self._own = WrapUpRule(seconds=wrap_up_s)
        self._tasks = tasks
        self._rules = rules.CentreRules()

    def wrap_up(self) -> WrapUpRule:
        return self._rules.wrap_up or self._own

    def queue_category(self, queue: str) -> CategoryId | None:
        """What a summary of a call from this queue is about; None where nothing says so."""
        return rules.category_of_queue(queue, self._rules.queue_categories, self._categories())

    @property
    def tickets(self) -> TicketRules:
        return self._rules.tickets

    def refresh(self) -> None:
        """Settings or categories are others now: read them again."""
        self._tasks.spawn(self._read())

    async def _read(self) -> None:
        try:
            self._rules = await self._source.rules()
        except StoreError as error:
            self.fault.emit(str(error))
            return
        self.changed.emit()
