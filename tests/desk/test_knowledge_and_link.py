"""Search drops stale answers, suggestions follow the call, the outbox is counted truthfully."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from agent_app.desk.knowledge import Knowledge
from agent_app.desk.link import Link
from agent_app.domain.customers import CallerCard, CardState
from agent_app.domain.ids import ArticleId, CategoryId, InteractionId, OperationId
from agent_app.domain.knowledge import Category, SearchResults, Suggestions
from agent_app.domain.link import LinkStatus, OutboxItem, OutboxState, ServerState
from agent_app.domain.summary import DraftState, SummaryDraft
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError
from tests.desk.fakes import (
    FakeArticles,
    FakeIndex,
    HandClock,
    a_call,
    a_customer,
    an_article,
    past,
)
from tests.desk.rigs import run_with_tasks, settle

I1 = InteractionId("i1")


class Rig:
    def __init__(self, tasks: Tasks) -> None:
        self.articles = FakeArticles(an_article())
        self.index = FakeIndex()
        self.knowledge = Knowledge(
            articles=self.articles, index=self.index, clock=HandClock(), tasks=tasks
        )
        self.results: list[SearchResults] = []
        self.suggestions: list[Suggestions] = []
        self.opened: list[object] = []
        self.categories: list[object] = []
        self.ready: list[bool] = []
        self.faults: list[str] = []
        self.knowledge.results_changed.connect(self.results.append)
        self.knowledge.suggestions_changed.connect(self.suggestions.append)
        self.knowledge.article_opened.connect(self.opened.append)
        self.knowledge.categories_changed.connect(self.categories.append)
        self.knowledge.ready_changed.connect(self.ready.append)
        self.knowledge.fault.connect(self.faults.append)


def test_a_stale_answer_is_dropped() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.index.gates["子女"] = asyncio.Event()
        rig.knowledge.search("子女")
        newest = rig.knowledge.search("子女教育")
        await settle()
        rig.index.gates["子女"].set()
        await settle()
        assert [(r.generation, r.query) for r in rig.results] == [(newest, "子女教育")]

    run_with_tasks(story)


def test_articles_open_and_a_missing_one_does_not() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        gone: list[str] = []
        rig.knowledge.gone.connect(gone.append)
        rig.knowledge.open(ArticleId("K0001"))
        rig.knowledge.open(ArticleId("K9999"))
        await settle()
        assert rig.opened == [an_article()]
        assert gone == ["K9999"]
        rig.articles.fault = "The file cache.db is damaged."
        rig.knowledge.open(ArticleId("K0001"))
        await settle()
        assert rig.faults == ["The file cache.db is damaged."]

    run_with_tasks(story)


def test_a_change_of_the_articles_rebuilds_the_index() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        assert not rig.knowledge.ready
        category = Category(CategoryId("01"), None, "个税", "IIT", 1)
        rig.articles.category_rows = (category,)
        await rig.knowledge.reload()
        await rig.knowledge.reload()
        assert rig.knowledge.ready
        assert rig.index.built == [1, 1]
        assert rig.categories == [(category,)]
        assert rig.knowledge.categories == (category,)
        assert rig.ready == [True]
        rig.articles.fault = "The file cache.db is damaged."
        await rig.knowledge.reload()
        assert rig.faults == ["The file cache.db is damaged."]

    run_with_tasks(story)


def test_suggestions_follow_queue_words_and_history() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        draft = SummaryDraft(I1, a_call())
        rig.knowledge.on_draft(draft)
        rig.knowledge.on_draft(SummaryDraft(I1, a_call(), question="房贷"))
        await settle()
        assert [asked["typed"] for asked in rig.index.asked] == ["房贷"]
        assert rig.index.asked[0]["queue"] == "咨询"
        customer = a_customer(history=(past("01.03"),))
        rig.knowledge.on_card(CallerCard(I1, CardState.KNOWN, "", "", customer=customer))
        await settle()
        assert rig.index.asked[-1]["history_categories"] == ("01.03",)
        assert rig.knowledge.suggestions(I1) == rig.suggestions[-1]
        assert len(rig.suggestions) == 1

    run_with_tasks(story)


def test_words_typed_while_it_thinks_are_asked_afterwards() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.knowledge.on_draft(SummaryDraft(I1, a_call(), question="房"))
        await asyncio.sleep(0)
        rig.knowledge.on_draft(SummaryDraft(I1, a_call(), question="房贷"))
        await settle()
        assert rig.index.asked[-1]["typed"] == "房贷"

    run_with_tasks(story)


def test_a_saved_summary_wants_no_suggestions() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.knowledge.on_draft(SummaryDraft(I1, a_call()))
        await settle()
        rig.knowledge.on_draft(SummaryDraft(I1, a_call(), state=DraftState.SAVED))
        rig.knowledge.on_card(CallerCard(I1, CardState.UNKNOWN, "", ""))
        await rig.knowledge.reload()
        await settle()
        assert len(rig.index.asked) == 1

    run_with_tasks(story)


def item(number: int, state: OutboxState) -> OutboxItem:
    made_at = datetime(2026, 11, 20, 1, number, tzinfo=UTC)
    return OutboxItem(
        OperationId(f"o{number}"), I1, "interaction.save", "张伟", made_at, state, 0, ""
    )


def nothing() -> None:
    """Nobody has to be woken."""


class FakeOutbox:
    def __init__(self, *items: OutboxItem) -> None:
        self.rows = items
        self.fault = ""

    async def items(self) -> tuple[OutboxItem, ...]:
        if self.fault:
            raise StoreError(self.fault)
        return self.rows


def test_the_outbox_is_counted() -> None:
    async def story(tasks: Tasks) -> None:
        woken: list[bool] = []
        outbox = FakeOutbox(
            item(2, OutboxState.WAITING),
            item(3, OutboxState.WAITING),
            item(1, OutboxState.REJECTED),
            item(0, OutboxState.CONFLICT),
        )
        link = Link(outbox=outbox, wake=lambda: woken.append(True), tasks=tasks)
        seen: list[LinkStatus] = []
        items: list[tuple[OutboxItem, ...]] = []
        link.changed.connect(seen.append)
        link.items_changed.connect(items.append)
        link.refresh()
        link.refresh()
        await settle()
        assert (seen[-1].waiting, seen[-1].set_aside) == (2, 2)
        assert seen[-1].oldest_waiting_at == outbox.rows[0].made_at
        assert items == [outbox.rows]
        assert link.items == outbox.rows
        link.retry()
        assert woken == [True]

    run_with_tasks(story)


def test_the_server_s_state_is_told_once() -> None:
    async def story(tasks: Tasks) -> None:
        link = Link(outbox=FakeOutbox(), wake=nothing, tasks=tasks)
        seen: list[LinkStatus] = []
        link.changed.connect(seen.append)
        link.on_server(ServerState.OFFLINE, "not reachable", 0, 0)
        link.on_server(ServerState.OFFLINE, "not reachable", 0, 0)
        assert [status.detail for status in seen] == ["not reachable"]
        assert link.status.server is ServerState.OFFLINE

    run_with_tasks(story)


def test_an_outbox_that_cannot_be_read_is_said() -> None:
    async def story(tasks: Tasks) -> None:
        outbox = FakeOutbox()
        outbox.fault = "The file work.db is damaged."
        link = Link(outbox=outbox, wake=nothing, tasks=tasks)
        link.refresh()
        await settle()
        assert link.status.detail == "The file work.db is damaged."

    run_with_tasks(story)
