"""Ready-made sentences at hand while she writes a summary (step ⑥)."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.domain.ids import InteractionId
from agent_app.domain.summary import SummaryDraft
from agent_app.domain.text_modules import TextModule, filled
from agent_app.runtime.clock import Clock
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError


class ModuleSource(Protocol):
    """Where the centre's sentences are (``agent_app.store.text_modules``)."""

    async def all(self) -> tuple[TextModule, ...]: ...


class Drafts(Protocol):
    """Whose summary is being written (``agent_app.desk.summaries``)."""

    def draft(self, interaction_id: InteractionId) -> SummaryDraft | None: ...


class TextModules(QObject):
    """GUI thread.

    Signals:
        fault: str, the copy could not be read.
    """

    fault = Signal(str)

    def __init__(
        self,
        *,
        source: ModuleSource,
        drafts: Drafts,
        agent_name: str,
        clock: Clock,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._drafts = drafts
        self._agent_name = agent_name
        self._clock = clock
        self._tasks = tasks
        self._modules: tuple[TextModule, ...] = ()

    @property
    def modules(self) -> tuple[TextModule, ...]:
        """As the centre has them; () until they were read."""
        return self._modules

    def refresh(self) -> None:
        """The settings are others now: read them again."""
        self._tasks.spawn(self._read())

    def text(self, module: TextModule, interaction_id: InteractionId | None) -> str:
        """The sentence for this summary: ``{customer}``, ``{agent}`` and ``{date}`` filled in."""
        draft = None if interaction_id is None else self._drafts.draft(interaction_id)
        today = self._clock.now().astimezone().date()
        words = {
            "customer": "" if draft is None else draft.customer_name,
            "agent": self._agent_name,
            "date": today.isoformat(),
        }
        return filled(module.text, words)

    async def _read(self) -> None:
        try:
            self._modules = await self._source.all()
        except StoreError as error:
            self.fault.emit(str(error))
