"""What one agent knows of a caller is on her colleague's desk before he says a word."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from agent_app.desk.seat import Seat
from agent_app.desk.transfers import TransferFailure, TransferState
from agent_app.domain.calls import CallState, Direction, EndReason
from agent_app.domain.directory import Target, TargetKind
from agent_app.domain.summary import SummaryField
from tests.e2e.two_desks import SECOND, agents, only_call, play, ringing, until
from tests.exchange.asterisk import Exchange
from tests.exchange.baresip import Baresip, citizen
from tests.exchange.seats import call_in
from ui.application import DeskApplication

pytestmark = pytest.mark.processes

QUEUE = "7003"
COLLEAGUE = Target(TargetKind.COLLEAGUE, "王芳", SECOND)
NOTE = "子女教育怎么扣？"


async def talk(seat: Seat, caller: Baresip, exchange: Exchange) -> None:
    """A caller comes through the queue; she answers and writes."""
    await call_in(caller, exchange)
    call = await ringing(seat)
    seat.phone.answer(call.interaction_id)
    await until("they talk", lambda: only_call(seat).state is CallState.TALKING)
    seat.summaries.set_text(call.interaction_id, SummaryField.QUESTION, NOTE)


def written(seat: Seat) -> str:
    draft = seat.summaries.draft(seat.phone.calls[-1].interaction_id)
    return "" if draft is None else draft.question


def test_after_asking_first_the_colleague_has_caller_and_card(
    qapp: DeskApplication, tmp_path: Path, exchange: Exchange
) -> None:
    async def story(one: Seat, two: Seat) -> None:
        await talk(one, caller, exchange)
        call = only_call(one).interaction_id
        one.transfers.consult(call, COLLEAGUE)
        asked = await ringing(two)
        await until("the card is there", lambda: written(two) == NOTE)
        assert only_call(two).state is CallState.RINGING  # before he answers
        two.phone.answer(asked.interaction_id)
        consulted = TransferState.CONSULTED
        await until("he is asked", lambda: one.transfers.status(call).state is consulted)
        held = one.phone.call(call)
        assert held is not None
        assert held.state is CallState.HELD
        one.transfers.complete(call)
        await until("it is his", lambda: not one.phone.calls)
        assert one.transfers.status(call).state is TransferState.DONE
        assert one.history.entries[-1].end_reason is EndReason.TRANSFERRED
        assert one.history.entries[-1].transferred_to == "王芳"
        number = held.normal
        await until("he knows who it is", lambda: only_call(two).normal == number)
        assert written(two) == NOTE
        await asyncio.to_thread(caller.hang_up)
        await until("it is over", lambda: not two.phone.calls)

    with (
        exchange.serving(QUEUE, agents(exchange)[0]),
        citizen(tmp_path / "citizen", exchange) as caller,
    ):
        play(qapp, tmp_path, exchange, story)


def test_a_colleague_who_refuses_gives_the_caller_back(
    qapp: DeskApplication, tmp_path: Path, exchange: Exchange
) -> None:
    async def story(one: Seat, two: Seat) -> None:
        await talk(one, caller, exchange)
        call = only_call(one).interaction_id
        one.transfers.consult(call, COLLEAGUE)
        two.phone.reject((await ringing(two)).interaction_id)
        failed = TransferState.FAILED
        await until("she is told", lambda: one.transfers.status(call).state is failed)
        assert one.transfers.status(call).failure is TransferFailure.BUSY
        await until("he is back", lambda: only_call(one).state is CallState.TALKING)

        one.transfers.blind(call, COLLEAGUE)
        two.phone.reject((await ringing(two)).interaction_id)
        await until("he is back again", lambda: any(call.returned for call in one.phone.calls))
        back = one.phone.calls[-1]
        assert back.interaction_id == call  # her words go on
        assert back.returned == "busy"
        assert written(one) == NOTE

    with (
        exchange.serving(QUEUE, agents(exchange)[0]),
        citizen(tmp_path / "citizen", exchange) as caller,
    ):
        play(qapp, tmp_path, exchange, story)


def test_a_call_picked_up_brings_its_card(
    qapp: DeskApplication, tmp_path: Path, exchange: Exchange
) -> None:
    async def story(one: Seat, two: Seat) -> None:
        await call_in(caller, exchange)
        call = await ringing(one)
        two.directory.watch_ringing(True)
        await until("he sees it ring", lambda: two.directory.ringing)
        (elsewhere,) = two.directory.ringing
        assert (elsewhere.call_id, elsewhere.queue) == (call.exchange_call_id, call.queue)
        two.phone.pick_up(elsewhere)
        await until("it is his", lambda: [c.state for c in two.phone.calls] == [CallState.TALKING])
        two.directory.watch_ringing(False)
        mine = only_call(two)
        assert (mine.direction, mine.normal) == (Direction.INCOMING, call.normal)
        assert (mine.queue, mine.menu_path) == (call.queue, call.menu_path)
        assert two.cards.card(mine.interaction_id) is not None
        await until("it no longer rings", lambda: not one.phone.calls)

    with (
        exchange.serving(QUEUE, agents(exchange)[0]),
        citizen(tmp_path / "citizen", exchange) as caller,
    ):
        play(qapp, tmp_path, exchange, story)
