"""The bridge's signal levels in decibels."""

from __future__ import annotations

import math

from sip.messages import SILENCE_DB

_BIAS = 0x84  # ITU-T G.711


def level_db(percent: int) -> float:
    """Return dBFS for pjsua2's meter: a mean amplitude in complemented μ-law, scaled to 0…100.

    The scaling loses half a step, so that the answer is good to about 1 dB.
    """
    if percent <= 0:
        return SILENCE_DB
    code = min(int((percent + 0.5) * 2.55), 127)
    amplitude = ((((code & 0x0F) << 3) + _BIAS) << (code >> 4)) - _BIAS
    if amplitude <= 0:
        return SILENCE_DB
    return max(SILENCE_DB, round(20 * math.log10(amplitude / 32768), 1))
