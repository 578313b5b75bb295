"""QObjects in cycles die in the window's thread, whoever allocates."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from agent_app.runtime.garbage import GarbageInWindowThread, leave_alone
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
