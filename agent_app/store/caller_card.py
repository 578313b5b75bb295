"""Everything a card says of one person: the copy of the centre with this seat's work over it (④).

What this seat saved and the server does not have yet counts as history, edits of the customer go
over the cache's row, and a call that was moved to another person here is that one's at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

import orjson
from sqlalchemy import Connection, bindparam, func, select

from agent_app.domain.customer_edit import CustomField, FieldKind, Phone
from agent_app.domain.customers import Customer, CustomerKind, CustomValue, PastInteraction
from agent_app.domain.ids import CategoryId, CustomerId, InteractionId
from agent_app.store.centre_fields import read_custom_fields
from agent_app.store.customer_edits import Edit, edits_of, fields_of, overlay
from agent_app.store.tables import (
    AnyRow,
    categories,
    customers,
    interactions,
    own_interactions,
    phones,
    segments,
)
from agent_app.store.tickets import open_tickets
from agent_app.store.times import from_text

MERGES_FOLLOWED = 8
"""So often somebody was merged into somebody else and that one again; more is a circle."""

by_id = select(customers).where(customers.c.id == bindparam("customer"))

numbers_of = (
    select(phones.c.number, phones.c.label)
    .where(phones.c.customer_id == bindparam("customer"))
    .order_by(phones.c.id)
)

_segment = select(segments.c.name, segments.c.rule).where(segments.c.id == bindparam("segment"))

_history_of = (
    select(
        interactions.c.id, interactions.c.version, interactions.c.customer_id,
        interactions.c.started_at, interactions.c.agent_name, interactions.c.queue,
        interactions.c.category_id, interactions.c.question, interactions.c.answer,
        interactions.c.talk_s,
        func.coalesce(categories.c.name, "").label("category"),
    )
    .outerjoin(categories, categories.c.id == interactions.c.category_id)
    .where(interactions.c.customer_id == bindparam("customer"))
    .order_by(interactions.c.started_at.desc())
    .limit(bindparam("limit"))
)  # fmt: skip

_history_total = select(func.count()).where(interactions.c.customer_id == bindparam("customer"))

_own_of = (
    select(own_interactions)
    .where(own_interactions.c.customer_id == bindparam("customer"))
    .order_by(own_interactions.c.started_at.desc())
)

_own_elsewhere = select(own_interactions).where(
    own_interactions.c.id.in_(bindparam("ids", expanding=True)),
    own_interactions.c.customer_id.is_distinct_from(bindparam("customer")),
)

_known = select(interactions.c.version, interactions.c.customer_id).where(
    interactions.c.id == bindparam("id")
)

_category_name = select(categories.c.name).where(categories.c.id == bindparam("id"))


def load_card(
    cache: Connection, work: Connection, customer_id: CustomerId, history_limit: int
) -> Customer | None:
    """The person, newest history first; whoever was merged away is the one who was kept."""
    was: set[CustomerId] = set()
    for _ in range(MERGES_FOLLOWED):
        found, kept = _load(cache, work, customer_id, history_limit)
        if kept is None:
            return found if found is None or not was else replace(found, was=frozenset(was))
        was.add(customer_id)
        customer_id = kept
    return None


def _load(
    cache: Connection, work: Connection, customer_id: CustomerId, history_limit: int
) -> tuple[Customer | None, CustomerId | None]:
    """The person, or the one who was kept of two."""
    # Own first: what is delivered in between is then found in both, and never in neither.
    own = work.execute(_own_of, {"customer": customer_id}).all()
    edits = edits_of(work, customer_id)
    row = cache.execute(by_id, {"customer": customer_id}).first()
    if row is not None and row.merged_into is not None:
        return None, CustomerId(row.merged_into)
    asked = {"customer": customer_id, "limit": history_limit}
    past = cache.execute(_history_of, asked).all()
    total = cache.execute(_history_total, {"customer": customer_id}).scalar_one()
    moved = _moved_away(work, customer_id, {one.id: one for one in past})
    tickets = open_tickets(cache, work, [customer_id])
    history = {one.id: _past(one) for one in past if one.id not in moved}
    total -= len(moved)
    for one in own:
        known = cache.execute(_known, {"id": one.id}).first()
        if is_ahead(one, known):
            total += known is None or known.customer_id != customer_id
            history[one.id] = _own_past(cache, one)
    newest_first = sorted(history.values(), key=lambda one: one.started_at, reverse=True)
    newest = tuple(newest_first[:history_limit])
    found = _customer(cache, customer_id, row, edits, newest, total)
    if found is not None and tickets:
        found = replace(found, tickets=tickets[customer_id])
    return found, None


def is_ahead(own: AnyRow, known: AnyRow | None) -> bool:
    """What was saved here says more than the cache's row, None: it has none."""
    if known is None:
        return True
    if not own.delivered:
        return bool(own.customer_id != known.customer_id)
    return bool(own.version > known.version)


def _moved_away(work: Connection, customer_id: str, known: Mapping[str, AnyRow]) -> Collection[str]:
    """Those of somebody's interactions in the cache that this seat gave to somebody else."""
    if not known:
        return ()
    rows = work.execute(_own_elsewhere, {"ids": list(known), "customer": customer_id})
    return {row.id for row in rows if is_ahead(row, known[row.id])}


def _customer(
    connection: Connection,
    customer_id: CustomerId,
    row: AnyRow | None,
    edits: tuple[Edit, ...],
    history: tuple[PastInteraction, ...],
    total: int,
) -> Customer | None:
    shown = overlay(row, edits)
    if shown is None:
        return None
    known = connection.execute(numbers_of, {"customer": customer_id})
    numbers = tuple(Phone(*one) for one in known) if shown.phones is None else shown.phones
    fields = fields_of(shown.values, numbers)
    segment, rule = segment_of(connection, shown.values["segment_id"])
    return Customer(
        customer_id=customer_id,
        name=fields.name,
        kind=kind_of(fields.kind),
        segment=segment,
        segment_rule=rule,
        region=fields.region,
        numbers=tuple(dict.fromkeys(phone.number for phone in fields.phones)),
        arrears_cents=int(str(shown.values["arrears_cents"])),
        warning=fields.warning,
        notes=fields.notes,
        history=history,
        history_total=total,
        company=fields.company,
        address=fields.address,
        id_number=fields.id_number,
        provisional=shown.parts,
        is_new=row is None,
        custom=tuple(_custom_values(read_custom_fields(connection), fields.custom)),
    )


def _custom_values(
    defined: Iterable[CustomField], values: Mapping[str, object]
) -> Iterable[CustomValue]:
    """In the centre's order, those that say something."""
    for one in defined:
        value = values.get(one.field_id)
        if value in (None, ""):
            continue
        text = dict(one.choices).get(str(value), str(value))
        yield CustomValue(
            one.field_id,
            one.name,
            one.name_en,
            bool(value) if one.kind is FieldKind.YES_NO else text,
            one.sensitive,
        )


def segment_of(connection: Connection, segment_id: object) -> tuple[str, str]:
    """Name and service rule; empty where there is none, or none that the cache knows."""
    row = connection.execute(_segment, {"segment": segment_id}).first()
    return ("", "") if row is None else (row.name, row.rule)


def kind_of(text: str) -> CustomerKind:
    """A kind that a newer server invents is shown as a person rather than not at all."""
    return CustomerKind.COMPANY if text == CustomerKind.COMPANY.value else CustomerKind.PERSON


def _category_id(text: str | None) -> CategoryId | None:
    return CategoryId(text) if text else None


def _past(row: AnyRow) -> PastInteraction:
    return PastInteraction(
        interaction_id=InteractionId(row.id),
        started_at=from_text(row.started_at),
        agent_name=row.agent_name,
        queue=row.queue,
        category_id=_category_id(row.category_id),
        category=row.category,
        question=row.question,
        answer=row.answer,
        talk_s=row.talk_s,
        delivered=True,
    )


def _own_past(connection: Connection, own: AnyRow) -> PastInteraction:
    """What this seat saved; the category's name comes from the cache's connection."""
    values = orjson.loads(own.payload)
    name = connection.execute(_category_name, {"id": values["category_id"]}).scalar()
    return PastInteraction(
        interaction_id=InteractionId(values["id"]),
        started_at=from_text(values["started_at"]),
        agent_name=values["agent_name"],
        queue=values["queue"],
        category_id=_category_id(values["category_id"]),
        category=name or "",
        question=values["question"],
        answer=values["answer"],
        talk_s=values["talk_s"],
        delivered=own.delivered,
    )
