"""Which page of changes a seat gets, or why it must start over (step ⑨).

One request is one snapshot: the seat's role, its scope, the counter and the rows belong together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from server.changes import Page, read_page
from server.errors import ApiError
from server.scope import Scope, began_in, tables_of
from server.tables import change_counter


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a seat asks for; ``scope`` is the text of its last page, empty if it has none."""

    after: int
    limit: int
    scope: str = ""


@dataclass(frozen=True, slots=True)
class FeedPage:
    page: Page
    scope: Scope

    def to_json(self) -> bytes:
        return self.page.to_json(scope=self.scope.text)


def read_feed(connection: Connection, role: str, wanted: Wanted) -> FeedPage:
    """The page after a cursor, of what the role may keep.

    Raises ApiError 409 ``scope-changed``, ``cursor-ahead`` or ``cursor-too-old``; after each the
    seat starts over at 0.
    """
    counter = connection.execute(select(change_counter)).one()
    scope = Scope(tables_of(connection, role), life=counter.life)
    began = began_in(wanted.scope, scope) if wanted.scope else 0
    if began is None:
        raise ApiError(
            409, "scope-changed", "This seat is to keep a copy of something else: start over at 0."
        )
    if wanted.after > counter.sequence:
        raise ApiError(
            409, "cursor-ahead", "The centre is behind this seat: it was restored; start over at 0."
        )
    if wanted.after == 0:
        began = counter.sequence
    elif max(wanted.after, began) < counter.horizon:
        raise ApiError(
            409, "cursor-too-old",
            "This seat was away for so long that deletions were forgotten: start over at 0.",
        )  # fmt: skip
    page = read_page(connection, after=wanted.after, limit=wanted.limit, tables=scope.tables)
    return FeedPage(page, replace(scope, began=began))
