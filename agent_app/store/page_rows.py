"""Is a page what the wire promises? Rows are checked here before the first one is written (step ⑧).

Checking is done per *shape*: rows of one table with the same value types are alike, so that a
page of 5 000 rows costs a look-up per row and not a decision per cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import islice

import orjson

from agent_app.store.errors import MalformedPageError
from agent_app.store.times import from_text
from sync.wire import TABLES, Json

Cell = None | int | float | str
Mend = Callable[[Json], Cell]
SLICE = 500


class Kind(Enum):
    """What a column holds; OPTIONAL ones keep a null, the others take their default for it."""

    ID = "an id"
    REFERENCE = "an id or nothing"
    TEXT = "text"
    NUMBER = "a whole number"
    OPTIONAL_NUMBER = "a whole number or nothing"
    FLAG = "true or false"
    TIME = "a time"
    OPTIONAL_TIME = "a time or nothing"
    DAY = "a day or nothing"
    LIST = "a list"
    OBJECT = "an object"


_SPECIAL: Mapping[str, Kind] = {
    "id": Kind.ID,
    "parent_id": Kind.REFERENCE,
    "customer_id": Kind.REFERENCE,
    "segment_id": Kind.REFERENCE,
    "interactions.category_id": Kind.REFERENCE,
    "phones.customer_id": Kind.ID,
    "articles.category_id": Kind.TEXT,
    "article_drafts.category_id": Kind.REFERENCE,
    "gap_reports.category_id": Kind.REFERENCE,
    "gap_reports.article_id": Kind.REFERENCE,
    "tickets.category_id": Kind.REFERENCE,
    "due_at": Kind.TIME,
    "made_at": Kind.TIME,
    "article_version": Kind.OPTIONAL_NUMBER,
    "base_version": Kind.NUMBER,
    "changed_at": Kind.TIME,
    "outcome_article_id": Kind.REFERENCE,
    "outcome_version": Kind.OPTIONAL_NUMBER,
    "reported_at": Kind.TIME,
    "size": Kind.NUMBER,
    "version": Kind.NUMBER,
    "position": Kind.NUMBER,
    "arrears_cents": Kind.NUMBER,
    "talk_s": Kind.NUMBER,
    "waited_s": Kind.OPTIONAL_NUMBER,
    "sample": Kind.FLAG,
    "satisfied": Kind.FLAG,
    "digit": Kind.NUMBER,
    "at": Kind.TIME,
    "must_read": Kind.FLAG,
    "merged_into": Kind.REFERENCE,
    "published_at": Kind.TIME,
    "expires_at": Kind.OPTIONAL_TIME,
    "custom": Kind.OBJECT,
    "value": Kind.OBJECT,
    "started_at": Kind.TIME,
    "answered_at": Kind.OPTIONAL_TIME,
    "ended_at": Kind.OPTIONAL_TIME,
    "valid_from": Kind.DAY,
    "valid_until": Kind.DAY,
    "quotes": Kind.LIST,
}

_OPTIONAL = frozenset({Kind.REFERENCE, Kind.OPTIONAL_NUMBER, Kind.OPTIONAL_TIME, Kind.DAY})
_DEFAULTS: Mapping[Kind, Cell] = {
    Kind.TEXT: "", Kind.NUMBER: 0, Kind.FLAG: 0, Kind.LIST: "[]", Kind.OBJECT: "{}",
}  # fmt: skip
_TYPES: Mapping[Kind, type] = {
    Kind.NUMBER: int, Kind.OPTIONAL_NUMBER: int, Kind.FLAG: bool, Kind.LIST: list,
    Kind.OBJECT: dict,
}  # fmt: skip


def kind_of(table: str, column: str) -> Kind:
    return _SPECIAL.get(f"{table}.{column}", _SPECIAL.get(column, Kind.TEXT))


@dataclass(frozen=True, slots=True)
class Shape:
    """How rows with these types are made fit: ``mends`` are (position, function) pairs."""

    width: int
    mends: tuple[tuple[int, Mend], ...]


class TableRows:
    """Checks and mends rows of one table; one instance per table, used in the writing thread."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.columns = TABLES[table]
        self._kinds = tuple(kind_of(table, column) for column in self.columns)
        self._shapes: dict[tuple[type, ...], Shape] = {}

    def slices(self, rows: Iterable[list[Json]]) -> Iterator[tuple[int, list[list[Cell]]]]:
        """Groups of ≤ 500 rows of one width, in order; raises MalformedPageError.

        A row may name fewer columns than we know (an older server: the rest keeps what it has) or
        more (a newer one: the rest is left out).
        """
        remaining = iter(rows)
        while chunk := list(islice(remaining, SLICE)):
            by_width: dict[int, list[list[Cell]]] = {}
            for row in chunk:
                width, mended = self._mended(row)
                by_width.setdefault(width, []).append(mended)
            yield from by_width.items()

    def _mended(self, row: list[Json]) -> tuple[int, list[Cell]]:
        if not isinstance(row, list):
            raise MalformedPageError(f"The server sent {self.table} in a form that is not known.")
        types = tuple(map(type, row))
        shape = self._shapes.get(types)
        if shape is None:
            shape = self._shapes[types] = self._shape(types)
        mended: list[Cell] = row[: shape.width]  # type: ignore[assignment]  # lists are mended
        for position, mend in shape.mends:
            try:
                mended[position] = mend(row[position])
            except ValueError:
                raise self._malformed(position) from None
        return shape.width, mended

    def _shape(self, types: tuple[type, ...]) -> Shape:
        if not types:
            raise self._malformed(0)
        mends: list[tuple[int, Mend]] = []
        width = min(len(types), len(self._kinds))
        for position, (kind, given) in enumerate(zip(self._kinds, types, strict=False)):
            if not _fits(kind, given):
                raise self._malformed(position)
            if (mend := _mend(kind, given)) is not None:
                mends.append((position, mend))
        return Shape(width, tuple(mends))

    def _malformed(self, position: int) -> MalformedPageError:
        column, kind = self.columns[position], self._kinds[position]
        return MalformedPageError(
            f"The server sent {self.table}.{column} that is not {kind.value}; "
            "nothing of that page was kept."
        )


def _fits(kind: Kind, given: type) -> bool:
    if given is type(None):
        return kind in _OPTIONAL or kind in _DEFAULTS
    return given is _TYPES.get(kind, str)


def _mend(kind: Kind, given: type) -> Mend | None:
    """What a value of this type still has to pass, or None when it is kept as it is."""
    if given is type(None):
        return None if kind in _OPTIONAL else lambda _: _DEFAULTS[kind]
    return _CHECKS.get(kind)


def _id(value: Json) -> Cell:
    if not value:
        raise ValueError
    return str(value)


def _time(value: Json) -> Cell:
    from_text(str(value))
    return str(value)


def _day(value: Json) -> Cell:
    return date.fromisoformat(str(value)).isoformat() if value else None


def _json(value: Json) -> Cell:
    return orjson.dumps(value).decode()


_CHECKS: Mapping[Kind, Mend] = {
    Kind.ID: _id, Kind.TIME: _time, Kind.OPTIONAL_TIME: _time, Kind.DAY: _day, Kind.LIST: _json,
    Kind.OBJECT: _json,
}  # fmt: skip
