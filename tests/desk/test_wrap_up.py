"""Wrap-up lasts until the summary is saved or parked, and says what it waits for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from agent_app.domain.agent_state import AgentState
from agent_app.domain.calls import CallState
from agent_app.domain.centre_rules import WrapUpRule
from agent_app.domain.summary import SummaryDraft, SummaryField
from tests.desk.rigs import settle
from tests.desk.shift_rig import Rig, Story, play_story


@pytest.fixture
def play(qapp: object) -> Callable[[Story], None]:
    return play_story


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


def test_the_wrap_up_timer_waits_for_a_summary_that_is_not_saved_and_says_so(
    play: Callable[[Story], None],
) -> None:
    async def story(rig: Rig) -> None:
        first = rig.talk()
        rig.end()
        rig.clock.advance(59.5)
        rig.shift.tick()
        assert rig.statuses[-1].wrap_up_left_s == 1
        assert not rig.statuses[-1].overdue
        for _ in range(3):
            rig.clock.advance(30)
            rig.shift.tick()
        assert rig.state is AgentState.WRAP_UP
        assert (rig.statuses[-1].overdue, rig.statuses[-1].waiting_for) == (True, first)
        rig.summaries.park(first)
        assert rig.state is AgentState.READY
        assert rig.shift.status.waiting_for is None

    play(story)


def test_the_timer_parks_the_summary_where_the_centre_wants_that(
    play: Callable[[Story], None],
) -> None:
    async def story(rig: Rig) -> None:
        rig.rule = WrapUpRule(seconds=60, park_at_end=True)
        first = rig.talk()
        rig.end()
        rig.clock.advance(59.5)
        rig.shift.tick()
        assert rig.state is AgentState.WRAP_UP
        rig.clock.advance(0.5)
        rig.shift.tick()
        assert rig.state is AgentState.READY
        assert [draft.interaction_id for draft in rig.summaries.parked_drafts] == [first]
        assert (rig.focus.selected, rig.focus.tabs) == (None, ())

    play(story)


def test_where_the_centre_wants_that_she_says_herself_when_she_is_ready(
    play: Callable[[Story], None],
) -> None:
    async def story(rig: Rig) -> None:
        rig.rule = WrapUpRule(seconds=60, auto_ready=False)
        first = rig.talk()
        rig.end()
        rig.save(first)
        await settle()
        assert rig.state is AgentState.NOT_READY
        rig.shift.choose(AgentState.READY)
        rig.talk("1-2")
        rig.shift.choose(AgentState.BREAK)
        rig.end("1-2")
        rig.shift.end_wrap_up()
        assert rig.state is AgentState.BREAK, "what she chose during the call"

    play(story)


def test_a_parked_summary_leaves_the_page_and_comes_back_when_it_is_wanted(
    play: Callable[[Story], None],
) -> None:
    async def story(rig: Rig) -> None:
        reopened: list[SummaryDraft] = []
        rig.summaries.reopened.connect(reopened.append)
        first = rig.talk("1-1")
        rig.summaries.park(first)
        assert not rig.summaries.parked_drafts, "not before the call has ended"
        rig.end("1-1")
        rig.summaries.set_text(first, SummaryField.QUESTION, "问")
        rig.shift.end_wrap_up()
        await settle()
        assert (rig.state, rig.focus.selected) == (AgentState.READY, None)
        assert rig.keeper.written[-1].parked
        second = rig.talk("1-2")
        rig.end("1-2")
        rig.summaries.unpark(first)
        rig.focus.select(first)
        assert [draft.interaction_id for draft in reopened] == [first]
        assert rig.focus.tabs == (second, first)
        rig.summaries.park(first)
        assert rig.focus.selected == second, "the one that waits comes back"
        assert rig.state is AgentState.WRAP_UP
        rig.summaries.unpark(first)
        rig.save(first)
        await settle()
        assert not rig.summaries.parked_drafts
        rig.summaries.unpark(first)
        assert len(reopened) == 2

    play(story)


def test_a_call_taken_during_wrap_up_comes_first_then_the_first_summary_is_waited_for(
    play: Callable[[Story], None],
) -> None:
    async def story(rig: Rig) -> None:
        first = rig.talk("1-1")
        rig.end("1-1")
        rig.clock.advance(50)
        second = rig.talk("1-2")
        assert rig.state is AgentState.TALKING
        rig.end("1-2")
        assert rig.shift.status.waiting_for == second
        rig.clock.advance(20)
        rig.save(second)
        await settle()
        assert rig.shift.status.waiting_for == first
        assert rig.shift.status.wrap_up_left_s == 60
        rig.save(first)
        await settle()
        assert rig.state is AgentState.READY

    play(story)


def test_a_call_that_comes_back_after_its_summary_was_saved_has_no_wrap_up(
    play: Callable[[Story], None],
) -> None:
    async def story(rig: Rig) -> None:
        first = rig.talk()
        rig.end()
        draft = rig.summaries.draft(first)
        assert draft is not None
        rig.save(first)
        await settle()
        rig.phone.call_changed.emit(replace(draft.call, state=CallState.TALKING, ended_at=None))
        rig.phone.call_changed.emit(draft.call)
        assert rig.state is AgentState.READY

    play(story)


def test_a_call_that_comes_back_in_wrap_up_is_waited_for_once(
    play: Callable[[Story], None],
) -> None:
    async def story(rig: Rig) -> None:
        first = rig.talk()
        rig.end()
        draft = rig.summaries.draft(first)
        assert draft is not None
        rig.summaries.park(first)
        rig.phone.call_changed.emit(replace(draft.call, state=CallState.TALKING, ended_at=None))
        assert rig.state is AgentState.TALKING
        back = rig.summaries.draft(first)
        assert back is not None
        assert not back.parked, "it is on the page again"
        rig.phone.call_changed.emit(draft.call)
        assert rig.state is AgentState.WRAP_UP
        rig.shift.end_wrap_up()
        assert rig.state is AgentState.READY

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


def test_a_call_that_comes_back_before_its_summary_is_saved_is_talked_first(
    play: Callable[[Story], None],
) -> None:
    async def story(rig: Rig) -> None:
        first = rig.talk()
        rig.end()
        draft = rig.summaries.draft(first)
        assert draft is not None
        rig.phone.call_changed.emit(replace(draft.call, state=CallState.TALKING, ended_at=None))
        assert rig.state is AgentState.TALKING
        rig.clock.advance(10)
        rig.phone.call_changed.emit(draft.call)
        assert rig.shift.status.wrap_up_left_s == 60, "a period of its own, once"
        rig.shift.end_wrap_up()
        assert rig.state is AgentState.READY

    play(story)


def test_a_save_that_was_refused_leaves_her_in_wrap_up(play: Callable[[Story], None]) -> None:
    async def story(rig: Rig) -> None:
        first = rig.talk()
        rig.end()
        rig.summaries.save(first)
        await settle()
        assert rig.state is AgentState.WRAP_UP

    play(story)
