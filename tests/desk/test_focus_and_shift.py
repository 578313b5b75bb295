"""What the page shows and what the agent is doing, through whole calls."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from agent_app.desk.focus import Focus
from agent_app.desk.phone import Phone
from agent_app.desk.shift import Shift
from agent_app.desk.summaries import Summaries
from agent_app.domain.agent_state import AgentState, AgentStatus
from agent_app.domain.ids import CategoryId, InteractionId
from agent_app.domain.summary import SummaryDraft, SummaryField
from agent_app.runtime.tasks import Tasks
from sip import messages as m
from tests.desk.fakes import (
    FakeArticles,
    FakeEngine,
    FakeKeeper,
    HandClock,
    a_call,
    answered,
    ended,
    incoming,
    recorder,
)
from tests.desk.rigs import run_with_tasks, settle


class Rig:
    def __init__(self, tasks: Tasks, *, practice: bool = False) -> None:
        self.clock = HandClock()
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
            clock=self.clock,
            tasks=tasks,
        )
        self.phone.call_changed.connect(self.summaries.on_call)
        self.focus = Focus(phone=self.phone, summaries=self.summaries)
        self.shift = Shift(
            phone=self.phone,
            summaries=self.summaries,
            clock=self.clock,
            wrap_up_s=60,
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


@pytest.fixture
def play(qapp: object) -> Callable[[Story], None]:
    def run(story: Story) -> None:
        async def with_rig(tasks: Tasks) -> None:
            await story(Rig(tasks))

        run_with_tasks(with_rig)

    return run


def test_an_idle_page_shows_who_rings(play: Callable[[Story], None]) -> None:
    async def story(rig: Rig) -> None:
        first = rig.ring()
        assert rig.focus.selected == first
        assert rig.focus.tabs == (first,)

    play(story)


def test_a_second_ring_does_not_take_the_page(play: Callable[[Story], None]) -> None:
    async def story(rig: Rig) -> None:
        first = rig.talk("1-1")
        second = rig.ring("1-2")
        assert rig.focus.selected == first
        assert rig.focus.tabs == (first, second)
        rig.phone.handle(m.CallAnswered(m.LineId("1-2"), "PCMA"))
        assert rig.focus.selected == second

    play(story)


def test_a_resumed_call_does_not_move_the_page(play: Callable[[Story], None]) -> None:
    async def story(rig: Rig) -> None:
        rig.talk("1-1")
        second = rig.talk("1-2")
        rig.phone.handle(m.CallHeld(m.LineId("1-1"), by_agent=True, by_caller=False))
        rig.phone.handle(m.CallHeld(m.LineId("1-1"), by_agent=False, by_caller=False))
        assert rig.focus.selected == second

    play(story)


def test_an_unfinished_summary_keeps_the_page_while_the_next_one_rings(
    play: Callable[[Story], None],
) -> None:
    async def story(rig: Rig) -> None:
        first = rig.talk("1-1")
        rig.end("1-1")
        second = rig.ring("1-2")
        assert rig.focus.selected == first
        assert rig.focus.tabs == (first, second)

    play(story)


def test_a_saved_summary_makes_room_for_the_next_ring(play: Callable[[Story], None]) -> None:
    async def story(rig: Rig) -> None:
        first = rig.talk("1-1")
        rig.end("1-1")
        rig.save(first)
        await settle()
        assert rig.focus.selected == first
        second = rig.ring("1-2")
        assert rig.focus.selected == second
        assert rig.focus.tabs == (second,)

    play(story)


def test_a_missed_call_leaves_the_page(play: Callable[[Story], None]) -> None:
    async def story(rig: Rig) -> None:
        rig.ring()
        rig.end()
        assert rig.focus.selected is None
        assert rig.focus.tabs == ()

    play(story)


def test_a_missed_second_call_leaves_the_page_alone(play: Callable[[Story], None]) -> None:
    async def story(rig: Rig) -> None:
        first = rig.talk("1-1")
        rig.ring("1-2")
        rig.end("1-2")
        assert rig.focus.selected == first
        assert rig.focus.tabs == (first,)

    play(story)


def test_dialling_shows_the_new_call(play: Callable[[Story], None]) -> None:
    async def story(rig: Rig) -> None:
        rig.phone.handle(m.EngineReady(1, 1, "127.0.0.1", (("udp", 5060),), ""))
        rig.talk()
        rig.phone.dial("12345")
        assert rig.focus.selected == rig.phone.calls[-1].interaction_id

    play(story)


def test_she_may_turn_to_another_tab(play: Callable[[Story], None]) -> None:
    async def story(rig: Rig) -> None:
        moves: list[InteractionId | None] = []
        rig.focus.changed.connect(moves.append)
        first = rig.talk("1-1")
        second = rig.ring("1-2")
        rig.focus.select(second)
        rig.focus.select(second)
        assert moves == [first, second]

    play(story)


def test_a_restored_summary_is_a_tab(play: Callable[[Story], None]) -> None:
    async def story(rig: Rig) -> None:
        call = ended(answered(a_call("old")))
        rig.keeper.stored = (SummaryDraft(InteractionId("old"), call),)
        await rig.summaries.restore()
        assert rig.focus.tabs == ("old",)

    play(story)


def test_the_state_follows_the_call_and_ends_in_wrap_up(play: Callable[[Story], None]) -> None:
    async def story(rig: Rig) -> None:
        assert rig.state is AgentState.READY
        rig.ring()
        assert rig.state is AgentState.RINGING
        rig.phone.handle(m.CallAnswered(m.LineId("1-1"), "PCMA"))
        assert rig.state is AgentState.TALKING
        rig.phone.handle(m.CallHeld(m.LineId("1-1"), by_agent=True, by_caller=False))
        assert rig.state is AgentState.ON_HOLD
        rig.end()
        assert rig.state is AgentState.WRAP_UP
        assert rig.shift.status.wrap_up_left_s == 60

    play(story)


def test_saving_ends_the_wrap_up(play: Callable[[Story], None]) -> None:
    async def story(rig: Rig) -> None:
        first = rig.talk()
        rig.end()
        rig.save(first)
        await settle()
        assert rig.state is AgentState.READY

    play(story)


def test_saving_another_summary_does_not_end_the_wrap_up(play: Callable[[Story], None]) -> None:
    async def story(rig: Rig) -> None:
        first = rig.talk("1-1")
        rig.end("1-1")
        rig.shift.end_wrap_up()
        rig.talk("1-2")
        rig.end("1-2")
        rig.save(first)
        await settle()
        assert rig.state is AgentState.WRAP_UP

    play(story)


def test_the_wrap_up_timer_parks_the_summary(play: Callable[[Story], None]) -> None:
    async def story(rig: Rig) -> None:
        first = rig.talk()
        rig.end()
        rig.clock.advance(59.5)
        rig.shift.tick()
        assert rig.statuses[-1].wrap_up_left_s == 1
        rig.clock.advance(0.5)
        rig.shift.tick()
        assert rig.state is AgentState.READY
        assert rig.focus.tabs == (first,)

    play(story)


def test_wrap_up_can_be_continued_and_ended(play: Callable[[Story], None]) -> None:
    async def story(rig: Rig) -> None:
        rig.shift.continue_wrap_up()
        rig.shift.end_wrap_up()
        rig.talk()
        rig.end()
        rig.clock.advance(50)
        rig.shift.continue_wrap_up()
        assert rig.shift.status.wrap_up_left_s == 60
        rig.shift.end_wrap_up()
        assert rig.state is AgentState.READY
        assert rig.shift.status.wrap_up_left_s is None

    play(story)


def test_a_missed_call_has_no_wrap_up(play: Callable[[Story], None]) -> None:
    async def story(rig: Rig) -> None:
        rig.ring()
        rig.end()
        assert rig.state is AgentState.READY

    play(story)


def test_answering_the_next_call_ends_the_wrap_up_of_the_last(
    play: Callable[[Story], None],
) -> None:
    async def story(rig: Rig) -> None:
        rig.talk("1-1")
        rig.end("1-1")
        rig.talk("1-2")
        assert rig.state is AgentState.TALKING

    play(story)


def test_the_next_state_is_chosen_during_the_call(play: Callable[[Story], None]) -> None:
    async def story(rig: Rig) -> None:
        rig.talk()
        rig.shift.choose(AgentState.BREAK)
        assert rig.state is AgentState.TALKING
        assert rig.shift.status.next_state is AgentState.BREAK
        rig.end()
        rig.shift.end_wrap_up()
        assert rig.state is AgentState.BREAK
        rig.shift.choose(AgentState.READY)
        assert rig.state is AgentState.READY

    play(story)


def test_only_offered_states_can_be_chosen(play: Callable[[Story], None]) -> None:
    async def story(rig: Rig) -> None:
        rig.shift.choose(AgentState.TALKING)
        assert rig.statuses == []

    play(story)


def test_practice_is_never_ready(qapp: object) -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks, practice=True)
        assert rig.state is AgentState.PRACTICE
        assert AgentState.READY not in rig.shift.choices
        assert rig.shift.choices[0] is AgentState.PRACTICE

    run_with_tasks(story)


def test_a_consultation_takes_neither_the_page_nor_a_summary() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.phone.handle(m.EngineReady(1, 1, "127.0.0.1", (), "test"))
        rig.phone.handle(incoming())
        rig.phone.handle(m.CallAnswered(m.LineId("1-9"), "PCMA"))
        caller = rig.focus.selected
        assert caller is not None
        _, asked = rig.phone.consult(caller, "1002", "陈静")
        rig.phone.handle(m.CallAnswered(m.LineId("1-1"), "PCMA"))
        assert asked in rig.focus.tabs
        assert rig.focus.selected == caller
        assert [draft.interaction_id for draft in rig.summaries.open_drafts] == [caller]

    run_with_tasks(story)
