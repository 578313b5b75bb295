"""The seat's own call history (step ⑦): every call, also the missed, refused and lost ones."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, func, select, update
from sqlalchemy.dialects.sqlite import insert

from agent_app.domain.call_log import MISSED, CallEntry
from agent_app.domain.calls import Direction, EndReason
from agent_app.domain.ids import InteractionId
from agent_app.store.database import Database
from agent_app.store.readers import Readers
from agent_app.store.tables import AnyRow, calls
from agent_app.store.times import from_text, from_text_or_none, to_text, to_text_or_none


class Calls:
    """Newest first; entries are kept as long as delivered summaries are."""

    def __init__(self, *, work: Database, readers: Readers) -> None:
        self._work = work
        self._readers = readers

    async def put(self, entry: CallEntry) -> None:
        """Keep the entry as it is now; on the disk when this returns."""

        def job(connection: Connection) -> None:
            values = _values(entry)
            statement = insert(calls).values(id=entry.entry_id, **values)
            connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))

        await self._work.write(job)

    async def page(self, *, before: str = "", limit: int = 50) -> tuple[CallEntry, ...]:
        """The newest entries, or those older than the entry ``before``."""
        question = select(calls).order_by(calls.c.id.desc()).limit(limit)
        if before:
            question = question.where(calls.c.id < before)

        def job() -> tuple[CallEntry, ...]:
            with self._work.reading() as connection:
                return tuple(_entry(row) for row in connection.execute(question))

        return await self._readers.run(job)

    async def last_dialled(self) -> str:
        """The number that was dialled last, "" when none was."""
        question = (
            select(calls.c.number)
            .where(calls.c.direction == Direction.OUTGOING.value)
            .order_by(calls.c.id.desc())
            .limit(1)
        )

        def job() -> str:
            with self._work.reading() as connection:
                return connection.execute(question).scalar_one_or_none() or ""

        return await self._readers.run(job)

    async def close_open(self) -> None:
        """The desk ended during these calls: they were lost, nobody knows when."""
        statement = update(calls).where(calls.c.end_reason == "")
        statement = statement.values(end_reason=EndReason.LOST.value)
        await self._work.write(lambda connection: connection.execute(statement).close())

    async def unseen(self) -> int:
        """How many missed calls she has not looked at."""
        question = select(func.count()).select_from(calls).where(_unseen())

        def job() -> int:
            with self._work.reading() as connection:
                return int(connection.execute(question).scalar_one())

        return await self._readers.run(job)

    async def mark_seen(self) -> None:
        statement = update(calls).where(_unseen()).values(seen=True)
        await self._work.write(lambda connection: connection.execute(statement).close())


def _unseen() -> ColumnElement[bool]:
    return and_(
        calls.c.seen.is_(False),
        calls.c.direction == Direction.INCOMING.value,
        calls.c.answered_at.is_(None),
        calls.c.end_reason.in_([reason.value for reason in MISSED]),
    )


def _values(entry: CallEntry) -> dict[str, object]:
    return {
        "interaction_id": entry.interaction_id,
        "direction": entry.direction.value,
        "name": entry.name,
        "number": entry.number,
        "normal": entry.normal,
        "queue": entry.queue,
        "started_at": to_text(entry.started_at),
        "answered_at": to_text_or_none(entry.answered_at),
        "ended_at": to_text_or_none(entry.ended_at),
        "talk_s": round(entry.talked_s),
        "end_reason": "" if entry.end_reason is None else entry.end_reason.value,
        "encrypted": entry.encrypted,
        "transferred_by": entry.transferred_by,
        "transferred_to": entry.transferred_to,
        "seen": entry.seen,
    }


def _entry(row: AnyRow) -> CallEntry:
    return CallEntry(
        entry_id=row.id,
        interaction_id=InteractionId(row.interaction_id),
        direction=Direction(row.direction),
        name=row.name,
        number=row.number,
        normal=row.normal,
        queue=row.queue,
        started_at=from_text(row.started_at),
        answered_at=from_text_or_none(row.answered_at),
        ended_at=from_text_or_none(row.ended_at),
        talked_s=float(row.talk_s),
        end_reason=EndReason(row.end_reason) if row.end_reason else None,
        encrypted=row.encrypted,
        transferred_by=row.transferred_by,
        transferred_to=row.transferred_to,
        seen=row.seen,
    )
