"""How good a call probably sounds: the E-model over what RTP reports, and how long it was silent.

ITU-T G.107 with its default values, simplified to what a softphone can see: codec, one-way delay
and lost sound. An estimate, never a measurement, and named so wherever it is shown. Step ③.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from agent_app.domain.ids import InteractionId

BEST_R = 93.2
"""G.107 with everything at its default and nothing impaired."""
NOTICED_DELAY_MS = 100.0
"""Below this one-way delay nobody notices any (G.107, 7.4)."""
OWN_DELAY_MS = 50.0
"""What no report holds: one packet (20 ms), the sound devices of both ends, the codec."""
SILENT_S = 5.0
OFFER_HANG_UP_S = 20.0


@dataclass(frozen=True, slots=True)
class CodecImpairment:
    """``ie``: what the codec costs by itself; ``bpl``: per cent of loss that costs half the scale.

    G.113, appendix I, with the concealment of lost packets that the engine does.
    """

    ie: float
    bpl: float


G711 = CodecImpairment(ie=0.0, bpl=25.1)
_CODECS = {
    "PCMA": G711,
    "PCMU": G711,
    # Wide-band has no place on the narrow-band scale; it is at least as good as G.711 there.
    "G722": G711,
}


class MediaSilence(StrEnum):
    NONE = "none"
    SILENT = "silent"  # nothing arrives: say so
    OFFER_HANG_UP = "offer-hang-up"  # for so long that the other side is probably gone


@dataclass(frozen=True, slots=True)
class CallQuality:
    """How the caller is heard now, over the last seconds and not since the beginning.

    ``mos`` is the estimate, 1 (bad) to 4.5 (as good as telephony gets), None while nothing arrived
    to judge by. ``loss_share`` is 0 to 1, lost packets and those that came too late.
    """

    interaction_id: InteractionId
    mos: float | None
    loss_share: float
    jitter_ms: float
    round_trip_ms: float
    codec: str
    encrypted: bool
    silent_s: float
    silence: MediaSilence


def rating(*, codec: str, delay_ms: float, loss_share: float) -> float:
    """The E-model's R, about 93 (best) down to 0 and below.

    ``delay_ms`` is one way, mouth to ear; ``loss_share`` is 0 to 1 and taken as random (BurstR 1).
    """
    impairment = _CODECS.get(codec.partition("/")[0].upper(), G711)
    lost = 100 * min(max(loss_share, 0.0), 1.0)
    loss = impairment.ie + (95 - impairment.ie) * lost / (lost + impairment.bpl)
    return BEST_R - _delay_impairment(delay_ms) - loss


def mean_opinion(r: float) -> float:
    """The mean opinion score that G.107, annex B, gives for a rating."""
    if r <= 0:
        return 1.0
    if r >= 100:
        return 4.5
    return max(1.0, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6)


def one_way_ms(*, round_trip_ms: float, buffer_ms: float) -> float:
    """Mouth to ear, from what RTCP and the jitter buffer report."""
    return round_trip_ms / 2 + buffer_ms + OWN_DELAY_MS


def silence(silent_s: float) -> MediaSilence:
    """What to say when nothing has arrived for ``silent_s`` seconds."""
    if silent_s >= OFFER_HANG_UP_S:
        return MediaSilence.OFFER_HANG_UP
    return MediaSilence.SILENT if silent_s >= SILENT_S else MediaSilence.NONE


def _delay_impairment(delay_ms: float) -> float:
    """Idd of G.107 for a conversation of ordinary liveliness."""
    if delay_ms <= NOTICED_DELAY_MS:
        return 0.0
    x = math.log2(delay_ms / NOTICED_DELAY_MS)
    own = math.pow(1 + math.pow(x, 6), 1 / 6)
    third = 3 * math.pow(1 + math.pow(x / 3, 6), 1 / 6)
    return 25 * (own - third + 2)
