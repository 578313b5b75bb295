"""A seat that closes: what is asked of the server afterwards fails at once, and nothing goes on."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from sync.errors import SessionEnded, Unreachable
from tests.store.rigs import in_loop
from tests.wiring.seats import built_seat
from ui.application import DeskApplication


@in_loop
async def test_who_asks_after_the_end_is_told_and_no_thread_stays(
    tmp_path: Path, qapp: DeskApplication
) -> None:
    before = set(threading.enumerate())
    async with built_seat(tmp_path) as running:
        for ask in (
            running.ground.asker.read("notices"),
            running.reports.board.own_reads(),
            running.library.centre.versions("k1"),
            running.people.jobs.look("imports", "j1"),
            running.editing.server.told("k1", 2, ""),
        ):
            with pytest.raises(SessionEnded):
                await ask
        await running.close()
        for late in (
            running.ground.asker.read("notices"),
            running.reports.board.own_reads(),
            running.library.centre.versions("k1"),
            running.people.jobs.look("imports", "j1"),
            running.editing.server.told("k1", 2, ""),
        ):
            with pytest.raises(Unreachable):
                await late
    new = [one for one in threading.enumerate() if one not in before]
    sync = [one for one in new if one.name.startswith("sync")]
    for thread in sync:
        thread.join(30)
    assert not [thread for thread in sync if thread.is_alive()]


@in_loop
async def test_who_leaves_while_the_desk_begins_leaves_nothing_that_begins_later(
    tmp_path: Path, qapp: DeskApplication
) -> None:
    async with built_seat(tmp_path) as running:
        beginning = running.begin()
        await asyncio.sleep(0)  # what was unfinished is being read
        assert not beginning.done()
        await running.close()
        await asyncio.wait([beginning])
        late = [timer for timer in running.days.log.findChildren(QTimer) if timer.isActive()]
        assert not late
