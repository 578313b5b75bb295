"""What of the history only this seat has: summaries under way and calls without one (step ⑥)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import orjson
from sqlalchemy import ColumnElement, Connection, select

from agent_app.domain.link import SAVE_INTERACTION, OutboxState
from agent_app.domain.records import Record, RecordDetails, RecordFilter, RecordState
from agent_app.store.record_rows import Values, call_record, fits, record_of
from agent_app.store.tables import AnyRow, calls, outbox, own_interactions
from agent_app.store.times import from_text

_STATES = {
    OutboxState.CONFLICT.value: RecordState.CONFLICT,
    OutboxState.REJECTED.value: RecordState.REJECTED,
}
_entries = (
    select(
        outbox.c.record, outbox.c.state, outbox.c.detail, outbox.c.attempts,
        own_interactions.c.id.label("own"),
    )
    .outerjoin(own_interactions, own_interactions.c.id == outbox.c.record)
    .where(outbox.c.kind == SAVE_INTERACTION)
    .order_by(outbox.c.position.desc())
)  # fmt: skip
_saved = select(
    own_interactions.c.id, own_interactions.c.started_at, own_interactions.c.payload,
    own_interactions.c.made_at,
)  # fmt: skip
_over = select(calls).where(calls.c.end_reason != "")
_has_summary = select(own_interactions.c.id)


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """``interaction_id`` may be in the copy as well, unless the record is ``pending``.

    ``values`` are what was saved; ``call`` is set instead for a call without a summary here.
    """

    interaction_id: str
    record: Record
    values: Values
    texts: tuple[str, ...] = ()
    made_at: str = ""
    call: AnyRow | None = None
    pending: bool = False


class Pending:
    """Which interactions the server does not have as they are here."""

    def __init__(self, connection: Connection) -> None:
        # The newest entry first, so that the oldest, which decides, is what stays.
        self._entries: Mapping[str, AnyRow] = {
            row.record: row for row in connection.execute(_entries)
        }

    @property
    def elsewhere(self) -> list[str]:
        """Those of which this seat has no summary: colleagues' that she changed."""
        return [record for record, entry in self._entries.items() if entry.own is None]

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._entries

    def saved_here(self, record_id: str) -> bool:
        """It is shown as it was saved here, whatever the copy says of it."""
        entry = self._entries.get(record_id)
        return entry is not None and entry.own is not None

    def marked(self, record: Record) -> Record:
        entry = self._entries.get(record.record_id)
        if entry is None:
            return record
        return replace(record, state=_STATES.get(entry.state, RecordState.WAITING))

    def explained(self, details: RecordDetails) -> RecordDetails:
        """With why the server does not have it."""
        entry = self._entries.get(details.record.record_id)
        if entry is None:
            return details
        return replace(details, reason=entry.detail, attempts=entry.attempts)


def own_between(
    connection: Connection, pending: Pending, low: str, high: str, wanted: RecordFilter
) -> list[OwnRecord]:
    """Those that began at or after ``low`` and before ``high`` ("": no bound) and fit."""
    saved = connection.execute(_saved.where(*_within(own_interactions.c.started_at, low, high)))
    over = connection.execute(
        _over.where(
            *_within(calls.c.started_at, low, high),
            calls.c.interaction_id.not_in(_has_summary),
        )
    )
    found = [_interaction(row, pending) for row in saved]
    found += [_call(row) for row in over]
    return [one for one in found if fits(one.record, one.texts, wanted)]


def own_by_id(connection: Connection, pending: Pending, record_id: str) -> OwnRecord | None:
    row = connection.execute(_saved.where(own_interactions.c.id == record_id)).first()
    if row is not None:
        return _interaction(row, pending)
    call = connection.execute(_over.where(calls.c.id == record_id)).first()
    return None if call is None else _call(call)


def _within(started_at: ColumnElement[str], low: str, high: str) -> list[ColumnElement[bool]]:
    return [started_at >= low, *([started_at < high] if high else [])]


def _interaction(row: AnyRow, pending: Pending) -> OwnRecord:
    values = orjson.loads(row.payload)
    return OwnRecord(
        interaction_id=row.id,
        record=pending.marked(record_of(values, RecordState.DELIVERED)),
        values=values,
        texts=tuple(
            str(values[name]) for name in ("caller_name", "question", "answer", "follow_up")
        ),
        made_at=row.made_at,
        pending=row.id in pending,
    )


def _call(row: AnyRow) -> OwnRecord:
    return OwnRecord(row.interaction_id, call_record(row), {}, call=row)


def saved_at(details: RecordDetails, mine: OwnRecord | None) -> RecordDetails:
    """With when it was saved here."""
    if mine is None or not mine.made_at:
        return details
    return replace(details, saved_at=from_text(mine.made_at))
