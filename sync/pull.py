"""Fetch what others did, page after page (the way back of step ⑨).

The cursor is stored in the page's own transaction, so a page is applied or it is not; the next
page is fetched while the current one is written.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sync.errors import BadReply, Need, ServerBehind, StartOver
from sync.ports import Place, Replica
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
    *,
    replica: Replica,
    remote: Remote,
    between: Callable[[Progress], Awaitable[None]],
    far: int | None = None,
) -> Progress:
    """Apply everything after the cursor; ``between`` is awaited before and after each page.

    Raises StartOver when no page can lead on from this copy, or when more than ``far`` changes and
    more than it has are missing; BadReply for pages that do not follow on one another; and what any
    request raises. Applied pages stay applied.
    """
    place = await replica.place()
    start = place.cursor
    progress = Progress(start=start, cursor=start, newest=start)
    ahead = asyncio.ensure_future(remote.changes(place))
    try:
        more = True
        while more:
            page = await ahead
            check_follows(page, progress.cursor)
            progress = Progress(start, progress.cursor, page.newest)
            if far is not None and progress.cursor == start:
                _check_near(progress, far)
            await between(progress)
            if more := page.more:
                ahead = asyncio.ensure_future(remote.changes(Place(page.next_cursor, page.scope)))
            if page.next_cursor > progress.cursor:
                await replica.apply(page)
                progress = Progress(start, page.next_cursor, page.newest)
                await between(progress)
        return progress
    finally:
        # A page fetched ahead of a failure is not wanted any more, nor is its own failure.
        if not ahead.cancel() and not ahead.cancelled():
            ahead.exception()


def check_follows(page: ChangePage, cursor: int) -> None:
    """Raises ServerBehind or BadReply unless the page leads on from the cursor."""
    if page.newest < cursor:
        raise ServerBehind(cursor=cursor)
    if not cursor <= page.next_cursor <= page.newest:
        raise BadReply(
            f"a page after {cursor} ends at {page.next_cursor}, the newest is {page.newest}"
        )
    if page.next_cursor == cursor and (page.more or page.rows or page.deleted):
        raise BadReply(f"a page after {cursor} does not move on")


def _check_near(progress: Progress, far: int) -> None:
    """A copy of which most is missing is sooner fetched as a whole than led on."""
    if progress.expected > max(far, progress.start):
        need = Need.FAR_BEHIND if progress.start else Need.EMPTY
        raise StartOver(f"{progress.expected} changes are missing on this seat", need=need)
