"""The history page's questions: all interactions of the copy and her own work in one list (⑥).

A page is looked for in stretches of so many calls that each is answered soon, also among millions:
whoever asks goes on with ``next`` until she has enough. There is no index of the words: SQLite's
trigrams (20 s and 220 MB for a million calls) do not know words of two characters, which most
Chinese words are, and the newest hits are the ones that are looked for. A whole number has an index
and is found at once among any number of calls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnClause, ColumnElement, Connection, column, or_, select

from agent_app.domain.grades import Grade, Graded
from agent_app.domain.records import (
    Record,
    RecordDetails,
    RecordFilter,
    RecordPage,
    RecordPlace,
    RecordState,
    number_part,
)
from agent_app.store.ahead import plain
from agent_app.store.database import Database
from agent_app.store.grades import grades_of
from agent_app.store.own_records import OwnRecord, Pending, own_between, own_by_id, saved_at
from agent_app.store.readers import Readers
from agent_app.store.record_rows import Values, call_details, details_of, record_of
from agent_app.store.tables import AnyRow, categories, customers, grades, interactions
from agent_app.store.times import from_text, to_text

PAGE = 50
STRETCH = 20_000
"""Calls looked at for one page: 70 ms of a reading thread on an encrypted copy of a million."""
_row: ColumnClause[int] = column("rowid", _selectable=interactions)
_order = (interactions.c.started_at.desc(), _row.desc())
_list = select(interactions, _row.label("row"), customers.c.name.label("name_now")).outerjoin(
    customers, customers.c.id == interactions.c.customer_id
)
_TEXTS = (
    interactions.c.customer_name, interactions.c.caller_name, interactions.c.question,
    interactions.c.answer, interactions.c.follow_up,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Rows below ``top`` down to ``floor`` and with it; no floor: down to the oldest."""

    top: RecordPlace | None
    floor: RecordPlace | None


class Records:
    def __init__(self, *, cache: Database, work: Database, readers: Readers) -> None:
        self._cache = cache
        self._work = work
        self._readers = readers

    async def page(
        self, wanted: RecordFilter, place: RecordPlace | None = None, *, stretch: int = STRETCH
    ) -> RecordPage:
        """The next records older than ``place``, newest first. Raises a FileFaultError."""
        return await self._readers.run(lambda: self._page(wanted, place, stretch))

    async def details(self, record_id: str) -> RecordDetails | None:
        """None when there is no such record (any more). Raises a FileFaultError."""
        return await self._readers.run(lambda: self._details(record_id))

    def _page(self, wanted: RecordFilter, place: RecordPlace | None, stretch: int) -> RecordPage:
        # What waits is read first: delivered in between it is found in the copy or as her own.
        with self._work.reading() as connection:
            pending = Pending(connection)
        if place is None and wanted.until is not None:
            place = RecordPlace(to_text(wanted.until))
        with self._cache.reading() as connection:
            found, following = _look(connection, pending, wanted, place, stretch)
            low, high = (following.before if following else ""), (place.before if place else "")
            with self._work.reading() as own_connection:
                here = own_between(own_connection, pending, low, high, wanted)
            here = _graded_as(connection, here, wanted.graded)
            known = _known(connection, [one.interaction_id for one in here if not one.pending])
            names = _names_now(connection, [one.record for one in here])
        records = [
            pending.marked(record_of(plain(row), RecordState.DELIVERED, row.name_now or ""))
            for row in found
            if not pending.saved_here(row.id)
        ]
        if wanted.states:
            records = [record for record in records if record.state in wanted.states]
        records += [
            replace(one.record, name_now=names.get(one.record.customer_id or "", ""))
            for one in here
            if one.interaction_id not in known
        ]
        records.sort(key=lambda record: record.started_at, reverse=True)
        looked_to = from_text(following.before) if following else None
        return RecordPage(tuple(records), following, looked_to)

    def _details(self, record_id: str) -> RecordDetails | None:
        with self._work.reading() as connection:
            pending = Pending(connection)
            mine = own_by_id(connection, pending, record_id)
        if mine is not None and mine.call is not None:
            return call_details(mine.call)
        with self._cache.reading() as connection:
            row = connection.execute(_list.where(interactions.c.id == record_id)).first()
            if mine is not None and (mine.pending or row is None):
                values, names = mine.values, _names_now(connection, [mine.record])
                name_now = names.get(mine.record.customer_id or "", "")
            elif row is not None:
                values, name_now = plain(row), row.name_now or ""
            else:
                return None
            category = _category(connection, values["category_id"])
            grade = _grade(connection, values)
        record = pending.marked(record_of(values, RecordState.DELIVERED, name_now))
        return saved_at(
            pending.explained(details_of(values, record, category=category, grade=grade)), mine
        )


def _look(
    connection: Connection,
    pending: Pending,
    wanted: RecordFilter,
    place: RecordPlace | None,
    stretch: int,
) -> tuple[list[AnyRow], RecordPlace | None]:
    """What fits in the next stretch, and where it goes on."""
    conditions, bounds = _conditions(wanted), _Stretch(place, None)
    if wanted.states and RecordState.DELIVERED not in wanted.states:
        # What waits is in her own file, but for what she changed of a colleague's.
        conditions.append(interactions.c.id.in_(pending.elsewhere))
    elif conditions and not wanted.sought.number:
        bounds = _Stretch(place, _floor(connection, wanted, place, stretch))
    rows = connection.execute(
        _list.where(*_inside(bounds), *_since(wanted), *conditions).order_by(*_order).limit(PAGE)
    ).all()
    if len(rows) == PAGE:
        return list(rows), RecordPlace(rows[-1].started_at, rows[-1].row)
    return list(rows), bounds.floor


def _floor(
    connection: Connection, wanted: RecordFilter, place: RecordPlace | None, stretch: int
) -> RecordPlace | None:
    """The last of the calls that are looked at now; only the index of times is read for it."""
    row = connection.execute(
        select(interactions.c.started_at, _row)
        .where(*_inside(_Stretch(place, None)), *_since(wanted))
        .order_by(*_order)
        .limit(1)
        .offset(stretch - 1)
    ).first()
    return None if row is None else RecordPlace(*row)


def _inside(bounds: _Stretch) -> list[ColumnElement[bool]]:
    started_at, found = interactions.c.started_at, []
    if (top := bounds.top) is not None:
        found += [started_at <= top.before, or_(started_at < top.before, _row < top.row)]
    if (floor := bounds.floor) is not None:
        found += [started_at >= floor.before, or_(started_at > floor.before, _row >= floor.row)]
    return found


def _since(wanted: RecordFilter) -> list[ColumnElement[bool]]:
    return [] if wanted.since is None else [interactions.c.started_at >= to_text(wanted.since)]


def _conditions(wanted: RecordFilter) -> list[ColumnElement[bool]]:
    """All that is asked but the time."""
    c, found = interactions.c, []
    if wanted.sought.number:
        found.append(c.number == wanted.sought.number)
    if wanted.agent_id:
        found.append(c.agent_id == wanted.agent_id)
    if wanted.direction is not None:
        found.append(c.direction == wanted.direction.value)
    if wanted.queue:
        found.append(c.queue == wanted.queue)
    if wanted.categories:
        found.append(c.category_id.in_(sorted(wanted.categories)))
    if wanted.answered is not None:
        found.append(c.answered_at.is_not(None) if wanted.answered else c.answered_at.is_(None))
    if wanted.graded is not Graded.ANY:
        found.append(_said(wanted.graded))
    return [*found, *(_says(word) for word in wanted.sought.words)]


def _said(graded: Graded) -> ColumnElement[bool]:
    said = select(grades.c.id).where(grades.c.id == interactions.c.exchange_call_id)
    if graded is Graded.NOT:
        return ~said.exists()
    return said.where(grades.c.satisfied.is_(graded is Graded.SATISFIED)).exists()


def _graded_as(connection: Connection, here: list[OwnRecord], graded: Graded) -> list[OwnRecord]:
    """Those of this seat's own whose callers said so; grades are in the copy."""
    if graded is Graded.ANY:
        return here
    known = grades_of(connection, (_call_id(one.values) for one in here))

    def fits(one: OwnRecord) -> bool:
        grade = known.get(_call_id(one.values))
        return graded is Graded.NOT if grade is None else grade.fits(graded)

    return [one for one in here if fits(one)]


def _grade(connection: Connection, values: Values) -> Grade | None:
    call_id = _call_id(values)
    return grades_of(connection, (call_id,)).get(call_id)


def _call_id(values: Values) -> str:
    return str(values.get("exchange_call_id") or "")


def _says(word: str) -> ColumnElement[bool]:
    places = [text.contains(word, autoescape=True) for text in _TEXTS]
    if part := number_part(word):
        places.append(interactions.c.number.contains(part, autoescape=True))
    return or_(*places)


def _known(connection: Connection, ids: Sequence[str]) -> frozenset[str]:
    """Which of these interactions the copy has."""
    found: set[str] = set()
    for at in range(0, len(ids), 500):
        question = select(interactions.c.id).where(interactions.c.id.in_(ids[at : at + 500]))
        found.update(connection.execute(question).scalars())
    return frozenset(found)


def _names_now(connection: Connection, records: Sequence[Record]) -> dict[str, str]:
    ids = sorted({record.customer_id for record in records if record.customer_id})
    question = select(customers.c.id, customers.c.name).where(customers.c.id.in_(ids[:500]))
    return {row.id: row.name for row in connection.execute(question)} if ids else {}


def _category(connection: Connection, category_id: object) -> str:
    question = select(categories.c.name).where(categories.c.id == category_id)
    return connection.execute(question).scalar() or ""
