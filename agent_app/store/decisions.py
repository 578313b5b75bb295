"""Her decisions about what the server did not take, each within the caller's transaction (⑧)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import orjson
from sqlalchemy import Connection, delete, select, update

from agent_app.domain.ids import new_operation_id
from agent_app.domain.inbox import Decision, new_base, without_clashes
from agent_app.domain.link import PUBLISH_DRAFT, SAVE_CUSTOMER, SAVE_INTERACTION, OutboxState
from agent_app.domain.summary import DraftState, SummaryDraft
from agent_app.store.ahead import is_whole
from agent_app.store.customer_edits import makes_customer, write_edit
from agent_app.store.draft_json import decode, encode
from agent_app.store.inbox_rows import pairs_of, server_of
from agent_app.store.put_away import put_away, write_note
from agent_app.store.tables import AnyRow, decided, drafts, outbox, own_interactions

_KEPT = ("id", "record", "payload", "base", "state", "attempts", "detail", "server")
"""What undoing a decision brings back."""


def carry_out(
    connection: Connection, row: AnyRow, decision: Decision, *, decided_at: str, send_at: str
) -> None:
    """Do it to the outbox's ``row``, which was set aside; nothing of it is sent before
    ``send_at``."""
    payload: dict[str, object] = orjson.loads(row.payload)
    server = server_of(row.server)
    match decision:
        case Decision.KEEP_MINE:
            _send(connection, row, payload, new_base(payload, server), send_at)
        case Decision.SEND_AGAIN:
            _send(connection, row, payload, orjson.loads(row.base), send_at)
        case Decision.SET_ASIDE:
            put_away(connection, row, payload, decided_at)
        case Decision.TAKE_THEIRS:
            left, lost = without_clashes(payload, pairs_of(row))
            if row.kind == PUBLISH_DRAFT or not set(left) - {"id"}:
                put_away(connection, row, lost, decided_at)
                return
            _send(connection, row, left, new_base(left, server), send_at)
            write_note(connection, row, lost, decided_at)


def take_back(connection: Connection, operation_id: str) -> bool:
    """Undo a decision that was never tried; False if it was, or is none."""
    row = connection.execute(
        select(outbox).where(
            outbox.c.id == operation_id, outbox.c.previous != "", outbox.c.attempts == 0
        )
    ).first()
    if row is None:
        return False
    before = orjson.loads(row.previous)
    connection.execute(
        update(outbox)
        .where(outbox.c.position == row.position)
        .values(**before, previous="", not_before="")
    )
    connection.execute(delete(decided).where(decided.c.id == before["id"]))
    _follow(connection, row.position, orjson.loads(before["payload"]))
    return True


def reopen_summary(connection: Connection, row: AnyRow, now: str) -> SummaryDraft | None:
    """Make a summary that was sent back a draft again; its entry leaves the outbox."""
    if row.kind != SAVE_INTERACTION or row.state != OutboxState.REJECTED.value:
        return None
    if not is_whole(orjson.loads(row.payload)):
        return None
    body = connection.execute(
        select(drafts.c.body).where(drafts.c.interaction_id == row.record)
    ).scalar()
    if body is None:
        return None
    draft = replace(decode(body), state=DraftState.OPEN)
    connection.execute(
        update(drafts)
        .where(drafts.c.interaction_id == row.record)
        .values(state=draft.state.value, body=encode(draft), changed_at=now)
    )
    connection.execute(delete(outbox).where(outbox.c.record == row.record))
    connection.execute(delete(own_interactions).where(own_interactions.c.id == row.record))
    return draft


def _send(
    connection: Connection,
    row: AnyRow,
    payload: Mapping[str, object],
    base: Mapping[str, int],
    send_at: str,
) -> None:
    """A new operation in the place of the old one; of a merged customer it goes to the kept one."""
    merged = server_of(row.server).get("id", row.record) if row.kind == SAVE_CUSTOMER else None
    connection.execute(
        update(outbox)
        .where(outbox.c.position == row.position)
        .values(
            id=new_operation_id(),
            record=merged or row.record,
            payload=orjson.dumps(dict(payload)).decode(),
            base=orjson.dumps(dict(base)).decode(),
            state=OutboxState.WAITING.value,
            attempts=0,
            detail="",
            server="",
            not_before=send_at,
            previous=orjson.dumps({name: row._mapping[name] for name in _KEPT}).decode(),
        )
    )
    _follow(connection, row.position, payload)


def _follow(connection: Connection, position: int, payload: Mapping[str, object]) -> None:
    """What is shown as provisional says what the outbox says."""
    entry = connection.execute(select(outbox).where(outbox.c.position == position)).one()
    if entry.kind == SAVE_CUSTOMER:
        making = makes_customer(connection, position)
        write_edit(connection, entry, payload, is_new=making)
    elif entry.kind == SAVE_INTERACTION:
        connection.execute(
            update(own_interactions)
            .where(own_interactions.c.id == entry.record)
            .values(operation_id=entry.id)
        )
