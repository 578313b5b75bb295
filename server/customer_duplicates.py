"""Which customers may be one and the same, with the reason for each pair (M18, step ⑨).

A suggestion only: a person decides and merges. Two people who share a number and not a name are a
family or a company, and are not suggested.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypedDict

from sqlalchemy import Column, ColumnElement, Connection, distinct, func, select, tuple_

from server.customer_rows import WIRE, CustomerRow, as_object, phones_of
from server.tables import customers, phones

SAME_NUMBER = "same-number"
SAME_ID = "same-id-number"
SAME_NAME = "same-name-and-region"

LOOKED_AT = 2_000
"""Groups of one reason that one look goes through."""
GROUP_MAX = 8
"""Customers of one group that are compared with each other."""


@dataclass(frozen=True, slots=True)
class Group:
    """Customers that have something in common."""

    reason: str
    ids: tuple[str, ...]


@dataclass(slots=True)
class _Pairs:
    """Pairs in the order in which they were found, each with its reasons."""

    reasons: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def add(self, first: str, second: str, reason: str) -> None:
        pair = (first, second) if first < second else (second, first)
        reasons = self.reasons.setdefault(pair, [])
        if reason not in reasons:
            reasons.append(reason)


class Pair(TypedDict):
    customers: list[dict[str, object]]
    reasons: list[str]


def find_duplicates(connection: Connection, *, customer_id: str | None, limit: int) -> list[Pair]:
    """Pairs ``{"customers": [row, row], "reasons"}``, of one customer or of the whole centre.

    The customer that was made first stands first.
    """
    groups = list(_groups_of(connection, customer_id) if customer_id else _all_groups(connection))
    rows = _rows(connection, {name for group in groups for name in group.ids})
    pairs = _Pairs()
    for group in groups:
        known = [name for name in group.ids if name in rows][:GROUP_MAX]
        for one, other in combinations(known, 2):
            if customer_id not in (None, one, other):
                continue
            if group.reason != SAME_NUMBER or are_similar(rows[one], rows[other]):
                pairs.add(one, other, group.reason)
    shown = dict(list(pairs.reasons.items())[:limit])
    numbers = phones_of(connection, {name for pair in shown for name in pair})
    return [
        {"customers": [as_object(rows[name], numbers[name]) for name in pair], "reasons": reasons}
        for pair, reasons in shown.items()
    ]


def are_similar(one: CustomerRow, other: CustomerRow) -> bool:
    """Names that are the same, sound the same, or contain one another."""
    first, second = (str(row.name).casefold().strip() for row in (one, other))
    if not first or not second:
        return True  # known by the number alone: nothing speaks against it
    spelt = bool(one.pinyin) and one.pinyin == other.pinyin
    return first in second or second in first or spelt


def _all_groups(connection: Connection) -> Iterable[Group]:
    shared = (
        select(phones.c.number)
        .group_by(phones.c.number)
        .having(func.count(distinct(phones.c.customer_id)) > 1)
        .limit(LOOKED_AT)
    )
    sharing = connection.execute(
        select(phones.c.number, phones.c.customer_id).where(phones.c.number.in_(shared))
    )
    yield from _grouped(SAME_NUMBER, ((row.number, row.customer_id) for row in sharing))
    yield from _same(connection, SAME_ID, customers.c.id_secret)
    yield from _same(connection, SAME_NAME, customers.c.name, customers.c.region)


def _same(connection: Connection, reason: str, *columns: Column[str]) -> Iterable[Group]:
    """Customers with equal and not empty values."""
    there: list[ColumnElement[bool]] = [column != "" for column in columns]
    repeated = (
        select(*columns).where(*there).group_by(*columns).having(func.count() > 1).limit(LOOKED_AT)
    )
    rows = connection.execute(
        select(*columns, customers.c.id).where(tuple_(*columns).in_(repeated))
    )
    return _grouped(reason, ((tuple(row[:-1]), row[-1]) for row in rows))


def _grouped(reason: str, rows: Iterable[tuple[object, str]]) -> list[Group]:
    found: dict[object, set[str]] = {}
    for key, customer_id in rows:
        found.setdefault(key, set()).add(customer_id)
    return [Group(reason, tuple(sorted(ids))) for ids in found.values() if len(ids) > 1]


def _groups_of(connection: Connection, customer_id: str) -> Iterable[Group]:
    """What others have in common with one customer."""
    row = connection.execute(select(customers).where(customers.c.id == customer_id)).one_or_none()
    if row is None:
        return
    own = select(phones.c.number).where(phones.c.customer_id == customer_id)
    for reason, statement in (
        (SAME_NUMBER, select(phones.c.customer_id).where(phones.c.number.in_(own))),
        (SAME_ID, select(customers.c.id).where(customers.c.id_secret == row.id_secret)),
        (
            SAME_NAME,
            select(customers.c.id).where(
                customers.c.name == row.name, customers.c.region == row.region
            ),
        ),
    ):
        if (reason == SAME_ID and not row.id_secret) or (
            reason == SAME_NAME and not (row.name and row.region)
        ):
            continue
        others = connection.execute(statement.limit(LOOKED_AT)).scalars()
        for other in sorted(set(others) - {customer_id}):
            yield Group(reason, (customer_id, other))


def _rows(connection: Connection, ids: set[str]) -> Mapping[str, CustomerRow]:
    """Those that are not merged away, by id; asked for in slices a statement can hold."""
    wanted = sorted(ids)
    found: dict[str, CustomerRow] = {}
    for start in range(0, len(wanted), LOOKED_AT):
        rows = connection.execute(
            select(*WIRE).where(
                customers.c.id.in_(wanted[start : start + LOOKED_AT]),
                customers.c.merged_into.is_(None),
            )
        )
        found.update((row.id, row) for row in rows)
    return found
