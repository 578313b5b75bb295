"""When a duration on the screen has another second (step ⑤)."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

_AFTER_MS = 2
"""A timer may be early by a moment, and the second would be shown a second late."""


class SecondHand(QObject):
    """Moves once a second, just after one is over: none is skipped, and none is shown twice.

    Signals:
        moved: what counts from the followed moment has another second.
    """

    moved = Signal()

    def __init__(self, monotonic_s: Callable[[], float], parent: QObject) -> None:
        super().__init__(parent)
        self._monotonic_s = monotonic_s
        self._since_s: float | None = None
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)

    def follow(self, since_s: float | None) -> None:
        """Seconds count from ``since_s`` of the monotonic clock; None: nothing is counted."""
        if since_s != self._since_s:
            self._since_s = since_s
            self._wind()

    def _wind(self) -> None:
        if self._since_s is None:
            self._timer.stop()
            return
        left_s = 1.0 - (self._monotonic_s() - self._since_s) % 1.0
        self._timer.start(math.ceil(1000 * left_s) + _AFTER_MS)

    def _on_timeout(self) -> None:
        self._wind()
        self.moved.emit()
