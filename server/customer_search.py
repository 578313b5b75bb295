"""Finds customers by what an agent types: name, number, ID, company, region (M18, step ⑨).

Each way of looking is one question that an index answers; they are asked in the order of how sure
they are, until there are enough. Only when nothing else was found are all names looked through.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypedDict

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from server.customer_rows import WIRE, as_object, phones_of
from server.pinyin import spell
from server.tables import customers, number_end, phones, spelling

QUERY_MAX = 200
WORDS_MAX = 6
TAIL_MIN = 4
ID_MIN = 6
_LAST = "\U0010ffff"

_NUMBER = re.compile(r"\+?[0-9*#()./-]{2,}")
_ID_NUMBER = re.compile(r"[0-9A-Z][0-9A-Z./()-]*")

named = customers.alias("named")
Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Way:
    """One way of looking; ``name`` tells the agent why she sees a row."""

    name: str
    condition: Condition


class FoundCustomers(TypedDict):
    rows: list[dict[str, object]]
    more: bool


def find_customers(connection: Connection, text: str, limit: int) -> FoundCustomers:
    """``{"rows", "more"}``: the surest first, each with its phones and ``found_by``.

    Customers that were merged away are not found.
    """
    found: dict[str, str] = {}
    for way in _ways(text):
        if len(found) > limit or (way.name == "part-of-name" and found):
            break
        ids = connection.execute(
            select(customers.c.id)
            .where(customers.c.merged_into.is_(None), way.condition)
            .limit(limit + 1 + len(found))
        ).scalars()
        for customer_id in ids:
            found.setdefault(customer_id, way.name)
    shown = list(found)[:limit]
    return {"rows": _rows(connection, shown, found), "more": len(found) > limit}


def _rows(
    connection: Connection, shown: Sequence[str], found: dict[str, str]
) -> list[dict[str, object]]:
    numbers = phones_of(connection, shown)
    rows = {
        row.id: row for row in connection.execute(select(*WIRE).where(customers.c.id.in_(shown)))
    }
    return [as_object(rows[name], numbers[name]) | {"found_by": found[name]} for name in shown]


def _ways(text: str) -> Iterator[Way]:
    words = unicodedata.normalize("NFKC", text).split()[:WORDS_MAX]
    joined = "".join(words)
    if not joined:
        return
    if _NUMBER.fullmatch(joined):
        yield from _by_number(joined)
    if len(joined) >= ID_MIN and _ID_NUMBER.fullmatch(joined.upper()):
        yield Way("id-number", customers.c.id_secret == joined.upper())
    yield Way("name", customers.c.name == " ".join(words))
    drivers = [" ".join(words), *(words if len(words) > 1 else ())]
    for place, driver in enumerate(drivers):
        rest = [] if place == 0 else [word for word in words if word != driver]
        for way in _by_word(driver):
            yield Way(way.name, and_(way.condition, *(_says(word) for word in rest)))
    if len(words) == 1:
        yield Way("region", _begins(customers.c.region, joined))
    if len(joined) > 1 and not _NUMBER.fullmatch(joined):
        # Names and ids stand together in one index, which is read from end to end.
        said = select(named.c.id).where(*(_contains(named.c.name, word) for word in words))
        yield Way("part-of-name", customers.c.id.in_(said))


def _by_number(joined: str) -> Iterator[Way]:
    digits = re.sub(r"[^0-9*#]", "", joined)
    exact = select(phones.c.customer_id).where(phones.c.number.in_([digits, f"+{digits}"]))
    yield Way("number", customers.c.id.in_(exact))
    tail = digits.lstrip("0")
    if len(tail) >= TAIL_MIN:
        ending = select(phones.c.customer_id).where(
            number_end == tail[-TAIL_MIN:],
            func.substr(phones.c.number, 1, 1) == "+",  # a short code is itself or nothing
            func.substr(phones.c.number, func.length(phones.c.number) - len(tail) + 1) == tail,
        )
        yield Way("number", customers.c.id.in_(ending))


def _by_word(word: str) -> Iterator[Way]:
    yield Way("name", _begins(customers.c.name, word))
    if word.isascii():
        letters = "".join(re.findall(r"[0-9a-z]+", word.lower()))
        if letters:
            yield Way("pinyin", _begins(spelling, letters))
            yield Way("initials", _begins(customers.c.initials, letters))
    yield Way("company", _begins(customers.c.company, word))
    if not word.isascii() and len(word) > 1 and (sound := spell(word)[0].replace(" ", "")):
        yield Way("sound", _begins(spelling, sound))


def _begins(column: ColumnElement[str], text: str) -> Condition:
    """A prefix as a range, which every index in the order of bytes answers."""
    return and_(column >= text, column < text + _LAST)


def _contains(column: ColumnElement[str], text: str) -> Condition:
    return column.contains(text, autoescape=True)


def _says(word: str) -> Condition:
    """A further word may stand in any part of who somebody is."""
    parts: list[ColumnElement[str]] = [
        customers.c.name, customers.c.region, customers.c.company, customers.c.address,
    ]  # fmt: skip
    found = [_contains(part, word) for part in parts]
    if word.isascii() and (letters := "".join(re.findall(r"[0-9a-z]+", word.lower()))):
        found.append(_contains(spelling, letters))
    return or_(*found)
