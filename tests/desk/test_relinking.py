"""A call is given to another person: summary and saved record go along, and it is said."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from agent_app.desk.cards import Cards
from agent_app.desk.relinking import MoveCause, PersonMoved, Relinking
from agent_app.desk.summaries import Summaries
from agent_app.domain.calls import Call
from agent_app.domain.customers import CardState, Customer, ReasonKind
from agent_app.domain.ids import AgentId, CategoryId, CustomerId, InteractionId
from agent_app.domain.summary import DraftState, SummaryDraft, SummaryField
from agent_app.runtime.tasks import Tasks
from tests.desk.fakes import (
    FakeArticles,
    FakeCallers,
    FakeKeeper,
    HandClock,
    a_call,
    a_candidate,
    a_customer,
    answered,
    ended,
    recorder,
)
from tests.desk.fakes_caller import FakeRecords
from tests.desk.rigs import run_with_tasks, settle

I1 = InteractionId("i1")
ZHANG, LI = CustomerId("c1"), CustomerId("c2")
NUMBER = "+8613800138000"


class Rig:
    """张伟 has the number; 李娜 is known otherwise."""

    def __init__(self, tasks: Tasks) -> None:
        self.committed, commit = recorder()
        self.callers = FakeCallers(
            by_number={NUMBER: (replace(a_candidate(ZHANG, "张伟"), number=NUMBER),)},
            customers={ZHANG: a_customer(ZHANG), LI: a_customer(LI, "李娜")},
        )
        self.records = FakeRecords()
        self.woken = 0
        self.cards = Cards(callers=self.callers, region_of=str, tasks=tasks)
        self.summaries = Summaries(keeper=FakeKeeper(), commit=commit, clock=HandClock(),
                                   article=FakeArticles().article,
                                   queue_category=lambda _: None, tasks=tasks)  # fmt: skip
        self.cards.changed.connect(self.summaries.on_card)
        self.relinking = Relinking(
            cards=self.cards, summaries=self.summaries, records=self.records,
            agent_id=AgentId("u-2"), wake=self._wake, tasks=tasks,
        )  # fmt: skip
        self.said: list[PersonMoved] = []
        self.relinking.moved.connect(self.said.append)

    def _wake(self) -> None:
        self.woken += 1

    async def hear(self, call: Call) -> None:
        self.summaries.on_call(call)
        self.cards.on_call(call)
        await settle()

    async def link(self, customer_id: CustomerId | None) -> None:
        self.relinking.link(I1, customer_id)
        await settle()

    async def save(self) -> None:
        """The call is over, its summary written and saved."""
        self.summaries.set_category(I1, CategoryId("01.01"))
        self.summaries.set_text(I1, SummaryField.QUESTION, "问")
        self.summaries.set_text(I1, SummaryField.ANSWER, "答")
        await self.hear(ended(answered(a_call())))
        self.summaries.save(I1)
        await settle()
        assert self.draft.state is DraftState.SAVED

    @property
    def draft(self) -> SummaryDraft:
        draft = self.summaries.draft(I1)
        assert draft is not None
        return draft

    @property
    def shown(self) -> Customer | None:
        card = self.cards.card(I1)
        assert card is not None
        return card.customer


def play(story: Callable[[Rig], Awaitable[None]]) -> None:
    async def with_rig(tasks: Tasks) -> None:
        rig = Rig(tasks)
        await rig.hear(answered(a_call()))
        await story(rig)

    run_with_tasks(with_rig)


def test_the_summary_moves_along_and_it_is_said() -> None:
    async def story(rig: Rig) -> None:
        assert rig.draft.customer_id == ZHANG
        await rig.link(LI)
        assert (rig.draft.customer_id, rig.draft.customer_name) == (LI, "李娜")
        [move] = rig.said
        assert (move.before, move.after) == (a_customer(ZHANG), a_customer(LI, "李娜"))
        assert (move.cause, move.saved, move.can_undo) == (MoveCause.YOU, False, True)
        assert rig.relinking.last(I1) == move
        assert rig.records.moves == []

    play(story)


def test_it_can_be_undone() -> None:
    async def story(rig: Rig) -> None:
        await rig.link(LI)
        rig.relinking.undo(I1)
        await settle()
        assert rig.draft.customer_id == ZHANG
        assert rig.shown == a_customer(ZHANG)
        assert [move.after and move.after.name for move in rig.said] == ["李娜", "张伟"]

    play(story)


def test_naming_a_caller_nobody_knew_needs_no_sentence() -> None:
    async def story(rig: Rig) -> None:
        rig.callers.by_number.clear()
        await rig.hear(answered(a_call("i2")))
        rig.relinking.link(InteractionId("i2"), LI)
        await settle()
        draft = rig.summaries.draft(InteractionId("i2"))
        assert draft is not None
        assert draft.customer_id == LI
        assert rig.said == []

    play(story)


def test_it_can_be_nobody_known_and_somebody_again() -> None:
    async def story(rig: Rig) -> None:
        await rig.link(None)
        assert rig.draft.customer_id is None
        assert rig.shown is None
        assert rig.said[-1].after is None
        rig.cards.refresh()
        await settle()
        assert rig.shown is None, "what she said stands when the copy changes"
        rig.relinking.undo(I1)
        await settle()
        assert rig.draft.customer_id == ZHANG

    play(story)


def test_a_saved_record_moves_along() -> None:
    async def story(rig: Rig) -> None:
        await rig.save()
        await rig.link(LI)
        [move] = rig.records.moves
        assert (move.interaction_id, move.customer_id, move.name) == (I1, LI, "李娜")
        assert move.author == "u-2"
        assert rig.said[-1].saved
        assert rig.woken == 1
        rig.relinking.undo(I1)
        await settle()
        assert rig.records.moves[-1].customer_id == ZHANG

    play(story)


def test_a_saved_record_of_nobody_can_be_given_to_somebody() -> None:
    async def story(rig: Rig) -> None:
        await rig.link(None)
        await rig.save()
        await rig.link(LI)
        assert [move.customer_id for move in rig.records.moves] == [LI]
        assert rig.said[-1].saved

    play(story)


def test_choosing_and_saving_at_once_leaves_nobody_behind() -> None:
    async def story(rig: Rig) -> None:
        gate = asyncio.Event()
        load = rig.callers.load

        async def slowly(customer_id: CustomerId, history_limit: int = 20) -> Customer | None:
            await gate.wait()
            return await load(customer_id)

        rig.callers.load = slowly  # type: ignore[method-assign]
        rig.relinking.link(I1, LI)
        await rig.save()
        assert rig.committed[-1].customer_id == ZHANG
        gate.set()
        await settle()
        assert [move.customer_id for move in rig.records.moves] == [LI]

    play(story)


def test_a_disk_that_refuses_moves_nothing_and_says_so() -> None:
    async def story(rig: Rig) -> None:
        await rig.save()
        rig.records.fault = "the disk is full"
        await rig.link(LI)
        [move] = rig.said
        assert (move.fault, move.can_undo) == ("the disk is full", False)
        assert rig.shown == a_customer(ZHANG), "the card says whose the record is"

    play(story)


def test_a_summary_the_disk_did_not_take_is_bound_as_a_draft() -> None:
    async def story(rig: Rig) -> None:
        await rig.save()
        rig.records.kept = False
        rig.summaries.reopen(replace(rig.draft, state=DraftState.SAVED))
        await rig.link(LI)
        assert not rig.said[-1].saved

    play(story)


def test_the_last_choice_counts_whichever_answer_comes_last() -> None:
    async def story(rig: Rig) -> None:
        gates = {LI: asyncio.Event(), CustomerId("c3"): asyncio.Event()}
        rig.callers.customers[CustomerId("c3")] = a_customer("c3", "王芳")
        load = rig.callers.load

        async def slowly(customer_id: CustomerId, history_limit: int = 20) -> Customer | None:
            if customer_id in gates:
                await gates[customer_id].wait()
            return await load(customer_id)

        rig.callers.load = slowly  # type: ignore[method-assign]
        rig.cards.refresh()  # 张伟 once more, on the way, too
        rig.relinking.link(I1, LI)
        rig.relinking.link(I1, CustomerId("c3"))
        gates[CustomerId("c3")].set()
        await settle()
        gates[LI].set()
        await settle()
        assert rig.draft.customer_id == "c3"
        assert rig.shown == a_customer("c3", "王芳")
        assert len(rig.said) == 1

    play(story)


def test_a_colleagues_word_is_said_as_his() -> None:
    async def story(rig: Rig) -> None:
        rig.cards.choose(I1, LI, ReasonKind.CHOSEN_BY_COLLEAGUE)
        await settle()
        assert rig.said[-1].cause is MoveCause.COLLEAGUE
        card = rig.cards.card(I1)
        assert card is not None
        assert [reason.kind for reason in card.reasons] == [ReasonKind.CHOSEN_BY_COLLEAGUE]

    play(story)


def test_another_number_named_by_the_exchange_is_said() -> None:
    async def story(rig: Rig) -> None:
        other = "+8613900139000"
        rig.callers.by_number[other] = (replace(a_candidate(LI, "李娜"), number=other),)
        await rig.hear(answered(a_call(number=other, normal=other)))
        assert rig.draft.customer_id == LI
        [move] = rig.said
        assert move.cause is MoveCause.OTHER_NUMBER
        rig.relinking.undo(I1)
        await settle()
        assert rig.draft.customer_id == ZHANG

    play(story)


def several(rig: Rig, number: str) -> None:
    """That number is a switchboard's: 张伟 and 李娜 sit behind it."""
    rig.callers.by_number[number] = (
        a_candidate(ZHANG, "张伟"), a_candidate(LI, "李娜"),
    )  # fmt: skip


def test_nobody_of_several_is_an_answer_and_the_asking_ends() -> None:
    async def story(rig: Rig) -> None:
        several(rig, NUMBER)
        await rig.hear(answered(a_call("i2")))
        second = InteractionId("i2")
        draft = rig.summaries.draft(second)
        assert draft is not None
        assert draft.asks_who
        rig.relinking.link(second, None)
        await settle()
        draft = rig.summaries.draft(second)
        assert draft is not None
        assert (draft.asks_who, draft.nobody) == (False, True)
        assert rig.said == [], "nobody was moved"

    play(story)


def test_a_save_that_only_asked_who_goes_on_when_it_is_nobody() -> None:
    async def story(rig: Rig) -> None:
        several(rig, NUMBER)
        second = InteractionId("i2")
        await rig.hear(answered(a_call("i2")))
        rig.summaries.set_category(second, CategoryId("01.01"))
        rig.summaries.set_text(second, SummaryField.QUESTION, "问")
        rig.summaries.set_text(second, SummaryField.ANSWER, "答")
        await rig.hear(ended(answered(a_call("i2"))))
        rig.summaries.save(second)
        rig.relinking.link(second, None)
        await settle()
        assert [draft.interaction_id for draft in rig.committed] == [second]

    play(story)


def test_another_number_with_several_people_asks_who_it_is() -> None:
    async def story(rig: Rig) -> None:
        other = "+8657188886666"
        several(rig, other)
        await rig.hear(answered(a_call(number=other, normal=other)))
        assert (rig.draft.customer_id, rig.draft.nobody) == (None, False)
        assert rig.draft.asks_who, "nobody has said that it is nobody"

    play(story)


@pytest.mark.parametrize("merged", [True, False])
def test_a_customer_merged_or_gone_at_the_centre_is_said_and_not_undone(merged: bool) -> None:
    async def story(rig: Rig) -> None:
        rig.callers.customers.pop(ZHANG)
        rig.callers.by_number.clear()
        if merged:
            kept = a_customer(LI, "李娜", was=frozenset({ZHANG}))
            rig.callers.customers[ZHANG] = kept
        rig.cards.refresh()
        await settle()
        [move] = rig.said
        assert move.cause is (MoveCause.MERGED if merged else MoveCause.GONE)
        assert not move.can_undo
        assert rig.draft.customer_id == (LI if merged else None)
        rig.relinking.undo(I1)
        await settle()
        assert len(rig.said) == 1

    play(story)


def test_a_merge_after_saving_is_the_centres_own_affair() -> None:
    async def story(rig: Rig) -> None:
        await rig.save()
        rig.callers.customers[ZHANG] = a_customer(LI, "李娜", was=frozenset({ZHANG}))
        rig.cards.refresh()
        await settle()
        assert (rig.records.moves, rig.said) == ([], [])

    play(story)


def test_what_was_read_is_put_away_and_a_forgotten_card_leaves_nothing() -> None:
    async def story(rig: Rig) -> None:
        await rig.link(LI)
        rig.relinking.dismiss(I1)
        assert rig.relinking.last(I1) is None
        await rig.link(ZHANG)
        rig.cards.keep_only(())
        await rig.hear(answered(a_call("i2")))
        assert rig.relinking.last(I1) is None
        rig.relinking.undo(I1)

    play(story)


def test_a_card_of_a_withheld_number_becomes_nameless_again() -> None:
    async def story(rig: Rig) -> None:
        i3 = InteractionId("i3")
        await rig.hear(answered(a_call("i3", anonymous=True, number="", normal="")))
        rig.relinking.link(i3, LI)
        await settle()
        rig.relinking.link(i3, None)
        await settle()
        card = rig.cards.card(i3)
        assert card is not None
        assert card.state is CardState.WITHHELD

    play(story)
