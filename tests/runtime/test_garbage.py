"""QObjects in cycles die in the window's thread, whoever allocates."""

from __future__ import annotations

import gc
import platform
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from agent_app.runtime.garbage import GarbageInWindowThread, give_back, leave_alone
from tests.collecting import dies_only_when_looked_for


class Knot(QObject):
    """Holds itself, as a widget that holds a bound method of its own does."""

    def __init__(self) -> None:
        super().__init__()
        self.me = self


@pytest.fixture
def garbage(qapp: object) -> Iterator[GarbageInWindowThread]:
    gc.collect()
    garbage = GarbageInWindowThread()
    yield garbage
    garbage.stop()


def test_a_worker_thread_does_not_collect(garbage: GarbageInWindowThread) -> None:
    dies_only_when_looked_for(weakref.ref(Knot()), garbage.look)


def test_nothing_is_collected_before_it_is_due(garbage: GarbageInWindowThread) -> None:
    gc.collect()
    knot = weakref.ref(Knot())
    garbage.look()
    assert knot() is not None


def test_once_a_start_is_over_everything_is_looked_at_and_what_is_free_goes_back(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("agent_app.runtime.garbage.STARTED_MS", 1)
    monkeypatch.setattr("agent_app.runtime.garbage.give_back", lambda: told.append("back"))
    knot = weakref.ref(Knot())
    garbage = GarbageInWindowThread()
    qtbot.waitUntil(lambda: bool(told))
    assert knot() is None
    garbage.stop()


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="others give it back themselves")
def test_what_was_freed_below_something_kept_goes_back_to_the_system() -> None:
    room = [bytes(4_000) for _ in range(10_000)]
    kept = bytes(4_000)
    before = own_kib()
    room.clear()
    give_back()
    assert own_kib() < before - 20_000
    assert kept


def own_kib() -> int:
    """What this process alone has in memory."""
    rollup = Path("/proc/self/smaps_rollup").read_text("ascii")
    return int(rollup.partition("Anonymous:")[2].split()[0])


def test_collecting_is_left_as_it_was_found(qapp: object) -> None:
    gc.enable()
    try:
        GarbageInWindowThread().stop()
        assert gc.isenabled()
        gc.disable()
        GarbageInWindowThread().stop()
        assert not gc.isenabled()
    finally:
        gc.disable()


def test_what_is_left_alone_is_freed_all_the_same(garbage: GarbageInWindowThread) -> None:
    class Table:
        pass

    table = Table()
    gone = weakref.ref(table)
    try:
        leave_alone()
        assert gc.get_freeze_count() > 0
        del table
        assert gone() is None
    finally:
        gc.unfreeze()
