"""Fetch what others did, page after page (the way back of step ⑨).

The cursor is stored in the page's own transaction, so a page is applied or it is not; the next
page is fetched while the current one is written.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sync.errors import BadReply, ServerBehind
from sync.ports import Replica
from sync.remote import Remote
from sync.wire import ChangePage


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a pull is, in changes: from ``start`` to ``newest``, ``cursor`` is applied."""

    start: int
    cursor: int
    newest: int

    @property
    def done(self) -> int:
        return self.cursor - self.start

    @property
    def expected(self) -> int:
        return self.newest - self.start


async def pull(
    *, replica: Replica, remote: Remote, between: Callable[[Progress], Awaitable[None]]
) -> Progress:
    """Apply everything after the cursor; ``between`` is awaited before and after each page.

    Raises ServerBehind when the server knows less than this copy, BadReply for pages that do not
    follow on one another, and what any request raises. Applied pages stay applied.
    """
    start = await replica.cursor()
    progress = Progress(start=start, cursor=start, newest=start)
    ahead = asyncio.ensure_future(remote.changes(start))
    try:
        more = True
        while more:
            page = await ahead
            _check(page, progress.cursor)
            progress = Progress(start, progress.cursor, page.newest)
            await between(progress)
            if more := page.more:
                ahead = asyncio.ensure_future(remote.changes(page.next_cursor))
            if page.next_cursor > progress.cursor:
                await replica.apply(page)
                progress = Progress(start, page.next_cursor, page.newest)
                await between(progress)
        return progress
    finally:
        # A page fetched ahead of a failure is not wanted any more, nor is its own failure.
        if not ahead.cancel() and not ahead.cancelled():
            ahead.exception()


def _check(page: ChangePage, cursor: int) -> None:
    if page.newest < cursor:
        raise ServerBehind(cursor=cursor)
    if not cursor <= page.next_cursor <= page.newest:
        raise BadReply(
            f"a page after {cursor} ends at {page.next_cursor}, the newest is {page.newest}"
        )
    if page.next_cursor == cursor and (page.more or page.rows or page.deleted):
        raise BadReply(f"a page after {cursor} does not move on")
