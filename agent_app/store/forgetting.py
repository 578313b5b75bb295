"""Leaving no data of the centre on a seat, and losing no work on the way (step ⑦).

The copy goes as a whole. Of an agent's own work what the server has goes too; what it does not
have yet stays, encrypted as it was and bound to its author: the outbox with what belongs to it, and
what was typed and not saved.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Table, delete, select, true

from agent_app.domain.summary import DraftState
from agent_app.store.database import Database, FileSettings
from agent_app.store.errors import StoreError
from agent_app.store.migrations import migrate
from agent_app.store.tables import (
    ahead,
    article_uses,
    calls,
    customer_drafts,
    customer_edits,
    day_notes,
    day_seat,
    decided,
    drafts,
    gap_seen,
    notice_reads,
    outbox,
    own_interactions,
    state_spans,
    typed,
)
from agent_app.store.work_migrations import WORK_MIGRATIONS

_log = logging.getLogger(__name__)
_undelivered = select(outbox.c.id)
FORGOTTEN: Mapping[Table, ColumnElement[bool]] = {
    drafts: drafts.c.state == DraftState.SAVED.value,
    own_interactions: own_interactions.c.operation_id.not_in(_undelivered),
    customer_edits: customer_edits.c.operation_id.not_in(_undelivered),
    calls: true(),
    decided: true(),
    ahead: true(),
    state_spans: true(),
    day_notes: true(),
    day_seat: true(),  # what is added up anew is another part of the day than the one told
}
KEPT = frozenset({outbox, customer_drafts, article_uses, typed, notice_reads, gap_seen})
"""What only this seat has; of the other tables it is said above which rows go."""


def forget_work(connection: Connection) -> None:
    """Delete what the server has, in the caller's transaction."""
    for table, condition in FORGOTTEN.items():
        connection.execute(delete(table).where(condition))


def forget_others(paths: Iterable[Path], key: bytes) -> None:
    """The same in other agents' files; one that cannot be opened stays as it is."""
    for path in paths:
        database = Database(path, key=key, settings=FileSettings(durable=True))
        try:
            database.open(lambda c, path=path: migrate(c, WORK_MIGRATIONS, path))  # type: ignore[misc]
            database.erase_now(forget_work)
        except StoreError as error:
            _log.warning("another agent's file is not tidied: %s", error)
        finally:
            database.close_connections()


def forget_set_aside(cache: Path) -> None:
    """Copies that could not be read were kept for looking at; they are the centre's data too."""
    for path in cache.parent.glob(f"{cache.name}.unreadable-*"):
        path.unlink(missing_ok=True)
