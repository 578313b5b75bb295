"""What this seat changed of customers, over the copy of the centre's data (steps ④ and ⑦).

An edit is shown at once and marked (待同步) until the server has it and it came back with the feed:
from then on the cache's row has at least the edit's version, and the edit is not looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson
from sqlalchemy import Connection, bindparam, delete, exists, func, insert, select

from agent_app.domain.customer_edit import CustomerFields, Phone, mask
from agent_app.domain.ids import CustomerId, OperationId
from agent_app.store.tables import AnyRow, customer_edits, customers, decided, outbox

_of_customer = (
    select(customer_edits)
    .where(customer_edits.c.customer_id == bindparam("customer"))
    .order_by(customer_edits.c.position)
)
_with_number = select(customer_edits.c.customer_id).where(
    func.instr(customer_edits.c.numbers, bindparam("number")) > 0
)


@dataclass(frozen=True, slots=True)
class Edit:
    """``payload`` has the ID number with its middle hidden; ``version`` 0: not delivered yet."""

    operation_id: OperationId
    payload: Mapping[str, object]
    version: int
    is_new: bool

    def is_ahead_of(self, version: int) -> bool:
        """The cache's row of this version does not have the edit."""
        return self.version == 0 or self.version > version


@dataclass(frozen=True, slots=True)
class Overlaid:
    """A customer's columns with this seat's edits in them; ``phones`` None: as the cache has it.

    ``parts`` are those that are only on this seat.
    """

    values: Mapping[str, object]
    phones: tuple[Phone, ...] | None
    parts: frozenset[str]
    edits: tuple[Edit, ...]


def edits_of(work: Connection, customer_id: str) -> tuple[Edit, ...]:
    """Oldest first; ask before the cache: what is delivered in between is then in one of both."""
    return tuple(_edit(row) for row in work.execute(_of_customer, {"customer": customer_id}))


def edited_to_number(work: Connection, number: str) -> frozenset[str]:
    """Customers who were given this number here."""
    found = work.execute(_with_number, {"number": f" {number} "}).scalars()
    return frozenset(found)


def overlay(row: AnyRow | None, edits: Sequence[Edit]) -> Overlaid | None:
    """The cache's row, if there is one, with the edits that are ahead of it; None: nobody.

    A customer made here needs no row; of another one that left the cache, nothing is shown.
    """
    if row is None and not any(edit.is_new for edit in edits):
        return None
    values: dict[str, object] = _BLANK | ({} if row is None else dict(row._mapping))
    values["custom"] = orjson.loads(str(values["custom"]) or "{}")
    version = 0 if row is None else int(row.version)
    ahead = tuple(edit for edit in edits if edit.is_ahead_of(version))
    phones: tuple[Phone, ...] | None = () if row is None else None
    for edit in ahead:
        values |= {name: value for name, value in edit.payload.items() if name in _BLANK}
        if "phones" in edit.payload:
            phones = phones_in(edit.payload)
    parts = frozenset(name for edit in ahead for name in edit.payload)
    return Overlaid(values, phones, parts, ahead)


def phones_in(payload: Mapping[str, object]) -> tuple[Phone, ...]:
    found = payload.get("phones")
    rows = found if isinstance(found, list) else []
    return tuple(Phone(str(one["number"]), str(one.get("label", ""))) for one in rows)


def fields_of(values: Mapping[str, object], numbers: tuple[Phone, ...]) -> CustomerFields:
    """The parts of a customer's columns that can be edited."""
    segment, custom = values["segment_id"], values["custom"]
    texts = {
        name: str(values[name])
        for name in ("kind", "name", "region", "company", "address", "id_number", "warning",
                     "notes")
    }  # fmt: skip
    return CustomerFields(
        segment_id=None if segment is None else str(segment),
        phones=numbers,
        custom=custom if isinstance(custom, dict) else {},
        **texts,
    )


def write_edit(
    connection: Connection, entry: AnyRow, payload: Mapping[str, object], *, is_new: bool
) -> None:
    """Show the outbox's ``entry`` over the cache; with nothing in ``payload``, no longer."""
    connection.execute(delete(customer_edits).where(customer_edits.c.position == entry.position))
    if not payload:
        return
    kept = dict(payload)
    if kept.get("id_number"):
        kept["id_number"] = mask(str(kept["id_number"]))
    numbers = " ".join(phone.number for phone in phones_in(kept))
    connection.execute(
        insert(customer_edits).values(
            position=entry.position,
            operation_id=entry.id,
            customer_id=entry.record,
            payload=orjson.dumps(kept).decode(),
            numbers=f" {numbers} ",
            made_at=entry.made_at,
            is_new=is_new,
        )
    )


def makes_customer(connection: Connection, position: int) -> bool:
    """Whether the outbox's entry at ``position`` is what makes a customer."""
    question = select(customer_edits.c.is_new).where(customer_edits.c.position == position)
    return bool(connection.execute(question).scalar())


def bound_to(
    connection: Connection, customer_id: CustomerId | None
) -> tuple[CustomerId | None, str]:
    """Whom a new interaction belongs to, and the record the server must have before it.

    A customer made here and then not wanted is nobody: the interaction keeps the number.
    """
    if customer_id is None:
        return None, ""
    making = select(customer_edits.c.position).where(
        customer_edits.c.customer_id == customer_id, customer_edits.c.is_new
    )
    waits = connection.execute(
        select(exists().where(outbox.c.record == customer_id, outbox.c.position.in_(making)))
    ).scalar()
    if waits:
        return customer_id, customer_id
    unwanted = select(decided.c.id).where(decided.c.record == customer_id, decided.c.making)
    if connection.execute(unwanted).first() is not None:
        return None, ""
    return customer_id, ""


def forget_pulled(work: Connection, cache: Connection, before: str) -> None:
    """Edits that came back with the feed are no longer needed, nor those that never will.

    A server that was restored from a copy may not have what was delivered ``before``.
    """
    work.execute(
        delete(customer_edits).where(
            customer_edits.c.version > 0, customer_edits.c.made_at < before
        )
    )
    delivered = work.execute(select(customer_edits).where(customer_edits.c.version > 0)).all()
    for row in delivered:
        version = cache.execute(
            select(customers.c.version).where(customers.c.id == row.customer_id)
        ).scalar()
        if version is not None and row.version <= version:
            work.execute(delete(customer_edits).where(customer_edits.c.position == row.position))


def _edit(row: AnyRow) -> Edit:
    return Edit(OperationId(row.operation_id), orjson.loads(row.payload), row.version, row.is_new)


_BLANK: dict[str, object] = {
    column.name: 0 if column.name in ("version", "arrears_cents") else ""
    for column in customers.columns
} | {"segment_id": None, "merged_into": None}
