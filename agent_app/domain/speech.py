"""Whether somebody speaks, and whether a microphone is dead, from levels five times a second (③).

Levels are dBFS of the mean amplitude, 0 the loudest, -90 silence. Times are monotonic seconds.
"""

from __future__ import annotations

from collections import deque

LOUD_DB = -42.0
"""A voice at a headset's microphone is louder, a room behind it is not."""
WINDOW = 4
LOUD_OF_WINDOW = 3
LIVELY_DB = 3.0
"""Syllables differ by more than this; a fan or a hum does not."""
QUIET_AGAIN_S = 2.0

DEAD_DB = -80.0
"""No room is so quiet: nothing is connected, or the microphone's own switch is off."""
NEVER_HEARD_S = 5.0
NOT_HEARD_ANY_MORE_S = 15.0
"""Longer once it has worked: headsets that cut noise out send nothing while she only listens."""


class SpeechDetector:
    """Says after about 0.8 s that somebody speaks, and for QUIET_AGAIN_S after the last word."""

    def __init__(self) -> None:
        self._levels: deque[float] = deque(maxlen=WINDOW)
        self._spoke_at: float | None = None

    def feed(self, level_db: float, at_s: float) -> bool:
        """Take one level; return whether somebody speaks."""
        self._levels.append(level_db)
        loud = [level for level in self._levels if level > LOUD_DB]
        if len(loud) >= LOUD_OF_WINDOW and max(loud) - min(loud) >= LIVELY_DB:
            self._spoke_at = at_s
        return self._spoke_at is not None and at_s - self._spoke_at < QUIET_AGAIN_S

    def forget(self) -> None:
        self._levels.clear()
        self._spoke_at = None


class DeadMicrophone:
    """Says that a microphone delivers nothing at all while it should."""

    def __init__(self) -> None:
        self._heard = False
        self._silent_since_s: float | None = None

    def feed(self, level_db: float, at_s: float) -> bool:
        """Take one level of an open microphone in a call; return whether it is dead."""
        if level_db > DEAD_DB:
            self._heard = True
            self._silent_since_s = None
            return False
        if self._silent_since_s is None:
            self._silent_since_s = at_s
        limit_s = NOT_HEARD_ANY_MORE_S if self._heard else NEVER_HEARD_S
        return at_s - self._silent_since_s >= limit_s

    def pause(self) -> None:
        """She is not talking (held, muted): silence proves nothing for now."""
        self._silent_since_s = None

    def forget(self) -> None:
        """Another call or another microphone."""
        self._heard = False
        self._silent_since_s = None
