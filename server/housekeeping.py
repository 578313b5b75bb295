"""What a running server does by itself, once a day for the whole centre (step ⑨)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from anyio import to_thread
from sqlalchemy.exc import SQLAlchemyError

from server.database import Database
from server.draft_files import forget_dropped
from server.draft_publishing import put_in_force
from server.pruning import mark_day, prune

_log = logging.getLogger(__name__)

FIRST_S = 60.0
EVERY_S = 3_600.0
"""Days are noticed within the hour; the first look does not disturb a start."""
IN_FORCE_EVERY_S = 20.0
"""Answers that begin to hold on a day do so within its first minute."""


async def keep_house(
    database: Database,
    clock: Callable[[], float],
    *,
    first_s: float = FIRST_S,
    every_s: float = EVERY_S,
) -> None:
    """Until cancelled: whoever of the centre's processes notices a new day does its work."""
    wait_s = first_s
    while True:
        await asyncio.sleep(wait_s)
        wait_s = every_s
        try:
            await to_thread.run_sync(_daily, database, clock())
        except SQLAlchemyError as error:
            _log.warning("the daily work could not be done now (%s)", type(error).__name__)


async def keep_in_force(
    database: Database, clock: Callable[[], float], *, every_s: float = IN_FORCE_EVERY_S
) -> None:
    """Until cancelled: what was approved for today is published when today begins."""
    while True:
        try:
            if done := await to_thread.run_sync(put_in_force, database, clock()):
                _log.info("answers in force from today: %d", done)
        except SQLAlchemyError as error:
            _log.warning("nothing can be put in force now (%s)", type(error).__name__)
        await asyncio.sleep(every_s)


def _daily(database: Database, now_s: float) -> None:
    if mark_day(database, now_s):
        pruned = prune(database, now_s)
        _log.info("change log: %d entries pruned", pruned.superseded + pruned.tombstones)
        _log.info("files of dropped drafts: %d removed", forget_dropped(database, now_s))
