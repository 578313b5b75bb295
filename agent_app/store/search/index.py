"""Search as you type and suggestions, off the window's thread (step ⑥).

The index lies in memory. What changed is read into it anew, in a thread of its own; until the new
state stands, the one before answers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from agent_app.domain.ids import ArticleId, CategoryId
from agent_app.domain.knowledge import (
    EVERYWHERE,
    Article,
    Category,
    SearchHit,
    SearchResults,
    SearchScope,
    Suggestion,
)
from agent_app.store.database import in_thread
from agent_app.store.search.built import Built, build, changed
from agent_app.store.search.related import related
from agent_app.store.search.suggest import Occasion, suggest
from agent_app.store.search.synonyms import Synonyms, tax_line


class KnowledgeIndex:
    """``synonyms`` are the tax line's unless given; ``menus`` says which categories a menu path of
    the exchange leads to."""

    def __init__(
        self,
        *,
        synonyms: Synonyms | None = None,
        menus: Mapping[str, Sequence[CategoryId]] | None = None,
    ) -> None:
        self._synonyms = synonyms
        self._menus = menus or {}
        self._generation = 0
        self._built: Built | None = None
        self._searching = ThreadPoolExecutor(1, "search")
        self._building = ThreadPoolExecutor(1, "search-build")

    async def rebuild(self, articles: Sequence[Article], categories: Sequence[Category]) -> None:
        """Take these articles; searches go on over the old ones meanwhile."""

        def job() -> None:
            self._built = build(articles, categories, self._synonyms or tax_line())

        await in_thread(self._building, job)

    async def update(self, articles: Sequence[Article], gone: Collection[ArticleId] = ()) -> None:
        """``articles`` are new or others now, ``gone`` are no more; searches go on meanwhile.

        Before the first ``rebuild`` this does nothing.
        """

        def job() -> None:
            if self._built is not None:
                self._built = changed(self._built, articles, gone)

        await in_thread(self._building, job)

    @property
    def size(self) -> int:
        """How many articles are found; 0 before the first build."""
        return 0 if self._built is None else len(self._built.rows)

    async def search(
        self,
        query: str,
        *,
        scope: SearchScope = EVERYWHERE,
        today: date,
        limit: int = 20,
    ) -> SearchResults:
        """What is meant by ``query``, best first; never raises for what it says.

        An empty query lists the scope. ``today`` decides ``valid``. ``generation`` grows with
        every call: drop results that are older than the newest asked for.
        """
        self._generation += 1
        generation, built = self._generation, self._built
        if built is None:
            return SearchResults(generation, query, (), 0, "The knowledge base is being read.")

        def job() -> SearchResults:
            found = built.find(query, scope, today)
            hits = tuple(built.hits(query, found[:limit]))
            return SearchResults(generation, query, hits, len(found))

        return await in_thread(self._searching, job)

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions that articles are for; () before the first build."""
        return () if self._built is None else self._built.regions

    async def named(
        self, article_ids: Sequence[ArticleId], *, today: date
    ) -> tuple[SearchHit, ...]:
        """These articles in this order, without those that are gone; () before the first build."""
        built = self._built
        if built is None:
            return ()
        return await in_thread(self._searching, lambda: tuple(built.named(article_ids, today)))

    async def related(self, article_id: ArticleId, *, today: date) -> tuple[SearchHit, ...]:
        """At most five others about the same; () before the first build."""
        built = self._built
        if built is None:
            return ()
        return await in_thread(self._searching, lambda: related(built, article_id, today))

    async def suggest(
        self,
        *,
        queue: str,
        menu_path: str,
        category_id: CategoryId | None,
        history_categories: Sequence[CategoryId],
        typed: str,
        today: date,
        leave_out: Collection[ArticleId] = (),
    ) -> tuple[Suggestion, ...]:
        """Three to five articles with the reason for each; () before the first build."""
        built = self._built
        if built is None:
            return ()
        occasion = Occasion(
            queue=queue,
            menu_path=menu_path,
            category_id=category_id,
            history_categories=tuple(history_categories),
            typed=typed,
            today=today,
            leave_out=frozenset(leave_out),
        )
        return await in_thread(self._searching, lambda: suggest(built, occasion, self._menus))

    def close(self) -> None:
        """Ends the threads; a search under way is finished."""
        self._searching.shutdown(wait=False)
        self._building.shutdown(wait=False)
