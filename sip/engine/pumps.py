"""What runs in the sound devices' own threads: frames between a device and the bridge (step ①).

The speaker is the clock: each callback fetches what it plays, and with that moves every call on.
The microphone only keeps what it hears until then, so that one which starts late or stops costs its
own sound and no more; pjmedia's delay buffer takes up the drift between the two. A ring device
plays its tone and has nothing to do with the calls.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Protocol

from sip.engine.bridge import FRAME_BYTES, SILENCE
from sip.engine.clock import Clock
from sip.engine.levels import Meter
from sip.engine.reservoir import Reservoir

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
            now = time.monotonic()
            self.late += now - self.called_at > self._late_s
            self.called_at = now
            if not played and 2 * wanted == FRAME_BYTES:
                wanted = yield self._clock.fetch(self) or SILENCE
                continue
            while len(played) < 2 * wanted:
                played += self._clock.fetch(self) or SILENCE
            block = bytes(played[: 2 * wanted])
            del played[: 2 * wanted]
            wanted = yield block


class Source(Protocol):
    """A microphone without a thread."""

    def pull(self) -> bytes:
        """Return the 16-bit samples that came since the last time; never waits."""
        ...


class MicrophonePump:
    """Keeps what one opened microphone hears until the bridge takes it; ``called_at`` as above.

    What it hears comes from the device's thread by ``run``, or from ``source``, which is asked.
    """

    def __init__(self, meter: Meter) -> None:
        self.called_at = time.monotonic()
        self.source: Source | None = None
        self._meter = meter
        self._reservoir = Reservoir()

    def run(self) -> Generator[None, bytes, None]:
        """Take blocks of 16-bit samples of any length."""
        while True:
            self._hear((yield))

    def take(self) -> list[bytes]:
        """Return the frames for the bridge, see Reservoir. Called by whoever moves the bridge."""
        if self.source is not None and (block := self.source.pull()):
            self._hear(block)
        frames = self._reservoir.take()
        for frame in frames:
            self._meter.feed(frame)
        return frames

    def _hear(self, block: bytes) -> None:
        self.called_at = time.monotonic()
        self._reservoir.add(block)


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
