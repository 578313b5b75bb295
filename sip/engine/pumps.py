"""What runs in the sound device's own threads: frames between the device and the bridge.

The speaker is the clock: each callback fetches what it plays, and with that moves every call on.
The microphone only delivers, in a thread of its own, so that one which starts late or stops costs
its own sound and no more; pjmedia's delay buffer takes up the drift between the two.
"""

from __future__ import annotations

import time
from collections.abc import Generator

from sip.engine.bridge import FRAME_BYTES, SILENCE, Bridge
from sip.engine.recorder import SpeakerRecorder

LATE_PERIODS = 2.5
"""A callback that comes this many periods after the one before is late."""


class SpeakerPump:
    """Fetches frames for one opened speaker.

    ``called_at`` (monotonic seconds, 0 before the first time) and ``late`` (a count) are written
    by the device's thread and read by others.
    """

    def __init__(
        self,
        bridge: Bridge,
        recorder: SpeakerRecorder | None,
        *,
        period_ms: int,
        fills_microphone: bool,
    ) -> None:
        """With ``fills_microphone`` silence is put in the microphone's place."""
        self.called_at = 0.0
        self.late = 0
        self._bridge = bridge
        self._recorder = recorder
        self._late_s = LATE_PERIODS * period_ms / 1000
        self._fills_microphone = fills_microphone

    def run(self) -> Generator[bytes, int, None]:
        """Yield blocks of 16-bit samples of the length that was sent in (in samples)."""
        wanted = yield b""
        registered = self._bridge.register_thread("speaker")
        played = bytearray()
        while registered:
            self._look_at_the_clock()
            while len(played) < 2 * wanted:
                if self._fills_microphone:
                    self._bridge.put(SILENCE)
                played += self._bridge.get()
            block = bytes(played[: 2 * wanted])
            del played[: 2 * wanted]
            if self._recorder is not None:
                self._recorder.feed(block)
            wanted = yield block

    def _look_at_the_clock(self) -> None:
        now = time.monotonic()
        if self.called_at and now - self.called_at > self._late_s:
            self.late += 1
        self.called_at = now


class MicrophonePump:
    """Delivers frames from one opened microphone; ``called_at`` as in SpeakerPump."""

    def __init__(self, bridge: Bridge) -> None:
        self.called_at = 0.0
        self._bridge = bridge

    def run(self) -> Generator[None, bytes, None]:
        """Take blocks of 16-bit samples of any length."""
        heard = bytearray((yield))
        registered = self._bridge.register_thread("microphone")
        while registered:
            self.called_at = time.monotonic()
            while len(heard) >= FRAME_BYTES:
                self._bridge.put(bytes(heard[:FRAME_BYTES]))
                del heard[:FRAME_BYTES]
            heard += yield
