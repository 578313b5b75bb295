"""Who calls: from a number to candidates, each with the reasons for it (step ④).

Numbers match exactly, in their normal form: a short code can never match inside a longer number.
Whoever called from a number before is a candidate, too, because an agent said then who it was; but
only somebody whose number it is comes onto the card without being asked for. What this seat saved
and the server does not have yet counts: calls, edits of customers, and customers made here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, func, select

from agent_app.domain.customer_edit import Phone
from agent_app.domain.customers import Candidate, Customer, Spoke, with_reasons
from agent_app.domain.ids import CustomerId
from agent_app.store.caller_card import (
    by_id,
    is_ahead,
    kind_of,
    load_card,
    numbers_of,
    segment_of,
)
from agent_app.store.customer_edits import edited_to_number, edits_of, overlay
from agent_app.store.database import Database
from agent_app.store.readers import Readers
from agent_app.store.tables import (
    AnyRow,
    customers,
    interactions,
    own_interactions,
    phones,
    segments,
)
from agent_app.store.tickets import open_tickets
from agent_app.store.times import from_text

CANDIDATE_LIMIT = 50
"""More people behind one number than this cannot be chosen from on a card."""

TALKS_LOOKED_AT = 20
"""Of each person, and of the number: who spoke last is among the last calls or long ago."""

_by_number = (
    select(
        customers.c.id, customers.c.name, customers.c.kind, customers.c.region,
        func.coalesce(segments.c.name, "").label("segment"),
        phones.c.number, phones.c.label,
    )
    .join(customers, customers.c.id == phones.c.customer_id)
    .outerjoin(segments, segments.c.id == customers.c.segment_id)
    .where(phones.c.number == bindparam("number"))
    .limit(CANDIDATE_LIMIT)
)  # fmt: skip

_talk = select(
    interactions.c.id, interactions.c.version, interactions.c.customer_id,
    interactions.c.agent_id, interactions.c.agent_name, interactions.c.started_at,
    interactions.c.number, interactions.c.talk_s,
)  # fmt: skip

_talks_of = (
    _talk.where(interactions.c.customer_id == bindparam("customer"))
    .order_by(interactions.c.started_at.desc())
    .limit(TALKS_LOOKED_AT)
)

_talks_from = (
    _talk.where(interactions.c.number == bindparam("number"))
    .order_by(interactions.c.started_at.desc())
    .limit(TALKS_LOOKED_AT)
)

_own_talk = select(own_interactions).order_by(own_interactions.c.started_at.desc())

_own_talks_of = _own_talk.where(
    own_interactions.c.customer_id.in_(bindparam("customers", expanding=True))
)

_own_waiting_from = _own_talk.where(
    ~own_interactions.c.delivered,
    func.json_extract(own_interactions.c.payload, "$.number") == bindparam("number"),
)

_own_among = select(own_interactions).where(
    own_interactions.c.id.in_(bindparam("ids", expanding=True))
)


@dataclass(frozen=True, slots=True)
class NumberMatch:
    """Who may be calling, the strongest reason first; ``customer`` is set if the number is exactly
    one person's."""

    candidates: tuple[Candidate, ...] = ()
    customer: Customer | None = None


class Callers:
    def __init__(self, *, cache: Database, work: Database, readers: Readers) -> None:
        self._cache = cache
        self._work = work
        self._readers = readers

    def find_by_number(
        self, normal: str, *, you: str = "", history_limit: int = 20
    ) -> Awaitable[NumberMatch]:
        """Who may be calling from exactly this number, and the whole card if it is one person's.

        A reading thread is at work when this returns, before anything is awaited: the answer to a
        ringing call is wanted while the screen is still busy with its news. ``normal`` is
        ``domain.numbers.Number.normal``, ``you`` the agent who is rung. Awaiting raises a
        FileFaultError or StoreClosedError.
        """
        return self._readers.start(lambda: self._match(normal, you, history_limit))

    async def load(self, customer_id: CustomerId, history_limit: int = 20) -> Customer | None:
        """The card's content, history newest first, or None when nobody has this id (any more).

        Somebody who was merged away is the one who was kept. Raises a FileFaultError.
        """

        def job() -> Customer | None:
            with self._work.reading() as work, self._cache.reading() as cache:
                return load_card(cache, work, customer_id, history_limit)

        return await self._readers.run(job)

    def _match(self, normal: str, you: str, history_limit: int) -> NumberMatch:
        """All of it as it was at one moment: a page that is being written comes wholly or not."""
        if not normal:
            return NumberMatch()
        with self._work.reading() as work, self._cache.reading() as cache:
            found = _owners(cache, work, normal)
            talks = _talks(cache, work, normal, found)
            customer, tickets = None, {}
            owners = [one.customer_id for one in found.values() if one.number]
            if len(owners) == 1:
                customer = load_card(cache, work, owners[0], history_limit)
            if customer is not None:
                tickets[owners[0]] = customer.tickets
            if others := found.keys() - tickets.keys():
                tickets |= open_tickets(cache, work, others)
        candidates = with_reasons(tuple(found.values()), talks, tickets, you=you)
        return NumberMatch(candidates[:CANDIDATE_LIMIT], customer)


def _owners(cache: Connection, work: Connection, normal: str) -> dict[CustomerId, Candidate]:
    """Everybody whose number it is."""
    given_here = edited_to_number(work, normal)  # first: what comes between is in both
    found: dict[CustomerId, Candidate] = {}
    for row in cache.execute(_by_number, {"number": normal}):
        found.setdefault(CustomerId(row.id), _candidate(row))
    for customer_id in found.keys() | {CustomerId(one) for one in given_here}:
        _edit(cache, work, found, customer_id, normal)
    return found


def _talks(
    cache: Connection, work: Connection, normal: str, found: dict[CustomerId, Candidate]
) -> dict[CustomerId, list[Spoke]]:
    """Who spoke to whom; whoever spoke over this number joins those who are ``found``."""
    talks: dict[CustomerId, list[Spoke]] = defaultdict(list)
    rows = {row.id: row for row in cache.execute(_talks_from, {"number": normal})}
    for customer_id in found:
        asked = cache.execute(_talks_of, {"customer": customer_id})
        rows |= {row.id: row for row in asked}
    own: dict[str, AnyRow] = {}
    for asked in (
        work.execute(_own_waiting_from, {"number": normal}),
        work.execute(_own_among, {"ids": list(rows)}),
        work.execute(_own_talks_of, {"customers": list(found)}),
    ):
        own |= {one.id: one for one in asked}
    for one in own.values():
        if is_ahead(one, rows.get(one.id)):
            rows.pop(one.id, None)
            _add(talks, one.customer_id, orjson.loads(one.payload), normal)
    for row in rows.values():
        _add(talks, row.customer_id, row._asdict(), normal)
    for customer_id in [who for who, some in talks.items() if any(one.here for one in some)]:
        if customer_id not in found:
            kept = _join(cache, work, found, customer_id)
            if kept is not None and kept != customer_id:
                talks[kept] += talks.pop(customer_id)
    return talks


def _join(
    cache: Connection,
    work: Connection,
    found: dict[CustomerId, Candidate],
    customer_id: CustomerId,
) -> CustomerId | None:
    """Somebody who only called from here; None when nobody has this id any more."""
    customer = load_card(cache, work, customer_id, 0)
    if customer is None:
        return None
    kept = customer.customer_id
    if kept not in found:
        found[kept] = Candidate(
            customer_id=kept,
            name=customer.name,
            kind=customer.kind,
            segment=customer.segment,
            region=customer.region,
            number="",
            number_label="",
            last_spoke_at=None,
            provisional=bool(customer.provisional),
        )
    return kept


def _edit(
    cache: Connection,
    work: Connection,
    found: dict[CustomerId, Candidate],
    customer_id: CustomerId,
    normal: str,
) -> None:
    """Put this seat's edits into a candidate: another name, another number, nobody any more."""
    edits = edits_of(work, customer_id)
    if not edits:
        return
    row = cache.execute(by_id, {"customer": customer_id}).first()
    shown = overlay(row, edits)
    if shown is None or not shown.parts:
        return
    segment, _ = segment_of(cache, shown.values["segment_id"])
    known = cache.execute(numbers_of, {"customer": customer_id}).all()
    numbers = shown.phones or () if shown.phones is not None else [Phone(*one) for one in known]
    here = next((phone for phone in numbers if phone.number == normal), None)
    found.pop(customer_id, None)
    if here is not None:
        found[customer_id] = Candidate(
            customer_id=customer_id,
            name=str(shown.values["name"]),
            kind=kind_of(str(shown.values["kind"])),
            segment=segment,
            region=str(shown.values["region"]),
            number=here.number,
            number_label=here.label,
            last_spoke_at=None,
            provisional=True,
        )


def _candidate(row: AnyRow) -> Candidate:
    return Candidate(
        customer_id=CustomerId(row.id),
        name=row.name,
        kind=kind_of(row.kind),
        segment=row.segment,
        region=row.region,
        number=row.number,
        number_label=row.label,
        last_spoke_at=None,
    )


def _add(
    talks: dict[CustomerId, list[Spoke]],
    customer_id: str | None,
    values: Mapping[str, Any],
    normal: str,
) -> None:
    """One conversation as evidence; what was never talked about, and with nobody known, is none."""
    if customer_id is None or not values["talk_s"]:
        return
    talks[CustomerId(customer_id)].append(
        Spoke(
            agent_id=values["agent_id"],
            agent_name=values["agent_name"],
            at=from_text(values["started_at"]),
            here=values["number"] == normal,
        )
    )
