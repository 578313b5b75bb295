"""Connects the knowledge base with the server and with what the feed brings (steps ⑥ and ⑧)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from agent_app.desk.knowledge import Knowledge
from agent_app.desk.library import Library
from agent_app.domain.ids import ArticleId
from agent_app.domain.knowledge import SearchHit
from agent_app.runtime.clock import Clock
from agent_app.runtime.opened_files import OpenedFiles
from agent_app.runtime.tasks import Tasks
from agent_app.store.replica import AppliedPage
from agent_app.store.search.index import KnowledgeIndex
from agent_app.wiring.ground import Ground
from sync.library import CentreLibrary

FindArticles = Callable[[str], Awaitable[tuple[SearchHit, ...]]]


@dataclass(frozen=True, slots=True)
class LibraryParts:
    """What the server alone has of the knowledge base, and where its files lie."""

    library: Library
    centre: CentreLibrary
    files: OpenedFiles

    def close(self) -> None:
        self.centre.stop()
        self.files.close()


def build_library(ground: Ground) -> LibraryParts:
    centre, files = CentreLibrary(api=ground.api, auth=ground.auth), OpenedFiles()
    return LibraryParts(Library(server=centre, files=files, tasks=ground.tasks), centre, files)


def article_finder(index: KnowledgeIndex, clock: Clock) -> FindArticles:
    """What is typed → articles that hold today, the best first."""

    async def find(text: str) -> tuple[SearchHit, ...]:
        return (await index.search(text, today=clock.now().astimezone().date())).hits

    return find


class KnowledgeNews:
    """Pages of a long pull are taken in once, at its end; only what they change is read anew."""

    def __init__(self, *, knowledge: Knowledge, tasks: Tasks) -> None:
        self._knowledge = knowledge
        self._tasks = tasks
        self._everything = False
        self._articles: set[ArticleId] = set()

    def on_page(self, page: AppliedPage) -> None:
        self._everything = self._everything or page.touches("categories")
        for changed in (page.written, page.deleted):
            self._articles.update(map(ArticleId, changed.get("articles", ())))
        if page.more:
            return
        articles, self._articles = self._articles, set()
        if self._everything:
            self._everything = False
            self._tasks.spawn(self._knowledge.reload())
        elif articles:
            self._knowledge.on_change(articles)
