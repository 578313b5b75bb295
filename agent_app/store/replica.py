"""The seat's copy of the centre's data, page by page (step ⑧). Implements ``sync.ports.Replica``.

A page and its cursor are one transaction: after a crash the copy is as it was before the page, or
as it is after it, and the cursor says which. Readers see the old page until the new one is whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update

from agent_app.store.cache_migrations import CACHE_MIGRATIONS
from agent_app.store.database import Database
from agent_app.store.errors import DamagedError
from agent_app.store.listeners import Listeners
from agent_app.store.migrations import migrate
from agent_app.store.page_writer import AppliedPage, PageWriter
from agent_app.store.readers import Readers
from agent_app.store.tables import replica
from agent_app.store.times import from_text, to_text
from sync.errors import Need, StartOver
from sync.ports import Place
from sync.wire import ChangePage

__all__ = ["AppliedPage", "Replica"]


class Replica:
    """``applied`` tells each page that changed something, after its commit, and every exchange.

    A page that changed nothing is told where it ends a pull that did.

    A file that turns out to be damaged raises StartOver: the copy is fetched as a whole.
    """

    def __init__(self, *, cache: Database, readers: Readers) -> None:
        self._cache = cache
        self._readers = readers
        self._writer = PageWriter()
        self._end_awaited = False
        self.applied: Listeners[AppliedPage] = Listeners()

    async def place(self) -> Place:
        """Where in the server's changes the copy is."""

        def job() -> Place:
            with self._cache.reading() as connection:
                row = connection.execute(select(replica.c.cursor, replica.c.scope)).one()
                return Place(row.cursor, row.scope)

        with _damage_told():
            return await self._readers.run(job)

    async def cursor(self) -> int:
        """The last sequence number applied, 0 for an empty copy."""
        return (await self.place()).cursor

    async def apply(self, page: ChangePage) -> None:
        """Write a page and its cursor in one transaction.

        Raises MalformedPageError, and a FileFaultError; then nothing of the page was kept.
        """
        with _damage_told():
            applied = await self._cache.write(
                lambda connection: self._writer.write(connection, page)
            )
        if applied.written or applied.deleted or (self._end_awaited and not applied.more):
            self._end_awaited = applied.more
            self.applied.tell(applied)

    async def exchange(self, fresh: Path | None) -> None:
        """Another whole file in the copy's place, or an empty one; readers notice nothing of it.

        Raises a FileFaultError; then the old one is in use still.
        """
        path = self._cache.path
        await self._cache.replace(fresh, lambda c: migrate(c, CACHE_MIGRATIONS, path))
        self.applied.tell(AppliedPage(cursor=await self.cursor(), everything=True))

    async def remember_compared(self, at: datetime) -> None:
        """The copy is the same as the server's."""
        statement = update(replica).values(compared_at=to_text(at))
        await self._cache.write(lambda connection: connection.execute(statement))

    async def compared_at(self) -> datetime | None:
        """When the copy was last found to be the same, None for never."""

        def job() -> datetime | None:
            with self._cache.reading() as connection:
                found = connection.execute(select(replica.c.compared_at)).scalar_one()
                return from_text(found) if found else None

        with _damage_told():
            return await self._readers.run(job)


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except DamagedError as error:
        raise StartOver(str(error), need=Need.DAMAGED) from error
