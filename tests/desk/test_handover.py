"""What came with a call: taken in before the answer, while it grows, and with the server away."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from agent_app.desk.cards import Cards
from agent_app.desk.handover import Handover, Travel
from agent_app.desk.handover_telling import Telling
from agent_app.desk.phone import Phone
from agent_app.desk.summaries import Summaries
from agent_app.domain.customers import CardState
from agent_app.domain.handover import HandoverCard
from agent_app.domain.ids import AgentId, CategoryId, CustomerId, InteractionId
from agent_app.domain.link import LinkStatus, ServerState
from agent_app.domain.summary import SummaryDraft, SummaryField
from agent_app.runtime.tasks import Tasks
from agent_app.store.callers import NumberMatch
from sip import messages as m
from sync.legs import AgentLeg, Attachment, Leg, LegState, Quote
from sync.status import Cause, Phase, SyncStatus
from tests.desk.fakes import (
    FakeArticles,
    FakeCallers,
    FakeEngine,
    FakeKeeper,
    HandClock,
    a_call,
    a_candidate,
    a_customer,
    ended,
    incoming,
    recorder,
)
from tests.desk.fakes_live import FakeLive
from tests.desk.rigs import run_with_tasks, settle
from tests.sync.waiting import until

pytestmark = pytest.mark.usefixtures("qapp")

NUMBER = "13800138000"
ME = AgentId("agent-1002")


class Rig:
    """Desk B; the phone's events are played, the centre is in memory."""

    def __init__(self, tasks: Tasks, *, look_again_s: float = 0.0) -> None:
        self.clock, self.live, self.engine = HandClock(), FakeLive(), FakeEngine()
        self.phone = Phone(
            extension="1002", dial_domain="pbx", normalise=lambda raw: raw, clock=self.clock
        )
        self.phone.attach(self.engine)
        self.phone.handle(m.EngineReady(1, 1, "127.0.0.1", (("udp", 5060),), "test"))
        _, commit = recorder()
        self.summaries = Summaries(
            keeper=FakeKeeper(), commit=commit, article=FakeArticles().article, clock=self.clock,
            tasks=tasks,
        )  # fmt: skip
        self.callers = FakeCallers(
            by_number={NUMBER: (a_candidate("c1", "张伟"),)},
            customers={CustomerId(c): a_customer(c, n) for c, n in (("c1", "张伟"), ("c2", "李娜"),
                                                                    ("c3", "王芳"))},
        )  # fmt: skip
        self.cards = Cards(callers=self.callers, region_of=lambda _: "", tasks=tasks)
        self.telling = Telling(
            told=self.live, phone=self.phone, summaries=self.summaries, cards=self.cards,
            clock=self.clock,
        )  # fmt: skip
        self.handover = Handover(
            agent_id=ME, legs=self.live, telling=self.telling, phone=self.phone,
            summaries=self.summaries, cards=self.cards, tasks=tasks, look_again_s=look_again_s,
        )  # fmt: skip
        self.phone.call_changed.connect(self.summaries.on_call)
        self.phone.call_changed.connect(self.cards.on_call)
        self.cards.changed.connect(self.summaries.on_card)
        self.arrived: list[HandoverCard] = []
        self.travels: list[Travel] = []
        self.handover.arrived.connect(self.arrived.append)
        self.handover.travel_changed.connect(self.travels.append)

    def ring(self, line: str = "1-9", **changes: object) -> InteractionId:
        self.phone.handle(incoming(line, **changes))
        return self.phone.calls[-1].interaction_id

    def answered(self) -> None:
        self.phone.handle(m.CallAnswered(m.LineId("1-9"), "PCMA"))

    def ended(self, line: str = "1-9") -> None:
        self.phone.handle(m.CallEnded(m.LineId(line), 200, "OK", m.EndedBy.CALLER))

    def draft(self, interaction_id: InteractionId) -> SummaryDraft:
        found = self.summaries.draft(interaction_id)
        assert found is not None
        return found


def from_colleague(
    state: LegState = LegState.ENDED, agent: str = "agent-1001", **attached: object
) -> AgentLeg:
    leg = Leg(
        interaction_id=f"of-{agent}", call_id="exchange-1", state=state, direction="incoming",
        name="张伟", number=NUMBER, queue="咨询", menu_path="2-1", dialled="12366", waited_s=1,
        started_at="2026-11-22T01:00:00Z", attachment=Attachment(**attached),  # type: ignore[arg-type]
    )  # fmt: skip
    return AgentLeg(agent, "陈静", agent[-4:], leg)


def own(rig: Rig, interaction_id: InteractionId) -> AgentLeg:
    """Her leg as the centre gives it back."""
    told = [leg for leg in rig.live.told if leg.interaction_id == interaction_id]
    return AgentLeg(ME, "我", "1002", told[-1])


def story_with(story: Callable[[Rig], object]) -> None:
    async def tell(tasks: Tasks) -> None:
        rig = Rig(tasks)
        await story(rig)  # type: ignore[misc]
        for call in rig.phone.calls:
            rig.phone.handle(m.EngineLost(1, f"the end of {call.interaction_id}", None))
        await settle()
        assert not rig.handover._watched, "a watch outlived its call"

    run_with_tasks(tell)


def test_what_the_first_desk_wrote_is_there_while_it_rings() -> None:
    async def story(rig: Rig) -> None:
        quote = Quote("K1", 2, "子女教育")
        rig.live.others = (
            from_colleague(question="问", answer="答", category_id="01.02", quotes=(quote,)),
        )
        call = rig.ring()
        await settle()
        [card] = rig.arrived
        assert (card.from_agent_name, card.from_extension) == ("陈静", "1001")
        assert (card.interaction_id, card.final, card.beside) == (call, True, frozenset())
        assert (rig.draft(call).question, rig.draft(call).answer) == ("问", "答")
        assert rig.draft(call).quotes[0].article_id == "K1"
        assert rig.handover.card(call) == card

    story_with(story)


def test_a_call_nobody_had_before_brings_nothing() -> None:
    async def story(rig: Rig) -> None:
        rig.live.others = (from_colleague(), from_colleague(agent="agent-1003"))
        call = rig.ring()
        await settle()
        rig.answered()
        await settle()
        rig.phone.handle(m.CallMuted(m.LineId("1-9"), muted=True))
        await settle()
        assert (rig.arrived, rig.handover.card(call)) == ([], None)
        assert len(rig.live.asked) == 2, "asked when it rang and when it was answered, no more"

    story_with(story)


def test_what_came_with_an_unanswered_call_leaves_no_summary_behind() -> None:
    async def story(rig: Rig) -> None:
        rig.live.others = (from_colleague(question="问", quotes=(Quote("K1", 1, ""),)),)
        call = rig.ring()
        await settle()
        assert rig.draft(call).question == "问"
        rig.ended()
        assert rig.summaries.draft(call) is None

    story_with(story)


def test_words_typed_during_the_consultation_follow() -> None:
    async def story(rig: Rig) -> None:
        rig.live.others = (from_colleague(LegState.HELD, question="问"),)
        call = rig.ring()
        await settle()
        rig.live.others = (from_colleague(LegState.HELD, question="问得更多"),)
        await until(lambda: rig.draft(call).question == "问得更多")
        assert not rig.arrived[-1].final
        rig.live.others = (from_colleague(question="问得最多"),)
        await until(lambda: rig.arrived[-1].final)
        assert rig.draft(call).question == "问得最多"
        asked = len(rig.live.asked)
        await settle()
        assert len(rig.live.asked) == asked, "nothing more is to be expected"

    story_with(story)


def test_a_colleague_who_has_written_nothing_yet_may_still() -> None:
    async def story(rig: Rig) -> None:
        rig.live.others = (from_colleague(LegState.TALKING),)
        call = rig.ring()
        await settle()
        assert rig.arrived == []
        rig.live.others = (from_colleague(LegState.TALKING, question="问"),)
        await until(lambda: rig.draft(call).question == "问")

    story_with(story)


def test_what_was_written_while_it_rang_is_fetched_at_the_answer() -> None:
    async def story(rig: Rig) -> None:
        call = rig.ring()
        await settle()
        rig.live.others = (from_colleague(answer="事后补写"),)
        rig.answered()
        await settle()
        assert rig.draft(call).answer == "事后补写"

    story_with(story)


def test_her_own_words_are_kept_and_what_came_is_beside() -> None:
    async def story(rig: Rig) -> None:
        rig.live.gate.clear()
        call = rig.ring()
        rig.summaries.set_text(call, SummaryField.QUESTION, "我先写")
        rig.live.others = (from_colleague(question="问", answer="答"),)
        rig.live.gate.set()
        await settle()
        assert (rig.draft(call).question, rig.draft(call).answer) == ("我先写", "答")
        assert rig.arrived[-1].beside == {SummaryField.QUESTION}

    story_with(story)


def test_only_colleagues_who_had_the_call_before_her_count() -> None:
    async def story(rig: Rig) -> None:
        call = rig.ring()
        await settle()
        later = from_colleague(LegState.TALKING, agent="agent-1003", answer="我问的专家写的")
        mine = own(rig, call)
        before = replace(mine.leg, interaction_id="i0", attachment=Attachment(question="我的"))
        earlier_mine = replace(mine, leg=before)
        rig.live.others = (later, mine, earlier_mine)
        rig.answered()
        await settle()
        assert rig.arrived == []

    story_with(story)


def test_a_colleague_who_calls_her_himself_keeps_his_words() -> None:
    async def story(rig: Rig) -> None:
        his = from_colleague(LegState.TALKING, question="问同事的事")
        calling = replace(his, leg=replace(his.leg, direction="outgoing", number="1002"))
        passed_on = replace(his, leg=replace(calling.leg, number="1003"))
        rig.live.others = (calling,)
        rig.ring()
        await settle()
        assert rig.arrived == []
        rig.live.others = (passed_on,)
        rig.answered()
        await until(lambda: bool(rig.arrived))

    story_with(story)


def test_the_last_colleague_who_attached_anything_is_the_one() -> None:
    async def story(rig: Rig) -> None:
        rig.live.others = (
            from_colleague(agent="agent-1003"),
            from_colleague(agent="agent-1004", question="第二手"),
            from_colleague(question="第一手"),
        )
        rig.ring()
        await settle()
        assert rig.arrived[-1].from_extension == "1004"

    story_with(story)


def test_a_picked_up_call_brings_its_card_too() -> None:
    async def story(rig: Rig) -> None:
        rig.live.others = (from_colleague(LegState.RINGING, customer_id="c2"),)
        call = rig.ring(anonymous=True, number="")
        await settle()
        card = rig.cards.card(call)
        assert card is not None
        assert card.customer is not None
        assert (card.state, card.customer.name) == (CardState.KNOWN, "李娜")
        assert rig.draft(call).customer_name == "李娜"

    story_with(story)


def test_what_was_written_in_the_moment_of_the_pick_up_comes_too() -> None:
    async def story(rig: Rig) -> None:
        rig.live.others = (from_colleague(LegState.RINGING),)
        call = rig.ring()
        rig.answered()
        await settle()
        assert rig.arrived == []
        rig.live.others = (from_colleague(question="问"),)
        await until(lambda: rig.draft(call).question == "问")

    story_with(story)


def test_the_person_the_colleague_chose_wins_over_the_look_up() -> None:
    async def story(rig: Rig) -> None:
        rig.live.others = (from_colleague(customer_id="c2", customer_name="李娜"),)
        rig.live.gate.clear()
        call = rig.ring()
        await settle()
        assert rig.draft(call).customer_id == "c1"
        rig.live.gate.set()
        await settle()
        assert rig.draft(call).customer_id == "c2"

    story_with(story)


def test_a_look_up_slower_than_the_server_does_not_undo_the_colleagues_choice() -> None:
    async def story(rig: Rig) -> None:
        looked_up = asyncio.Event()
        find = rig.callers.find_by_number

        async def slowly(normal: str) -> NumberMatch:
            await looked_up.wait()
            return await find(normal)

        rig.callers.find_by_number = slowly  # type: ignore[method-assign]
        rig.live.others = (from_colleague(customer_id="c2", customer_name="李娜"),)
        call = rig.ring()
        await settle()
        assert rig.arrived
        looked_up.set()
        await settle()
        assert rig.draft(call).customer_id == "c2"

    story_with(story)


def test_the_same_person_is_not_chosen_again() -> None:
    async def story(rig: Rig) -> None:
        rig.live.others = (from_colleague(customer_id="c1"),)
        call = rig.ring()
        await settle()
        card = rig.cards.card(call)
        assert card is not None
        assert len(card.candidates) == 1
        assert rig.draft(call).customer_id == "c1"

    story_with(story)


def test_her_choice_among_several_stands() -> None:
    async def story(rig: Rig) -> None:
        rig.callers.by_number[NUMBER] = (a_candidate("c1", "张伟"), a_candidate("c3", "王芳"))
        rig.live.gate.clear()
        call = rig.ring()
        await settle()
        rig.cards.choose(call, CustomerId("c3"))
        await settle()
        rig.live.others = (from_colleague(LegState.TALKING, customer_id="c2"),)
        rig.live.gate.set()
        await settle()
        assert rig.draft(call).customer_id == "c3"

    story_with(story)


def test_a_change_of_the_colleagues_mind_follows_until_she_chooses() -> None:
    async def story(rig: Rig) -> None:
        rig.callers.by_number[NUMBER] = (a_candidate("c1", "张伟"), a_candidate("c3", "王芳"))
        rig.live.others = (from_colleague(LegState.TALKING, customer_id="c2"),)
        call = rig.ring()
        await until(lambda: rig.draft(call).customer_id == "c2")
        rig.live.others = (from_colleague(LegState.TALKING, customer_id="c1"),)
        await until(lambda: rig.draft(call).customer_id == "c1")
        rig.cards.choose(call, CustomerId("c3"))
        await until(lambda: rig.draft(call).customer_id == "c3")
        rig.live.others = (from_colleague(customer_id="c2"),)
        await until(lambda: rig.arrived[-1].final)
        await settle()
        assert rig.draft(call).customer_id == "c3"

    story_with(story)


def test_a_card_that_is_no_longer_shown_is_not_chosen_for() -> None:
    async def story(rig: Rig) -> None:
        rig.live.gate.clear()
        call = rig.ring()
        await settle()
        rig.cards.forget(call)
        rig.live.others = (from_colleague(customer_id="c2"),)
        rig.live.gate.set()
        await settle()
        assert (rig.cards.card(call), len(rig.arrived)) == (None, 1)

    story_with(story)


def test_with_the_server_away_it_is_asked_again_until_it_is_back() -> None:
    async def story(rig: Rig) -> None:
        rig.live.go(away=True)
        call = rig.ring()
        await until(lambda: len(rig.live.asked) > 3)
        assert rig.arrived == []
        rig.live.others = (from_colleague(question="问"),)
        rig.live.go(away=False)
        await until(lambda: rig.draft(call).question == "问")

    story_with(story)


def test_whether_cards_travel_is_said_once_per_change() -> None:
    async def story(rig: Rig) -> None:
        assert rig.handover.travel == Travel()
        rig.handover.on_server(SyncStatus(Phase.ONLINE))
        away = SyncStatus(Phase.OFFLINE, Cause.UNREACHABLE, "nobody answers")
        rig.handover.on_server(away)
        rig.handover.on_server(away)
        assert rig.handover.travel == Travel(possible=False, detail="nobody answers")
        rig.handover.on_server(SyncStatus(Phase.ONLINE))
        assert [travel.possible for travel in rig.travels] == [False, True]

    story_with(story)


def test_a_server_that_is_back_gets_what_waits_at_once() -> None:
    async def story(rig: Rig) -> None:
        for state in (ServerState.OFFLINE, ServerState.ONLINE, ServerState.ONLINE,
                      ServerState.OFFLINE, ServerState.ONLINE):  # fmt: skip
            rig.handover.on_link(LinkStatus(state))
        assert rig.live.woken == 2

    story_with(story)


def test_a_saved_summary_is_not_touched() -> None:
    async def story(rig: Rig) -> None:
        rig.live.gate.clear()
        call = rig.ring()
        rig.answered()
        for field in (SummaryField.QUESTION, SummaryField.ANSWER):
            rig.summaries.set_text(call, field, "我的")
        saved = replace(rig.draft(call), category_id=CategoryId("01"))
        rig.summaries._drafts[call] = replace(saved, state=type(saved.state).SAVED)
        rig.live.others = (from_colleague(follow_up="回访", customer_id="c2"),)
        rig.live.gate.set()
        await settle()
        assert rig.arrived[-1].attachment.follow_up == "回访"
        assert rig.draft(call).follow_up == ""

    story_with(story)


def test_cards_of_long_past_calls_are_forgotten() -> None:
    async def story(rig: Rig) -> None:
        calls = []
        for number in range(66):
            rig.live.others = (from_colleague(question="问"),)
            calls.append(rig.ring(line=f"1-{number}"))
            await settle()
            rig.ended(f"1-{number}")
        assert [rig.handover.card(call) is None for call in calls] == [True] * 2 + [False] * 64

    story_with(story)


def test_a_transfer_may_wait_for_the_card() -> None:
    async def story(rig: Rig) -> None:
        call = rig.ring()
        rig.summaries.set_text(call, SummaryField.QUESTION, "问")
        assert await rig.handover.flush(call)
        assert rig.live.told[-1].attachment.question == "问"
        rig.live.go(away=True)
        assert not await rig.handover.flush(call)
        await rig.handover.close()
        assert rig.live.flushed == [call, call, None]

    story_with(story)


def test_nothing_is_asked_for_a_call_that_is_over_or_that_only_asks_a_colleague() -> None:
    async def story(rig: Rig) -> None:
        rig.phone.call_changed.emit(ended(a_call("i7")))
        rig.phone.call_changed.emit(a_call("i8", consults_for=InteractionId("i7")))
        rig.phone.call_changed.emit(a_call("i9", exchange_call_id=""))
        await settle()
        assert rig.live.asked == []

    story_with(story)
