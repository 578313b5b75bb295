"""What lies in cycles dies in the engine's thread, whoever allocates."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest

from sip.engine.garbage import MANY, Garbage


class Knot:
    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def garbage() -> Iterator[Garbage]:
    automatic = gc.isenabled()
    yield Garbage()
    gc.unfreeze()
    if automatic:
        gc.enable()


def allocate(kept: list[list[int]]) -> None:
    kept.extend([number] for number in range(2 * MANY))


def test_another_thread_does_not_collect(garbage: Garbage) -> None:
    knot = weakref.ref(Knot())
    kept: list[list[int]] = []
    thread = threading.Thread(target=allocate, args=(kept,))
    thread.start()
    thread.join()
    assert knot() is not None
    garbage.look()
    assert knot() is None


def test_little_is_left_lying(garbage: Garbage) -> None:
    knot = weakref.ref(Knot())
    garbage.look()
    assert knot() is not None
