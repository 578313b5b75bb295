"""The ways to look for a customer, each one range of one index (M18, step ⑥).

A beginning is looked for as a range in the order of bytes, so that a key press costs the same at a
thousand customers and at a million. Expressions stand here exactly as in the indexes, constants as
literals: otherwise SQLite does not use them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, func, literal_column, or_, select

from agent_app.domain.customer_search import TAIL_MIN, FoundBy, Typed, letters_of
from agent_app.store.search.readings import Readings
from agent_app.store.tables import customers, phones, phones_tail, spelling

LOOKED_AT = 300
"""Of one way, when another word has to fit as well: each costs a row of the file."""
_LAST = "\U0010ffff"
_CHINA = "+86"

_rowid: ColumnElement[int] = literal_column("customers.rowid")
_c = customers.c


@dataclass(frozen=True, slots=True)
class Range:
    """An indexed expression, and what else makes its index usable."""

    expression: ColumnElement[str]
    only: ColumnElement[bool] | None = None

    @property
    def condition(self) -> ColumnElement[bool]:
        found = (self.expression >= bindparam("low")) & (self.expression < bindparam("high"))
        return found if self.only is None else found & self.only


RANGES: Mapping[str, Range] = {
    "name": Range(_c.name),
    "given": Range(func.substr(_c.name, literal_column("2"))),
    "brand": Range(
        func.substr(_c.name, literal_column("3")), _c.kind == literal_column("'company'")
    ),
    "spelling": Range(spelling),
    "initials": Range(_c.initials),
    "company": Range(_c.company, _c.company != literal_column("''")),
    "region": Range(_c.region),
}


@dataclass(frozen=True, slots=True)
class Way:
    """``key`` is one of RANGES; what is looked for begins with ``low``."""

    key: str
    low: str
    found_by: FoundBy

    @property
    def bounds(self) -> dict[str, object]:
        return {"low": self.low, "high": self.low + _LAST}


def ways_of(word: str, readings: Readings) -> Iterator[Way]:
    """By one word, the surest first."""
    yield Way("name", word, FoundBy.NAME)
    letters = letters_of(word)
    if letters:
        yield Way("spelling", letters, FoundBy.PINYIN)
        yield Way("initials", letters, FoundBy.INITIALS)
    else:
        yield Way("given", word, FoundBy.NAME)
    if len(word) > 1:
        yield Way("brand", word, FoundBy.NAME)
    yield Way("company", word, FoundBy.COMPANY)
    yield Way("region", word, FoundBy.REGION)
    if not letters and len(word) > 1 and (sound := _sound(word, readings)):
        yield Way("spelling", sound, FoundBy.SOUND)


def _sound(word: str, readings: Readings) -> str:
    """How it is spelt, Latin letters as they are; "" when something in it has no sound."""
    spelt = [readings.find(one) or letters_of(one) for one in word]
    return "".join(spelt) if all(spelt) else ""


def _of_range(one: Range) -> Select[str]:
    return select(_c.id).where(one.condition, _c.merged_into.is_(None)).limit(bindparam("limit"))


BY_RANGE = {key: _of_range(one) for key, one in RANGES.items()}

COUNTS = {
    key: select(func.count()).select_from(
        select(_rowid).select_from(customers).where(one.condition).limit(LOOKED_AT + 1).subquery()
    )
    for key, one in RANGES.items()
}
"""How many there are, as far as that matters; answered by the index alone."""


def by_number_exactly(typed: Typed, normal: str) -> tuple[str, ...]:
    """The spellings under which a number may be kept."""
    return tuple(dict.fromkeys(one for one in (normal, typed.digits, f"+{typed.digits}") if one))


OF_NUMBERS = (
    select(phones.c.customer_id)
    .where(phones.c.number.in_(bindparam("numbers", expanding=True)))
    .limit(bindparam("limit"))
)

OF_TAIL = (
    select(phones.c.customer_id)
    .where(
        phones_tail == bindparam("end"),
        phones.c.number.like(bindparam("pattern")),
    )
    .limit(bindparam("limit"))
)

OF_BEGINNING = (
    select(phones.c.customer_id)
    .where(phones.c.number >= bindparam("low"), phones.c.number < bindparam("high"))
    .limit(bindparam("limit"))
)


def ending(typed: Typed) -> dict[str, object]:
    """A short code is itself or nothing: it has no country before it."""
    return {"end": typed.tail[-TAIL_MIN:], "pattern": f"+%{typed.tail}"}


def beginning(typed: Typed) -> dict[str, object]:
    """As numbers of this country begin when they are typed from the front."""
    low = _CHINA + typed.digits.removeprefix("0086").removeprefix("0")
    return {"low": low, "high": low + _LAST}


def _says(place: int) -> ColumnElement[bool]:
    """A further word stands anywhere in who somebody is; parameters ``word<n>``, ``letters<n>``."""
    word: ColumnElement[str] = bindparam(f"word{place}")
    letters: ColumnElement[str] = bindparam(f"letters{place}")
    number = select(phones.c.id).where(
        phones.c.customer_id == _c.id, func.instr(phones.c.number, letters) > 0
    )
    return or_(
        *(func.instr(part, word) > 0 for part in (_c.name, _c.region, _c.company, _c.address)),
        (letters != "") & or_(func.instr(spelling, letters) > 0, number.exists()),
    )


@cache
def led(key: str, further: int) -> Select[str]:
    """Of the first LOOKED_AT that one way finds, those that ``further`` words fit, too."""
    first = select(_rowid.label("place")).select_from(customers).where(RANGES[key].condition)
    lead = first.limit(LOOKED_AT).subquery()
    return _fitting(select(_c.id).join(lead, lead.c.place == _rowid), further)


@cache
def led_by_tail(further: int) -> Select[str]:
    """The same, by the last digits of a number."""
    lead = OF_TAIL.limit(LOOKED_AT).subquery()
    return _fitting(select(_c.id).join(lead, lead.c.customer_id == _c.id), further)


@cache
def named(further: int) -> Select[str]:
    """Everybody of a common name, as far as the index of names alone can tell who fits."""
    words: list[ColumnElement[str]] = [bindparam(f"word{place}") for place in range(further)]
    fitting = [
        or_(*(func.instr(part, word) > 0 for part in (_c.name, _c.region, _c.company)))
        for word in words
    ]
    first = select(_rowid.label("place")).select_from(customers)
    lead = first.where(RANGES["name"].condition, *fitting).limit(bindparam("limit")).subquery()
    return _fitting(select(_c.id).join(lead, lead.c.place == _rowid), 0)


def _fitting(question: Select[str], further: int) -> Select[str]:
    return question.where(
        _c.merged_into.is_(None), *(_says(place) for place in range(further))
    ).limit(bindparam("limit"))
