"""Time as something that is passed in, so that a test can turn the hands (used by every step)."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The time of day, in UTC and saying so; may jump when the machine's clock is set."""

    def monotonic_s(self) -> float:
        """Seconds that only ever grow, for lengths of time; their zero means nothing."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic_s(self) -> float:
        return time.monotonic()
