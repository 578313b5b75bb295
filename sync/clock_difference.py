"""How far the seat's wall clock is from the server's; nothing but a sentence depends on it.

Every answer carries the server's time of day (Date, RFC 9110 6.6.1) in whole seconds. Half the
round trip is taken for the way back, so the error is half a second and half a round trip at most.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC
from email.utils import parsedate_to_datetime

WORTH_TELLING_S = 60
STEP_S = 10
LONGEST_TRIP_S = 20.0
"""An answer that took longer says too little about when it was written."""


class ClockDifference:
    """Written by worker threads, read by any: one number, replaced as a whole."""

    def __init__(self, now_s: Callable[[], float] = time.time) -> None:
        """``now_s`` is the wall clock in Unix seconds."""
        self._now_s = now_s
        self._ahead_s = 0.0

    @property
    def ahead_s(self) -> int:
        """The seat's clock minus the server's, in steps of ten seconds; 0 for under a minute."""
        ahead_s = self._ahead_s
        return 0 if abs(ahead_s) < WORTH_TELLING_S else round(ahead_s / STEP_S) * STEP_S

    def observe(self, date: str, took_s: float) -> None:
        """An answer has just come whose header says ``date``, ``took_s`` after it was asked for."""
        if not date or took_s > LONGEST_TRIP_S:
            return
        try:
            written = parsedate_to_datetime(date)
        except ValueError:
            return
        if written.tzinfo is None:
            written = written.replace(tzinfo=UTC)
        server_s = written.timestamp() + 0.5  # whole seconds, cut off
        self._ahead_s = self._now_s() - took_s / 2 - server_s
