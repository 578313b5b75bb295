"""Who calls: from a number to candidates, from a candidate to the card (step ④).

Numbers match exactly, in their normal form: a short code can never match inside a longer number.
What this seat saved and the server does not have yet counts, too: calls as history, edits of
customers over the cache's rows, and customers who were made here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, replace

import orjson
from sqlalchemy import Connection, bindparam, func, select

from agent_app.domain.customer_edit import Phone
from agent_app.domain.customers import Candidate, Customer, CustomerKind, PastInteraction
from agent_app.domain.ids import CategoryId, CustomerId, InteractionId
from agent_app.store.customer_edits import edited_to_number, edits_of, fields_of, overlay
from agent_app.store.database import Database
from agent_app.store.readers import Readers
from agent_app.store.tables import (
    AnyRow,
    categories,
    customers,
    interactions,
    own_interactions,
    phones,
    segments,
)
from agent_app.store.times import from_text, from_text_or_none

CANDIDATE_LIMIT = 50
"""More people behind one number than this cannot be chosen from on a card."""

_last_spoke = (
    select(func.max(interactions.c.started_at))
    .where(interactions.c.customer_id == customers.c.id)
    .scalar_subquery()
    .label("last_spoke")
)

_by_number = (
    select(
        customers.c.id, customers.c.name, customers.c.kind, customers.c.region,
        func.coalesce(segments.c.name, "").label("segment"),
        phones.c.number, phones.c.label, _last_spoke,
    )
    .join(customers, customers.c.id == phones.c.customer_id)
    .outerjoin(segments, segments.c.id == customers.c.segment_id)
    .where(phones.c.number == bindparam("number"))
    .limit(CANDIDATE_LIMIT)
)  # fmt: skip

_by_id = select(customers).where(customers.c.id == bindparam("customer"))

_segment = select(segments.c.name, segments.c.rule).where(segments.c.id == bindparam("segment"))

_numbers_of = (
    select(phones.c.number, phones.c.label)
    .where(phones.c.customer_id == bindparam("customer"))
    .order_by(phones.c.id)
)

_history_of = (
    select(
        interactions.c.id, interactions.c.started_at, interactions.c.agent_name,
        interactions.c.queue, interactions.c.category_id, interactions.c.question,
        interactions.c.answer, interactions.c.talk_s,
        func.coalesce(categories.c.name, "").label("category"),
    )
    .outerjoin(categories, categories.c.id == interactions.c.category_id)
    .where(interactions.c.customer_id == bindparam("customer"))
    .order_by(interactions.c.started_at.desc())
    .limit(bindparam("limit"))
)  # fmt: skip

_history_total = select(func.count()).where(interactions.c.customer_id == bindparam("customer"))

_own_of = (
    select(own_interactions.c.payload, own_interactions.c.delivered)
    .where(own_interactions.c.customer_id == bindparam("customer"))
    .order_by(own_interactions.c.started_at.desc())
)

_own_last = (
    select(own_interactions.c.customer_id, func.max(own_interactions.c.started_at))
    .where(own_interactions.c.customer_id.in_(bindparam("customers", expanding=True)))
    .group_by(own_interactions.c.customer_id)
)


@dataclass(frozen=True, slots=True)
class NumberMatch:
    """Everybody known by a number, who spoke last first; ``customer`` is set if it is only one."""

    candidates: tuple[Candidate, ...] = ()
    customer: Customer | None = None


class Callers:
    def __init__(self, *, cache: Database, work: Database, readers: Readers) -> None:
        self._cache = cache
        self._work = work
        self._readers = readers

    def find_by_number(self, normal: str, history_limit: int = 20) -> Awaitable[NumberMatch]:
        """Who is known by exactly this number, and the whole card if it is one person.

        A reading thread is at work when this returns, before anything is awaited: the answer to a
        ringing call is wanted while the screen is still busy with its news. ``normal`` is
        ``domain.numbers.Number.normal``. Awaiting raises a FileFaultError or StoreClosedError.
        """
        return self._readers.start(lambda: self._match(normal, history_limit))

    async def load(self, customer_id: CustomerId, history_limit: int = 20) -> Customer | None:
        """The card's content, history newest first, or None when nobody has this id (any more).

        Raises a FileFaultError.
        """
        return await self._readers.run(lambda: self._load(customer_id, history_limit))

    def _match(self, normal: str, history_limit: int) -> NumberMatch:
        candidates = self._find(normal) if normal else ()
        if len(candidates) != 1:
            return NumberMatch(candidates)
        return NumberMatch(candidates, self._load(candidates[0].customer_id, history_limit))

    def _find(self, normal: str) -> tuple[Candidate, ...]:
        found: dict[str, Candidate] = {}
        with self._work.reading() as connection:
            given_here = edited_to_number(connection, normal)
        with self._cache.reading() as connection:
            for row in connection.execute(_by_number, {"number": normal}):
                found.setdefault(row.id, _candidate(row))
        for customer_id in found.keys() | given_here:
            self._edit(found, customer_id, normal)
        if not found:
            return ()
        with self._work.reading() as connection:
            for customer_id, started_at in connection.execute(
                _own_last, {"customers": list(found)}
            ):
                moment, known = from_text(started_at), found[customer_id]
                if known.last_spoke_at is None or known.last_spoke_at < moment:
                    found[customer_id] = replace(known, last_spoke_at=moment)
        return tuple(sorted(found.values(), key=_who_spoke_last))

    def _edit(self, found: dict[str, Candidate], customer_id: str, normal: str) -> None:
        """Put this seat's edits into a candidate: another name, another number, nobody any more."""
        with self._work.reading() as connection:
            edits = edits_of(connection, customer_id)
        if not edits:
            return
        with self._cache.reading() as connection:
            row = connection.execute(_by_id, {"customer": customer_id}).first()
            shown = overlay(row, edits)
            if shown is None or not shown.parts:
                return
            segment, _ = _segment_of(connection, shown.values["segment_id"])
            known = connection.execute(_numbers_of, {"customer": customer_id}).all()
        numbers = shown.phones or () if shown.phones is not None else [Phone(*one) for one in known]
        here = next((phone for phone in numbers if phone.number == normal), None)
        before = found.pop(customer_id, None)
        if here is not None:
            found[customer_id] = Candidate(
                customer_id=CustomerId(customer_id),
                name=str(shown.values["name"]),
                kind=_kind(str(shown.values["kind"])),
                segment=segment,
                region=str(shown.values["region"]),
                number=here.number,
                number_label=here.label,
                last_spoke_at=None if before is None else before.last_spoke_at,
                provisional=True,
            )

    def _load(self, customer_id: CustomerId, history_limit: int) -> Customer | None:
        # Own first: what is delivered in between is then found in both, and never in neither.
        with self._work.reading() as connection:
            own = connection.execute(_own_of, {"customer": customer_id}).all()
            edits = edits_of(connection, customer_id)
        with self._cache.reading() as connection:
            row = connection.execute(_by_id, {"customer": customer_id}).first()
            shown = overlay(row, edits)
            if shown is None:
                return None
            known = connection.execute(_numbers_of, {"customer": customer_id}).all()
            segment, rule = _segment_of(connection, shown.values["segment_id"])
            history = {
                past.id: _past(past)
                for past in connection.execute(
                    _history_of, {"customer": customer_id, "limit": history_limit}
                )
            }
            total = connection.execute(_history_total, {"customer": customer_id}).scalar_one()
            for past in _own_past(connection, own):
                if past.interaction_id not in history:
                    history[past.interaction_id] = past
                    total += not _replicated(connection, past.interaction_id)
        newest_first = sorted(history.values(), key=lambda past: past.started_at, reverse=True)
        phones_here = [Phone(*one) for one in known] if shown.phones is None else shown.phones
        fields = fields_of(shown.values, tuple(phones_here))
        return Customer(
            customer_id=customer_id,
            name=fields.name,
            kind=_kind(fields.kind),
            segment=segment,
            segment_rule=rule,
            region=fields.region,
            numbers=tuple(dict.fromkeys(phone.number for phone in fields.phones)),
            arrears_cents=int(str(shown.values["arrears_cents"])),
            warning=fields.warning,
            notes=fields.notes,
            history=tuple(newest_first[:history_limit]),
            history_total=total,
            company=fields.company,
            address=fields.address,
            id_number=fields.id_number,
            provisional=shown.parts,
            is_new=row is None,
        )


def _segment_of(connection: Connection, segment_id: object) -> tuple[str, str]:
    """Name and service rule; empty where there is none, or none that the cache knows."""
    row = connection.execute(_segment, {"segment": segment_id}).first()
    return ("", "") if row is None else (row.name, row.rule)


def _candidate(row: AnyRow) -> Candidate:
    return Candidate(
        customer_id=CustomerId(row.id),
        name=row.name,
        kind=_kind(row.kind),
        segment=row.segment,
        region=row.region,
        number=row.number,
        number_label=row.label,
        last_spoke_at=from_text_or_none(row.last_spoke),
    )


def _who_spoke_last(candidate: Candidate) -> tuple[bool, float, str, str]:
    spoke = candidate.last_spoke_at
    return (
        spoke is None,
        0.0 if spoke is None else -spoke.timestamp(),
        candidate.name,
        candidate.customer_id,
    )


def _kind(text: str) -> CustomerKind:
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


def _own_past(connection: Connection, own: Sequence[AnyRow]) -> list[PastInteraction]:
    """This seat's own rows; their categories' names come from the cache's connection."""
    found = []
    for body, delivered in own:
        values = orjson.loads(body)
        name = connection.execute(
            select(categories.c.name).where(categories.c.id == values["category_id"])
        ).scalar()
        found.append(PastInteraction(
            interaction_id=InteractionId(values["id"]),
            started_at=from_text(values["started_at"]), agent_name=values["agent_name"],
            queue=values["queue"], category_id=_category_id(values["category_id"]),
            category=name or "", question=values["question"], answer=values["answer"],
            talk_s=values["talk_s"], delivered=delivered,
        ))  # fmt: skip
    return found


def _replicated(connection: Connection, interaction_id: InteractionId) -> bool:
    question = select(interactions.c.id).where(interactions.c.id == interaction_id)
    return connection.execute(question).first() is not None
