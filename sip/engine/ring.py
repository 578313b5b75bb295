"""The ring tone that the ring devices play, apart from the sound of the calls (step ①)."""

from __future__ import annotations

import array
import functools
import math
import time
from collections.abc import Sequence

from sip.engine.bridge import RATE_HZ
from sip.engine.devices import Device, SoundError
from sip.engine.opened import Opened, Opener
from sip.engine.pumps import RingPump
from sip.engine.slot import STALLED_S

PITCH_HZ, ON_MS, OFF_MS = 450, 1000, 4000
"""The ringing tone of the Chinese network (GB/T 3380): one second in five."""
LOUDEST = 28_000
_EDGE_MS = 5
"""A tone that begins or ends at once clicks."""


@functools.lru_cache(maxsize=4)
def ring_cycle(volume: int) -> bytes:
    """Return one cycle of the ring as 16 kHz mono 16-bit samples; ``volume`` is 0 to 100.

    Loudness is felt in decibels: half the volume is 15 dB less, 0 is silence.
    """
    loudest = LOUDEST * 10 ** ((volume - 100) * 0.3 / 20) if volume > 0 else 0
    on, edge = RATE_HZ * ON_MS // 1000, RATE_HZ * _EDGE_MS // 1000
    samples = array.array("h")
    for n in range(on):
        softened = min(1.0, n / edge, (on - n) / edge)
        samples.append(int(loudest * softened * math.sin(2 * math.pi * PITCH_HZ * n / RATE_HZ)))
    return samples.tobytes() + bytes(2 * RATE_HZ * OFF_MS // 1000)


class RingDevices:
    """The devices that ring at this moment. Belongs to the sound thread; ``silent`` is for all."""

    def __init__(self) -> None:
        self.complaint = ""
        self.silent = False
        self._playing: dict[bytes, Opened[RingPump]] = {}
        self._volume = 0

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(opened.device.name for opened in self._playing.values())

    def ring(self, opener: Opener, devices: Sequence[Device], volume: int) -> None:
        """Let exactly ``devices`` ring, from the tone's beginning on those that are new."""
        wanted = {device.identity for device in devices}
        for identity, opened in tuple(self._playing.items()):
            stalled = time.monotonic() - opened.pump.called_at > STALLED_S
            over = stalled or opened.handle.ended
            if over or identity not in wanted or volume != self._volume:
                self._playing.pop(identity).close()
        self._volume, self.complaint = volume, ""
        for device in devices:
            if device.identity not in self._playing:
                try:
                    pump = RingPump(ring_cycle(volume))
                    self._playing[device.identity] = opener.ring(device, pump)
                except SoundError as problem:
                    self.complaint = str(problem)
        self.silent = not self._playing

    def stop(self) -> None:
        while self._playing:
            self._playing.popitem()[1].close()
