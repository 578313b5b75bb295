"""The person the first agent spoke with is the caller, unless she has chosen another."""

from __future__ import annotations

import asyncio

import pytest

from agent_app.domain.customers import CardState
from agent_app.domain.ids import CustomerId
from agent_app.store.callers import NumberMatch
from sync.legs import LegState
from tests.desk.fakes import (
    a_candidate,
)
from tests.desk.handover_rig import NUMBER, Rig, from_colleague, story_with
from tests.desk.rigs import settle
from tests.sync.waiting import until

pytestmark = pytest.mark.usefixtures("qapp")


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

        async def slowly(normal: str, *, you: str = "") -> NumberMatch:
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
