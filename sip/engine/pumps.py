"""What runs in the sound devices' own threads: frames between a device and the bridge (step ①).

The speaker is the clock: each callback fetches what it plays, and with that moves every call on.
The microphone only delivers, in a thread of its own, so that one which starts late or stops costs
its own sound and no more; pjmedia's delay buffer takes up the drift between the two. A ring device
plays its tone and has nothing to do with the calls.
"""

from __future__ import annotations

import time
from collections.abc import Generator

from sip.engine.bridge import FRAME_BYTES, SILENCE
from sip.engine.clock import Clock
from sip.engine.levels import Meter

LATE_PERIODS = 2.5
"""A callback that comes this many periods after the one before is late."""


class SpeakerPump:
    """Fetches frames for one opened speaker, silence while another one is in charge.

    ``called_at`` (monotonic seconds, its making before the first time) and ``late`` (a count) are
    written by the device's thread and read by others.
    """

    def __init__(self, clock: Clock, *, period_ms: int) -> None:
        self.called_at = time.monotonic()
        self.late = 0
        self._clock = clock
        self._late_s = LATE_PERIODS * period_ms / 1000

    def run(self) -> Generator[bytes, int, None]:
        """Yield blocks of 16-bit samples of the length that was sent in (in samples)."""
        wanted = yield b""
        registered = self._clock.register_thread("speaker")
        played = bytearray()
        self.called_at = time.monotonic()
        while registered:
            self._look_at_the_clock()
            while len(played) < 2 * wanted:
                played += self._clock.fetch(self) or SILENCE
            block = bytes(played[: 2 * wanted])
            del played[: 2 * wanted]
            wanted = yield block

    def _look_at_the_clock(self) -> None:
        now = time.monotonic()
        self.late += now - self.called_at > self._late_s
        self.called_at = now


class MicrophonePump:
    """Delivers frames from one opened microphone, and measures them; ``called_at`` as above."""

    def __init__(self, clock: Clock, meter: Meter) -> None:
        self.called_at = time.monotonic()
        self._clock = clock
        self._meter = meter

    def run(self) -> Generator[None, bytes, None]:
        """Take blocks of 16-bit samples of any length."""
        heard = bytearray((yield))
        registered = self._clock.register_thread("microphone")
        while registered:
            self.called_at = time.monotonic()
            while len(heard) >= FRAME_BYTES:
                frame = bytes(heard[:FRAME_BYTES])
                del heard[:FRAME_BYTES]
                self._meter.feed(frame)
                self._clock.give(self, frame)
            heard += yield


class RingPump:
    """Plays one cycle of 16-bit samples over and over; ``called_at`` as above."""

    def __init__(self, cycle: bytes) -> None:
        self.called_at = time.monotonic()
        self._cycle = cycle

    def run(self) -> Generator[bytes, int, None]:
        """Yield blocks of the length that was sent in (in samples), beginning with the cycle."""
        wanted = yield b""
        at = 0
        while True:
            self.called_at = time.monotonic()
            block = bytearray()
            while len(block) < 2 * wanted:
                piece = self._cycle[at : at + 2 * wanted - len(block)]
                block += piece
                at = (at + len(piece)) % len(self._cycle)
            wanted = yield bytes(block)
