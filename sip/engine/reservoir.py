"""Between a microphone that delivers in lumps and a bridge that takes a frame at a time (step ①).

The bridge has a buffer of its own for that (pjmedia_delay_buf), but what once waits in it waits for
good: up to two frames, 40 ms, are never shortened. So it is emptied at the beginning, and from then
on gets one frame for each that it gives; what comes late or early is made up for here.
"""

from __future__ import annotations

import array
from collections import deque

from sip.engine.bridge import FRAME_BYTES, FRAME_MS

LEAST_SPARE_MS, SPARE_STEP_MS, MOST_SPARE_MS = 10, 10, 60
"""Kept back for lumps that come late: more when they come later still."""
CALM_MS = 15_000
"""One late lump in so long is a hitch, and no reason to be later from then on; a second one is.
After so long without any, a step less is kept back. Two clocks that drift apart need no spare."""
SETTLING_MS = 500
"""So long after its opening a microphone's lumps say nothing of how it goes on."""
LATEST_MS = 300
"""More than this is not caught up with: the oldest is dropped. Longer than a speaker's pause that
is made up for (sip.engine.clock), because all that was heard meanwhile is still wanted then."""
FRAMES_TO_EMPTY = 3
"""So many frames may wait in the bridge's buffer."""
_MS = FRAME_BYTES // FRAME_MS
_CALM = CALM_MS // FRAME_MS


class Reservoir:
    """``add`` belongs to one thread, ``take`` to one thread at a time, which may be another."""

    def __init__(self) -> None:
        self._added: deque[bytes] = deque()
        self._held = bytearray()
        self._spare = LEAST_SPARE_MS * _MS
        self._fills = True
        self._taken = 0
        self._calm = _CALM

    def add(self, samples: bytes) -> None:
        """Take 16-bit samples, any number."""
        self._added.append(samples)

    def take(self) -> list[bytes]:
        """Return what the bridge is given for its next frame: one, or none while there is too
        little. Then the bridge takes one that waits in it, or makes one up."""
        held = self._held
        while self._added:
            held += self._added.popleft()
        self._taken += 1
        self._mind_the_spare()
        wanted = FRAME_BYTES + self._spare
        if self._fills and (len(held) < wanted or self._taken <= FRAMES_TO_EMPTY):
            return []
        if self._fills or len(held) > wanted + LATEST_MS * _MS:
            del held[:-wanted]  # what waited for the beginning would be late for good
            self._fills = False
        frame = bytes(held[:FRAME_BYTES])
        del held[:FRAME_BYTES]
        if len(held) >= wanted:  # the microphone's clock is the faster one
            frame = _blended(frame, bytes(held[:FRAME_BYTES]))
            del held[:FRAME_BYTES]
        return [frame]

    def _mind_the_spare(self) -> None:
        """Keep more back from now on if there is too often not even a frame, less if there is."""
        self._calm += 1
        if not self._fills and len(self._held) < FRAME_BYTES:
            self._fills = True
            if self._taken > SETTLING_MS // FRAME_MS:
                if self._calm < _CALM:
                    self._spare = min(self._spare + SPARE_STEP_MS * _MS, MOST_SPARE_MS * _MS)
                self._calm = 0
        elif self._calm % _CALM == 0:
            self._spare = max(self._spare - SPARE_STEP_MS * _MS, LEAST_SPARE_MS * _MS)


def _blended(first: bytes, second: bytes) -> bytes:
    """Two frames in the time of one, without a click: one fades into the other."""
    count = FRAME_BYTES // 2
    pairs = zip(memoryview(first).cast("h"), memoryview(second).cast("h"), strict=True)
    return array.array(
        "h", (old + (new - old) * n // count for n, (old, new) in enumerate(pairs))
    ).tobytes()
