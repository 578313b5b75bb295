"""What lies in cycles dies in the engine's thread, whoever allocates."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from sip.engine.garbage import Garbage
from tests.collecting import dies_only_when_looked_for


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


def test_another_thread_does_not_collect(garbage: Garbage) -> None:
    dies_only_when_looked_for(weakref.ref(Knot()), garbage.look)


def test_little_is_left_lying(garbage: Garbage, monkeypatch: pytest.MonkeyPatch) -> None:
    knot = weakref.ref(Knot())
    monkeypatch.setattr("sip.engine.garbage.MANY", 10_000_000)  # whatever else makes objects here
    garbage.look()
    assert knot() is not None
    monkeypatch.undo()
    gc.collect()
    assert knot() is None
