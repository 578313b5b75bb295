"""What a summary is about and whose it is, written before she has typed a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from agent_app.desk.summaries import SaveResult, Summaries
from agent_app.domain.customers import CallerCard, CardState, Customer, PastInteraction
from agent_app.domain.ids import ArticleId, CategoryId, CustomerId, InteractionId
from agent_app.domain.summary import (
    CategoryReason,
    CategorySource,
    SummaryDraft,
    SummaryField,
    set_category,
)
from agent_app.runtime.tasks import Tasks
from tests.desk.fakes import (
    FakeArticles,
    FakeKeeper,
    HandClock,
    a_call,
    a_candidate,
    a_customer,
    an_article,
    answered,
    ended,
    recorder,
)
from tests.desk.rigs import run_with_tasks, settle

I1 = InteractionId("i1")
EARLIER = datetime(2026, 2, 27, 9, 0, tzinfo=UTC)


class Rig:
    def __init__(self, tasks: Tasks, queues: dict[str, str] | None = None) -> None:
        self.queues = {name: CategoryId(key) for name, key in (queues or {}).items()}
        self.keeper = FakeKeeper()
        self.committed, commit = recorder()
        self.summaries = Summaries(
            keeper=self.keeper,
            commit=commit,
            article=FakeArticles(an_article()).article,
            queue_category=self.queues.get,
            clock=HandClock(),
            tasks=tasks,
        )
        self.results: list[SaveResult] = []
        self.summaries.finished.connect(self.results.append)

    @property
    def draft(self) -> SummaryDraft:
        draft = self.summaries.draft(I1)
        assert draft is not None
        return draft

    @property
    def category(self) -> tuple[str | None, CategorySource | None]:
        reason = self.draft.category_reason
        return self.draft.category_id, None if reason is None else reason.source

    def show(self, state: CardState, customer: Customer | None = None) -> None:
        people = (a_candidate("c1", "张伟"), a_candidate("c2", "李娜"))
        card = CallerCard(I1, state, "", "138", candidates=people, customer=customer)
        self.summaries.on_card(card)

    def write(self) -> None:
        self.summaries.set_category(I1, CategoryId("01"))
        self.summaries.set_text(I1, SummaryField.QUESTION, "问")
        self.summaries.set_text(I1, SummaryField.ANSWER, "答")


def who_called_about(customer_id: str, *categories: str | None) -> Customer:
    past = tuple(
        PastInteraction(
            interaction_id=InteractionId(f"p{place}"), started_at=EARLIER, agent_name="",
            queue="", category_id=None if one is None else CategoryId(one), category="",
            question="", answer="", talk_s=1, delivered=True,
        )
        for place, one in enumerate(categories)
    )  # fmt: skip
    return replace(a_customer(customer_id), history=past)


def test_the_queue_says_what_it_is_about_from_the_first_second() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks, {"发票专席": "05"})
        rig.summaries.on_call(a_call(queue="发票专席"))
        assert rig.draft.category_id == "05"
        assert rig.draft.category_reason == CategoryReason(CategorySource.QUEUE, "发票专席")
        rig.summaries.on_card(
            CallerCard(I1, CardState.KNOWN, "", "138", customer=who_called_about("c1", "07"))
        )
        assert rig.category == ("05", CategorySource.QUEUE)
        rig.summaries.quote(I1, ArticleId("K0001"))
        await settle()
        assert rig.category == (an_article().category_id, CategorySource.ARTICLE)

    run_with_tasks(story)


def test_without_a_word_of_the_queue_the_last_call_proposes() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.summaries.on_call(a_call())
        rig.show(CardState.KNOWN, who_called_about("c1", None, "07", "08"))
        assert rig.category == ("07", CategorySource.HISTORY)
        assert rig.draft.category_reason is not None
        assert rig.draft.category_reason.detail == EARLIER.astimezone().date().isoformat()
        rig.show(CardState.KNOWN, who_called_about("c2"))
        assert (rig.draft.customer_id, rig.category) == ("c2", (None, None))

    run_with_tasks(story)


def test_what_the_centre_says_later_is_written_too_but_not_over_hers() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.summaries.on_call(a_call(queue="发票专席"))
        assert rig.category == (None, None)
        rig.queues["发票专席"] = CategoryId("05")
        rig.summaries.on_rules()
        assert rig.category == ("05", CategorySource.QUEUE)
        rig.summaries.set_category(I1, CategoryId("09"))
        rig.queues["发票专席"] = CategoryId("06")
        rig.summaries.on_rules()
        rig.summaries.on_call(answered(a_call(queue="发票专席")))
        assert rig.draft == set_category(rig.draft, CategoryId("09"))

    run_with_tasks(story)


def test_a_guess_alone_keeps_no_draft_of_a_call_nobody_answered() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks, {"咨询": "01"})
        rig.summaries.on_call(a_call(queue="咨询"))
        rig.summaries.on_call(ended(a_call(queue="咨询")))
        await settle()
        assert rig.summaries.draft(I1) is None
        assert rig.keeper.written == []

    run_with_tasks(story)


def test_with_several_people_saving_asks_and_goes_on_when_she_has_said() -> None:
    async def story(tasks: Tasks) -> None:
        for customer_id in (CustomerId("c2"), None):
            rig = Rig(tasks)
            rig.summaries.on_call(answered(a_call()))
            rig.show(CardState.SEVERAL)
            rig.summaries.on_call(ended(answered(a_call())))
            rig.write()
            rig.summaries.save(I1)
            assert rig.results[-1].missing == (SummaryField.CUSTOMER,)
            if customer_id is None:
                rig.summaries.bind(I1, None)
                rig.show(CardState.SEVERAL)
            else:
                rig.show(CardState.KNOWN, a_customer("c2", "李娜"))
            await settle()
            assert rig.results[-1].saved
            [saved] = rig.committed
            assert saved.customer_id == customer_id
            assert saved.customer_name == ("" if customer_id is None else "李娜")

    run_with_tasks(story)


def test_whose_it_is_does_not_save_what_she_has_not_finished() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.summaries.on_call(ended(answered(a_call())))
        rig.summaries.on_call(answered(a_call()))
        rig.show(CardState.SEVERAL)
        rig.summaries.save(I1)
        assert rig.results[-1].missing[0] is SummaryField.CUSTOMER
        rig.show(CardState.KNOWN, a_customer("c2", "李娜"))
        rig.write()
        await settle()
        assert len(rig.results) == 1
        assert not rig.committed

    run_with_tasks(story)


def test_who_it_is_said_later_does_not_save_what_she_writes_on() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.summaries.on_call(answered(a_call()))
        rig.show(CardState.SEVERAL)
        rig.summaries.on_call(ended(answered(a_call())))
        rig.write()
        rig.summaries.save(I1)
        rig.summaries.set_text(I1, SummaryField.ANSWER, "答，还有")
        rig.show(CardState.KNOWN, a_customer("c2", "李娜"))
        await settle()
        assert rig.draft.customer_name == "李娜"
        assert not rig.committed

    run_with_tasks(story)


def test_a_parked_summary_is_saved_as_one_that_is_not() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.summaries.on_call(answered(a_call()))
        rig.summaries.on_call(ended(answered(a_call())))
        rig.write()
        rig.summaries.park(I1)
        assert [one.interaction_id for one in rig.summaries.parked_drafts] == [I1]
        rig.summaries.save(I1)
        await settle()
        assert not rig.draft.parked
        assert rig.summaries.parked_drafts == ()
        rig.summaries.park(I1)
        assert not rig.draft.parked

    run_with_tasks(story)
