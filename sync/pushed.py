"""Pages that the event stream brought, so that they need not be asked for (the way back of ⑨)."""

from __future__ import annotations

from dataclasses import replace

from sync.ports import Place
from sync.wire import ChangePage

KEPT_MAX = 32
"""Pages that wait for the copy to come up to them; a copy so far behind asks for larger ones."""


class PushedPages:
    """In the event loop's thread only."""

    def __init__(self) -> None:
        self._pages: dict[int, ChangePage] = {}
        self._reached = 0

    def put(self, after: int, page: ChangePage) -> bool:
        """Keep a page that leads on from ``after``; False when the copy is there already."""
        if page.next_cursor <= self._reached:
            return False
        if len(self._pages) >= KEPT_MAX:
            self._pages.clear()
        self._pages[after] = page
        return True

    def take(self, place: Place) -> ChangePage | None:
        """The page that leads on from a place, if it was brought."""
        page = self._pages.pop(place.cursor, None)
        self._pages = {at: kept for at, kept in self._pages.items() if at > place.cursor}
        self._reached = place.cursor if page is None else page.next_cursor
        return None if page is None else replace(page, scope=place.scope)

    def reached(self, cursor: int) -> None:
        """The copy is led on to there by a page that was asked for."""
        self._reached = cursor

    def clear(self) -> None:
        """The stream ended: what it brought may belong to another copy than the one to come."""
        self._pages.clear()
        self._reached = 0
