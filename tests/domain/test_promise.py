"""When a promised callback is due, typed in a few keys."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.domain.promise import parse_when

NOW = datetime(2026, 3, 4, 14, 20).astimezone()  # a Wednesday


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("15:30", "2026-03-04 15:30"),
        ("1530", "2026-03-04 15:30"),
        ("１５：３０", "2026-03-04 15:30"),
        ("9", "2026-03-05 09:00"),
        ("9点半", "2026-03-05 09:30"),
        ("9:30", "2026-03-05 09:30"),
        ("下午3点", "2026-03-04 15:00"),
        ("3pm", "2026-03-04 15:00"),
        ("14:20", "2026-03-05 14:20"),
        ("+30", "2026-03-04 14:50"),
        ("30分钟后", "2026-03-04 14:50"),
        ("30m", "2026-03-04 14:50"),
        ("2小时后", "2026-03-04 16:20"),
        ("2h", "2026-03-04 16:20"),
        ("半小时后", "2026-03-04 14:50"),
        ("3天后", "2026-03-07 14:20"),
        ("明天9:30", "2026-03-05 09:30"),
        ("mt 9:30", "2026-03-05 09:30"),
        ("mt", "2026-03-05 09:00"),
        ("后天 下午 2点15分", "2026-03-06 14:15"),
        ("大后天", "2026-03-07 09:00"),
        ("today 16.05", "2026-03-04 16:05"),
        ("tomorrow 9am", "2026-03-05 09:00"),
        ("周五 10", "2026-03-06 10:00"),
        ("周三", "2026-03-11 09:00"),
        ("下周一 1430", "2026-03-09 14:30"),
        ("下周五", "2026-03-13 09:00"),
        ("星期日", "2026-03-08 09:00"),
        ("fri 10:00", "2026-03-06 10:00"),
        ("3-15 9:00", "2026-03-15 09:00"),
        ("3月15日9点", "2026-03-15 09:00"),
        ("2-1 9:00", "2027-02-01 09:00"),
        ("2026-4-1", "2026-04-01 09:00"),
    ],
)
def test_what_is_typed_is_a_moment_to_come(typed: str, meant: str) -> None:
    found = parse_when(typed, NOW)
    assert found is not None
    assert f"{found:%Y-%m-%d %H:%M}" == meant


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of Windows is its own")
def test_a_time_is_by_the_wall_when_the_clocks_have_changed(in_berlin: None) -> None:
    """Summer begins on Sunday, 29 March 2026."""
    saturday = datetime(2026, 3, 28, 11, tzinfo=UTC).astimezone()
    for typed, meant in (("周一 9:30", "30 09:30 +0200"), ("9:30", "29 09:30 +0200"),
                         ("15:00", "28 15:00 +0100")):  # fmt: skip
        found = parse_when(typed, saturday)
        assert found is not None
        assert f"{found:%d %H:%M %z}" == meant


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "?", "soon", "25:00", "9:75", "2-30 9:00", "今天 9:00", "2026-1-1", "明天 ??",
     "2405", "99", "30分", "明天9:30左右"],
)  # fmt: skip
def test_what_is_no_moment_or_is_over_is_none(typed: str) -> None:
    assert parse_when(typed, NOW) is None


@given(st.text("0123456789:-+./ 明后天周一下上午点半分小时mthjd日", max_size=20))
def test_nothing_typed_breaks_it_or_lies_in_the_past(typed: str) -> None:
    found = parse_when(typed, NOW)
    assert found is None or found - NOW >= timedelta(0)
