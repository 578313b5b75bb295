"""A phone, its summaries, the page and the shift, with a clock that is set by hand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from agent_app.desk.focus import Focus
from agent_app.desk.phone import Phone
from agent_app.desk.shift import Shift
from agent_app.desk.summaries import Summaries
from agent_app.domain.agent_state import AgentState, AgentStatus
from agent_app.domain.centre_rules import WrapUpRule
from agent_app.domain.ids import CategoryId, InteractionId
from agent_app.domain.summary import SummaryField
from agent_app.runtime.tasks import Tasks
from sip import messages as m
from tests.desk.fakes import (
    FakeArticles,
    FakeEngine,
    FakeKeeper,
    HandClock,
    incoming,
    no_category,
    recorder,
)
from tests.desk.rigs import run_with_tasks


class Rig:
    def __init__(self, tasks: Tasks, *, practice: bool = False) -> None:
        self.clock = HandClock()
        self.rule = WrapUpRule(seconds=60)
        self.engine = FakeEngine()
        self.phone = Phone(
            extension="1001", dial_domain="x.example", normalise=str, clock=self.clock
        )
        self.phone.attach(self.engine)
        self.keeper = FakeKeeper()
        _, commit = recorder()
        self.summaries = Summaries(
            keeper=self.keeper,
            commit=commit,
            article=FakeArticles().article,
            queue_category=no_category,
            clock=self.clock,
            tasks=tasks,
        )
        self.phone.call_changed.connect(self.summaries.on_call)
        self.focus = Focus(phone=self.phone, summaries=self.summaries)
        self.shift = Shift(
            phone=self.phone,
            summaries=self.summaries,
            clock=self.clock,
            wrap_up=lambda: self.rule,
            practice=practice,
        )
        self.statuses: list[AgentStatus] = []
        self.shift.changed.connect(self.statuses.append)

    @property
    def state(self) -> AgentState:
        return self.shift.status.state

    def ring(self, line: str = "1-1") -> InteractionId:
        self.phone.handle(incoming(line))
        return self.phone.calls[-1].interaction_id

    def talk(self, line: str = "1-1") -> InteractionId:
        interaction_id = self.ring(line)
        self.phone.handle(m.CallAnswered(m.LineId(line), "PCMA"))
        return interaction_id

    def end(self, line: str = "1-1") -> None:
        self.phone.handle(m.CallEnded(m.LineId(line), 200, "OK", m.EndedBy.CALLER))

    def save(self, interaction_id: InteractionId) -> None:
        self.summaries.set_category(interaction_id, CategoryId("01"))
        self.summaries.set_text(interaction_id, SummaryField.QUESTION, "问")
        self.summaries.set_text(interaction_id, SummaryField.ANSWER, "答")
        self.summaries.save(interaction_id)


Story = Callable[[Rig], Awaitable[None]]


def play_story(story: Story) -> None:
    async def with_rig(tasks: Tasks) -> None:
        await story(Rig(tasks))

    run_with_tasks(with_rig)
