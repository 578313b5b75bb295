"""A restored server is offered again what this seat changed of customers, once and in order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection

from agent_app.domain.customer_edit import CustomerFields, CustomerForm, Phone
from agent_app.domain.ids import AgentId, CustomerId, InteractionId, OperationId, TicketId
from agent_app.domain.inbox import Decision
from agent_app.domain.tickets import NewTicket, TicketForm
from agent_app.store.errors import DamagedError
from agent_app.store.store import Store
from sync.wire import Json, Operation, OperationResult, Outcome
from tests.domain.examples import call, draft
from tests.store.rigs import NOW, in_loop, opened, page, row

AGENT = AgentId("u-1")
ZHANG, NEW = CustomerId("c-1"), CustomerId("c-new")
MADE = CustomerForm(
    NEW, CustomerFields(), CustomerFields(name="新来", phones=(Phone("+8613900139000", "手机"),)),
    is_new=True,
)  # fmt: skip


async def centre_has_zhang(store: Store, version: int = 3) -> None:
    await store.replica.apply(page(version, customers=[row("customers", version=version)]))


async def edit(store: Store, customer_id: CustomerId, **changes: str) -> None:
    form = await store.customers.form(customer_id)
    assert form is not None
    form = replace(form, now=replace(form.now, **changes))  # type: ignore[arg-type]
    await store.customers.save(form, agent_id=AGENT)


async def call_of(store: Store, customer_id: CustomerId) -> None:
    name = InteractionId("i-own")
    made = call(interaction_id=name)
    written = draft(interaction_id=name, call=made, customer_id=customer_id, quotes=())
    await store.summaries.save(written, agent_id=AGENT, agent_name="李娜")


async def deliver_all(store: Store, *, first_version: int = 1) -> list[Operation]:
    """The server takes what is due, until nothing is; each makes the record's next version."""
    sent: list[Operation] = []
    while due := await store.outbox.due(10):
        for one in due:
            sent.append(one)
            version = first_version + len(sent) - 1
            await store.outbox.settle([OperationResult(one.id, Outcome.APPLIED, version=version)])
    return sent


async def name_on_card(store: Store, customer_id: CustomerId) -> str | None:
    card = await store.callers.load(customer_id)
    return None if card is None else card.name


@in_loop
async def test_edits_and_merges_of_customers_go_out_again_to_the_letter(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await centre_has_zhang(store)
        await edit(store, ZHANG, id_number="330102199001011234", notes="改到晚上")
        await store.customers.merge(ZHANG, CustomerId("c-2"), title="张伟", agent_id=AGENT)
        sent = await deliver_all(store, first_version=4)
        assert [one.kind for one in sent] == ["customer.save", "customer.merge"]
        await centre_has_zhang(store, version=5)  # it came back with the feed
    async with opened(tmp_path) as store:
        assert await store.outbox.offer_again() == 2
        assert await deliver_all(store, first_version=4) == sent
        assert sent[0].payload["id_number"] == "330102199001011234"
        assert not await store.outbox.due(10)


@in_loop
async def test_call_and_ticket_wait_until_the_customer_who_was_made_here_is_there_again(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        await store.customers.save(MADE, agent_id=AGENT)
        await deliver_all(store)
        await call_of(store, NEW)
        form = TicketForm(TicketId("t-1"), InteractionId("i-own"), title="退税", unit_id="c-9")
        await store.tickets.make(
            NewTicket(form, NEW, "新来", None, "所得税科", NOW), agent_id=AGENT
        )
        await edit(store, NEW, name="新来的")
        await store.customers.merge(ZHANG, NEW, title="张伟", agent_id=AGENT)
        await deliver_all(store, first_version=2)
        assert await store.outbox.offer_again() == 5
        [first] = await store.outbox.due(10)
        assert (first.record, first.base) == (NEW, {})
        sent = [one.record for one in await deliver_all(store)]
        assert sent[0] == NEW
        assert set(sent[1:]) == {NEW, ZHANG, "i-own", "t-1"}


@in_loop
async def test_a_ticket_goes_out_with_the_number_that_its_caller_was_told(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        for name in ("t-1", "t-2"):
            form = TicketForm(TicketId(name), InteractionId("i-own"), title="退税", unit_id="c-9")
            await store.tickets.make(
                NewTicket(form, None, "", None, "所得税科", NOW), agent_id=AGENT
            )
        sent = await deliver_all(store)
        told = {"id": "t-1", "number": "20260504-0007", "interaction_id": "i-own"}
        await store.replica.apply(page(3, tickets=[row("tickets", **told)]))
        for _ in range(2):  # a server may be restored twice
            await store.outbox.offer_again()
            await store.replica.exchange(None)
            again = await deliver_all(store)
            assert [one.payload for one in again] == [
                {**sent[0].payload, "number": "20260504-0007"}, sent[1].payload,
            ]  # fmt: skip
            assert [one.id for one in again] == [one.id for one in sent]


@in_loop
async def test_a_copy_that_cannot_be_read_keeps_no_ticket_from_going_out(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        form = TicketForm(TicketId("t-1"), InteractionId("i-own"), title="退税", unit_id="c-9")
        await store.tickets.make(NewTicket(form, None, "", None, "所得税科", NOW), agent_id=AGENT)
        sent = await deliver_all(store)
        cache = store.outbox._cache

        @contextmanager
        def damaged() -> Iterator[Connection]:
            raise DamagedError(cache.path)
            yield

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(cache, "reading", damaged)
            assert await store.outbox.offer_again() == 1
        assert await deliver_all(store) == sent


@in_loop
async def test_a_merge_behind_the_making_of_a_customer_says_nothing_of_its_parts(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        await store.customers.save(MADE, agent_id=AGENT)
        await store.customers.merge(NEW, ZHANG, title="新来", agent_id=AGENT)
        sent = await deliver_all(store)
        assert [(one.kind, one.base) for one in sent] == [
            ("customer.save", {}), ("customer.merge", {}),
        ]  # fmt: skip


@in_loop
async def test_what_was_edited_since_stays_behind_what_it_was_made_on(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.customers.save(MADE, agent_id=AGENT)
        await deliver_all(store)
        await edit(store, NEW, name="改过")  # while the server is away
        assert await store.outbox.offer_again() == 1
        assert await store.outbox.offer_again() == 0
        [first] = await store.outbox.due(10)
        assert first.payload["name"] == "新来"
        assert [one.payload["name"] for one in await deliver_all(store)] == ["新来", "改过"]
        assert await name_on_card(store, NEW) == "改过"


@in_loop
async def test_her_edit_keeps_what_it_was_made_in_sight_of(tmp_path: Path) -> None:
    """Someone else's edit came between two of hers: the server knows both by what they said."""
    async with opened(tmp_path) as store:
        await centre_has_zhang(store)
        await edit(store, ZHANG, name="张维")
        await deliver_all(store, first_version=4)
        await centre_has_zhang(store, version=5)
        await edit(store, ZHANG, name="张薇")
        sent = await store.outbox.due(10)
        await deliver_all(store, first_version=6)
        await store.outbox.offer_again()
        assert (await deliver_all(store, first_version=4))[1:] == sent
        assert sent[0].base["name"] == 5


@in_loop
async def test_the_card_shows_it_over_a_copy_that_does_not_have_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await centre_has_zhang(store)
        await edit(store, ZHANG, name="张维")
        await store.customers.save(MADE, agent_id=AGENT)
        await deliver_all(store, first_version=4)
        await store.replica.apply(page(4, customers=[row("customers", version=4, name="张维")]))
    async with opened(tmp_path) as store:  # what came back is not kept as an edit
        await store.outbox.offer_again()
        assert await name_on_card(store, ZHANG) == "张维"
        await store.replica.exchange(None)
        await centre_has_zhang(store)
        assert await name_on_card(store, ZHANG) == "张维"
        assert await name_on_card(store, NEW) == "新来"
        later = page(9, customers=[row("customers", version=9, name="张三")])
        await store.replica.apply(later)
        assert await name_on_card(store, ZHANG) == "张三", "the centre has it, and more"


@in_loop
async def test_one_that_is_in_conflict_now_is_hers_to_decide_as_any_other(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await centre_has_zhang(store)
        await edit(store, ZHANG, name="张维")
        await deliver_all(store, first_version=4)
        await store.outbox.offer_again()
        [again] = await store.outbox.due(10)
        theirs: dict[str, Json] = {
            "id": ZHANG,
            "name": "张三",
            "version": 4,
            "field_versions": {"name": 4},
        }
        conflict = OperationResult(again.id, Outcome.CONFLICT, "moved on", 4, theirs)
        await store.outbox.settle([conflict])
        [entry] = await store.inbox.entries()
        assert Decision.TAKE_THEIRS in entry.decisions
        operation = OperationId(again.id)
        assert await store.inbox.decide(operation, Decision.TAKE_THEIRS)
        assert await store.outbox.offer_again() == 0, "what she put away is not delivered work"
        await edit(store, ZHANG, notes="later")
        await deliver_all(store, first_version=5)
        assert await store.outbox.offer_again() == 1
        assert await store.inbox.undo(operation), "its place was not taken"
        assert len(await store.outbox.items()) == 2
