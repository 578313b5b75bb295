"""What she wrote and does not want sent: out of the outbox, kept to be read, and back again (⑧).

Without the customer it was made for, an interaction is nobody's and keeps the number.
"""

from __future__ import annotations

from collections.abc import Mapping

import orjson
from sqlalchemy import Connection, delete, insert, select, update

from agent_app.domain.link import SAVE_CUSTOMER, SAVE_INTERACTION, SAVE_TICKET
from agent_app.store.ahead import is_whole, plain
from agent_app.store.customer_edits import makes_customer, write_edit
from agent_app.store.tables import AnyRow, decided, outbox, own_interactions


def put_away(
    connection: Connection, row: AnyRow, payload: Mapping[str, object], decided_at: str
) -> None:
    """Take the outbox's ``row`` out; what it would have made takes along all that follows it."""
    customer = row.kind == SAVE_CUSTOMER and makes_customer(connection, row.position)
    making = customer or (row.kind == SAVE_TICKET and row.base == "{}")
    whole = row.kind == SAVE_INTERACTION and is_whole(orjson.loads(row.payload))
    gone = [row]
    if making or whole:
        gone += connection.execute(
            select(outbox).where(outbox.c.record == row.record, outbox.c.position > row.position)
        ).all()
    for entry in gone:
        written = payload if entry is row else orjson.loads(entry.payload)
        write_note(connection, entry, written, decided_at, whole=True, making=making or whole)
        connection.execute(delete(outbox).where(outbox.c.position == entry.position))
        _hide(connection, entry)
    if customer:
        _unbind(connection, row.record)


def write_note(
    connection: Connection,
    row: AnyRow,
    payload: Mapping[str, object],
    decided_at: str,
    *,
    whole: bool = False,
    making: bool = False,
) -> None:
    """Keep ``payload`` to be read; ``whole``: the entry left the outbox and can be brought back."""
    if not payload:
        return
    entry = plain(row)
    entry["making"] = making and row.base == "{}"
    connection.execute(
        insert(decided).values(
            id=row.id,
            kind=row.kind,
            record=row.record,
            author=row.author,
            title=row.title,
            made_at=row.made_at,
            decided_at=decided_at,
            detail=row.detail,
            payload=orjson.dumps(dict(payload)).decode(),
            entry=orjson.dumps(entry).decode() if whole else "",
            making=making,
        )
    )


def bring_back(connection: Connection, note: AnyRow) -> None:
    """Put a note's entry into its place in the outbox again, with all that went along with it."""
    together = decided.c.number == note.number
    if note.making:
        together = (decided.c.record == note.record) & (decided.c.decided_at == note.decided_at)
    for row in connection.execute(select(decided).where(together, decided.c.entry != "")).all():
        entry = orjson.loads(row.entry)
        making = entry.pop("making")
        connection.execute(insert(outbox).values(**entry))
        connection.execute(delete(decided).where(decided.c.number == row.number))
        _show(connection, entry["position"], is_new=making)


def forget_decided(connection: Connection, before: str, now: str) -> None:
    """Notes older than ``before`` go; a decision that may have been tried cannot be undone."""
    connection.execute(delete(decided).where(decided.c.decided_at < before))
    connection.execute(update(outbox).where(outbox.c.not_before <= now).values(previous=""))


def _hide(connection: Connection, entry: AnyRow) -> None:
    if entry.kind == SAVE_CUSTOMER:
        write_edit(connection, entry, {}, is_new=False)
    elif entry.kind == SAVE_INTERACTION and is_whole(orjson.loads(entry.payload)):
        connection.execute(delete(own_interactions).where(own_interactions.c.id == entry.record))
    elif entry.kind == SAVE_INTERACTION:  # a call that was moved is where the centre has it
        _move(connection, entry, orjson.loads(entry.server or "{}"), delivered=True)


def _show(connection: Connection, position: int, *, is_new: bool) -> None:
    entry = connection.execute(select(outbox).where(outbox.c.position == position)).one()
    payload = orjson.loads(entry.payload)
    if entry.kind == SAVE_CUSTOMER:
        write_edit(connection, entry, payload, is_new=is_new)
    elif entry.kind == SAVE_INTERACTION and not is_whole(payload):
        _move(connection, entry, payload, delivered=False)
    elif entry.kind == SAVE_INTERACTION:
        connection.execute(
            insert(own_interactions).values(
                id=entry.record,
                operation_id=entry.id,
                customer_id=payload["customer_id"],
                started_at=payload["started_at"],
                payload=entry.payload,
                title=entry.title,
                made_at=entry.made_at,
                delivered=False,
            )
        )


def _unbind(connection: Connection, customer_id: str) -> None:
    waiting = connection.execute(select(outbox).where(outbox.c.after == customer_id)).all()
    for entry in waiting:
        payload = orjson.dumps(orjson.loads(entry.payload) | {"customer_id": None}).decode()
        connection.execute(
            update(outbox)
            .where(outbox.c.position == entry.position)
            .values(payload=payload, after="")
        )
        _move(connection, entry, {"customer_id": None}, delivered=False)


def _move(
    connection: Connection, entry: AnyRow, values: Mapping[str, object], *, delivered: bool
) -> None:
    """What is shown of a saved call says whose it is; the rest of it stays as it is."""
    own = connection.execute(
        select(own_interactions).where(own_interactions.c.id == entry.record)
    ).first()
    if own is None:
        return
    whose = {name: values[name] for name in ("customer_id", "customer_name") if name in values}
    payload = orjson.loads(own.payload) | whose
    connection.execute(
        update(own_interactions)
        .where(own_interactions.c.id == entry.record)
        .values(
            customer_id=payload["customer_id"],
            payload=orjson.dumps(payload).decode(),
            delivered=delivered,
        )
    )
