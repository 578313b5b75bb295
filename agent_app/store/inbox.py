"""What the server did not take, and what became of it by her decision (steps ⑥ and ⑧).

A decided entry keeps its place in the outbox, so that later ones of the same record go on behind
it. It is sent after a short while; until then, and as long as it was never tried, the decision can
be undone. What is not sent is kept to be read.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete

from agent_app.domain.ids import OperationId
from agent_app.domain.inbox import UNDO_S, Decision, InboxEntry
from agent_app.domain.summary import SummaryDraft
from agent_app.store.database import Database
from agent_app.store.decisions import carry_out, reopen_summary, take_back
from agent_app.store.inbox_rows import entries_in, note_of, set_aside_row
from agent_app.store.outbox import EVERY_KIND, Outbox
from agent_app.store.put_away import bring_back
from agent_app.store.readers import Readers
from agent_app.store.tables import decided
from agent_app.store.times import to_text


class Inbox:
    """Every decision is one transaction; each returns whether there was something to decide."""

    def __init__(
        self, *, work: Database, readers: Readers, outbox: Outbox, now: Callable[[], datetime]
    ) -> None:
        self._work = work
        self._readers = readers
        self._outbox = outbox
        self._now = now

    async def entries(self) -> tuple[InboxEntry, ...]:
        """What is to be decided, then what was and can be undone, then what is kept to be read.

        Raises a FileFaultError, as every method here.
        """

        def job() -> tuple[InboxEntry, ...]:
            with self._work.reading() as connection:
                return entries_in(connection)

        return await self._readers.run(job)

    async def decide(self, operation_id: OperationId, decision: Decision) -> bool:
        """Do what she decided about an entry that was set aside."""
        now = self._now()
        send_at = to_text(now + timedelta(seconds=UNDO_S))

        def job(connection: Connection) -> bool:
            row = set_aside_row(connection, operation_id)
            if row is not None:
                carry_out(connection, row, decision, decided_at=to_text(now), send_at=send_at)
            return row is not None

        return await self._change(job)

    async def undo(self, operation_id: OperationId) -> bool:
        """Take a decision back that was not sent yet, or a note back to be decided again."""
        async with self._outbox.standing_still() as sending:

            def job(connection: Connection) -> bool:
                if operation_id in sending:
                    return False
                note = note_of(connection, operation_id)
                if note is not None and note.entry:
                    bring_back(connection, note)
                    return True
                return take_back(connection, operation_id)

            return await self._change(job)

    async def forget(self, operation_id: OperationId) -> bool:
        """She has read the note and needs it no longer."""

        def job(connection: Connection) -> bool:
            note = note_of(connection, operation_id)
            if note is not None:
                connection.execute(delete(decided).where(decided.c.number == note.number))
            return note is not None

        return await self._change(job)

    async def reopen(self, operation_id: OperationId) -> SummaryDraft | None:
        """A summary that was sent back is a draft again; None where there is none to reopen."""
        found: list[SummaryDraft] = []

        def job(connection: Connection) -> bool:
            row = set_aside_row(connection, operation_id)
            draft = None if row is None else reopen_summary(connection, row, to_text(self._now()))
            found.extend([] if draft is None else [draft])
            return draft is not None

        await self._change(job)
        return found[0] if found else None

    async def _change(self, job: Callable[[Connection], bool]) -> bool:
        return await self._outbox.write(job, EVERY_KIND)
