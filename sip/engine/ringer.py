"""The ring tone in the speaker, and the quiet beep while the agent already talks (step ①)."""

from __future__ import annotations

from enum import Enum, auto

from pjsua2 import pjsua2 as pj

from sip.engine.bridge import RATE_HZ


class Ringing(Enum):
    SILENT = auto()
    RING = auto()
    BEEP = auto()


class Ringer:
    """A tone generator that is always wired to the speaker and mostly silent. Engine thread."""

    def __init__(self, speaker: pj.AudioMedia) -> None:
        self._now = Ringing.SILENT
        self._tones = pj.ToneGenerator()
        self._tones.createToneGenerator(RATE_HZ, 1)
        self._tones.startTransmit(speaker)

    def set(self, wanted: Ringing) -> None:
        if wanted is self._now:
            return
        self._now = wanted
        self._tones.stop()
        if wanted is Ringing.RING:
            # 450 Hz, one second in five: the ringing tone of the Chinese network (GB/T 3380).
            self._tones.play(_tone(freq=450, on_ms=1000, off_ms=4000, volume=9000), True)
        elif wanted is Ringing.BEEP:
            self._tones.play(_tone(freq=880, on_ms=120, off_ms=4880, volume=1200), True)


def _tone(*, freq: int, on_ms: int, off_ms: int, volume: int) -> pj.ToneDescVector:
    tone = pj.ToneDesc()
    tone.freq1, tone.freq2 = freq, 0
    tone.on_msec, tone.off_msec, tone.volume = on_ms, off_ms, volume
    tones = pj.ToneDescVector()
    tones.append(tone)
    return tones
