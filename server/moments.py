"""Times as the wire writes them (step ⑨)."""

from __future__ import annotations

from datetime import UTC, datetime


def iso(unix_s: float) -> str:
    """A time in Unix seconds as ISO 8601 in UTC, to the millisecond."""
    moment = datetime.fromtimestamp(unix_s, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
