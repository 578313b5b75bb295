"""The feed changes articles: only those are read anew, one change after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence

from agent_app.desk.knowledge import MANY, Knowledge
from agent_app.domain.ids import ArticleId, InteractionId
from agent_app.domain.knowledge import Article, Category, Reading
from agent_app.domain.summary import SummaryDraft
from agent_app.runtime.tasks import Tasks
from tests.desk.fakes import FakeArticles, FakeIndex, HandClock, a_call, an_article
from tests.desk.rigs import run_with_tasks, settle

K1, K2 = ArticleId("K0001"), ArticleId("K0002")


class SlowIndex(FakeIndex):
    """Builds when the test lets it."""

    def __init__(self) -> None:
        super().__init__()
        self.order: list[str] = []
        self.go_on = asyncio.Event()
        self.go_on.set()

    async def rebuild(self, articles: Sequence[Article], categories: Sequence[Category]) -> None:
        await self.go_on.wait()
        self.order.append("all")
        await super().rebuild(articles, categories)

    async def update(self, articles: Sequence[Article], gone: Collection[ArticleId] = ()) -> None:
        await self.go_on.wait()
        self.order.append("some")
        await super().update(articles, gone)


class Rig:
    def __init__(self, tasks: Tasks) -> None:
        self.articles = FakeArticles(an_article())
        self.index = SlowIndex()
        self.knowledge = Knowledge(
            articles=self.articles, index=self.index, clock=HandClock(), tasks=tasks
        )
        self.readings: list[Reading] = []
        self.opened: list[Article] = []
        self.ready: list[bool] = []
        self.reloads: list[bool] = []
        self.faults: list[str] = []
        self.knowledge.reading_changed.connect(self.readings.append)
        self.knowledge.article_opened.connect(self.opened.append)
        self.knowledge.ready_changed.connect(self.ready.append)
        self.knowledge.reloaded.connect(lambda: self.reloads.append(True))
        self.knowledge.fault.connect(self.faults.append)


def test_only_the_changed_articles_are_read() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        await rig.knowledge.reload()
        rig.knowledge.on_change([K1, K2])
        await settle()
        assert rig.index.updates == [(["K0001"], ["K0002"])]
        assert rig.index.built == [1]
        assert len(rig.reloads) == 2

    run_with_tasks(story)


def test_what_the_disk_would_not_give_is_read_with_the_next_change() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        await rig.knowledge.reload()
        rig.articles.fault = "The file cache.db is damaged."
        rig.knowledge.on_change([K1])
        await settle()
        assert rig.faults == ["The file cache.db is damaged."]
        assert rig.index.updates == []
        rig.articles.fault = ""
        rig.knowledge.on_change([K2])
        await settle()
        assert rig.index.updates == [(["K0001"], ["K0002"])]

    run_with_tasks(story)


def test_a_whole_build_that_failed_is_made_with_the_next_change() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.articles.fault = "The file cache.db is damaged."
        await rig.knowledge.reload()
        rig.articles.fault = ""
        rig.knowledge.on_change([K2])
        await settle()
        assert (rig.index.built, rig.index.updates) == ([1], [])

    run_with_tasks(story)


def test_changes_while_the_index_is_built_are_taken_in_afterwards_together() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.index.go_on.clear()
        rig.knowledge.on_change([K1])
        await settle()
        rig.knowledge.on_change([K1])
        rig.knowledge.on_change([K2])
        await settle()
        assert not rig.index.order
        rig.index.go_on.set()
        await settle()
        assert rig.index.updates == [(["K0001"], []), (["K0001"], ["K0002"])]

    run_with_tasks(story)


def test_a_change_during_a_whole_build_comes_behind_it() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.index.go_on.clear()
        tasks.spawn(rig.knowledge.reload())
        await settle()
        rig.knowledge.on_change([K1])
        rig.index.go_on.set()
        await settle()
        assert rig.index.order == ["all", "some"]

    run_with_tasks(story)


def test_very_many_changes_are_a_whole_build() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.knowledge.on_change([ArticleId(f"K{number}") for number in range(MANY + 1)])
        await settle()
        assert rig.index.order == ["all"]

    run_with_tasks(story)


def test_the_first_article_makes_it_ready_and_the_last_one_gone_unready() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.knowledge.on_change([K1])
        await settle()
        del rig.articles.articles[K1]
        rig.knowledge.on_change([K1])
        await settle()
        assert rig.ready == [True, False]

    run_with_tasks(story)


def test_a_cache_that_cannot_be_read_is_said_and_the_next_change_is_tried() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.articles.fault = "The file cache.db is damaged."
        rig.knowledge.on_change([K1])
        await settle()
        assert rig.faults == ["The file cache.db is damaged."]
        rig.articles.fault = ""
        rig.knowledge.on_change([K1])
        await settle()
        assert rig.index.updates == [(["K0001"], [])]

    run_with_tasks(story)


def test_suggestions_are_asked_again_over_what_changed() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.knowledge.on_draft(SummaryDraft(InteractionId("i1"), a_call()))
        await settle()
        rig.knowledge.on_change([K1])
        await settle()
        assert len(rig.index.asked) == 2

    run_with_tasks(story)


def test_an_article_comes_with_what_is_read_beside_it() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.knowledge.open(K1)
        await settle()
        [reading] = rig.readings
        assert reading.article == an_article()
        assert [one.article_id for one in reading.related] == ["like K0001"]
        assert rig.opened == [an_article()]
        rig.knowledge.look_again(K1)
        rig.knowledge.look_again(K2)
        await settle()
        assert len(rig.readings) == 2
        assert len(rig.opened) == 1, "it is counted once as read"

    run_with_tasks(story)
