"""A saved call is given to another person: record and tickets move along, also offline (⑦).

The move is an edit of the interaction like any other, with the version it was made in sight of. As
long as nothing of the call was sent, what waits is put right instead, so that the server never
hears of the wrong person.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import orjson
from sqlalchemy import Connection, select, update

from agent_app.domain.ids import CustomerId, InteractionId
from agent_app.domain.link import SAVE_INTERACTION, SAVE_TICKET
from agent_app.store.ahead import Sending, enqueue, one_line
from agent_app.store.customer_edits import bound_to
from agent_app.store.database import Database
from agent_app.store.draft_json import decode, encode
from agent_app.store.moves import Move, is_unsent
from agent_app.store.outbox import Outbox
from agent_app.store.readers import Readers
from agent_app.store.tables import drafts, interactions, outbox, own_interactions
from agent_app.store.tickets import Known, move_tickets, tickets_known
from agent_app.store.times import to_text


class Relinking:
    def __init__(
        self,
        *,
        cache: Database,
        readers: Readers,
        outbox: Outbox,
        now: Callable[[], datetime],
    ) -> None:
        self._cache = cache
        self._readers = readers
        self._outbox = outbox
        self._now = now

    async def move(self, move: Move) -> bool:
        """False when this call was not saved here; on the disk when this returns.

        Raises a FileFaultError.
        """
        seen, known = await self._readers.run(lambda: self._seen(move.interaction_id))
        made_at = to_text(self._now())
        async with self._outbox.standing_still() as sending:

            def job(connection: Connection) -> bool:
                moved = _move(connection, move, _Circumstances(seen, sending, made_at))
                if moved:
                    move_tickets(connection, move, known, sending, made_at)
                return moved

            return await self._outbox.write(job, {SAVE_INTERACTION, SAVE_TICKET})

    def _seen(self, call: InteractionId) -> tuple[int, Known]:
        """What the copy of the centre has: the version, 0 for nothing, and the call's tickets."""
        question = select(interactions.c.version).where(interactions.c.id == call)
        with self._cache.reading() as connection:
            return connection.execute(question).scalar() or 0, tickets_known(connection, call)


@dataclass(frozen=True, slots=True)
class _Circumstances:
    seen: int
    sending: Collection[str]
    made_at: str


def _move(connection: Connection, move: Move, now: _Circumstances) -> bool:
    own = connection.execute(
        select(own_interactions).where(own_interactions.c.id == move.interaction_id)
    ).first()
    if own is None:
        return False
    customer_id, after = bound_to(connection, move.customer_id)
    change = {"customer_id": customer_id, "customer_name": move.name}
    payload = orjson.loads(own.payload) | change
    last = connection.execute(
        select(outbox).where(outbox.c.record == own.id).order_by(outbox.c.position.desc())
    ).first()
    if last is not None and is_unsent(last, now.sending):
        operation = last.id
        connection.execute(
            update(outbox)
            .where(outbox.c.position == last.position)
            .values(
                payload=_json(orjson.loads(last.payload) | change),
                after=after,
                title=_title(payload),
                previous="",
            )
        )
    else:
        base = dict.fromkeys(change, max(own.version, now.seen))
        sending = Sending(SAVE_INTERACTION, own.id, move.author, now.made_at, change, base,
                          _title(payload), after)  # fmt: skip
        operation = enqueue(connection, sending).id
    connection.execute(
        update(own_interactions)
        .where(own_interactions.c.id == own.id)
        .values(
            operation_id=operation,
            customer_id=customer_id,
            payload=_json(payload),
            title=_title(payload),
            delivered=False,
        )
    )
    _move_draft(connection, move, customer_id)
    return True


def _move_draft(connection: Connection, move: Move, customer_id: CustomerId | None) -> None:
    """What is kept of the words belongs to the same person, should they come back to be edited."""
    body = connection.execute(
        select(drafts.c.body).where(drafts.c.interaction_id == move.interaction_id)
    ).scalar()
    if body is not None:
        moved = replace(decode(body), customer_id=customer_id, customer_name=move.name)
        connection.execute(
            update(drafts)
            .where(drafts.c.interaction_id == move.interaction_id)
            .values(body=encode(moved))
        )


def _title(payload: Mapping[str, object]) -> str:
    """Whom and what it is about, as the list of what waits names it."""
    whom = payload["customer_name"] or payload["caller_name"] or payload["number"]
    return one_line(str(whom), str(payload["question"]))


def _json(value: Mapping[str, object]) -> str:
    return orjson.dumps(dict(value)).decode()
