"""What the feed brings reaches the search without a build of the whole."""

from __future__ import annotations

from collections.abc import Collection, Coroutine
from typing import cast

from agent_app.desk.knowledge import Knowledge
from agent_app.domain.ids import ArticleId
from agent_app.runtime.tasks import Tasks
from agent_app.store.replica import AppliedPage
from agent_app.wiring.library import KnowledgeNews


class Told:
    def __init__(self) -> None:
        self.changed: list[set[str]] = []
        self.reloads = 0

    def on_change(self, articles: Collection[ArticleId]) -> None:
        self.changed.append(set(articles))

    async def reload(self) -> None:
        """Counted when it is begun."""

    def spawn(self, work: Coroutine[object, object, None]) -> None:
        self.reloads += 1
        work.close()


def news(told: Told) -> KnowledgeNews:
    return KnowledgeNews(knowledge=cast(Knowledge, told), tasks=cast(Tasks, told))


def test_articles_of_all_pages_of_a_pull_are_told_once_at_its_end() -> None:
    told = Told()
    listener = news(told)
    listener.on_page(AppliedPage({"articles": frozenset({"a"})}, more=True))
    listener.on_page(AppliedPage({"customers": frozenset({"c"})}, more=True))
    listener.on_page(AppliedPage({}, {"articles": frozenset({"b"})}))
    listener.on_page(AppliedPage({"customers": frozenset({"c"})}))
    assert told.changed == [{"a", "b"}]
    assert not told.reloads


def test_other_categories_or_another_copy_are_a_build_of_the_whole() -> None:
    told = Told()
    listener = news(told)
    listener.on_page(AppliedPage({"categories": frozenset({"01"}), "articles": frozenset({"a"})}))
    listener.on_page(AppliedPage(everything=True))
    assert told.reloads == 2
    assert not told.changed
