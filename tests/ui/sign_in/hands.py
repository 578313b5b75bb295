"""A clock whose hands the test turns."""

from __future__ import annotations

from datetime import UTC, datetime


class Hands:
    def __init__(self) -> None:
        self.at_s = 1_000.0

    def now(self) -> datetime:
        return datetime(2026, 11, 20, 14, 5, 12, tzinfo=UTC)

    def monotonic_s(self) -> float:
        return self.at_s
