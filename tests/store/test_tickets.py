"""Tickets on the seat: sent once, shown at once, and whose they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event

from agent_app.domain.customer_edit import CustomerFields, CustomerForm
from agent_app.domain.customers import ReasonKind
from agent_app.domain.ids import (
    AgentId,
    CategoryId,
    CustomerId,
    InteractionId,
    OperationId,
    TicketId,
)
from agent_app.domain.inbox import Decision
from agent_app.domain.link import OutboxState
from agent_app.domain.tickets import NewTicket, TicketForm, TicketKind
from agent_app.store.moves import Move
from agent_app.store.store import Store
from agent_app.store.tickets import open_tickets
from sync.wire import ChangePage, Json, Operation, OperationResult, Outcome
from tests.store.rigs import centre_page, counted, in_loop, opened, page, row

ZHANG, LI = CustomerId("c-1"), CustomerId("c-2")
CALL = InteractionId("call-1")
ME = AgentId("u-2")
FORM = TicketForm(
    TicketId("t-9"), CALL, TicketKind.COMPLAINT, "退税一个月  未到账", "第三次来电 ",
    "+8613800138000", "tax",
)  # fmt: skip
DUE = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
NEW = NewTicket(FORM, ZHANG, "张伟", CategoryId("01.01"), "所得税科", DUE)
TO_LI = Move(CALL, LI, "李娜", ME)


async def begin(store: Store) -> None:
    """张伟 and 李娜 are known."""
    await store.replica.apply(centre_page())
    await store.replica.apply(page(2, customers=[row("customers", id=LI, name="李娜")]))


def centres(cursor: int = 3, **values: Json) -> ChangePage:
    """A ticket as it comes with the feed."""
    given = {"id": "t-9", "interaction_id": CALL, "state": "open", "outcome": "", **values}
    return page(cursor, tickets=[row("tickets", **given)])


async def shown(store: Store, who: CustomerId = ZHANG) -> list[tuple[str, str, bool]]:
    """Id, number and whether it waits here, of every ticket on somebody's card."""
    card = await store.callers.load(who)
    assert card is not None
    return [(one.ticket_id, one.number, one.provisional) for one in card.tickets]


async def due(store: Store) -> list[Operation]:
    return list(await store.outbox.due(10))


async def deliver(store: Store, outcome: Outcome = Outcome.APPLIED, version: int = 1) -> None:
    await store.outbox.settle(
        [OperationResult(one.id, outcome, "nein", version) for one in await due(store)]
    )


@in_loop
async def test_a_sent_ticket_is_on_the_card_before_and_after_the_server_has_it(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        await begin(store)
        await store.tickets.make(NEW, agent_id=ME)
        assert await shown(store) == [("t-9", "", True)]
        [operation] = await due(store)
        assert (operation.kind, operation.record, operation.base) == ("ticket.save", "t-9", {})
        assert operation.payload == {
            "id": "t-9", "kind": "complaint", "title": "退税一个月 未到账", "body": "第三次来电",
            "customer_id": ZHANG, "customer_name": "张伟", "contact": "+8613800138000",
            "interaction_id": CALL, "category_id": "01.01", "holder_name": "所得税科",
            "due_at": "2026-11-25T09:30:00.000Z", "state": "open", "made_at": operation.made_at,
        }  # fmt: skip
        await deliver(store)
        assert await shown(store) == [("t-9", "", False)]
        await store.replica.apply(centres(number="20261123-0001", customer_id=ZHANG))
        assert await shown(store) == [("t-9", "20261123-0001", False)]
        await store.replica.apply(centres(4, version=2, state="closed", customer_id=ZHANG))
        assert await shown(store) == []


@in_loop
async def test_a_ticket_goes_out_once_and_what_was_typed_goes_with_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.tickets.keep_form(FORM)
    async with opened(tmp_path) as store:
        blank = replace(FORM, ticket_id=TicketId("t-0"), title="", kind=TicketKind.CONSULT)
        assert await store.tickets.typed_form(blank) == FORM
        for _ in range(2):
            await store.tickets.make(NEW, agent_id=ME)
        assert await store.tickets.typed_form(blank) is None
        assert (await counted(store))[0] == 1
        await deliver(store)
        await store.tickets.make(NEW, agent_id=ME)
        assert (await counted(store))[0] == 0


@in_loop
async def test_a_form_that_cannot_be_read_or_was_dropped_is_none(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        for body in ("", "{", "[]", '{"kind": "other"}', '{"kind": "help", "more": 1}'):
            await store.tickets._typed.put("ticket", CALL, body)
            assert await store.tickets.typed_form(FORM) is None
        await store.tickets.keep_form(FORM)
        await store.tickets.drop_form(FORM)
        assert await store.tickets.typed_form(FORM) is None


@in_loop
async def test_a_tip_off_is_on_the_card_of_the_seat_that_took_it_alone(tmp_path: Path) -> None:
    tip_off = replace(NEW, form=replace(FORM, kind=TicketKind.TIP_OFF))
    async with opened(tmp_path) as store:
        await begin(store)
        await store.tickets.make(tip_off, agent_id=ME)
        await deliver(store)
        await store.replica.apply(centres(kind="tip-off", customer_id=ZHANG, body=""))
        await store.replica.apply(centres(4, id="t-1", kind="tip-off", customer_id=ZHANG))
        assert [one for one, _, _ in await shown(store)] == ["t-9"]


@in_loop
async def test_the_soonest_deadline_comes_first_and_gives_the_reason(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await begin(store)
        await store.tickets.make(NEW, agent_id=ME)
        await store.replica.apply(centres(id="t-1", due_at="2026-11-24T09:30:00Z", title="先到期"))
        assert [one for one, _, _ in await shown(store)] == ["t-1", "t-9"]
        match = await store.callers.find_by_number("+8613800138000", you=ME)
        [candidate] = match.candidates
        assert [(one.kind, one.text) for one in candidate.reasons[:2]] == [
            (ReasonKind.SAME_NUMBER, "手机"), (ReasonKind.OPEN_TICKET, "先到期"),
        ]  # fmt: skip
        assert candidate.reasons[2].kind is ReasonKind.SPOKE_TO_COLLEAGUE


@in_loop
async def test_of_several_who_have_the_number_who_waits_for_an_answer_comes_first(
    tmp_path: Path,
) -> None:
    number = row("phones", id="p-2", customer_id=LI, label="")
    async with opened(tmp_path) as store:
        await begin(store)
        await store.replica.apply(page(3, phones=[number]))
        before = await store.callers.find_by_number("+8613800138000", you=ME)
        await store.tickets.make(replace(NEW, customer_id=LI, customer_name="李娜"), agent_id=ME)
        after = await store.callers.find_by_number("+8613800138000", you=ME)
    assert [one.customer_id for one in before.candidates] == [ZHANG, LI]
    assert [one.customer_id for one in after.candidates] == [LI, ZHANG]


@in_loop
async def test_an_unsent_ticket_is_put_right_when_its_call_is_somebody_elses(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        await begin(store)
        await store.tickets.make(NEW, agent_id=ME)
        assert await store.tickets.follow(TO_LI)
        [operation] = await due(store)
        assert (operation.payload["customer_id"], operation.payload["customer_name"]) == (
            LI, "李娜")  # fmt: skip
        assert operation.payload["title"] == "退税一个月 未到账"
        assert (await shown(store), await shown(store, LI)) == ([], [("t-9", "", True)])
        assert not await store.tickets.follow(TO_LI), "it is there already"
        assert not await store.tickets.follow(replace(TO_LI, interaction_id=InteractionId("x")))


@in_loop
async def test_a_ticket_that_is_being_sent_is_followed_by_its_move(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await begin(store)
        await store.tickets.make(NEW, agent_id=ME)
        [first] = await due(store)
        assert await store.tickets.follow(TO_LI)
        assert not await store.tickets.follow(TO_LI)
        await store.outbox.settle([OperationResult(first.id, Outcome.APPLIED, version=1)])
        [second] = await due(store)
        assert second.payload == {"customer_id": LI, "customer_name": "李娜"}
        assert second.base == {"customer_id": 1, "customer_name": 1}
        assert (await shown(store), await shown(store, LI)) == ([], [("t-9", "", True)])


@in_loop
async def test_a_ticket_out_of_the_copy_moves_with_the_version_it_was_seen_in(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        await begin(store)
        await store.replica.apply(centres(version=4, number="20261123-0001"))
        assert await store.tickets.follow(replace(TO_LI, customer_id=None, name=""))
        [operation] = await due(store)
        assert operation.payload == {"customer_id": None, "customer_name": ""}
        assert operation.base == {"customer_id": 4, "customer_name": 4}
        assert await shown(store) == []
        assert await store.tickets.follow(replace(TO_LI, customer_id=ZHANG, name="张伟"))
        assert await shown(store) == [("t-9", "20261123-0001", True)]


@in_loop
async def test_what_somebody_else_put_right_is_not_taken_back_by_saying_the_same_again(
    tmp_path: Path,
) -> None:
    again = replace(TO_LI, customer_id=ZHANG, name="张伟", again=True)
    async with opened(tmp_path) as store:
        await begin(store)
        await store.tickets.make(NEW, agent_id=ME)
        await deliver(store)
        await store.replica.apply(centres(version=2, customer_id=LI))
        assert not await store.tickets.follow(again)
        assert [one for one, _, _ in await shown(store, LI)] == ["t-9"]
        assert await store.tickets.follow(replace(again, again=False)), "she says another now"
        assert await store.tickets.follow(replace(TO_LI, again=True)), "nobody else was last"
        await deliver(store, version=3)
        await deliver(store, version=4)
        assert await store.tickets.follow(again), "her own move, before the feed has it"


@in_loop
async def test_a_refused_ticket_is_in_the_inbox_and_moves_along_there(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await begin(store)
        await store.tickets.make(NEW, agent_id=ME)
        await deliver(store, Outcome.REJECTED)
        assert await shown(store) == []
        assert await store.tickets.follow(TO_LI)
        [entry] = await store.inbox.entries()
        mine = {pair.name: pair.mine for pair in entry.pairs}
        assert (mine["customer_id"], mine["customer_name"]) == (LI, "李娜")


@in_loop
async def test_a_refused_ticket_is_put_away_with_its_move_and_comes_back_with_it(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        await begin(store)
        await store.tickets.make(NEW, agent_id=ME)
        [first] = await due(store)
        assert await store.tickets.follow(TO_LI), "behind what is under way"
        await store.outbox.settle([OperationResult(first.id, Outcome.REJECTED, "nein")])
        assert await store.inbox.decide(OperationId(first.id), Decision.SET_ASIDE)
        assert (await due(store), await store.outbox.items()) == ([], ())
        assert len(await store.inbox.entries()) == 2, "both are there to be read"
        assert await store.inbox.undo(OperationId(first.id))
        assert [(one.record, one.state) for one in await store.outbox.items()] == [
            ("t-9", OutboxState.REJECTED), ("t-9", OutboxState.WAITING),
        ]  # fmt: skip
        assert await store.inbox.decide(OperationId(first.id), Decision.SEND_AGAIN)


@in_loop
async def test_the_ticket_of_somebody_made_here_waits_for_him(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        form = CustomerForm(
            CustomerId("new"), CustomerFields(), CustomerFields(name="王五"), is_new=True
        )
        await store.customers.save(form, agent_id=ME)
        await store.tickets.make(replace(NEW, customer_id=CustomerId("new")), agent_id=ME)
        assert [one.kind for one in await due(store)] == ["customer.save"]
        await deliver(store)
        assert [one.kind for one in await due(store)] == ["ticket.save"]


@in_loop
async def test_the_card_asks_one_indexed_question_for_tickets(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await begin(store)
        await store.tickets.make(NEW, agent_id=ME)
        with store._cache.reading() as cache, store._work.reading() as work:
            of_cache, of_work = asked_of(cache), asked_of(work)
            assert open_tickets(cache, work, [ZHANG])
            plan, here = planned(cache, of_cache[0]), planned(work, of_work[0])
    assert "tickets_by_customer" in plan
    assert "outbox_by_person" in here
    assert "ahead_by_person" in here
    assert "SCAN" not in plan + here


def asked_of(connection: Connection) -> list[tuple[str, Any]]:
    """What this connection is asked from now on: the SQL and its values."""
    found: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, sql: str, values: object, *_: object) -> None:
        found.append((sql, values))

    event.listen(connection, "before_cursor_execute", note)
    return found


def planned(connection: Connection, question: tuple[str, Any]) -> str:
    sql, values = question
    return str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all())
