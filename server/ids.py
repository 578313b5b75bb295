"""Ids that the server makes itself: time-ordered, so that their order is the order of making."""

from __future__ import annotations

import os
import time
import uuid
from datetime import UTC, datetime, timedelta

_EPOCH = datetime.fromtimestamp(0, UTC)
_MILLISECOND = timedelta(milliseconds=1)


def uuid7(made_at: datetime | None = None) -> str:
    """A time-ordered UUID (RFC 9562, version 7) as text, of that moment instead of now's."""
    now_ms = time.time_ns() // 1_000_000
    milliseconds = now_ms if made_at is None else (made_at - _EPOCH) // _MILLISECOND
    value = (milliseconds & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))
