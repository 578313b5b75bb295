"""Does the window answer while something else goes on?"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

BEAT_MS = 5


class Heartbeat(QObject):
    """Counts rounds of the GUI thread's event loop: none while it waits for somebody."""

    def __init__(self) -> None:
        super().__init__()
        self.beats = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def stop(self) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        self.beats += 1
