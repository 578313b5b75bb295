"""What is typed into a small form and not sent: there again after a crash (step ⑥)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from agent_app.store.database import Database
from agent_app.store.readers import Readers
from agent_app.store.tables import typed
from agent_app.store.times import to_text


class Typed:
    """Words by the kind of form and what it is about. Each method may raise a FileFaultError."""

    def __init__(self, *, work: Database, readers: Readers, now: Callable[[], datetime]) -> None:
        self._work = work
        self._readers = readers
        self._now = now

    async def get(self, kind: str, record: str) -> str:
        """What was kept; "" where nothing was."""
        question = select(typed.c.body).where(typed.c.kind == kind, typed.c.record == record)

        def job() -> str:
            with self._work.reading() as connection:
                return str(connection.execute(question).scalar() or "")

        return await self._readers.run(job)

    async def put(self, kind: str, record: str, body: str) -> None:
        """On the disk when this returns."""
        values = {"body": body, "changed_at": to_text(self._now())}
        statement = insert(typed).values(kind=kind, record=record, **values)
        statement = statement.on_conflict_do_update(index_elements=["kind", "record"], set_=values)
        await self._work.write(lambda connection: connection.execute(statement).close())

    async def drop(self, kind: str, record: str) -> None:
        await self._work.write(lambda connection: drop_typed(connection, kind, record))


def drop_typed(connection: Connection, kind: str, record: str) -> None:
    """It was sent, or is not wanted; in the caller's transaction."""
    connection.execute(delete(typed).where(typed.c.kind == kind, typed.c.record == record))
