"""Rows of the outbox and of what was decided, as entries of the inbox (step ⑧)."""

from __future__ import annotations

from collections.abc import Mapping

import orjson
from sqlalchemy import Connection, select

from agent_app.domain.ids import AgentId, OperationId
from agent_app.domain.inbox import Decision, EntryState, FieldPair, InboxEntry, pairs
from agent_app.domain.link import SAVE_CUSTOMER, SAVE_INTERACTION, OutboxState
from agent_app.store.ahead import is_whole
from agent_app.store.tables import AnyRow, decided, outbox
from agent_app.store.times import from_text

_EDITED = frozenset({SAVE_CUSTOMER, SAVE_INTERACTION})
_SET_ASIDE = (OutboxState.CONFLICT.value, OutboxState.REJECTED.value)
_STATES = {
    OutboxState.CONFLICT.value: EntryState.CONFLICT,
    OutboxState.REJECTED.value: EntryState.REJECTED,
    OutboxState.WAITING.value: EntryState.DECIDED,
}
_OFFERED = {
    EntryState.CONFLICT: frozenset({Decision.KEEP_MINE, Decision.TAKE_THEIRS}),
    EntryState.REJECTED: frozenset({Decision.SEND_AGAIN, Decision.SET_ASIDE}),
}


def entries_in(connection: Connection) -> tuple[InboxEntry, ...]:
    """To decide, decided, kept; each group oldest first but the last, which is newest first."""
    rows = connection.execute(
        select(outbox)
        .where(outbox.c.state.in_(_SET_ASIDE) | (outbox.c.previous != ""))
        .order_by(outbox.c.previous != "", outbox.c.position)
    ).all()
    notes = connection.execute(select(decided).order_by(decided.c.number.desc())).all()
    return (*(_entry(row) for row in rows), *(_note(row) for row in notes))


def set_aside_row(connection: Connection, operation_id: OperationId) -> AnyRow | None:
    question = select(outbox).where(outbox.c.id == operation_id, outbox.c.state.in_(_SET_ASIDE))
    return connection.execute(question).first()


def note_of(connection: Connection, operation_id: OperationId) -> AnyRow | None:
    question = select(decided).where(decided.c.id == operation_id)
    return connection.execute(question.order_by(decided.c.number.desc())).first()


def pairs_of(row: AnyRow) -> tuple[FieldPair, ...]:
    """Both values of each part of an entry that was set aside."""
    return pairs(orjson.loads(row.payload), orjson.loads(row.base), server_of(row.server))


def server_of(text: str) -> Mapping[str, object]:
    found = orjson.loads(text) if text else {}
    return found if isinstance(found, dict) else {}


def _entry(row: AnyRow) -> InboxEntry:
    state = _STATES[row.state]
    was = orjson.loads(row.previous) if row.previous else {}
    both = pairs_of(row)
    if was:
        both = pairs(orjson.loads(was["payload"]), orjson.loads(was["base"]),
                     server_of(was["server"]))  # fmt: skip
    return InboxEntry(
        operation_id=OperationId(row.id),
        kind=row.kind,
        record=row.record,
        author=AgentId(row.author),
        title=row.title,
        made_at=from_text(row.made_at),
        state=state,
        reason=was.get("detail", row.detail),
        pairs=both,
        decisions=_OFFERED.get(state, frozenset()),
        can_edit=state is EntryState.REJECTED and row.kind in _EDITED and not _is_move(row),
        can_undo=bool(was) and row.attempts == 0,
    )


def _is_move(row: AnyRow) -> bool:
    """A saved call given to another person: nothing is typed in it."""
    return row.kind == SAVE_INTERACTION and not is_whole(orjson.loads(row.payload))


def _note(row: AnyRow) -> InboxEntry:
    payload = orjson.loads(row.payload)
    mine = (FieldPair(name, value, None, differs=False, clash=False)
            for name, value in payload.items() if name != "id")  # fmt: skip
    return InboxEntry(
        operation_id=OperationId(row.id),
        kind=row.kind,
        record=row.record,
        author=AgentId(row.author),
        title=row.title,
        made_at=from_text(row.made_at),
        state=EntryState.NOTE,
        reason=row.detail,
        pairs=tuple(mine),
        can_undo=bool(row.entry),
        decided_at=from_text(row.decided_at),
    )
