"""A saved call is given to another person: what is shown, what waits, what the server is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from agent_app.domain.customer_edit import CustomerFields, CustomerForm
from agent_app.domain.ids import AgentId, CustomerId, InteractionId, OperationId
from agent_app.domain.inbox import Decision, EntryState
from agent_app.domain.summary import DraftState
from agent_app.store.moves import Move
from agent_app.store.store import Store
from sync.wire import ChangePage, Json, Operation, OperationResult, Outcome
from tests.domain.examples import call, draft
from tests.store.rigs import centre_page, in_loop, opened, page, row

ZHANG, LI = CustomerId("c-1"), CustomerId("c-2")
OWN = InteractionId("own")
HERS = AgentId("u-2")
TO_LI = Move(OWN, LI, "李娜", HERS)


async def begin(store: Store) -> None:
    """张伟 and 李娜 are known; a call of 张伟 is saved here."""
    await store.replica.apply(centre_page())
    await store.replica.apply(page(2, customers=[row("customers", id=LI, name="李娜")]))
    made = call(interaction_id=OWN, talked_s=65.4)
    summary = draft(interaction_id=OWN, call=made, customer_id=ZHANG, customer_name="张伟",
                    category_id="01.01", question="问", answer="答")  # fmt: skip
    await store.drafts.put(summary)
    await store.summaries.save(summary, agent_id=HERS, agent_name="王芳")


async def due(store: Store) -> tuple[Operation, ...]:
    return tuple(await store.outbox.due(100))


async def answered(store: Store, outcome: Outcome = Outcome.APPLIED, version: int = 1) -> None:
    """The server's word about everything that is due."""
    await store.outbox.settle([
        OperationResult(one.id, outcome, "nein", version) for one in await due(store)
    ])  # fmt: skip


async def history(store: Store, who: CustomerId) -> tuple[tuple[str, bool], ...]:
    card = await store.callers.load(who)
    assert card is not None
    assert len(card.history) == card.history_total
    return tuple((one.interaction_id, one.delivered) for one in card.history)


def centres(version: int, customer_id: CustomerId) -> ChangePage:
    """The record as it comes back with the feed."""
    return page(2 + version, interactions=[
        row("interactions", id=OWN, version=version, customer_id=customer_id)])  # fmt: skip


@in_loop
async def test_what_was_never_sent_is_put_right_before_it_goes(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await begin(store)
        assert await store.relinking.move(TO_LI)
        [operation] = await due(store)
        assert (operation.payload["customer_id"], operation.payload["customer_name"]) == (
            LI, "李娜")  # fmt: skip
        assert operation.payload["question"] == "问"
        assert await history(store, LI) == ((OWN, False),)
        assert await history(store, ZHANG) == (("i-1", True),)
        [item] = await store.outbox.items()
        assert item.title == "李娜 · 问"


@in_loop
async def test_what_is_being_sent_is_followed_by_the_move(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await begin(store)
        [first] = await due(store)
        assert await store.relinking.move(TO_LI)
        await store.outbox.settle([OperationResult(first.id, Outcome.APPLIED, version=1)])
        [second] = await due(store)
    assert second.record == OWN
    assert second.payload == {"customer_id": LI, "customer_name": "李娜"}
    assert second.base == {"customer_id": 1, "customer_name": 1}


@in_loop
async def test_what_may_have_arrived_is_not_written_over(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await begin(store)
        [first] = await due(store)
        await store.outbox.count_attempt([first.id], "cable")
        assert await store.relinking.move(TO_LI)
        items = await store.outbox.items()
    assert len(items) == 2


@in_loop
async def test_a_delivered_call_moves_with_the_version_it_was_seen_in(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await begin(store)
        await answered(store)
        await store.replica.apply(centres(1, ZHANG))
        assert await store.relinking.move(TO_LI)
        [operation] = await due(store)
        assert operation.base == {"customer_id": 1, "customer_name": 1}
        assert await history(store, LI) == ((OWN, False),)
        assert await history(store, ZHANG) == (("i-1", True),), "and it is no longer 张伟's"
        await answered(store, version=2)
        assert await history(store, LI) == ((OWN, True),), "known before the feed brings it"
        assert await store.relinking.move(replace(TO_LI, customer_id=ZHANG, name="张伟"))
        [back] = await due(store)
        assert back.base == {"customer_id": 2, "customer_name": 2}
        await answered(store, version=3)
        await store.replica.apply(centres(4, LI))
        assert await history(store, LI) == ((OWN, True),), "somebody else moved it meanwhile"
        assert await history(store, ZHANG) == (("i-1", True),)


@in_loop
async def test_a_call_can_be_nobodys_again(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await begin(store)
        assert await store.relinking.move(Move(OWN, None, "", HERS))
        [operation] = await due(store)
        assert operation.payload["customer_id"] is None
        assert await history(store, ZHANG) == (("i-1", True),)


@in_loop
async def test_the_calls_tickets_move_along_in_the_same_transaction(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await begin(store)
        await answered(store)
        waits = row("tickets", id="t-9", interaction_id=OWN, version=3, state="open")
        await store.replica.apply(page(9, tickets=[waits]))
        assert await store.relinking.move(TO_LI)
        [call_moved, ticket_moved] = await due(store)
        assert (call_moved.record, ticket_moved.record) == (OWN, "t-9")
        assert ticket_moved.payload == {"customer_id": LI, "customer_name": "李娜"}
        assert ticket_moved.base == {"customer_id": 3, "customer_name": 3}
        card = await store.callers.load(LI)
        assert card is not None
        assert [one.ticket_id for one in card.tickets] == ["t-9"]


@in_loop
async def test_a_call_that_was_not_saved_here_is_not_moved(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await begin(store)
        assert not await store.relinking.move(replace(TO_LI, interaction_id=InteractionId("i-1")))
        assert len(await store.outbox.items()) == 1


@in_loop
async def test_a_move_to_somebody_made_here_waits_for_him(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await begin(store)
        await answered(store)
        fields = CustomerFields(name="新来")
        form = CustomerForm(CustomerId("c-9"), CustomerFields(), fields, is_new=True)
        made = await store.customers.save(form, agent_id=HERS)
        await store.relinking.move(replace(TO_LI, customer_id=CustomerId("c-9"), name="新来"))
        assert [one.record for one in await due(store)] == ["c-9"]
        rejected = OperationResult(made.operation_id, Outcome.REJECTED, "nein")
        await store.outbox.settle([rejected])
        await store.inbox.decide(made.operation_id, Decision.SET_ASIDE)
        [moved] = await due(store)
        assert moved.payload["customer_id"] is None, "nobody is left whose it could be"
        assert await history(store, ZHANG) == (("i-1", True),)


@in_loop
async def test_a_move_that_clashes_is_hers_to_decide(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await begin(store)
        await answered(store)
        await store.replica.apply(centres(1, ZHANG))
        await store.relinking.move(TO_LI)
        [operation] = await due(store)
        server: dict[str, Json] = {
            "id": OWN, "version": 2, "customer_id": "c-3", "customer_name": "王五",
            "field_versions": {"customer_id": 2, "customer_name": 2},
        }  # fmt: skip
        await store.outbox.settle([
            OperationResult(operation.id, Outcome.CONFLICT, version=2, server=server)])  # fmt: skip
        [entry] = await store.inbox.entries()
        assert (entry.state, entry.can_edit) == (EntryState.CONFLICT, False)
        assert {pair.name for pair in entry.pairs} == {"customer_id", "customer_name"}
        await store.inbox.decide(OperationId(operation.id), Decision.TAKE_THEIRS)
        assert await history(store, LI) == ()
        await store.inbox.undo(OperationId(operation.id))
        assert await history(store, LI) == ((OWN, False),)


@in_loop
async def test_a_refused_move_has_no_words_to_edit(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await begin(store)
        await answered(store)
        await store.replica.apply(centres(1, ZHANG))
        await store.relinking.move(TO_LI)
        [operation] = await due(store)
        await answered(store, Outcome.REJECTED)
        [entry] = await store.inbox.entries()
        assert not entry.can_edit
        assert await store.inbox.reopen(OperationId(operation.id)) is None
        await store.inbox.decide(OperationId(operation.id), Decision.SET_ASIDE)
        assert await history(store, ZHANG) == ((OWN, True), ("i-1", True)), "the centre has it so"


@in_loop
async def test_a_restored_server_is_offered_a_moved_call_as_it_is_now(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await begin(store)
        await answered(store)
        await store.relinking.move(TO_LI)
        [moved] = await due(store)
        await answered(store, version=2)
        assert await store.outbox.offer_again() == 1
        [offered] = await due(store)
        assert offered.id != moved.id, "that one stands for the move alone"
        assert (offered.payload["customer_id"], offered.payload["question"]) == (LI, "问")
        assert offered.base["customer_id"] == 2, "it does not fight with the call as it was before"
        await answered(store, version=2)
        assert not await due(store)
        assert await history(store, LI) == ((OWN, True),)


@in_loop
async def test_a_restored_server_is_offered_a_call_whose_move_waits_still(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await begin(store)
        await answered(store)
        await store.relinking.move(TO_LI)  # while the server is away
        assert await store.outbox.offer_again() == 1
        assert await store.outbox.offer_again() == 0
        [offered] = await due(store)
        assert (offered.payload["customer_id"], offered.payload["question"]) == (LI, "问")
        await answered(store)
        [move] = await due(store)
        assert set(move.payload) == {"customer_id", "customer_name"}
        await answered(store, version=2)
        assert not await due(store)
        assert await history(store, LI) == ((OWN, True),)


@in_loop
async def test_a_refused_call_comes_back_to_be_edited_with_the_person_it_has_now(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        await begin(store)
        [first] = await due(store)
        await store.relinking.move(TO_LI)
        await store.outbox.settle([OperationResult(first.id, Outcome.REJECTED, "nein")])
        back = await store.inbox.reopen(OperationId(first.id))
        assert back is not None
        assert (back.state, back.customer_id, back.customer_name) == (DraftState.OPEN, LI, "李娜")
        assert await store.outbox.items() == (), "the move went along"


@in_loop
async def test_what_she_does_not_want_sent_takes_the_move_along_and_back(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await begin(store)
        [first] = await due(store)
        await store.relinking.move(TO_LI)
        await store.outbox.settle([OperationResult(first.id, Outcome.REJECTED, "nein")])
        await store.inbox.decide(OperationId(first.id), Decision.SET_ASIDE)
        assert await store.outbox.items() == ()
        assert await history(store, LI) == ()
        await store.inbox.undo(OperationId(first.id))
        assert len(await store.outbox.items()) == 2
        assert await history(store, LI) == ((OWN, False),)
