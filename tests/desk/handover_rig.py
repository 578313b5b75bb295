"""Desk B of a handover: the real desk over a centre in memory, its exchange played."""

from __future__ import annotations

from collections.abc import Callable

from agent_app.desk.cards import Cards
from agent_app.desk.handover import Handover, Travel
from agent_app.desk.handover_telling import Telling
from agent_app.desk.phone import Phone
from agent_app.desk.summaries import Summaries
from agent_app.domain.handover import HandoverCard
from agent_app.domain.ids import AgentId, CustomerId, InteractionId
from agent_app.domain.summary import SummaryDraft
from agent_app.runtime.tasks import Tasks
from sip import messages as m
from sync.legs import AgentLeg, Attachment, Leg, LegState
from tests.desk.fakes import (
    FakeArticles,
    FakeCallers,
    FakeEngine,
    FakeKeeper,
    HandClock,
    a_candidate,
    a_customer,
    incoming,
    no_category,
    recorder,
)
from tests.desk.fakes_live import FakeLive
from tests.desk.rigs import run_with_tasks, settle

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
            keeper=FakeKeeper(), commit=commit, article=FakeArticles().article,
            queue_category=no_category, clock=self.clock, tasks=tasks,
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


def story_with(story: Callable[[Rig], object], *, look_again_s: float = 0.0) -> None:
    async def tell(tasks: Tasks) -> None:
        rig = Rig(tasks, look_again_s=look_again_s)
        await story(rig)  # type: ignore[misc]
        for call in rig.phone.calls:
            rig.phone.handle(m.EngineLost(1, f"the end of {call.interaction_id}", None))
        await settle()
        assert not rig.handover._watched, "a watch outlived its call"

    run_with_tasks(tell)
