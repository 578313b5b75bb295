"""The outbox keeps order per record, lets delivered ones go and sets refused ones aside."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from agent_app.domain.ids import AgentId, InteractionId
from agent_app.domain.link import OutboxState
from agent_app.store.store import Store
from agent_app.store.tables import outbox
from sync.ports import Outbox, Replica
from sync.wire import OperationResult, Outcome
from tests.domain.examples import call, draft
from tests.store.rigs import NOW, counted, in_loop, opened


async def save(store: Store, name: str) -> str:
    made = call(interaction_id=InteractionId(name))
    item = await store.summaries.save(
        draft(interaction_id=InteractionId(name), call=made),
        agent_id=AgentId("u-1"), agent_name="李娜",
    )  # fmt: skip
    return item.operation_id


async def queue(store: Store, operation_id: str, record: str) -> None:
    """A second act on a record, as later issues will make them."""
    await store.outbox._work.write(lambda connection: connection.execute(insert(outbox).values(
        id=operation_id, kind="interaction.save", record=record, author="u-1",
        made_at="2026-03-02T11:00:00.000Z", payload='{"id": 1}', base='{"answer": 2}',
        state="waiting",
    )))  # fmt: skip


@in_loop
async def test_the_ports_of_sync_are_implemented(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        port: Outbox = store.outbox
        copy: Replica = store.replica
        assert await port.due(1) == []
        assert (await copy.place()).cursor == 0


@in_loop
async def test_due_ones_come_in_order_of_making_up_to_the_limit(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        made = [await save(store, name) for name in ("z", "a", "m")]
        assert [one.id for one in await store.outbox.due(10)] == made
        assert [one.id for one in await store.outbox.due(2)] == made[:2]


@in_loop
async def test_a_record_has_one_due_operation_at_a_time(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        first = await save(store, "i-1")
        await queue(store, "second", "i-1")
        other = await save(store, "i-2")
        assert [one.id for one in await store.outbox.due(10)] == [first, other]
        await store.outbox.settle([OperationResult(first, Outcome.APPLIED)])
        [second, _] = await store.outbox.due(10)
    assert (second.id, second.base, second.payload) == ("second", {"answer": 2}, {"id": 1})


@pytest.mark.parametrize("outcome", [Outcome.APPLIED, Outcome.ALREADY_APPLIED])
@in_loop
async def test_a_delivered_one_leaves(tmp_path: Path, outcome: Outcome) -> None:
    async with opened(tmp_path) as store:
        operation = await save(store, "i-1")
        await store.outbox.settle([OperationResult(operation, outcome, version=1)])
        assert await store.outbox.due(10) == []
        assert await store.outbox.items() == ()
        assert await counted(store) == (0, 0)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(Outcome.REJECTED, OutboxState.REJECTED), (Outcome.CONFLICT, OutboxState.CONFLICT)],
)
@in_loop
async def test_a_refused_one_is_set_aside_with_the_reason_and_the_rest_goes_on(
    tmp_path: Path, outcome: Outcome, state: OutboxState
) -> None:
    async with opened(tmp_path) as store:
        refused = await save(store, "i-1")
        await queue(store, "behind", "i-1")
        other = await save(store, "i-2")
        await store.outbox.settle([
            OperationResult(refused, outcome, "no such category", server={"answer": "theirs"})
        ])  # fmt: skip
        assert [one.id for one in await store.outbox.due(10)] == [other]
        item = (await store.outbox.items())[0]
        assert (item.operation_id, item.state, item.detail) == (refused, state, "no such category")
        assert item.attempts == 1
        assert await counted(store) == (2, 1)
    async with opened(tmp_path) as store:
        assert (await store.outbox.items())[0].state is state


@in_loop
async def test_a_reply_for_something_gone_changes_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        operation = await save(store, "i-1")
        for _ in range(2):
            await store.outbox.settle([OperationResult(operation, Outcome.ALREADY_APPLIED)])
        await store.outbox.settle([OperationResult("never heard of", Outcome.REJECTED, "?")])
        assert await counted(store) == (0, 0)


@in_loop
async def test_an_attempt_without_an_answer_is_counted_and_stays_due(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        operation = await save(store, "i-1")
        await store.outbox.count_attempt([operation, "unknown"], "no answer within 10 s")
        await store.outbox.count_attempt([operation], "x" * 9_000)
        await store.outbox.count_attempt([], "nothing was sent")
        [item] = await store.outbox.items()
        assert (item.attempts, item.detail, item.state) == (2, "x" * 500, OutboxState.WAITING)
        assert len(await store.outbox.due(10)) == 1


@in_loop
async def test_the_oldest_waiting_one_is_the_first(tmp_path: Path) -> None:
    async with opened(tmp_path, now=NOW) as store:
        await save(store, "i-1")
    async with opened(tmp_path, now=NOW + timedelta(hours=1)) as store:
        await save(store, "i-2")
        made = [one.made_at for one in await store.outbox.items()]
        assert made == [NOW, NOW + timedelta(hours=1)]


@in_loop
async def test_every_answer_of_the_server_tells_what_it_was_about(tmp_path: Path) -> None:
    told: list[frozenset[str]] = []
    async with opened(tmp_path) as store:
        operation = await save(store, "i-1")
        store.outbox.changed.add(told.append)
        await store.outbox.due(10)
        await store.outbox.due(10)  # it is under way already
        await store.outbox.count_attempt([operation], "no answer")
        await store.outbox.settle([OperationResult(operation, Outcome.APPLIED)])
        await store.outbox.settle([OperationResult(operation, Outcome.APPLIED)])
    assert told == [frozenset({"interaction.save"})] * 3


@in_loop
async def test_what_a_restored_server_may_not_have_goes_out_again_as_it_was(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        made = [await save(store, name) for name in ("i-1", "i-2", "i-3")]
        sent = list(await store.outbox.due(10))
        await store.outbox.settle([OperationResult(made[0], Outcome.APPLIED)])
        await store.outbox.settle([OperationResult(made[1], Outcome.ALREADY_APPLIED)])
        await store.outbox.settle([OperationResult(made[2], Outcome.REJECTED, reason="no")])
        assert await store.outbox.offer_again() == 2
        assert await store.outbox.offer_again() == 0  # they wait already
        assert list(await store.outbox.due(10)) == sent[:2]
        assert (await counted(store))[0] == 2
        assert (await counted(store))[1] == 1
        await store.outbox.settle([OperationResult(one, Outcome.APPLIED) for one in made[:2]])
        assert list(await store.outbox.due(10)) == []
