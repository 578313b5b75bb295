"""What nobody sees until she asks for it is built when she first does (step ⑥).

Every widget costs about 20 KiB and its share of the start, seen or not; most of what can unfold
is never looked at in a shift.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject

Part_co = TypeVar("Part_co", covariant=True)


class Wanted(Protocol):
    """What has a key or a button of its own: the first press opens it."""

    def want(self) -> None: ...


class OnDemand(QObject, Generic[Part_co]):
    """``build`` is called once, in the GUI thread, and what it makes is kept."""

    def __init__(self, build: Callable[[], Part_co], parent: QObject) -> None:
        super().__init__(parent)
        self._build = build
        self._part: Part_co | None = None

    @property
    def built(self) -> Part_co | None:
        """It, once she has wanted it."""
        return self._part

    def get(self) -> Part_co:
        """It, built by now."""
        if self._part is None:
            self._part = self._build()
        return self._part

    def want(self: OnDemand[Wanted]) -> None:
        """Its key or its button."""
        self.get().want()
