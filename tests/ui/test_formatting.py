from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtWidgets import QToolTip

from ui import formatting
from ui.language import Language, Languages

NOW = datetime(2026, 11, 20, 14, 30, 5).astimezone()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("13800138000", "138 0013 8000"),
        ("+8613800138000", "138 0013 8000"),
        ("008613800138000", "138 0013 8000"),
        ("8613800138000", "138 0013 8000"),
        ("138-0013-8000", "138 0013 8000"),
        ("057185123456", "0571 8512 3456"),
        ("+8657185123456", "0571 8512 3456"),
        ("01085123456", "010 8512 3456"),
        ("+861085123456", "010 8512 3456"),
        ("02112345678", "021 1234 5678"),
        ("0591 1234567", "0591 123 4567"),
        ("85123456", "8512 3456"),
        ("4001234567", "400 123 4567"),
        ("12366", "12366"),
        ("110", "110"),
        ("95588", "95588"),
        ("+14155552671", "+1 415-555-2671"),
        ("0014155552671", "+1 415-555-2671"),
        ("+", "+"),
        ("alice", "alice"),
        ("", ""),
    ],
)
def test_numbers_are_grouped_as_they_are_read(written: str, shown: str) -> None:
    assert formatting.phone_number(written) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "00:00"), (42.9, "00:42"), (3599, "59:59"), (3723, "01:02:03"), (-5, "00:00")],
)
def test_durations_have_two_digits_and_hours_only_when_needed(seconds: float, shown: str) -> None:
    assert formatting.duration(seconds) == shown


def test_days_near_today_have_a_name_in_english(languages: Languages) -> None:
    today = date(2026, 11, 20)
    assert formatting.day(today, today) == "today"
    assert formatting.day(date(2026, 11, 19), today) == "yesterday"
    assert formatting.day(date(2026, 3, 5), today) == "Mar 5"
    assert formatting.day(date(2027, 1, 2), today) == "Jan 2, 2027"


def test_days_near_today_have_a_name_in_chinese(languages: Languages) -> None:
    languages.choose(Language.CHINESE)
    today = date(2026, 11, 20)
    assert formatting.day(today, today) == "今天"
    assert formatting.day(date(2026, 11, 19), today) == "昨天"
    assert formatting.day(date(2026, 3, 5), today) == "3月5日"
    assert formatting.day(date(2025, 12, 31), today) == "2025年12月31日"


def test_a_moment_is_shown_in_the_zone_of_this_machine(languages: Languages) -> None:
    assert formatting.moment(NOW.astimezone(UTC), NOW.astimezone(UTC)) == "today 14:30"
    assert formatting.moment(NOW - timedelta(days=1), NOW) == "yesterday 14:30"


def test_a_clock_time_has_seconds_and_the_day_when_it_is_not_today(languages: Languages) -> None:
    assert formatting.clock_time(NOW.astimezone(UTC), NOW) == "14:30:05"
    assert formatting.clock_time(NOW - timedelta(days=1), NOW) == "yesterday 14:30:05"


@pytest.mark.parametrize(
    ("fen", "english", "chinese"),
    [
        (0, "¥0.00", "0.00 元"),
        (5, "¥0.05", "0.05 元"),
        (123456789, "¥1,234,567.89", "1,234,567.89 元"),
        (-150, "-¥1.50", "-1.50 元"),
    ],
)
def test_money_is_yuan_with_two_digits(
    languages: Languages, fen: int, english: str, chinese: str
) -> None:
    assert formatting.money(fen) == english
    languages.choose(Language.CHINESE)
    assert formatting.money(fen) == chinese


def test_waiting_is_said_only_when_it_is_known(languages: Languages) -> None:
    assert formatting.waited(None) == ""
    assert formatting.waited(100) == "waited 01:40"
    languages.choose(Language.CHINESE)
    assert formatting.waited(100) == "等待 01:40"


def test_counts_have_thousands_separators() -> None:
    assert formatting.count(20000) == "20,000"


def test_a_tooltip_shows_markup_literally(languages: Languages) -> None:
    text = formatting.tooltip("<b>张伟</b> & Söhne\n第二行")
    assert "<b>" not in text
    assert "&lt;b&gt;张伟&lt;/b&gt; &amp; Söhne<br>第二行" in text
    assert formatting.tooltip("") == ""
    QToolTip.hideText()


def test_an_ampersand_in_a_button_is_no_mnemonic() -> None:
    assert formatting.button_text("A & B") == "A && B"


@pytest.mark.parametrize(
    ("hours", "english", "chinese"),
    [
        (3, "today 17:30", "今天 17:30"),
        (0, "late since 14:30", "今天 14:30 已逾期"),
        (-2, "late since 12:30", "今天 12:30 已逾期"),
        (-24, "1 day late", "逾期 1 天"),
        (-15, "1 day late", "逾期 1 天"),
        (-48, "2 days late", "逾期 2 天"),
        (24, "tomorrow 14:30", "明天 14:30"),
        (72, "Nov 23 14:30", "11月23日 14:30"),
    ],
)
def test_a_deadline_says_until_when_or_how_late(
    languages: Languages, hours: int, english: str, chinese: str
) -> None:
    when = NOW.replace(second=0) + timedelta(hours=hours)
    assert formatting.deadline(when, NOW) == english
    languages.choose(Language.CHINESE)
    assert formatting.deadline(when, NOW) == chinese
