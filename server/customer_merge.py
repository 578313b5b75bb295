"""Two that are one become one: numbers, calls and tickets move, nothing is lost (M18, step ⑨).

The one that is merged away stays as a row that names the kept one, so that whatever still points
at it arrives. What moved is written down; a wrong merge is taken apart by hand from that list.
"""

from __future__ import annotations

import orjson
from sqlalchemy import Table, delete, insert, select, update

from server import fields
from server.acts import Act
from server.conflict import Merge, Value
from server.customer_fields import canonical
from server.customer_rows import CustomerRow, edited_values, kept_id, lock, phones_of
from server.customers import write
from server.errors import RejectedError
from server.tables import customer_merges, customers, interactions, phones, tickets

FILLED = ("segment_id", "region", "company", "address", "warning", "id_number")
"""What the kept customer takes from the other where it has nothing itself."""


def merge_customers(act: Act) -> int:
    """Merge ``payload.merged`` into the operation's record; returns the kept one's version.

    Raises RejectedError for a customer and itself, also by way of earlier merges.
    """
    kept, gone = _both(act)
    numbers = phones_of(act.connection, [kept.id, gone.id])
    moved = {
        "phones": [{"number": p["number"], "label": p["label"]} for p in numbers[gone.id]],
        "interactions": _move(act, interactions, kept.id, gone.id),
        "tickets": _move(act, tickets, kept.id, gone.id),
    }
    act.connection.execute(delete(phones).where(phones.c.customer_id == gone.id))
    for phone in numbers[gone.id]:
        act.transaction.changed("phones", str(phone["id"]))
    changes = _taken_over(
        edited_values(kept, numbers[kept.id]), edited_values(gone, numbers[gone.id])
    )
    version = write(act, kept, numbers[kept.id], Merge(changes=changes, conflicts=()))
    act.connection.execute(
        update(customers)
        .where(customers.c.id == gone.id)
        .values(merged_into=kept.id, version=gone.version + 1)
    )
    act.transaction.changed("customers", gone.id)
    act.connection.execute(
        insert(customer_merges).values(
            id=act.operation.id, kept_id=kept.id, merged_id=gone.id,
            agent_id=act.identity.agent_id, merged_at=act.now, moved=canonical(moved),
        )
    )  # fmt: skip
    return version


def _both(act: Act) -> tuple[CustomerRow, CustomerRow]:
    """The customer to keep and the one to merge away, locked."""
    if set(act.operation.payload) != {"merged"}:
        raise RejectedError("A merge says which customer is merged, and nothing else.")
    gone_id = fields.identifier("merged", act.operation.payload["merged"])
    kept_at_last = kept_id(act.connection, act.record)
    gone_at_last = kept_id(act.connection, gone_id)
    if gone_id == act.record:
        raise RejectedError("A customer cannot be merged with itself.")
    if kept_at_last == gone_at_last:
        raise RejectedError("These two have been merged already.")
    if gone_at_last != gone_id:
        raise RejectedError(f"The customer {gone_id} was merged into {gone_at_last} already.")
    rows = lock(act.connection, [kept_at_last, gone_id])
    if any(row.merged_into is not None for row in rows.values()):
        raise RejectedError("One of these customers is being merged by someone else.")
    return rows[kept_at_last], rows[gone_id]


def _move(act: Act, table: Table, kept: str, gone: str) -> list[str]:
    """Rows of somebody else become the kept one's; returns their ids."""
    rows = act.connection.execute(
        select(table.c.id, table.c.version, table.c.field_versions)
        .where(table.c.customer_id == gone)
        .order_by(table.c.id)
        .with_for_update()
    ).all()
    for row in rows:
        versions = orjson.loads(row.field_versions) | {"customer_id": row.version + 1}
        act.connection.execute(
            update(table)
            .where(table.c.id == row.id)
            .values(customer_id=kept, version=row.version + 1, field_versions=canonical(versions))
        )
        act.transaction.changed(str(table.name), row.id)
    return [row.id for row in rows]


def _taken_over(kept: dict[str, Value], gone: dict[str, Value]) -> dict[str, Value]:
    """What becomes of the kept customer: both numbers, both notes, and what only one has."""
    changes = {name: gone[name] for name in FILLED if not kept[name] and gone[name]}
    have = orjson.loads(str(kept["phones"]))
    known = {phone["number"] for phone in have}
    more = [p for p in orjson.loads(str(gone["phones"])) if p["number"] not in known]
    if more:
        changes["phones"] = canonical(have + more)
    custom = {**orjson.loads(str(gone["custom"])), **orjson.loads(str(kept["custom"]))}
    if canonical(custom) != kept["custom"]:
        changes["custom"] = canonical(custom)
    notes = [str(text) for text in (kept["notes"], gone["notes"]) if text]
    both = "\n".join(dict.fromkeys(notes))
    if both != kept["notes"] and len(both) <= fields.TEXT_MAX:
        changes["notes"] = both
    return changes
