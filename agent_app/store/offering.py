"""What a restored server may not have any more is offered to it again (step ⑧).

Each entry is what was sent, to the letter and with its id: a server that has it says so, and
nothing is done twice. It counts as tried, so that nobody puts other words under that id. What was
made meanwhile stands on it and stays behind it. A ticket goes with the number that its caller may
have been told, which to the server is the same operation.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import orjson
from sqlalchemy import Connection, delete, func, insert, select, update

from agent_app.domain.ids import new_operation_id
from agent_app.domain.link import (
    MERGE_CUSTOMERS,
    SAVE_CUSTOMER,
    SAVE_INTERACTION,
    SAVE_TICKET,
    OutboxState,
)
from agent_app.store.ahead import SENT, is_whole
from agent_app.store.customer_edits import write_edit
from agent_app.store.tables import (
    AnyRow,
    ahead,
    customer_edits,
    decided,
    outbox,
    own_interactions,
    tickets,
)


def numbers_known(cache: Connection, work: Connection) -> dict[str, str]:
    """What the copy says the tickets are called that this seat made and may offer again."""
    made = select(ahead.c.record).where(ahead.c.kind == SAVE_TICKET, ahead.c.base == "{}")
    records = work.execute(made).scalars().all()
    found = select(tickets.c.id, tickets.c.number).where(tickets.c.id.in_(records))
    return {row.id: row.number for row in cache.execute(found)}


def offer_again(connection: Connection, numbers: Mapping[str, str]) -> int:
    """Put everything delivered that is kept here back into the outbox; returns how much that is.

    ``numbers`` are those of tickets, by record."""
    taken = connection.execute(select(ahead).order_by(ahead.c.position)).all()
    about_customers = [row for row in taken if row.kind in (SAVE_CUSTOMER, MERGE_CUSTOMERS)]
    made = {row.record for row in about_customers if _makes(row)}
    entries = [_as_sent(row, made) for row in about_customers]
    entries += _calls(connection, made)
    entries += [
        _numbered(_as_sent(row, made), numbers) for row in taken if row not in about_customers
    ]
    first = _foremost(connection) - len(entries)
    for position, entry in enumerate(entries, first):
        connection.execute(insert(outbox).values(position=position, **entry))
    for row in about_customers:
        if row.kind == SAVE_CUSTOMER:
            _show(connection, row)
    connection.execute(delete(ahead))
    return len(entries)


def _makes(row: AnyRow) -> bool:
    return bool(row.kind == SAVE_CUSTOMER and row.base == "{}")


def _as_sent(row: AnyRow, made: Collection[str]) -> dict[str, object]:
    """A merge waits for who is merged away, a ticket for whose it is."""
    payload = orjson.loads(row.payload)
    other = payload.get("merged") or payload.get("customer_id") or ""
    return {
        "id": row.operation_id,
        **{name: row._mapping[name] for name in SENT},
        "state": OutboxState.WAITING.value,
        "attempts": 1,
        "after": other if other in made else "",
    }


def _numbered(entry: dict[str, object], numbers: Mapping[str, str]) -> dict[str, object]:
    number = numbers.get(str(entry["record"]))
    if not number or entry["kind"] != SAVE_TICKET or entry["base"] != "{}":
        return entry
    payload = orjson.loads(str(entry["payload"])) | {"number": number}
    return entry | {"payload": orjson.dumps(payload).decode()}


def _calls(connection: Connection, made: Collection[str]) -> list[dict[str, object]]:
    """The agent's own.

    A call that was given to another person since, or is on its way to one, is offered as it is now,
    as an act of its own: its id was another act's alone. It was made in sight of what the server
    said last, and fights with nobody where the server has the call as it was before.
    """
    entries: list[dict[str, object]] = []
    rows = connection.execute(
        select(own_interactions)
        .where(own_interactions.c.version > 0)
        .order_by(own_interactions.c.made_at)
    ).all()
    for row in rows:
        if not row.delivered and _waits_whole(connection, row.id):
            continue
        payload = orjson.loads(row.payload)
        moved = row.version > 1 or not row.delivered
        base = dict.fromkeys(payload.keys() - {"id"}, row.version) if moved else {}
        operation_id = new_operation_id() if moved else row.operation_id
        entries.append({
            "id": operation_id, "kind": SAVE_INTERACTION, "record": row.id,
            "author": payload["agent_id"], "made_at": row.made_at, "payload": row.payload,
            "base": orjson.dumps(base).decode(), "title": row.title,
            "state": OutboxState.WAITING.value, "attempts": 0 if moved else 1,
            "after": row.customer_id if row.customer_id in made else "",
        })  # fmt: skip
        if row.delivered:
            connection.execute(
                update(own_interactions)
                .where(own_interactions.c.id == row.id)
                .values(operation_id=operation_id, delivered=False)
            )
    return entries


def _waits_whole(connection: Connection, interaction_id: str) -> bool:
    waiting = select(outbox.c.payload).where(outbox.c.record == interaction_id)
    return any(is_whole(orjson.loads(one)) for one in connection.execute(waiting).scalars())


def _foremost(connection: Connection) -> int:
    """A position before which none is, was taken by a delivered edit, or may be come back to."""
    kept = func.json_extract(decided.c.entry, "$.position")
    places = (
        select(func.min(outbox.c.position)),
        select(func.min(customer_edits.c.position)),
        select(func.min(kept)).where(decided.c.entry != ""),
    )
    taken = [connection.execute(one).scalar() for one in places]
    return min([1, *(int(one) for one in taken if one is not None)])


def _show(connection: Connection, row: AnyRow) -> None:
    """Until it comes with the feed, what is shown of the customer is what this seat made of it.

    Where the feed has brought it, ``version`` says so, and the card shows the feed's.
    """
    connection.execute(
        delete(customer_edits).where(customer_edits.c.operation_id == row.operation_id)
    )
    entry = connection.execute(select(outbox).where(outbox.c.id == row.operation_id)).one()
    write_edit(connection, entry, orjson.loads(row.payload), is_new=_makes(row))
    connection.execute(
        update(customer_edits)
        .where(customer_edits.c.operation_id == row.operation_id)
        .values(version=row.version)
    )
