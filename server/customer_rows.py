"""A customer as kept, as edited and as given to a seat: three shapes of one row (step ⑨)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import orjson
from sqlalchemy import Connection, Row, select

from server.conflict import Value
from server.customer_fields import canonical
from server.errors import RejectedError
from server.tables import WIRE_COLUMNS, customers, phones

CustomerRow = Row[*tuple[Any, ...]]

WIRE = tuple(customers.c[name] for name in WIRE_COLUMNS["customers"])
STEPS_MAX = 1_000
"""Merges in a row that are followed; a ring cannot be made, and would end here."""


def kept_id(connection: Connection, customer_id: str, *, hold: bool = False) -> str:
    """The customer that this one was merged into, at the end of all merges; itself if it was not.

    ``hold``: nobody may merge it away before this transaction ends, for rows that will point at
    it. Raises RejectedError when there is no such customer.
    """
    found = customer_id
    for _ in range(STEPS_MAX):
        statement = select(customers.c.merged_into).where(customers.c.id == found)
        if hold:
            statement = statement.with_for_update(read=True, key_share=True)
        row = connection.execute(statement).one_or_none()
        if row is None:
            raise RejectedError(f"The customer {customer_id} is not known here.")
        if row.merged_into is None:
            return found
        found = row.merged_into
    raise RejectedError(f"The customer {customer_id} was merged in a ring.")


def lock(connection: Connection, customer_ids: Collection[str]) -> dict[str, CustomerRow]:
    """Whole rows by id, locked in the order of ids so that two writers never wait in a ring."""
    found = connection.execute(
        select(customers)
        .where(customers.c.id.in_(customer_ids))
        .order_by(customers.c.id)
        .with_for_update()
    )
    return {row.id: row for row in found}


def phones_of(
    connection: Connection, customer_ids: Collection[str]
) -> dict[str, list[dict[str, object]]]:
    """``{"id", "number", "label"}`` of each customer, in the order in which they were given."""
    found: dict[str, list[dict[str, object]]] = {name: [] for name in customer_ids}
    rows = connection.execute(
        select(phones.c.customer_id, phones.c.id, phones.c.number, phones.c.label).where(
            phones.c.customer_id.in_(customer_ids)
        )
    )
    for owner, phone_id, number, label in sorted(rows, key=lambda row: str(row.id)):
        found[owner].append({"id": phone_id, "number": number, "label": label})
    return found


def edited_values(row: CustomerRow, numbers: Iterable[Mapping[str, object]]) -> dict[str, Value]:
    """The row as an edit names its parts: whole ID, whole custom values, phones as JSON text."""
    values = row._mapping
    custom = orjson.loads(row.custom) | orjson.loads(row.custom_secrets)
    return {
        **{
            name: values[name]
            for name in (
                "kind", "name", "segment_id", "region", "arrears_cents", "warning", "notes",
                "company", "address",
            )
        },
        "custom": canonical(custom),
        "id_number": row.id_secret,
        "phones": canonical([{"number": p["number"], "label": p["label"]} for p in numbers]),
    }  # fmt: skip


def as_object(
    row: CustomerRow, numbers: Iterable[Mapping[str, object]] | None = None
) -> dict[str, object]:
    """What a seat is given: masked, ``custom`` as an object, with ``phones`` when known."""
    value: dict[str, object] = {name: row._mapping[name] for name in WIRE_COLUMNS["customers"]}
    value["custom"] = orjson.loads(row.custom)
    if numbers is not None:
        value["phones"] = list(numbers)
    return value


def read_customer(connection: Connection, customer_id: str) -> dict[str, object] | None:
    row = connection.execute(select(*WIRE).where(customers.c.id == customer_id)).one_or_none()
    if row is None:
        return None
    return as_object(row, phones_of(connection, [customer_id])[customer_id])
