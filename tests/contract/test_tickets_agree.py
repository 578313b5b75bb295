"""A ticket made without the server reaches it once, gets its number, and is on another's card."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent_app.domain.customers import Customer, ReasonKind
from agent_app.domain.ids import AgentId, CategoryId, CustomerId, InteractionId, TicketId
from agent_app.domain.tickets import NewTicket, TicketForm, TicketKind
from agent_app.store.moves import Move
from agent_app.store.store import Store
from sync.wire import Outcome
from tests.contract.centre import Seat, serving, tell
from tests.contract.test_whose_call import Both
from tests.store.rigs import KEY

WU, ZHANG = (CustomerId(f"01900000-0000-7000-8000-00000000000{place}") for place in (4, 1))
CALL = InteractionId("call-1")
FORM = TicketForm(
    TicketId("ticket-1"), CALL, TicketKind.HELP, "仓库门牌变更后收不到邮件", "请核实登记地址",
    "+8657155512000", "collection",
)  # fmt: skip
NEW = NewTicket(
    FORM, ZHANG, "张伟", CategoryId("07.02"), "征收管理科", datetime(2027, 3, 4, 9, 30, tzinfo=UTC)
)


async def card(both: Both, who: CustomerId = WU) -> Customer:
    found = await both.store.callers.load(who)
    assert found is not None
    return found


async def make_and_deliver(both: Both) -> str:
    """Made and moved while nothing can be sent, then sent twice as after a lost reply."""
    me = AgentId("agent-1001")
    await both.store.tickets.make(NEW, agent_id=me)
    assert await both.store.tickets.follow(Move(CALL, WU, "仓储物流", me))
    [waiting] = (await card(both)).tickets
    assert (waiting.number, waiting.provisional) == ("", True)
    operations = await both.store.outbox.due(100)
    first = await both.seat.remote.operations(operations)
    assert [one.outcome for one in first] == [Outcome.APPLIED], "the wrong person was never told"
    again = await both.push()
    assert [one.outcome for one in again] == [Outcome.ALREADY_APPLIED]
    await both.pull()
    [delivered] = (await card(both)).tickets
    assert not delivered.provisional
    assert not await both.store.outbox.items()
    return delivered.number


@pytest.mark.processes
def test_a_ticket_made_offline_is_at_the_centre_once_and_on_a_colleagues_card(
    tmp_path: Path,
) -> None:
    async def story(url: str) -> None:
        seats = []
        for login in ("1001", "1002"):
            seat = Seat(url)
            await seat.sign_in(login)
            seats.append(Both(seat, await Store.open(tmp_path / login, KEY)))
            await seats[-1].pull()
        hers, theirs = seats
        assert not (await card(theirs)).tickets
        number = await make_and_deliver(hers)
        await theirs.pull()
        [seen] = (await card(theirs)).tickets
        assert (seen.number, seen.title, seen.holder) == (number, FORM.title, "征收管理科")
        assert seen.due_at == NEW.due_at
        day, _, place = number.partition("-")
        assert (len(day), len(place)) == (8, 4)
        match = await theirs.store.callers.find_by_number("+8657155512000", you="agent-1002")
        reasons = {one.customer_id: one.reasons for one in match.candidates}
        assert ReasonKind.OPEN_TICKET in [one.kind for one in reasons[WU]]
        for both in seats:
            await both.store.close()
            await both.seat.stop()

    tell(serving(tmp_path), story)
