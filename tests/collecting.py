"""Garbage that only the one whose business it is may collect."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable


def dies_only_when_looked_for(knot: weakref.ref[object], look: Callable[[], None]) -> None:
    """Another thread allocates enough for Python to collect, were it allowed to."""
    kept: list[list[int]] = []
    thread = threading.Thread(target=_allocate, args=(kept,))
    thread.start()
    thread.join()
    assert knot() is not None
    look()
    assert knot() is None


def _allocate(kept: list[list[int]]) -> None:
    kept.extend([number] for number in range(20_000))
