"""What this seat did and the server does not have yet (待同步): steps ⑦ and ⑧.

Implements ``sync.ports.Outbox``. One FIFO per record: a record whose oldest entry was set aside
waits with all that follows, because the later ones were made on top of it; other records go on.
What points at a customer made here waits for that one, too.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import orjson
from sqlalchemy import Connection, bindparam, case, exists, func, select, update

from agent_app.domain.ids import OperationId
from agent_app.domain.inbox import UNDO_S
from agent_app.domain.link import OutboxItem, OutboxState
from agent_app.store.database import Database
from agent_app.store.listeners import Listeners
from agent_app.store.readers import Readers
from agent_app.store.settling import REASON_LIMIT, bring_back, leave, set_aside
from agent_app.store.tables import AnyRow, AnySelect, outbox
from agent_app.store.times import from_text, from_text_or_none, to_text
from sync.wire import Operation, OperationKind, OperationResult, Outcome

_WAITING = OutboxState.WAITING.value
_DELIVERED = (Outcome.APPLIED, Outcome.ALREADY_APPLIED)
_hers = outbox.c.kind != OperationKind.SEE_CUSTOMER.value
"""What she did herself, and may ask about."""
_before = outbox.alias("before")
_first = select(func.min(outbox.c.position)).group_by(outbox.c.record)
_is_due = (
    outbox.c.state == _WAITING,
    outbox.c.position.in_(_first),
    # Later than any decision may wait: it was taken before the computer's clock was set back.
    (outbox.c.not_before <= bindparam("now")) | (outbox.c.not_before > bindparam("latest")),
    ~exists().where(_before.c.record == outbox.c.after, _before.c.position < outbox.c.position),
)


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """``set_aside`` were refused or are in conflict: a person has to look."""

    waiting: int
    set_aside: int
    oldest_waiting_at: datetime | None


class Outbox:
    """``changed`` tells the new counts after every save and every answer of the server."""

    def __init__(self, *, work: Database, readers: Readers, now: Callable[[], datetime]) -> None:
        self._work = work
        self._readers = readers
        self._now = now
        self._sending: frozenset[str] = frozenset()
        self._asking = asyncio.Lock()
        self.changed: Listeners[OutboxCounts] = Listeners()

    async def due(self, limit: int) -> Sequence[Operation]:
        """At most one operation per record, in order of making; set-aside ones are left out.

        What this returns counts as being sent until its answer is kept, or an attempt counted.
        """
        question = select(outbox).where(*_is_due).order_by(outbox.c.position).limit(limit)
        async with self._asking:
            now = self._now()
            times = {"now": to_text(now), "latest": to_text(now + timedelta(seconds=UNDO_S))}
            rows = await self._rows(question.params(times))
            before, self._sending = self._sending, frozenset(row.id for row in rows)
        if self._sending - before:
            self.changed.tell(await self.counts())
        return [_operation_of(row) for row in rows]

    async def settle(self, results: Sequence[OperationResult]) -> None:
        """Keep the server's answers: delivered ones leave, others are set aside with the reason.

        Answers to operations that are not here (any more) are ignored: a reply may come twice.
        """

        def job(connection: Connection) -> OutboxCounts:
            for result in results:
                if result.outcome in _DELIVERED:
                    leave(connection, result)
                else:
                    set_aside(connection, result)
            return counts_in(connection)

        counts = await self._work.write(job)
        self._sending -= {result.id for result in results}
        self.changed.tell(counts)

    async def count_attempt(self, operation_ids: Sequence[str], reason: str) -> None:
        """A delivery was tried and nothing is known of the outcome; they stay due."""
        statement = (
            update(outbox)
            .where(outbox.c.id == bindparam("operation"), outbox.c.state == _WAITING)
            .values(attempts=outbox.c.attempts + 1, detail=reason[:REASON_LIMIT])
        )
        tried = [{"operation": operation_id} for operation_id in operation_ids]
        if not tried:
            return

        def job(connection: Connection) -> OutboxCounts:
            connection.execute(statement, tried)
            return counts_in(connection)

        counts = await self._work.write(job)
        self._sending -= frozenset(operation_ids)
        self.changed.tell(counts)

    async def offer_again(self) -> int:
        """Put back what was delivered and is kept here still; returns how many entries that are.

        Not edits of customers: they are not kept once they came back with the feed.
        """

        def job(connection: Connection) -> tuple[int, OutboxCounts]:
            return bring_back(connection), counts_in(connection)

        offered, counts = await self._work.write(job)
        self.changed.tell(counts)
        return offered

    @asynccontextmanager
    async def standing_still(self) -> AsyncIterator[frozenset[str]]:
        """Nothing new is taken to be sent inside; gives the ids of what is under way."""
        async with self._asking:
            yield self._sending

    async def items(self) -> tuple[OutboxItem, ...]:
        """All of her work that is still here, oldest first, for the list on the screen."""
        rows = await self._rows(select(outbox).where(_hers).order_by(outbox.c.position))
        return tuple(self._sent(item_of(row)) for row in rows)

    async def counts(self) -> OutboxCounts:
        def job() -> OutboxCounts:
            with self._work.reading() as connection:
                return counts_in(connection)

        return await self._readers.run(job)

    def _sent(self, item: OutboxItem) -> OutboxItem:
        """What was taken to be sent is under way until an answer is kept."""
        if item.state is OutboxState.WAITING and item.operation_id in self._sending:
            return replace(item, state=OutboxState.SENDING)
        return item

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
        ).where(_hers)
    ).one()
    return OutboxCounts(row[0], row[1], from_text_or_none(row[2]))


def item_of(row: AnyRow) -> OutboxItem:
    return OutboxItem(
        operation_id=OperationId(row.id),
        record=row.record,
        kind=row.kind,
        title=row.title,
        made_at=from_text(row.made_at),
        state=OutboxState(row.state),
        attempts=row.attempts,
        detail=row.detail,
        author=row.author,
        after=row.after,
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
