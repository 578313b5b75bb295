"""Small pages of changes for the event streams, read once for all seats that need them (step ⑨).

A thousand seats that each ask for a change they have just been told of are a thousand requests for
the same few rows. So the stream brings the rows themselves where they are few.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from anyio import to_thread
from sqlalchemy.exc import SQLAlchemyError

from server.changes import read_page
from server.database import Database
from server.scope import tables_of

ROWS_MAX = 100
BYTES_MAX = 32 * 1_024


@dataclass(frozen=True, slots=True)
class Frame:
    """A page after one cursor as JSON without a line break; ``until`` is the cursor it leads to."""

    until: int
    body: bytes


class PagesToPush:
    """Lives on one event loop. Seats of one role that have come equally far share a page."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._newest = 0
        self._reading: dict[tuple[str, int], asyncio.Task[Frame | None]] = {}

    async def frame(self, role: str, after: int, newest: int) -> Frame | None:
        """What a seat of this role needs after its cursor; None when it should ask by itself."""
        if newest - after > ROWS_MAX:
            return None
        if newest != self._newest:
            self._newest = newest
            self._reading = {}
        key = (role, after)
        if key not in self._reading:
            self._reading[key] = asyncio.create_task(
                to_thread.run_sync(_read, self._database, role, after)
            )
        return await asyncio.shield(self._reading[key])


def _read(database: Database, role: str, after: int) -> Frame | None:
    try:
        with database.read() as connection:
            tables = tables_of(connection, role)
            page = read_page(connection, after=after, limit=ROWS_MAX, tables=tables)
    except SQLAlchemyError:
        return None  # the seat finds out the same when it asks
    body = page.to_json(after=after)
    if page.next_cursor < page.newest or len(body) > BYTES_MAX:
        return None
    return Frame(page.next_cursor, body)
