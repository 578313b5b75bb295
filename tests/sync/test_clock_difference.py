"""The seat's clock beside the server's: told in words, and nothing depends on it."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from sync.clock_difference import ClockDifference

SERVER = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
DATE = format_datetime(SERVER, usegmt=True)


def difference(ahead_s: float, *, date: str = DATE, took_s: float = 0.0) -> int:
    clock = ClockDifference(lambda: SERVER.timestamp() + ahead_s)
    clock.observe(date, took_s)
    return clock.ahead_s


@pytest.mark.parametrize(
    ("ahead_s", "told"),
    [(0, 0), (59, 0), (-59, 0), (64, 60), (-300, -300), (86_400, 86_400), (-86_400, -86_400)],
)
def test_a_minute_or_more_is_told_in_steps_of_ten_seconds(ahead_s: float, told: int) -> None:
    assert difference(ahead_s) == told


def test_half_the_round_trip_is_the_way_back() -> None:
    assert difference(75, took_s=10) == 70


@pytest.mark.parametrize("date", ["", "yesterday", "Sat, 99 Nov 2026 08:00:00 GMT"])
def test_a_server_that_does_not_say_the_time_is_no_reason_to_doubt_ours(date: str) -> None:
    assert difference(86_400, date=date) == 0


def test_an_answer_that_was_long_on_its_way_says_nothing() -> None:
    assert difference(86_400, took_s=30) == 0


def test_a_time_without_a_zone_is_the_worlds() -> None:
    assert difference(120, date="Sat, 21 Nov 2026 08:00:00 -0000") == 120
