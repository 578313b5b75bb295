"""Rows of the index by what they have: a category, a character of their title (step ⑥).

A change makes another table that shares every list it does not touch, because searches go on over
the one before meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from agent_app.store.search.entries import Entry

K = TypeVar("K", bound=Hashable)
_SINGLES = 200

Order = Callable[[int], int]
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
        self,
        gone: Iterable[tuple[K, int]],
        fresh: Iterable[tuple[K, int]],
        order: Order | None = None,
    ) -> Rows[K]:
        """What was left out of a full list comes back with the next whole build only.

        Without an ``order`` the rows stand in their own, and a list with the same rows as before is
        not touched.
        """
        out, back = _by_key(gone), _by_key(fresh)
        lists: dict[K, Sequence[int]] = dict(self._lists)
        for key in out.keys() | back.keys():
            left, new = out.get(key, set()), back.get(key, set())
            if order is None and left == new:
                continue
            rows = [*(row for row in lists.get(key, ()) if row not in left), *new]
            rows.sort(key=order)
            lists[key] = rows[: self._limit or None]
        return Rows(lists, self._limit)


def _by_key(pairs: Iterable[tuple[K, int]]) -> dict[K, set[int]]:
    found: dict[K, set[int]] = {}
    for key, row in pairs:
        found.setdefault(key, set()).add(row)
    return found


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

        def order(row: int) -> int:
            return len(now[row].title)

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
