"""Rows of the index by what they have: a category, a character of their title (step ⑥).

A change makes another table that shares every list it does not touch, because searches go on over
the one before meanwhile.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from agent_app.store.search.entries import Entry

K = TypeVar("K", bound=Hashable)
_SINGLES = 200

Order = Callable[[int], tuple[int, int]]
"""Where a row stands in a list."""


class Rows(Generic[K]):
    """Rows by key, each list in one order, as far as it is kept."""

    def __init__(self, lists: Mapping[K, Sequence[int]], limit: int = 0) -> None:
        self._lists = lists
        self._limit = limit

    @classmethod
    def of(cls, pairs: Iterable[tuple[K, int]], limit: int = 0) -> Rows[K]:
        """``pairs`` come in the order of the lists; at most ``limit`` rows each, 0 for all."""
        found: dict[K, list[int]] = {}
        for key, row in pairs:
            if len(rows := found.setdefault(key, [])) < limit or not limit:
                rows.append(row)
        return cls(found, limit)

    def find(self, key: K) -> Sequence[int]:
        return self._lists.get(key, ())

    def changed(
        self, gone: Iterable[tuple[K, int]], fresh: Iterable[tuple[K, int]], order: Order
    ) -> Rows[K]:
        """What was left out of a full list comes back with the next whole build only."""
        lists: dict[K, Sequence[int]] = dict(self._lists)
        for key, row in gone:
            lists[key] = [one for one in lists.get(key, ()) if one != row]
        for key, row in fresh:
            rows = list(lists.get(key, ()))
            rows.insert(bisect_left(rows, order(row), key=order), row)
            lists[key] = rows[: self._limit or None]
        return Rows(lists, self._limit)


class Singles:
    """For each character: titles beginning with it (or with its sound), titles having it."""

    def __init__(self, first: Rows[str], within: Rows[str]) -> None:
        self._first = first
        self._within = within

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Singles:
        rows = sorted(range(len(entries)), key=lambda row: len(entries[row].title))
        return cls(
            Rows.of(_pairs(_beginnings, rows, entries), _SINGLES),
            Rows.of(_pairs(_others, rows, entries), _SINGLES),
        )

    def find(self, one: str) -> list[tuple[int, float]]:
        """Rows and what they are worth, the shortest titles first."""
        first, within = self._first.find(one), self._within.find(one)
        return [(row, 1.0) for row in first] + [(row, 0.5) for row in within]

    def changed(
        self, before: Sequence[Entry], gone: Sequence[int], now: Sequence[Entry], new: Sequence[int]
    ) -> Singles:
        """``gone`` rows of ``before`` are out, ``new`` rows of ``now`` are in."""

        def order(row: int) -> tuple[int, int]:
            return len(now[row].title), row

        first = _pairs(_beginnings, gone, before), _pairs(_beginnings, new, now)
        within = _pairs(_others, gone, before), _pairs(_others, new, now)
        return Singles(self._first.changed(*first, order), self._within.changed(*within, order))


def _pairs(
    characters: Callable[[Entry], set[str]], rows: Iterable[int], entries: Sequence[Entry]
) -> Iterator[tuple[str, int]]:
    for row in rows:
        for one in characters(entries[row]):
            yield one, row


def _beginnings(entry: Entry) -> set[str]:
    return {entry.title[:1], entry.initials[:1]} - {""}


def _others(entry: Entry) -> set[str]:
    return {*entry.title, *entry.words} - _beginnings(entry)
