"""Suggestions and their reasons follow what changes about the call, over the real search."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from agent_app.desk.knowledge import Knowledge
from agent_app.domain.customers import CallerCard, CardState, QuotedArticle
from agent_app.domain.ids import ArticleId, CategoryId, InteractionId
from agent_app.domain.knowledge import Suggestions
from agent_app.domain.summary import SummaryDraft, SummaryField, set_category, set_text
from agent_app.runtime.tasks import Tasks
from agent_app.store.search import KnowledgeIndex
from tests.desk.fakes import FakeArticles, HandClock, a_call, a_customer, past
from tests.desk.rigs import run_with_tasks
from tests.store.search.rigs import sample
from tests.sync.waiting import until

I1 = InteractionId("i1")


class Rig:
    """The sample's articles; ``draft`` is what the call and the summary are now."""

    def __init__(self, tasks: Tasks) -> None:
        articles, categories = sample()
        source = FakeArticles(*articles)
        source.category_rows = categories
        self.index = KnowledgeIndex()
        self.knowledge = Knowledge(
            articles=source, index=self.index, clock=HandClock(), tasks=tasks
        )
        self.draft = SummaryDraft(I1, replace(a_call(), queue="", menu_path=""))

    def change(self, draft: SummaryDraft) -> None:
        self.draft = draft
        self.knowledge.on_draft(draft)

    def call(self, **facts: Any) -> None:
        self.change(replace(self.draft, call=replace(self.draft.call, **facts)))

    @property
    def rows(self) -> Suggestions:
        return self.knowledge.suggestions(I1) or Suggestions(I1, ())

    @property
    def reasons(self) -> list[tuple[str, str]]:
        return [(one.reason.kind, one.reason.detail) for one in self.rows.rows]

    async def leads(self, kind: str, detail: str = "") -> None:
        """This is the first reason, as soon as all is thought of."""
        await until(lambda: [
            one for one in self.reasons[:1] if one[0] == kind and detail in ("", one[1])
        ] != [])  # fmt: skip


def test_every_change_of_the_call_changes_the_reasons() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        await rig.knowledge.reload()
        rig.change(rig.draft)
        await until(lambda: rig.knowledge.suggestions(I1) is not None)
        assert not rig.reasons
        rig.call(queue="发票专席")
        await until(lambda: set(rig.reasons) == {("queue", "发票专席")})
        rig.call(queue="契税专席")
        await until(lambda: set(rig.reasons) == {("queue", "契税专席")})
        rig.call(menu_path="个人 / 专项附加扣除")
        await rig.leads("menu", "专项附加扣除")
        customer = a_customer(history=(past("05.01"),))
        rig.knowledge.on_card(CallerCard(I1, CardState.KNOWN, "", "", customer=customer))
        await rig.leads("history")
        rig.change(set_category(rig.draft, CategoryId("02.02")))
        await rig.leads("category")
        rig.change(set_text(rig.draft, SummaryField.QUESTION, "客户退货发票怎么冲红"))
        await rig.leads("typed", "客户退货发票怎么冲红")
        rig.change(set_text(rig.draft, SummaryField.QUESTION, ""))
        await rig.leads("category")
        rig.knowledge.on_card(CallerCard(I1, CardState.UNKNOWN, "", ""))
        await until(lambda: "history" not in dict(rig.reasons))
        rig.index.close()

    run_with_tasks(story)


def test_a_quoted_article_is_suggested_no_more() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        await rig.knowledge.reload()
        rig.change(set_category(rig.draft, CategoryId("01.01")))
        await until(lambda: bool(rig.rows.rows))
        first = rig.rows.rows[0].article_id
        rig.change(replace(rig.draft, quotes=(QuotedArticle(ArticleId(first), 1, ""),)))
        await until(lambda: first not in {one.article_id for one in rig.rows.rows})
        assert len(rig.rows.rows) >= 3
        rig.index.close()

    run_with_tasks(story)
