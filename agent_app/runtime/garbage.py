"""Cyclic garbage is collected in the window's thread only, and what is free goes back.

Python collects in whichever thread happens to allocate. A QObject that dies in a worker thread
takes its timers along in the wrong thread, and Qt then calls a deleted object: a desk crashed that
way in ``QTimerInfoList::activateTimers`` (PySide6 6.11.3, 3rd desk of one process).
"""

from __future__ import annotations

import ctypes
import gc
import sys

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 2_000
STARTED_MS = 10_000
"""By then a start has let go of what it needed once."""


def leave_alone() -> None:
    """What lies in memory now is not visited any more when garbage is collected.

    For what is there for good, or holds no cycles: all that was imported made every full
    collection stop the window for 0.07 s, 100 000 articles for 0.4 s. What is let go of is freed
    all the same, unless it is in a cycle already.
    """
    gc.freeze()


def give_back() -> None:
    """What was freed goes back to the system; takes 3 ms. Only glibc keeps it unasked."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


class GarbageInWindowThread(QObject):
    """Replaces automatic collection from its making until ``stop``; make it in the GUI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._automatic_before = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_MS)
        QTimer.singleShot(STARTED_MS, self, self._collect)

    def look(self) -> None:
        """Collect the oldest generation that is due, by Python's own thresholds."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > self._thresholds[generation]:
                self._collect(generation)
                return

    def _collect(self, generation: int = 2) -> None:
        gc.collect(generation)
        if generation == 2:
            give_back()

    def stop(self) -> None:
        """Collect what there is, here, and leave collecting as it was found."""
        self._timer.stop()
        gc.collect()
        if self._automatic_before:
            gc.enable()
