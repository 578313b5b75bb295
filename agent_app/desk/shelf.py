"""The articles an agent reaches for, at hand before she has typed anything (step ⑥)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.domain.ids import AgentId, ArticleId
from agent_app.domain.knowledge import Article, SearchHit
from agent_app.domain.shelf import ArticleUse, ShelfRow, shelve
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError

Named = Callable[[Sequence[ArticleId]], Awaitable[tuple[SearchHit, ...]]]
"""Articles as rows of a list, in the order asked, without those that are gone."""


class ShelfKeeper(Protocol):
    """Where it is counted what she reads (``agent_app.store.shelf``)."""

    async def uses(self, agent_id: AgentId) -> tuple[ArticleUse, ...]: ...

    async def note_opened(self, agent_id: AgentId, article_id: ArticleId) -> None: ...

    async def note_quoted(self, agent_id: AgentId, article_id: ArticleId) -> None: ...

    async def set_favourite(
        self, agent_id: AgentId, article_id: ArticleId, favourite: bool
    ) -> None: ...


class Shelf(QObject):
    """GUI thread.

    Signals:
        changed: the rows or the favourites are others now.
        fault: str, the disk refused it.
    """

    changed = Signal()
    fault = Signal(str)

    def __init__(
        self,
        *,
        keeper: ShelfKeeper,
        named: Named,
        agent_id: AgentId,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._named = named
        self._agent_id = agent_id
        self._tasks = tasks
        self._rows: tuple[ShelfRow, ...] = ()
        self._favourites: frozenset[ArticleId] = frozenset()

    @property
    def rows(self) -> tuple[ShelfRow, ...]:
        """Favourites, last read, most used; without articles that are gone."""
        return self._rows

    def is_favourite(self, article_id: ArticleId) -> bool:
        return article_id in self._favourites

    def refresh(self) -> None:
        self._tasks.spawn(self._act(None))

    def on_opened(self, article: Article) -> None:
        self._tasks.spawn(self._act(self._keeper.note_opened(self._agent_id, article.article_id)))

    def note_quoted(self, article_id: ArticleId) -> None:
        self._tasks.spawn(self._act(self._keeper.note_quoted(self._agent_id, article_id)))

    def set_favourite(self, article_id: ArticleId, favourite: bool) -> None:
        self._tasks.spawn(
            self._act(self._keeper.set_favourite(self._agent_id, article_id, favourite))
        )

    async def _act(self, act: Coroutine[object, object, None] | None) -> None:
        try:
            if act is not None:
                await act
            uses = await self._keeper.uses(self._agent_id)
        except StoreError as error:
            self.fault.emit(str(error))
            return
        reasons = {one.article_id: one.reason for one in shelve(uses)}
        hits = await self._named(tuple(reasons))
        self._rows = tuple(ShelfRow(hit, reasons[hit.article_id]) for hit in hits)
        self._favourites = frozenset(use.article_id for use in uses if use.favourite)
        self.changed.emit()
