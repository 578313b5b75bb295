"""Whose card was shown waits for the server, and is nobody's business on the seat."""

from __future__ import annotations

from pathlib import Path

from agent_app.domain.ids import AgentId, CustomerId
from agent_app.store.sightings import Place
from sync.wire import OperationKind, OperationResult, Outcome
from tests.store.rigs import counted, in_loop, opened

ANNA, WEI = AgentId("anna"), CustomerId("c-1")


@in_loop
async def test_a_sighting_goes_out_after_a_restart_and_is_not_counted_as_her_work(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        await store.sightings.note(WEI, Place.CARD, ANNA)
    async with opened(tmp_path) as store:
        [due] = await store.outbox.due(10)
        assert (due.kind, due.author) == (OperationKind.SEE_CUSTOMER, "anna")
        assert due.payload == {"customer_id": "c-1", "by": "card"}
        assert not await store.outbox.items()
        assert (await counted(store))[0] == 0
        await store.outbox.settle([OperationResult(due.id, Outcome.APPLIED, version=1)])
        assert not await store.outbox.due(10)


@in_loop
async def test_nobody_on_the_seat_is_told_that_a_sighting_goes_out(tmp_path: Path) -> None:
    told: list[frozenset[str]] = []
    async with opened(tmp_path) as store:
        store.outbox.changed.add(told.append)
        await store.sightings.note(WEI, Place.CARD, ANNA)
        [due] = await store.outbox.due(10)
        await store.outbox.count_attempt([due.id], "no answer")
        await store.outbox.settle([OperationResult(due.id, Outcome.APPLIED, version=1)])
    assert not told


@in_loop
async def test_an_older_server_that_refuses_it_leaves_nothing_to_decide(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.sightings.note(WEI, Place.PAGE, ANNA)
        [due] = await store.outbox.due(10)
        await store.outbox.settle([OperationResult(due.id, Outcome.REJECTED, reason="unknown")])
        assert not await store.outbox.due(10)
        assert not await store.inbox.entries()
