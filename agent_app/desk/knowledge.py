"""The knowledge base beside the call: search as you type, articles, suggestions (step ⑥)."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.domain.customers import CallerCard
from agent_app.domain.ids import ArticleId, CategoryId, InteractionId
from agent_app.domain.knowledge import (
    EVERYWHERE,
    Article,
    Category,
    Reading,
    SearchHit,
    SearchResults,
    SearchScope,
    Suggestion,
    Suggestions,
)
from agent_app.domain.summary import DraftState, SummaryDraft
from agent_app.runtime.clock import Clock
from agent_app.runtime.garbage import leave_alone
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError


class Articles(Protocol):
    """What the store says of knowledge."""

    async def categories(self) -> tuple[Category, ...]: ...

    async def reading(self, article_id: ArticleId) -> Reading | None: ...

    async def some(self, article_ids: Collection[ArticleId]) -> tuple[Article, ...]: ...

    async def all_articles(self) -> tuple[Article, ...]: ...


class Index(Protocol):
    """The search index (``agent_app.store.search``)."""

    async def rebuild(
        self, articles: Sequence[Article], categories: Sequence[Category]
    ) -> None: ...

    async def update(
        self, articles: Sequence[Article], gone: Collection[ArticleId] = ...
    ) -> None: ...

    @property
    def size(self) -> int: ...

    @property
    def regions(self) -> tuple[str, ...]: ...

    async def related(self, article_id: ArticleId, *, today: date) -> tuple[SearchHit, ...]: ...

    async def search(
        self, query: str, *, today: date, scope: SearchScope = ..., limit: int = ...
    ) -> SearchResults: ...

    async def named(
        self, article_ids: Sequence[ArticleId], *, today: date
    ) -> tuple[SearchHit, ...]: ...

    async def suggest(
        self,
        *,
        queue: str,
        menu_path: str,
        category_id: CategoryId | None,
        history_categories: Sequence[CategoryId],
        typed: str,
        today: date,
        leave_out: Collection[ArticleId] = ...,
    ) -> tuple[Suggestion, ...]: ...


MANY = 5_000
"""Changed articles from which on all are read anew."""
LARGE = 5_000
"""Articles from which on the garbage collector would feel them."""


class Knowledge(QObject):
    """Search and suggestions for the page.

    Signals:
        results_changed: SearchResults of the newest query; stale ones are dropped.
        suggestions_changed: Suggestions of one interaction.
        article_opened: Article, she wanted to read it.
        reading_changed: Reading, what is known of an article that is read, or known anew.
        gone: str, the id of an article that was asked for and is not there (any more).
        categories_changed: tuple of Category.
        ready_changed: bool, whether there is something to search.
        reloaded: articles or categories are others now.
        fault: str, the cache could not be read.
    """

    results_changed = Signal(object)
    suggestions_changed = Signal(object)
    article_opened = Signal(object)
    reading_changed = Signal(object)
    gone = Signal(str)
    categories_changed = Signal(object)
    ready_changed = Signal(bool)
    reloaded = Signal()
    fault = Signal(str)

    def __init__(
        self,
        *,
        articles: Articles,
        index: Index,
        clock: Clock,
        tasks: Tasks,
        suggest_behind_s: float = 0.0,
        parent: QObject | None = None,
    ) -> None:
        """A suggestion is looked for ``suggest_behind_s`` after its reason came up."""
        super().__init__(parent)
        self._suggest_behind_s = suggest_behind_s
        self._articles = articles
        self._index = index
        self._clock = clock
        self._tasks = tasks
        self._categories: tuple[Category, ...] = ()
        self._ready = False
        self._generation = 0
        self._suggestions: dict[InteractionId, Suggestions] = {}
        self._drafts: dict[InteractionId, SummaryDraft] = {}
        self._history: dict[InteractionId, tuple[CategoryId, ...]] = {}
        self._asked: set[InteractionId] = set()
        self._all_stale = False
        self._stale: set[ArticleId] = set()
        self._catching_up = False

    @property
    def ready(self) -> bool:
        """The index has been built and has articles."""
        return self._ready

    @property
    def categories(self) -> tuple[Category, ...]:
        return self._categories

    def suggestions(self, interaction_id: InteractionId) -> Suggestions | None:
        return self._suggestions.get(interaction_id)

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions that articles are for, without the whole country."""
        return self._index.regions

    async def named(self, article_ids: Sequence[ArticleId]) -> tuple[SearchHit, ...]:
        """These articles as rows of a list, without those that are gone."""
        return await self._index.named(article_ids, today=self._today)

    def search(self, text: str, scope: SearchScope = EVERYWHERE) -> int:
        """Start a search and return its generation; only the newest one is answered."""
        self._generation += 1
        self._tasks.spawn(self._search(text, scope, self._generation))
        return self._generation

    def open(self, article_id: ArticleId) -> None:
        """Fetch an article; ``article_opened`` and ``reading_changed`` bring it."""
        self._tasks.spawn(self._open(article_id, wanted=True))

    def look_again(self, article_id: ArticleId) -> None:
        """The article may be another now; ``reading_changed`` tells."""
        self._tasks.spawn(self._open(article_id, wanted=False))

    async def reload(self) -> None:
        """Everything is others now: read it and build the index again."""
        self._all_stale = True
        await self._catch_up()

    def on_change(self, article_ids: Collection[ArticleId]) -> None:
        """These articles are new, others or gone; only they are read anew."""
        self._stale.update(article_ids)
        self._all_stale = self._all_stale or len(self._stale) > MANY
        self._tasks.spawn(self._catch_up())

    async def _catch_up(self) -> None:
        """One after the other, so that nothing read earlier replaces what was read later."""
        if self._catching_up:
            return
        self._catching_up = True
        try:
            while self._all_stale or self._stale:
                await self._take_in()
                self._tell_reloaded()
        except StoreError as error:
            self.fault.emit(str(error))
        finally:
            self._catching_up = False

    async def _take_in(self) -> None:
        """What could not be read stays stale: the next change tries it again."""
        everything, stale = self._all_stale, frozenset(self._stale)
        self._all_stale, self._stale = False, set()
        try:
            await (self._read_all() if everything else self._read(stale))
        except StoreError:
            self._all_stale = self._all_stale or everything
            self._stale |= stale
            raise

    async def _read_all(self) -> None:
        categories = await self._articles.categories()
        articles = await self._articles.all_articles()
        await self._index.rebuild(articles, categories)
        if len(articles) >= LARGE:
            leave_alone()
        if categories != self._categories:
            self._categories = categories
            self.categories_changed.emit(categories)

    async def _read(self, stale: frozenset[ArticleId]) -> None:
        articles = await self._articles.some(stale)
        await self._index.update(articles, stale - {one.article_id for one in articles})

    def _tell_reloaded(self) -> None:
        if self._ready != bool(self._index.size):
            self._ready = bool(self._index.size)
            self.ready_changed.emit(self._ready)
        self.reloaded.emit()
        for interaction_id in tuple(self._drafts):
            self._suggest_soon(interaction_id)

    def on_card(self, card: CallerCard) -> None:
        """What the caller asked before is a reason for a suggestion."""
        history = () if card.customer is None else card.customer.history
        self._history[card.interaction_id] = tuple(
            past.category_id for past in history if past.category_id is not None
        )
        self._suggest_soon(card.interaction_id)

    def on_draft(self, draft: SummaryDraft) -> None:
        """Queue, menu, category and typed words are the other reasons."""
        if draft.state is DraftState.SAVED:
            self._drafts.pop(draft.interaction_id, None)
            self._history.pop(draft.interaction_id, None)
            return
        self._drafts[draft.interaction_id] = draft
        self._suggest_soon(draft.interaction_id)

    def _suggest_soon(self, interaction_id: InteractionId) -> None:
        """One question at a time per interaction; what changed meanwhile is asked afterwards."""
        if interaction_id in self._drafts and interaction_id not in self._asked:
            self._asked.add(interaction_id)
            self._tasks.spawn(self._suggest(interaction_id))

    async def _suggest(self, interaction_id: InteractionId) -> None:
        asked: SummaryDraft | None = None
        history: tuple[CategoryId, ...] = ()
        try:
            while True:
                if self._suggest_behind_s:
                    await asyncio.sleep(self._suggest_behind_s)
                if (draft := self._drafts.get(interaction_id)) is None:
                    return
                now_history = self._history.get(interaction_id, ())
                if draft == asked and now_history == history:
                    return
                asked, history = draft, now_history
                rows = await self._index.suggest(
                    queue=draft.call.queue,
                    menu_path=draft.call.menu_path,
                    category_id=draft.said_category,
                    history_categories=history,
                    typed=draft.question,
                    today=self._today,
                    leave_out=[quoted.article_id for quoted in draft.quotes],
                )
                suggestions = Suggestions(interaction_id, rows)
                if suggestions != self._suggestions.get(interaction_id):
                    self._suggestions[interaction_id] = suggestions
                    self.suggestions_changed.emit(suggestions)
        finally:
            self._asked.discard(interaction_id)

    @property
    def _today(self) -> date:
        return self._clock.now().astimezone().date()

    async def _search(self, text: str, scope: SearchScope, generation: int) -> None:
        found = await self._index.search(text, scope=scope, today=self._today)
        if generation == self._generation:
            self.results_changed.emit(
                SearchResults(generation, text, found.hits, found.total, found.fault)
            )

    async def _open(self, article_id: ArticleId, *, wanted: bool) -> None:
        try:
            reading = await self._articles.reading(article_id)
        except StoreError as error:
            self.fault.emit(str(error))
            return
        if reading is None:
            self.gone.emit(article_id)
            return
        related = await self._index.related(article_id, today=self._today)
        self.reading_changed.emit(replace(reading, related=related))
        if wanted:
            self.article_opened.emit(reading.article)
