"""The tones in the agent's ear: what a telephone says by itself (step ①).

Those of the Chinese network (GB/T 3380, 450 Hz). The ring belongs to the ring devices; it comes
here only where none of them can be had, for a phone that does not ring is none.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from pjsua2 import pjsua2 as pj

from sip.engine.bridge import RATE_HZ
from sip.messages import CallAnswered, CallEnded, EndedBy, Event, LineId

_BUSY = {486, 600}
_UNREMARKABLE = {487, 603}
"""She or the other side gave the call up deliberately: no tone explains more than the screen."""


@dataclass(frozen=True, slots=True)
class Shape:
    """``volume`` of 32767; ``lasts_s`` is None for as long as the tone's reason lasts."""

    pitch_hz: int
    on_ms: int
    off_ms: int
    volume: int
    lasts_s: float | None = None


class Tone(Enum):
    SILENT = Shape(0, 0, 0, 0)
    RING = Shape(450, 1000, 4000, 9000)
    WAITING = Shape(880, 120, 4880, 1200)  # quiet: she is talking to somebody
    RINGBACK = Shape(450, 1000, 4000, 2500)
    BUSY = Shape(450, 350, 350, 2500, lasts_s=2.8)
    CONGESTION = Shape(450, 700, 700, 2500, lasts_s=2.8)
    OVER = Shape(450, 350, 350, 2500, lasts_s=1.05)  # the other side hung up


class Farewell:
    """Which tone follows the end of a call. Pure; fed with the events that go to the desk."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._answered: set[LineId] = set()
        self._tone, self._until = Tone.SILENT, 0.0

    def hear(self, event: Event) -> None:
        if isinstance(event, CallAnswered):
            self._answered.add(event.line)
        elif isinstance(event, CallEnded):
            self._tone = self._after(event)
            self._until = self._clock() + (self._tone.value.lasts_s or 0.0)
            self._answered.discard(event.line)

    def now(self) -> Tone:
        return self._tone if self._clock() < self._until else Tone.SILENT

    def _after(self, event: CallEnded) -> Tone:
        if event.ended_by is EndedBy.AGENT:
            return Tone.SILENT
        if event.line in self._answered:
            return Tone.OVER
        outgoing = event.line.partition("-")[2].startswith("o")
        if not outgoing or event.status in _UNREMARKABLE:
            return Tone.SILENT
        return Tone.BUSY if event.status in _BUSY else Tone.CONGESTION


class TonePlayer:
    """A tone generator that is always wired to the speaker and mostly silent. Engine thread."""

    def __init__(self, speaker: pj.AudioMedia) -> None:
        self._now = Tone.SILENT
        self._tones = pj.ToneGenerator()
        self._tones.createToneGenerator(RATE_HZ, 1)
        self._tones.startTransmit(speaker)

    def set(self, wanted: Tone) -> None:
        if wanted is self._now:
            return
        self._now = wanted
        self._tones.stop()
        if wanted is not Tone.SILENT:
            self._tones.play(_description(wanted), True)


def _description(tone: Tone) -> pj.ToneDescVector:
    shape = tone.value
    description = pj.ToneDesc()
    description.freq1, description.freq2 = shape.pitch_hz, 0
    description.on_msec, description.off_msec = shape.on_ms, shape.off_ms
    description.volume = shape.volume
    tones = pj.ToneDescVector()
    tones.append(description)
    return tones
