"""What the page shows and what the agent is doing, through whole calls."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent_app.domain.agent_state import AgentState
from agent_app.domain.ids import InteractionId
from agent_app.domain.summary import SummaryDraft
from agent_app.runtime.tasks import Tasks
from sip import messages as m
from tests.desk.fakes import a_call, answered, ended, incoming
from tests.desk.rigs import run_with_tasks, settle
from tests.desk.shift_rig import Rig, Story, play_story


@pytest.fixture
def play(qapp: object) -> Callable[[Story], None]:
    return play_story


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


def test_a_restored_summary_is_a_tab_and_a_parked_one_is_not(play: Callable[[Story], None]) -> None:
    async def story(rig: Rig) -> None:
        call = ended(answered(a_call("old")))
        rig.keeper.stored = (SummaryDraft(InteractionId("old"), call),)
        parked = SummaryDraft(InteractionId("by"), ended(answered(a_call("by"))), parked=True)
        rig.keeper.stored = (*rig.keeper.stored, parked)
        await rig.summaries.restore()
        assert rig.focus.tabs == ("old",)
        assert rig.summaries.parked_drafts == (parked,)
        assert rig.state is AgentState.READY

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
