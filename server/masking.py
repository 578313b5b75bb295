"""What of a number everybody may see; the whole of it is asked for and written down (step ⑨)."""

from __future__ import annotations

_HEAD, _TAIL = 4, 4
_MARK = "*"


def mask_id(number: str) -> str:
    """Four characters at each end and stars between; of a short one not even these."""
    hidden = len(number) - _HEAD - _TAIL
    if hidden < _HEAD:
        return _MARK * len(number)
    return number[:_HEAD] + _MARK * hidden + number[-_TAIL:]
