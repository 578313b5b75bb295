"""Summaries being worked on, kept as they are typed (step ⑥)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from agent_app.domain.summary import DraftState, SummaryDraft
from agent_app.store.database import Database
from agent_app.store.draft_json import decode, encode
from agent_app.store.readers import Readers
from agent_app.store.tables import drafts
from agent_app.store.times import to_text

_log = logging.getLogger(__name__)


class Drafts:
    def __init__(self, *, work: Database, readers: Readers, now: Callable[[], datetime]) -> None:
        self._work = work
        self._readers = readers
        self._now = now

    async def put(self, draft: SummaryDraft) -> None:
        """Keep ``draft``; on the disk when this returns.

        A late keystroke cannot bring a saved summary back: once saved, the row stays as it is.
        """
        changed_at = to_text(self._now())
        await self._work.write(lambda connection: write_draft(connection, draft, changed_at))

    async def open(self) -> tuple[SummaryDraft, ...]:
        """Every draft that was not saved yet, in the order the calls began."""
        found = await self._readers.run(self._open)
        return tuple(sorted(found, key=lambda draft: draft.call.started_at))

    def _open(self) -> list[SummaryDraft]:
        question = select(drafts.c.interaction_id, drafts.c.body).where(
            drafts.c.state == DraftState.OPEN.value
        )
        found = []
        with self._work.reading() as connection:
            for interaction_id, body in connection.execute(question):
                try:
                    found.append(decode(body))
                except (ValueError, KeyError, TypeError):
                    # Left where it is: a later version may read it.
                    _log.exception("%s: this draft cannot be read", interaction_id)
        return found


def write_draft(connection: Connection, draft: SummaryDraft, changed_at: str) -> None:
    """Insert or replace one draft, unless it was saved already."""
    values = {"state": draft.state.value, "body": encode(draft), "changed_at": changed_at}
    statement = insert(drafts).values(interaction_id=draft.interaction_id, **values)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["interaction_id"],
            set_=values,
            where=drafts.c.state != DraftState.SAVED.value,
        )
    )
