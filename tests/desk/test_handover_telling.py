"""What the centre is told of this seat's calls: which, when, with what attached."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from agent_app.desk.cards import Cards
from agent_app.desk.handover_telling import KEPT, Telling
from agent_app.desk.phone import Phone
from agent_app.desk.summaries import Summaries
from agent_app.domain.ids import ArticleId, CategoryId, CustomerId, InteractionId
from agent_app.domain.summary import SummaryDraft, SummaryField
from agent_app.runtime.tasks import Tasks
from sip import messages as m
from sync.legs import Attachment, LegState, Quote
from tests.desk.fakes import (
    FakeArticles,
    FakeCallers,
    FakeEngine,
    FakeKeeper,
    HandClock,
    a_call,
    a_candidate,
    a_customer,
    an_article,
    ended,
    incoming,
    no_category,
    recorder,
)
from tests.desk.fakes_live import FakeLive, NoTasks
from tests.desk.rigs import run_with_tasks, settle

pytestmark = pytest.mark.usefixtures("qapp")

NUMBER = "13800138000"
LINE = m.LineId("1-9")


class Rig:
    def __init__(self, tasks: Tasks) -> None:
        self.clock, self.live = HandClock(), FakeLive()
        self.phone = Phone(
            extension="1001", dial_domain="pbx", normalise=lambda raw: raw, clock=self.clock
        )
        self.phone.attach(FakeEngine())
        articles = FakeArticles(an_article("K1", answer="按月预扣"))
        _, commit = recorder()
        self.keeper = FakeKeeper()
        self.summaries = Summaries(
            keeper=self.keeper, commit=commit, article=articles.article,
            queue_category=no_category, clock=self.clock, tasks=tasks,
        )  # fmt: skip
        self.callers = FakeCallers(
            by_number={NUMBER: (a_candidate("c1", "张伟"),)},
            customers={CustomerId("c1"): a_customer(), CustomerId("c2"): a_customer("c2", "李娜")},
        )
        self.cards = Cards(callers=self.callers, region_of=lambda _: "", tasks=tasks)
        self.telling = Telling(
            told=self.live, phone=self.phone, summaries=self.summaries, cards=self.cards,
            clock=self.clock,
        )  # fmt: skip
        self.phone.call_changed.connect(self.summaries.on_call)
        self.phone.call_changed.connect(self.cards.on_call)
        self.cards.changed.connect(self.summaries.on_card)

    def ring(self, line: str = "1-9", **changes: object) -> InteractionId:
        self.phone.handle(incoming(line, **changes))
        return self.phone.calls[-1].interaction_id

    @property
    def states(self) -> list[LegState]:
        return [leg.state for leg in self.live.told]

    @property
    def attached(self) -> Attachment:
        return self.live.told[-1].attachment


def test_every_move_of_a_call_is_told_at_once() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        call = rig.ring()
        rig.phone.handle(m.CallAnswered(LINE, "PCMA"))
        rig.phone.handle(m.CallHeld(LINE, by_agent=True, by_caller=False))
        rig.phone.handle(m.CallMuted(LINE, muted=True))
        rig.phone.handle(m.CallEnded(LINE, 200, "OK", m.EndedBy.CALLER))
        assert rig.states == ["ringing", "talking", "held", "ended"]
        leg = rig.live.told[0]
        assert (leg.interaction_id, leg.call_id, leg.number) == (call, "exchange-1", NUMBER)
        assert (leg.queue, leg.menu_path, leg.dialled, leg.waited_s) == ("咨询", "2-1", "12366", 42)
        assert (leg.direction, leg.started_at) == ("incoming", "2026-11-20T01:00:00.000Z")

    run_with_tasks(story)


def test_what_she_writes_is_attached_when_it_is_wanted() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        call = rig.ring()
        rig.phone.handle(m.CallAnswered(LINE, "PCMA"))
        await settle()
        rig.summaries.quote(call, ArticleId("K1"))
        await settle()
        rig.summaries.set_category(call, CategoryId("01.03"))
        rig.summaries.set_text(call, SummaryField.QUESTION, "问")
        rig.summaries.set_text(call, SummaryField.FOLLOW_UP, "回访")
        assert await rig.telling.flush(call)
        article = an_article("K1")
        assert rig.attached == Attachment(
            "c1",
            "张伟",
            "01.03",
            "问",
            "按月预扣",
            "",
            "回访",
            (Quote("K1", article.version, article.title),),
        )
        assert rig.live.flushed == [call]
        count = len(rig.live.told)
        assert await rig.telling.flush(call)
        assert len(rig.live.told) == count, "the same is not told twice"

    run_with_tasks(story)


def test_typing_is_told_by_itself_after_a_moment(qtbot: QtBot) -> None:
    rig = Rig(NoTasks())
    draft = SummaryDraft(InteractionId("i1"), a_call())
    rig.summaries._drafts[draft.interaction_id] = draft
    rig.summaries.typed.emit(draft)
    rig.summaries._drafts[draft.interaction_id] = replace(draft, question="问")
    rig.summaries.typed.emit(rig.summaries._drafts[draft.interaction_id])
    assert rig.live.told == []
    qtbot.waitUntil(lambda: len(rig.live.told) == 1)
    assert rig.attached.question == "问"


def test_the_person_travels_once_the_call_was_answered() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        call = rig.ring()
        await settle()
        await rig.telling.flush(call)
        assert rig.attached.customer_id is None, "every desk finds this one by itself"
        rig.phone.handle(m.CallAnswered(LINE, "PCMA"))
        assert (rig.attached.customer_id, rig.attached.customer_name) == ("c1", "张伟")

    run_with_tasks(story)


def test_a_person_chosen_among_several_travels_while_it_rings() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.callers.by_number[NUMBER] = (a_candidate("c1", "张伟"), a_candidate("c2", "李娜"))
        call = rig.ring()
        await settle()
        await rig.telling.flush(call)
        assert rig.attached == Attachment()
        rig.cards.choose(call, CustomerId("c2"))
        await settle()
        await rig.telling.flush(call)
        assert rig.attached.customer_id == "c2"

    run_with_tasks(story)


def test_a_call_without_a_name_of_the_exchange_cannot_travel() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        call = rig.ring(call_id="")
        assert not await rig.telling.flush(call)
        assert not await rig.telling.flush(InteractionId("unknown"))
        assert (rig.live.told, rig.live.flushed) == ([], [])

    run_with_tasks(story)


def test_a_consultation_is_not_told_as_a_call_of_its_own() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.phone.call_changed.emit(a_call(consults_for=InteractionId("i0")))
        assert rig.live.told == []

    run_with_tasks(story)


def test_a_call_she_makes_can_be_passed_on_with_its_card() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        engine = FakeEngine()
        rig.phone.attach(engine)
        rig.phone.handle(m.EngineReady(1, 1, "127.0.0.1", (("udp", 5060),), "test"))
        rig.phone.dial("13800138000")
        rig.phone.dial("13900139000")
        names = [leg.call_id for leg in rig.live.told if leg.state is LegState.DIALLING]
        headers = [c.headers for c in engine.sent if isinstance(c, m.MakeCall)]
        assert headers == [((m.HeaderNames().call_id, name),) for name in names]
        assert len(set(names)) == 2

    run_with_tasks(story)


def test_a_server_that_does_not_take_it_in_time_is_said() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        call = rig.ring()
        rig.live.go(away=True)
        assert not await rig.telling.flush(call)

    run_with_tasks(story)


def test_what_a_killed_desk_left_behind_is_told_to_have_ended() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        fresh, old = a_call("i1"), a_call("i2")
        old = replace(old, started_at=old.started_at - timedelta(days=1, seconds=1))
        rig.keeper.stored = (SummaryDraft(InteractionId("i1"), replace(fresh, answered_at=None)),
                             SummaryDraft(InteractionId("i2"), old))  # fmt: skip
        await rig.summaries.restore()
        await rig.telling.close()
        assert [(leg.interaction_id, leg.state) for leg in rig.live.told] == [("i1", "ended")]
        assert rig.live.flushed == [None]

    run_with_tasks(story)


def test_a_server_that_is_back_is_told_what_waits() -> None:
    rig = Rig(NoTasks())
    rig.telling.again()
    assert rig.live.woken == 1


def test_calls_long_past_are_forgotten_and_live_ones_are_not() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        live = a_call("live")
        rig.phone.call_changed.emit(live)
        for number in range(KEPT + 5):
            rig.phone.call_changed.emit(ended(a_call(f"i{number}")))
        assert len(rig.telling._calls) == KEPT + 1
        assert set(rig.telling._calls) == set(rig.telling._last)
        assert live.interaction_id in rig.telling._calls

    run_with_tasks(story)
