"""When the exchange names another caller, or a call comes back, nobody has the wrong card."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import replace

from agent_app.desk.cards import Cards
from agent_app.desk.summaries import SaveResult, Summaries
from agent_app.domain.agent_state import AgentState
from agent_app.domain.calls import Call, EndReason
from agent_app.domain.customers import CardState
from agent_app.domain.ids import CustomerId, InteractionId
from agent_app.domain.summary import SummaryDraft, SummaryField
from agent_app.runtime.tasks import Tasks
from agent_app.store.callers import NumberMatch
from sip import messages as m
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
    incoming,
    no_category,
    recorder,
)
from tests.desk.rigs import run_with_tasks, settle
from tests.desk.shift_rig import Rig as ShiftRig

I1 = InteractionId("i1")
ZHANG, LI = "+8613800138000", "+8613900139000"
COLLEAGUE = a_call(number="1002", normal="1002", name="陈静")
CALLER = a_call(number=LI, normal=LI, name="")


class SlowCallers(FakeCallers):
    """Answers about a number when its gate opens."""

    def __init__(self) -> None:
        super().__init__(
            by_number={ZHANG: (a_candidate("c1", "张伟"),), LI: (a_candidate("c2", "李娜"),)},
            customers={CustomerId("c1"): a_customer(), CustomerId("c2"): a_customer("c2", "李娜")},
        )
        self.gates: dict[str, asyncio.Event] = {}

    def find_by_number(self, normal: str, *, you: str = "") -> Awaitable[NumberMatch]:
        found = super().find_by_number(normal)
        gate = self.gates.get(normal)

        async def later() -> NumberMatch:
            if gate is not None:
                await gate.wait()
            return await found

        return later()


class Rig:
    def __init__(self, tasks: Tasks) -> None:
        _, commit = recorder()
        self.callers = SlowCallers()
        self.cards = Cards(callers=self.callers, region_of=str, tasks=tasks)
        self.summaries = Summaries(keeper=FakeKeeper(), commit=commit, clock=HandClock(),
                                   article=FakeArticles().article,
                                   queue_category=no_category, tasks=tasks)  # fmt: skip
        self.cards.changed.connect(self.summaries.on_card)

    async def hear(self, call: Call) -> None:
        """In the order that the desk is wired in."""
        self.summaries.on_call(call)
        self.cards.on_call(call)
        await settle()

    @property
    def customer(self) -> str:
        """Whom card and summary agree on."""
        card, draft = self.cards.card(I1), self.summaries.draft(I1)
        assert card is not None
        assert draft is not None
        name = "" if card.customer is None else card.customer.name
        assert draft.customer_name == name
        return name


def test_the_card_follows_the_caller_who_was_passed_on() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        await rig.hear(COLLEAGUE)
        assert rig.customer == ""
        await rig.hear(CALLER)
        assert rig.customer == "李娜"
        await rig.hear(a_call(number="99999999", normal="99999999"))
        assert rig.customer == ""

    run_with_tasks(story)


def test_a_late_answer_about_the_one_before_is_dropped() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.callers.gates[ZHANG] = asyncio.Event()
        await rig.hear(a_call())
        await rig.hear(CALLER)
        assert rig.customer == "李娜"
        rig.callers.gates[ZHANG].set()
        await settle()
        assert rig.customer == "李娜"

    run_with_tasks(story)


def test_whom_she_has_chosen_stays_whatever_number_is_named() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        await rig.hear(COLLEAGUE)
        rig.cards.choose(I1, CustomerId("c1"))
        await settle()
        await rig.hear(CALLER)
        card = rig.cards.card(I1)
        assert card is not None
        assert (rig.customer, card.number, card.state) == ("张伟", LI, CardState.KNOWN)

    run_with_tasks(story)


def test_a_restored_summary_keeps_its_person() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        draft = SummaryDraft(I1, ended(COLLEAGUE), customer_id=CustomerId("c1"))
        rig.cards.restore(draft)
        await settle()
        await rig.hear(CALLER)
        assert rig.customer == "张伟"

    run_with_tasks(story)


def test_a_call_that_comes_back_finds_the_words_that_wait() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        call = answered(a_call())
        await rig.hear(call)
        assert rig.summaries.unfinished("exchange-1") is None  # it is up
        rig.summaries.set_text(I1, SummaryField.QUESTION, "问")
        over = replace(ended(call), talked_s=30.0, end_reason=EndReason.TRANSFERRED)
        await rig.hear(over)
        assert rig.summaries.unfinished("exchange-1") == over
        assert rig.summaries.unfinished("exchange-2") is None
        await rig.hear(a_call(returned="busy", talked_s=30.0))
        await rig.hear(replace(ended(a_call(returned="busy", talked_s=30.0))))
        draft = rig.summaries.draft(I1)
        assert draft is not None
        assert draft.question == "问"

    run_with_tasks(story)


def test_a_call_that_was_answered_before_it_came_back_is_kept_untouched() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        await rig.hear(answered(a_call()))
        await rig.hear(replace(ended(answered(a_call())), talked_s=30.0))
        await rig.hear(a_call(talked_s=30.0))
        await rig.hear(ended(a_call(talked_s=30.0)))
        assert rig.summaries.draft(I1) is not None

    run_with_tasks(story)


def test_wrap_up_belongs_to_the_caller_not_to_the_colleague_she_asked(qapp: object) -> None:
    async def story(tasks: Tasks) -> None:
        rig = ShiftRig(tasks)
        rig.phone.handle(m.EngineReady(1, 1, "127.0.0.1", (), "test"))
        rig.phone.handle(incoming())
        rig.phone.handle(m.CallAnswered(m.LineId("1-9"), "PCMA"))
        caller = rig.phone.calls[0].interaction_id
        rig.phone.consult(caller, "1002", "陈静")
        rig.phone.handle(m.CallAnswered(m.LineId("1-1"), "PCMA"))
        rig.phone.handle(m.CallEnded(m.LineId("1-9"), 200, "", m.EndedBy.CALLER))
        assert rig.shift.status.state is AgentState.TALKING
        rig.phone.handle(m.CallEnded(m.LineId("1-1"), 200, "", m.EndedBy.CALLER))
        assert rig.shift.status.state is AgentState.WRAP_UP
        rig.summaries.finished.emit(SaveResult(caller, saved=True))
        assert rig.shift.status.state is AgentState.READY

    run_with_tasks(story)


def test_a_call_that_comes_back_takes_the_page_again_when_it_is_answered(qapp: object) -> None:
    async def story(tasks: Tasks) -> None:
        rig = ShiftRig(tasks)
        first = replace(a_call(), exchange_call_id="x")
        rig.phone.call_changed.emit(answered(first))
        rig.focus.select(None)
        rig.phone.call_changed.emit(first)
        rig.focus.select(None)
        rig.phone.call_changed.emit(answered(first))
        assert rig.focus.selected == first.interaction_id

    run_with_tasks(story)
