"""What a self-test before the shift finds out, and how it judges it (step ③)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

SILENT_DB = -80.0
"""Below: no sound at all, whatever is said."""
QUIET_DB = -45.0
"""Speech whose loud parts stay below this is hard to follow."""
CLIPPED_DB = -0.1
CLIPPED_SHARE = 0.1
LOUD_SHARE = 0.2
"""The loudest fifth of what was measured is the speech, the rest pauses and room."""

LIKE = 0.6
"""Correlation of what was sent and what came back; of other sound it stays below a half."""
LONGEST_WAY = 15
"""An echo later than so many levels (tenths of a second) is none that one could talk over."""
GOOD_MOS = 3.6
"""The border below which many users are dissatisfied (G.109: R of 70)."""


class MicrophoneVerdict(StrEnum):
    NOT_TESTED = "not-tested"
    GOOD = "good"
    TOO_QUIET = "too-quiet"
    CLIPPING = "clipping"  # too loud: samples hit full scale
    SILENT = "silent"  # it is there and gives nothing
    MISSING = "missing"  # there is no microphone


class EchoVerdict(StrEnum):
    NOT_TESTED = "not-tested"
    GOOD = "good"
    POOR = "poor"  # the sound came back, the line is bad
    NO_SOUND = "no-sound"  # answered, but nothing like what was sent came back
    NO_ANSWER = "no-answer"  # the exchange refused or did not answer the echo number
    NO_EXCHANGE = "no-exchange"  # practice: the part with the exchange is left out


@dataclass(frozen=True, slots=True)
class SelfTestResult:
    """``mos`` is an estimate (E-model). ``ring_heard`` is what she said, None if she said nothing.

    ``encrypted`` is None without an echo call; ``echo_detail`` has the exchange's words.
    """

    microphone: MicrophoneVerdict = MicrophoneVerdict.NOT_TESTED
    microphone_db: float = -90.0
    microphone_name: str = ""
    speaker_name: str = ""
    rings: tuple[str, ...] = ()
    ring_heard: bool | None = None
    echo: EchoVerdict = EchoVerdict.NOT_TESTED
    echo_detail: str = ""
    mos: float | None = None
    loss_share: float = 0.0
    jitter_ms: float = 0.0
    round_trip_ms: float = 0.0
    encrypted: bool | None = None

    @property
    def passed(self) -> bool:
        """Ready for callers: heard, hears the ring, and the exchange answers if there is one."""
        return (
            self.microphone is MicrophoneVerdict.GOOD
            and bool(self.rings)
            and self.ring_heard is not False
            and self.echo in {EchoVerdict.GOOD, EchoVerdict.NO_EXCHANGE}
        )


def judge_microphone(
    levels_db: Sequence[float], peaks_db: Sequence[float]
) -> tuple[MicrophoneVerdict, float]:
    """The verdict over some seconds of speech, and how loud the speech was in dBFS."""
    if not levels_db:
        return MicrophoneVerdict.MISSING, -90.0
    loudest = sorted(levels_db, reverse=True)[: math.ceil(LOUD_SHARE * len(levels_db))]
    speech_db = sum(loudest) / len(loudest)
    clipped = sum(peak >= CLIPPED_DB for peak in peaks_db)
    if max(levels_db) <= SILENT_DB:
        return MicrophoneVerdict.SILENT, speech_db
    if clipped > CLIPPED_SHARE * len(peaks_db):
        return MicrophoneVerdict.CLIPPING, speech_db
    if speech_db < QUIET_DB:
        return MicrophoneVerdict.TOO_QUIET, speech_db
    return MicrophoneVerdict.GOOD, speech_db


def came_back(sent_db: Sequence[float], received_db: Sequence[float]) -> bool:
    """Whether what was received is what was sent, some tenths of a second later.

    Both are levels ten times a second, of the same moments. Compares the course of the loudness:
    the voice itself is not at the desk, and codecs change it.
    """
    return max(
        (
            _correlation(sent_db[: len(sent_db) - way], received_db[way:])
            for way in range(min(LONGEST_WAY, len(sent_db) // 2) + 1)
        ),
        default=0.0,
    ) >= LIKE  # fmt: skip


def _correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Pearson's, 0 where one of them never changes."""
    length = min(len(one), len(other))
    if length < 10:
        return 0.0
    xs, ys = one[:length], other[:length]
    x0, y0 = sum(xs) / length, sum(ys) / length
    above = sum((x - x0) * (y - y0) for x, y in zip(xs, ys, strict=True))
    spread = math.sqrt(sum((x - x0) ** 2 for x in xs) * sum((y - y0) ** 2 for y in ys))
    return above / spread if spread > 0 else 0.0
