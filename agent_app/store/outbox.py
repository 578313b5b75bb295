"""What this seat did and the server does not have yet (待同步): steps ⑦ and ⑧.

Implements ``sync.ports.Outbox``. One FIFO per record: a record whose oldest entry was set aside
waits with all that follows, because the later ones were made on top of it; other records go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlalchemy import Connection, bindparam, case, delete, func, select, update

from agent_app.domain.ids import InteractionId, OperationId
from agent_app.domain.link import OutboxItem, OutboxState
from agent_app.store.database import Database
from agent_app.store.listeners import Listeners
from agent_app.store.readers import Readers
from agent_app.store.tables import AnyRow, AnySelect, outbox, own_interactions
from agent_app.store.times import from_text, from_text_or_none
from sync.wire import Operation, OperationKind, OperationResult, Outcome

_WAITING = OutboxState.WAITING.value
_DELIVERED = (Outcome.APPLIED, Outcome.ALREADY_APPLIED)
_REASON_LIMIT = 500


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """``set_aside`` were refused or are in conflict: a person has to look."""

    waiting: int
    set_aside: int
    oldest_waiting_at: datetime | None


class Outbox:
    """``changed`` tells the new counts after every save and every answer of the server."""

    def __init__(self, *, work: Database, readers: Readers) -> None:
        self._work = work
        self._readers = readers
        self.changed: Listeners[OutboxCounts] = Listeners()

    async def due(self, limit: int) -> Sequence[Operation]:
        """At most one operation per record, in order of making; set-aside ones are left out."""
        first = select(func.min(outbox.c.position)).group_by(outbox.c.record)
        question = (
            select(outbox)
            .where(outbox.c.state == _WAITING, outbox.c.position.in_(first))
            .order_by(outbox.c.position)
            .limit(limit)
        )
        return [_operation_of(row) for row in await self._rows(question)]

    async def settle(self, results: Sequence[OperationResult]) -> None:
        """Keep the server's answers: delivered ones leave, others are set aside with the reason.

        Answers to operations that are not here (any more) are ignored: a reply may come twice.
        """

        def job(connection: Connection) -> OutboxCounts:
            for result in results:
                if result.outcome in _DELIVERED:
                    _leave(connection, result.id)
                else:
                    _set_aside(connection, result)
            return counts_in(connection)

        self.changed.tell(await self._work.write(job))

    async def count_attempt(self, operation_ids: Sequence[str], reason: str) -> None:
        """A delivery was tried and nothing is known of the outcome; they stay due."""
        statement = (
            update(outbox)
            .where(outbox.c.id == bindparam("operation"), outbox.c.state == _WAITING)
            .values(attempts=outbox.c.attempts + 1, detail=reason[:_REASON_LIMIT])
        )
        tried = [{"operation": operation_id} for operation_id in operation_ids]
        if tried:
            await self._work.write(lambda connection: connection.execute(statement, tried))

    async def items(self) -> tuple[OutboxItem, ...]:
        """Everything still here, oldest first, for the list on the screen."""
        return tuple(item_of(row) for row in await self._rows(
            select(outbox).order_by(outbox.c.position)
        ))  # fmt: skip

    async def counts(self) -> OutboxCounts:
        def job() -> OutboxCounts:
            with self._work.reading() as connection:
                return counts_in(connection)

        return await self._readers.run(job)

    async def _rows(self, question: AnySelect) -> list[AnyRow]:
        def job() -> list[AnyRow]:
            with self._work.reading() as connection:
                return list(connection.execute(question).all())

        return await self._readers.run(job)


def counts_in(connection: Connection) -> OutboxCounts:
    """Counted in the transaction that changed them, so that the news cannot be older."""
    waits = outbox.c.state == _WAITING
    row = connection.execute(
        select(
            func.count(case((waits, 1))),
            func.count(case((~waits, 1))),
            func.min(case((waits, outbox.c.made_at))),
        )
    ).one()
    return OutboxCounts(row[0], row[1], from_text_or_none(row[2]))


def item_of(row: AnyRow) -> OutboxItem:
    return OutboxItem(
        operation_id=OperationId(row.id),
        interaction_id=InteractionId(row.record),
        kind=row.kind,
        title=row.title,
        made_at=from_text(row.made_at),
        state=OutboxState(row.state),
        attempts=row.attempts,
        detail=row.detail,
    )


def _operation_of(row: AnyRow) -> Operation:
    return Operation(
        id=row.id,
        kind=OperationKind(row.kind),
        record=row.record,
        author=row.author,
        made_at=row.made_at,
        payload=orjson.loads(row.payload),
        base=orjson.loads(row.base),
    )


def _leave(connection: Connection, operation_id: str) -> None:
    connection.execute(delete(outbox).where(outbox.c.id == operation_id))
    connection.execute(
        update(own_interactions)
        .where(own_interactions.c.operation_id == operation_id)
        .values(delivered=True)
    )


def _set_aside(connection: Connection, result: OperationResult) -> None:
    refused = result.outcome is Outcome.REJECTED
    state = OutboxState.REJECTED if refused else OutboxState.CONFLICT
    connection.execute(
        update(outbox)
        .where(outbox.c.id == result.id)
        .values(
            state=state.value,
            attempts=outbox.c.attempts + 1,
            detail=result.reason[:_REASON_LIMIT],
            server=orjson.dumps(dict(result.server)).decode(),
        )
    )
