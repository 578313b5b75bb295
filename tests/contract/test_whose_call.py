"""A call given to another person, a masked value shown whole: store and server, no stand-ins."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from agent_app.domain.ids import AgentId, CustomerId, InteractionId, uuid7
from agent_app.store.moves import Move
from agent_app.store.store import Store
from sync.errors import RequestRefused
from sync.secrets import CustomerSecrets
from sync.wire import TABLES, OperationResult, Outcome
from tests.contract.centre import Seat, serving, tell
from tests.domain.examples import call, draft
from tests.store.rigs import KEY

pytestmark = pytest.mark.processes
HERS = AgentId("agent-1001")
ODD_IDS = (
    "'; DROP TABLE customers; --", '"><script>alert(1)</script>', "../../../etc/passwd",
    "javascript:alert(1)", "a/b?c=d&e%2F#f", "张伟", "x" * 10_000,
)  # fmt: skip


class Both:
    """One seat's real store and its way to the server."""

    def __init__(self, seat: Seat, store: Store) -> None:
        self.seat = seat
        self.store = store

    async def pull(self) -> None:
        """Everything there is, as replication would."""
        place = await self.store.replica.place()
        while True:
            page = await self.seat.remote.signed(
                lambda token, at=place: self.seat.api.changes(  # type: ignore[misc]
                    at.cursor, 500, token, scope=at.scope
                )
            )
            await self.store.replica.apply(page)
            place = await self.store.replica.place()
            if not page.more:
                return

    async def push(self) -> Sequence[OperationResult]:
        operations = await self.store.outbox.due(100)
        results = await self.seat.remote.operations(operations)
        await self.store.outbox.settle(results)
        return results

    async def save(self, customer_id: CustomerId, name: str) -> InteractionId:
        made = InteractionId(uuid7())
        summary = draft(
            interaction_id=made, call=call(interaction_id=made, talked_s=60), category_id=None,
            customer_id=customer_id, customer_name=name, question="问", answer="答",
        )  # fmt: skip
        await self.store.summaries.save(summary, agent_id=HERS, agent_name="王芳")
        return made

    async def on_server(self, interaction_id: InteractionId) -> tuple[object, object, object]:
        row = await self.seat.remote.signed(
            lambda token: self.seat.api.get_interaction(interaction_id, token)
        )
        assert row is not None
        return row["customer_id"], row["customer_name"], row["version"]

    async def histories(self, *people: CustomerId) -> list[list[InteractionId]]:
        found = []
        for who in people:
            card = await self.store.callers.load(who)
            assert card is not None
            found.append([one.interaction_id for one in card.history])
        return found


def test_a_call_moves_with_its_record_and_a_masked_value_is_shown_whole(tmp_path: Path) -> None:
    async def story(url: str) -> None:
        seat = Seat(url)
        await seat.sign_in()
        both = Both(seat, await Store.open(tmp_path / "store", KEY))
        await both.pull()
        await seat.online()
        rows = [dict(zip(TABLES["customers"], row, strict=True))
                for row in seat.replica.tables["customers"].values()]  # fmt: skip
        known = [(CustomerId(str(row["id"])), str(row["name"])) for row in rows if row["id_number"]]
        before, after = known[:2]
        await moved_before_it_was_sent(both, before, after)
        await moved_after_it_was_delivered(both, before, after)
        await shown_whole(both, before[0])
        await both.store.close()
        await seat.stop()

    tell(serving(tmp_path), story)


Person = tuple[CustomerId, str]


async def moved_before_it_was_sent(both: Both, before: Person, after: Person) -> None:
    """The server never hears of the wrong person."""
    made = await both.save(*before)
    assert await both.store.relinking.move(Move(made, *after, HERS))
    [result] = await both.push()
    assert result.outcome is Outcome.APPLIED
    assert await both.on_server(made) == (*after, 1)


async def moved_after_it_was_delivered(both: Both, before: Person, after: Person) -> None:
    made = await both.save(*before)
    await both.push()
    await both.store.relinking.move(Move(made, *after, HERS))
    old, new = await both.histories(before[0], after[0])
    assert made not in old
    assert made in new
    [result] = await both.push()
    assert (result.outcome, result.version) == (Outcome.APPLIED, 2)
    assert await both.on_server(made) == (*after, 2)
    await both.store.relinking.move(Move(made, *before, HERS))
    [back] = await both.push()
    assert (back.outcome, back.version) == (Outcome.APPLIED, 3), "undone before the feed came"
    await both.pull()
    old, new = await both.histories(before[0], after[0])
    assert made in old
    assert made not in new


async def shown_whole(both: Both, customer_id: CustomerId) -> None:
    seat = both.seat
    card = await both.store.callers.load(customer_id)
    assert card is not None
    secrets = CustomerSecrets(remote=seat.remote)
    whole = await secrets.reveal(customer_id, "id_number", "核对身份")
    assert "*" in card.id_number
    assert len(whole) == len(card.id_number)
    assert (whole[:4], whole[-4:]) == (card.id_number[:4], card.id_number[-4:])
    for odd in ODD_IDS:
        assert await both.store.callers.load(CustomerId(odd)) is None
        with pytest.raises(RequestRefused):
            await secrets.reveal(odd, "id_number", "核对身份")
