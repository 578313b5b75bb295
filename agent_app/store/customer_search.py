"""Finds customers in the seat's own copy as they are typed (M18, step ⑥).

Each way of looking is one range of one index, asked in the order of how sure it is, until there are
enough. What this seat changed and the centre's copy does not have yet is found as well, and marked.
"""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlalchemy import Connection, bindparam, select

from agent_app.domain.customer_edit import CustomerFields, Phone
from agent_app.domain.customer_search import (
    NOBODY_FOUND,
    TAIL_MIN,
    CustomerHit,
    CustomersFound,
    FoundBy,
    Said,
    Typed,
    letters_of,
    number_fits,
    read_typed,
)
from agent_app.domain.ids import CustomerId
from agent_app.domain.link import MERGE_CUSTOMERS
from agent_app.store import customer_ways as by
from agent_app.store.caller_card import kind_of
from agent_app.store.customer_edits import Overlaid, edits_of, fields_of, overlay, phones_in
from agent_app.store.database import Database
from agent_app.store.readers import Readers
from agent_app.store.search.readings import readings
from agent_app.store.tables import (
    customer_edits,
    customers,
    interactions,
    outbox,
    phones,
    segments,
)
from agent_app.store.times import from_text_or_none

LIMIT = 50
ENDING_MAX = 5
_c = customers.c

_last_spoke = (
    select(interactions.c.started_at)
    .where(interactions.c.customer_id == _c.id)
    .order_by(interactions.c.started_at.desc())
    .limit(1)
    .scalar_subquery()
)
_ROWS = select(customers, _last_spoke.label("last_spoke")).where(
    _c.id.in_(bindparam("ids", expanding=True))
)
_NUMBERS = (
    select(phones.c.customer_id, phones.c.number, phones.c.label)
    .where(phones.c.customer_id.in_(bindparam("ids", expanding=True)))
    .order_by(phones.c.customer_id, phones.c.id)
)
_SEGMENTS = select(segments.c.id, segments.c.name)
_EDITED = select(customer_edits.c.customer_id, customer_edits.c.payload)
_CHANGED = select(customer_edits.c.customer_id).where(
    customer_edits.c.customer_id.in_(bindparam("ids", expanding=True))
)
_MERGING = select(outbox.c.record, outbox.c.payload).where(outbox.c.kind == MERGE_CUSTOMERS)


@dataclass(frozen=True, slots=True)
class _Found:
    """``cut``: not everybody could be looked at in the time of a key press."""

    found_by: FoundBy
    ids: Sequence[str]
    cut: bool = False


class CustomerSearch:
    def __init__(self, *, cache: Database, work: Database, readers: Readers) -> None:
        self._cache = cache
        self._work = work
        self._readers = readers

    def find(self, text: str, limit: int = LIMIT, *, normal: str = "") -> Awaitable[CustomersFound]:
        """Who fits what was typed, the surest first; in a reading thread at once.

        ``normal`` is the number that this site reads in it. An answer to what is not typed any
        more is for the asker to drop. Awaiting raises a FileFaultError or StoreClosedError.
        """
        return self._readers.start(lambda: self._find(read_typed(text), limit, normal))

    def those(self, ids: Sequence[CustomerId]) -> Awaitable[CustomersFound]:
        """These customers as rows, in this order; who is not in the copy is left out."""
        return self._readers.start(lambda: self._those(ids))

    def _find(self, typed: Typed, limit: int, normal: str) -> CustomersFound:
        if typed.empty:
            return NOBODY_FOUND
        # Own first: what is delivered in between is then found in both, and never in neither.
        with self._work.reading() as connection:
            found: dict[str, FoundBy | None] = dict.fromkeys(_may_fit(connection, typed))
        with self._cache.reading() as cache:
            more = self._look(found, self._ways(cache, typed, limit + 1, normal), limit)
            hits = tuple(self._hits(cache, found, typed))
        return CustomersFound(hits[:limit], more or len(hits) > limit)

    def _those(self, ids: Sequence[CustomerId]) -> CustomersFound:
        asked: dict[str, FoundBy | None] = dict.fromkeys(ids, FoundBy.NAME)
        with self._cache.reading() as cache:
            return CustomersFound(tuple(self._hits(cache, asked, Typed(()))))

    def _look(self, found: dict[str, FoundBy | None], ways: Iterator[_Found], limit: int) -> bool:
        """Add who fits; True when there are more than enough."""
        given, cut = len(found), False
        for way in ways:
            cut = cut or way.cut
            for customer_id in way.ids:
                found.setdefault(customer_id, way.found_by)
            if len(found) - given > limit:
                return True
        return cut

    def _ways(self, cache: Connection, typed: Typed, limit: int, normal: str) -> Iterator[_Found]:
        if typed.digits:
            for ids in _by_number(cache, typed, limit, normal):
                yield _Found(FoundBy.NUMBER, ids)
        elif len(typed.words) > 1:
            if letters := letters_of("".join(typed.words)):
                ids = _ids(cache, by.Way("spelling", letters, FoundBy.PINYIN), limit)
                yield _Found(FoundBy.PINYIN, ids)
                if ids:
                    return  # it was one name, syllable by syllable
            yield from _several_words(cache, typed, limit)
        if len(typed.words) == 1:
            for way in by.ways_of(typed.words[0], readings()):
                yield _Found(way.found_by, _ids(cache, way, limit))

    def _hits(
        self, cache: Connection, found: Mapping[str, FoundBy | None], typed: Typed
    ) -> Iterator[CustomerHit]:
        """``found`` without a reason: one that was changed here and may fit, which is seen now."""
        ids = list(found)
        with self._work.reading() as work:
            changed = set(work.execute(_CHANGED, {"ids": ids}).scalars())
            edits = {one: edits_of(work, one) for one in changed}
            merging = _merging(work)
        rows = {row.id: row for row in cache.execute(_ROWS, {"ids": ids})}
        numbers: dict[str, list[Phone]] = {}
        for customer_id, number, label in cache.execute(_NUMBERS, {"ids": ids}):
            numbers.setdefault(customer_id, []).append(Phone(number, label))
        names = {row.id: row.name for row in cache.execute(_SEGMENTS)}
        for one, why in found.items():
            row = rows.get(one)
            shown = overlay(row, edits.get(one, ()))
            if shown is None or shown.values["merged_into"] is not None:
                continue
            fields = fields_of(shown.values, _numbers(shown, numbers.get(one, [])))
            by_what = why or _said(fields).fits(typed)
            if by_what is not None:
                waits = bool(shown.parts) or one in merging
                last = None if row is None else row.last_spoke
                yield _hit(CustomerId(one), fields, by_what, typed=typed, provisional=waits,
                           segment=names.get(fields.segment_id or "", ""),
                           last_spoke_at=from_text_or_none(last))  # fmt: skip


def _by_number(cache: Connection, typed: Typed, limit: int, normal: str) -> Iterator[Sequence[str]]:
    numbers = by.by_number_exactly(typed, normal)
    asked: dict[str, object] = {"numbers": numbers, "limit": limit}
    yield cache.execute(by.OF_NUMBERS, asked).scalars().all()
    questions = [(by.OF_BEGINNING, by.beginning(typed))]
    if typed.tail:
        questions.append((by.OF_TAIL, by.ending(typed)))
    if len(typed.tail) <= ENDING_MAX:
        questions.reverse()  # so few digits are rather the last ones
    for question, values in questions:
        yield cache.execute(question, {**values, "limit": limit}).scalars().all()


def _ids(cache: Connection, way: by.Way, limit: int) -> Sequence[str]:
    return cache.execute(by.BY_RANGE[way.key], {**way.bounds, "limit": limit}).scalars().all()


def _several_words(cache: Connection, typed: Typed, limit: int) -> Iterator[_Found]:
    """The rarest word that begins something leads, the others have to fit as well."""
    counted = {word: _counted(cache, word) for word in typed.words}
    leading = [word for word, found in counted.items() if sum(found.values())]
    leading += [word for word in typed.words if len(word) >= TAIL_MIN and word.isdigit()]
    if not leading:
        return
    lead = min(leading, key=lambda word: sum(counted[word].values()))
    rest = [word for word in typed.words if word != lead]
    values: dict[str, object] = {"limit": limit}
    for place, word in enumerate(rest):
        values |= {f"word{place}": word, f"letters{place}": letters_of(word)}
    for way, count in counted[lead].items():
        common = count > by.LOOKED_AT
        by_index = common and way.key == "name"
        question = by.named(len(rest)) if by_index else by.led(way.key, len(rest))
        if count:
            ids = cache.execute(question, {**values, **way.bounds}).scalars().all()
            yield _Found(way.found_by, ids, cut=common and not by_index)
    if lead.isdigit():
        ending = by.ending(Typed((lead,), lead))
        found = cache.execute(by.led_by_tail(len(rest)), values | ending)
        yield _Found(FoundBy.NUMBER, found.scalars().all())


def _counted(cache: Connection, word: str) -> dict[by.Way, int]:
    """How many each way would find, as far as it matters."""
    return {
        way: cache.execute(by.COUNTS[way.key], way.bounds).scalar_one()
        for way in by.ways_of(word, readings())
    }


def _may_fit(work: Connection, typed: Typed) -> list[str]:
    """Customers changed here in a way that one of the words, or the number, may be about."""
    found = []
    for customer_id, payload in work.execute(_EDITED):
        folded = payload.casefold()
        if typed.digits:
            fits = any(number_fits(one.number, typed) for one in phones_in(orjson.loads(payload)))
        else:
            fits = any(word.casefold() in folded for word in typed.words)
        if fits:
            found.append(customer_id)
    return found


def _merging(work: Connection) -> frozenset[str]:
    """Both of each pair whose merging waits for the server."""
    found: set[str] = set()
    for record, payload in work.execute(_MERGING):
        found |= {record, str(orjson.loads(payload).get("merged", ""))}
    return frozenset(found)


def _numbers(shown: Overlaid, known: list[Phone]) -> tuple[Phone, ...]:
    return tuple(known) if shown.phones is None else shown.phones


def _said(fields: CustomerFields) -> Said:
    return Said(fields.name, fields.region, fields.company, fields.address,
                tuple(phone.number for phone in fields.phones))  # fmt: skip


def _hit(
    customer_id: CustomerId,
    fields: CustomerFields,
    found_by: FoundBy,
    *,
    typed: Typed,
    provisional: bool,
    segment: str,
    last_spoke_at: datetime | None,
) -> CustomerHit:
    fitting = [one for one in fields.phones if typed.digits and number_fits(one.number, typed)]
    phone = next(iter([*fitting, *fields.phones]), Phone(""))
    return CustomerHit(
        customer_id=customer_id,
        name=fields.name,
        kind=kind_of(fields.kind),
        company=fields.company,
        region=fields.region,
        segment=segment,
        number=phone.number,
        number_label=phone.label,
        last_spoke_at=last_spoke_at,
        found_by=found_by,
        provisional=provisional,
    )
