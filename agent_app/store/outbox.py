"""What this seat did and the server does not have yet (待同步): steps ⑦ and ⑧.

Implements ``sync.ports.Outbox``. One FIFO per record: a record whose oldest entry was set aside
waits with all that follows, because the later ones were made on top of it; other records go on.
What points at a customer made here waits for that one, too.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

import orjson
from sqlalchemy import Connection, bindparam, exists, func, select, update

from agent_app.domain.ids import OperationId
from agent_app.domain.inbox import UNDO_S
from agent_app.domain.link import OutboxItem, OutboxState
from agent_app.store.database import Database
from agent_app.store.errors import DamagedError
from agent_app.store.listeners import Listeners
from agent_app.store.offering import numbers_known, offer_again
from agent_app.store.readers import Readers
from agent_app.store.settling import REASON_LIMIT, leave, set_aside
from agent_app.store.tables import AnyRow, AnySelect, outbox
from agent_app.store.times import from_text, to_text
from sync.wire import Operation, OperationKind, OperationResult, Outcome

T = TypeVar("T")
EVERY_KIND = frozenset(kind.value for kind in OperationKind)
_WAITING = OutboxState.WAITING.value
_DELIVERED = (Outcome.APPLIED, Outcome.ALREADY_APPLIED)
_SEE = OperationKind.SEE_CUSTOMER.value
_hers = outbox.c.kind != _SEE
"""What she did herself, and may ask about; of the rest nobody is told."""
_before = outbox.alias("before")
_first = select(func.min(outbox.c.position)).group_by(outbox.c.record)
_is_due = (
    outbox.c.state == _WAITING,
    outbox.c.position.in_(_first),
    # Later than any decision may wait: it was taken before the computer's clock was set back.
    (outbox.c.not_before <= bindparam("now")) | (outbox.c.not_before > bindparam("latest")),
    ~exists().where(_before.c.record == outbox.c.after, _before.c.position < outbox.c.position),
)


class Outbox:
    """``changed`` tells the kinds of which something was saved, taken to be sent or answered."""

    def __init__(
        self, *, cache: Database, work: Database, readers: Readers, now: Callable[[], datetime]
    ) -> None:
        self._cache = cache
        self._work = work
        self._readers = readers
        self._now = now
        self._sending: frozenset[str] = frozenset()
        self._asking = asyncio.Lock()
        self.changed: Listeners[frozenset[str]] = Listeners()

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
        self._tell(row.kind for row in rows if row.id not in before)
        return [_operation_of(row) for row in rows]

    async def settle(self, results: Sequence[OperationResult]) -> None:
        """Keep the server's answers: delivered ones leave, others are set aside with the reason.

        Answers to operations that are not here (any more) are ignored: a reply may come twice.
        """

        ids = frozenset(result.id for result in results)

        def job(connection: Connection) -> frozenset[str]:
            kinds = _kinds_of(connection, ids)
            for result in results:
                if result.outcome in _DELIVERED:
                    leave(connection, result)
                else:
                    set_aside(connection, result)
            return kinds

        kinds = await self._work.write(job)
        self._sending -= ids
        self._tell(kinds)

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

        ids = frozenset(operation_ids)

        def job(connection: Connection) -> frozenset[str]:
            connection.execute(statement, tried)
            return _kinds_of(connection, ids)

        kinds = await self._work.write(job)
        self._sending -= ids
        self._tell(kinds)

    async def offer_again(self) -> int:
        """Put back what was delivered and is kept here still; returns how many entries that are."""
        numbers = await self._readers.run(self._numbers)
        return await self.write(lambda c: offer_again(c, numbers), EVERY_KIND)

    async def write(self, job: Callable[[Connection], T], kinds: Iterable[str]) -> T:
        """Run ``job`` as one transaction and tell that something of ``kinds`` changed.

        What came of it is on the disk when this returns. Raises a FileFaultError.
        """
        done = await self._work.write(job)
        self._tell(kinds)
        return done

    @asynccontextmanager
    async def standing_still(self) -> AsyncIterator[frozenset[str]]:
        """Nothing new is taken to be sent inside; gives the ids of what is under way."""
        async with self._asking:
            yield self._sending

    async def items(self) -> tuple[OutboxItem, ...]:
        """All of her work that is still here, oldest first, for the list on the screen."""
        rows = await self._rows(select(outbox).where(_hers).order_by(outbox.c.position))
        return tuple(self._sent(item_of(row)) for row in rows)

    def _tell(self, kinds: Iterable[str]) -> None:
        """Every card shown makes an entry of which nobody need know."""
        if news := frozenset(kinds) - {_SEE}:
            self.changed.tell(news)

    def _numbers(self) -> dict[str, str]:
        with suppress(DamagedError), self._cache.reading() as cache, self._work.reading() as work:
            return numbers_known(cache, work)
        return {}  # a copy that cannot be read: the server gives others

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


def _kinds_of(connection: Connection, ids: frozenset[str]) -> frozenset[str]:
    found = connection.execute(select(outbox.c.kind).where(outbox.c.id.in_(ids)).distinct())
    return frozenset(found.scalars())


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
