"""G.711 A-law by table (ITU-T G.711), because Python 3.13 has no audioop any more."""

from __future__ import annotations

import array


def _expanded(code: int) -> int:
    code ^= 0x55
    exponent, mantissa = (code >> 4) & 7, code & 15
    value = (mantissa << 4) + 8
    if exponent:
        value = (value + 0x100) << (exponent - 1)
    return value if code & 0x80 else -value


_EXPANDED = tuple(_expanded(code) for code in range(256))
_BY_VALUE = sorted((value, code) for code, value in enumerate(_EXPANDED))


def _nearest(value: int) -> int:
    return min(_BY_VALUE, key=lambda pair: abs(pair[0] - value))[1]


_COMPRESSED = {value: _nearest(value << 6) for value in range(-512, 512)}


def expand(data: bytes) -> array.array[int]:
    return array.array("h", (_EXPANDED[code] for code in data))


def compress(samples: array.array[int]) -> bytes:
    """Fine enough for tones: the lowest six bits of a sample do not count."""
    return bytes(_COMPRESSED[value >> 6] for value in samples)
