"""Everybody hears of a change first, then the window shows what came of it, once (③ to ⑤).

A ringing call moves a dozen things one after the other: it rings, the page turns to it, the shift
rings, a summary is begun, its caller is looked up. Each used to fill the same widgets again: half
of the time from the ring to the painted card. Of what is shown, the card comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer, Signal


class Rounds(QObject):
    """Changes that belong together. In the GUI thread; a round within a round is part of it.

    Signals:
        held: what belongs to the round is looked for, and waited for.
        first: what the round was held for is shown now, and painted before anything else.
        ended: all have heard, and somebody waits to show what came of it.
    """

    held = Signal()
    first = Signal()
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._depth = 0
        self._held = False
        self._awaited = False

    @property
    def running(self) -> bool:
        return self._depth > 0

    def await_end(self) -> bool:
        """Be told when the round that is under way has ended; False: there is none."""
        self._awaited = self.running
        return self.running

    @contextmanager
    def round(self) -> Iterator[None]:
        self._depth += 1
        try:
            yield
        finally:
            self._end()

    def hold(self, at_most_ms: int) -> Callable[[], None]:
        """The round goes on until the returned function is called, or for so long at most."""
        self._held = self._awaited = True
        self._depth += 1
        held = [True]

        def release() -> None:
            if held:
                held.clear()
                self._end()

        QTimer.singleShot(at_most_ms, self, release)
        self.held.emit()
        return release

    def _end(self) -> None:
        self._depth -= 1
        if self._depth:
            return
        if self._held:
            self._held = False
            self._depth += 1
            self.first.emit()
            QTimer.singleShot(0, self, self._end)
        elif self._awaited:
            self._awaited = False
            self.ended.emit()


class OncePerRound(QObject):
    """Calls ``act`` at the end of the round in which it was asked, outside of one at once.

    ``first``: before everybody else, if the round was held for it.
    """

    def __init__(
        self, rounds: Rounds, act: Callable[[], None], parent: QObject, *, first: bool = False
    ) -> None:
        super().__init__(parent)
        self._rounds = rounds
        self._act = act
        self._asked = False
        if first:
            rounds.first.connect(self._on_end)
        rounds.ended.connect(self._on_end)

    def ask(self, *_change: object) -> None:
        """Any signal may be connected to it."""
        if self._rounds.await_end():
            self._asked = True
        else:
            self._act()

    def _on_end(self) -> None:
        if self._asked:
            self._asked = False
            self._act()
