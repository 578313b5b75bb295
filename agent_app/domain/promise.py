"""When a promised callback is due, from what is typed while talking: ``mt 9:30``, ``+30`` (⑥)."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

_AFTER = re.compile(
    r"(?:\+|in )?(\d{1,3}|半)\s*(分钟|分|m|min|小时|个小时|h|天|d)?(?:之?后)?", re.ASCII
)
_DAY_WORDS = {
    0: ("今天", "今日", "jt", "today"),
    1: ("明天", "明日", "mt", "tomorrow", "tmr"),
    2: ("后天", "ht"),
    3: ("大后天", "dht"),
}
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(
    rf"(?:下?周|下?星期|下?礼拜)([一二三四五六日天1-7])|({'|'.join(_ENGLISH_DAYS)})"
)
_WEEKDAYS = {
    "天": 6,
    **{name: place for place, name in enumerate("一二三四五六日")},
    **{name: place for place, name in enumerate("1234567")},
    **{name: place for place, name in enumerate(_ENGLISH_DAYS)},
}
_DATE = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})[日号]?")
_TIME = re.compile(
    r"(上午|早上|中午|下午|晚上|am|pm)?\s*(\d{1,2})(?:[:.点时](\d{1,2}|半)?分?|)?\s*(am|pm)?"
)
_PACKED = re.compile(r"([01]\d|2[0-3])([0-5]\d)")
_UNITS = {"h": 60, "小时": 60, "个小时": 60, "d": 1440, "天": 1440}
OPENING = time(9, 0)
"""What a day without a time means."""


def parse_when(typed: str, now: datetime, whole_day: time = OPENING) -> datetime | None:
    """The moment that is meant, after ``now``; None for what is none. Both are in this machine's
    zone, each with the offset of its own day.

    A span (``+30``, ``2小时后``), or a day (明天, ``mt``, 周五, ``3-15``) and a time (``14:30``,
    ``1430``, 下午3点半). A time without a day is the next one; a day of a month that is over is
    next year's. A day without a time is that day at ``whole_day``.
    """
    text = unicodedata.normalize("NFKC", typed).strip().casefold()
    text = re.sub(r"\s+", " ", text)
    if not text:
        return None
    span = _span(text)
    if span is not None:
        return now + span
    day, rest = _day(text, now.date())
    at = _time(rest) if rest else None
    if (rest and at is None) or (day is None and at is None):
        return None
    found = datetime.combine(day or now.date(), at or whole_day).astimezone()
    if day is None and found <= now:
        found = datetime.combine(now.date() + timedelta(days=1), at or whole_day).astimezone()
    return found if found > now else None


def _span(text: str) -> timedelta | None:
    """``+30`` is minutes; without the plus there must be a unit."""
    found = _AFTER.fullmatch(text)
    if found is None or not (found[2] or text.startswith("+")):
        return None
    if found[2] in ("分", "m") and not text.startswith("+") and not text.endswith(("后", "m")):
        return None
    minutes = _UNITS.get(found[2] or "", 1)
    return timedelta(minutes=minutes / 2 if found[1] == "半" else minutes * int(found[1]))


def _day(text: str, today: date) -> tuple[date | None, str]:
    """The day that the text begins with, and what stands behind it."""
    words = sorted(((word, days) for days, all_ in _DAY_WORDS.items() for word in all_),
                   key=lambda one: -len(one[0]))  # fmt: skip
    for word, days in words:
        if text.startswith(word):
            return today + timedelta(days=days), text[len(word) :].strip()
    weekday = _WEEKDAY.match(text)
    if weekday:
        wanted = _WEEKDAYS[weekday[1] or weekday[2]]
        ahead = (wanted - today.weekday()) % 7 or 7
        if text.startswith("下"):  # next week's, not the next one
            ahead = 7 - today.weekday() + wanted
        return today + timedelta(days=ahead), text[weekday.end() :].strip()
    on = _DATE.match(text)
    if on:
        day = _date(on, today)
        if day is not None:
            return day, text[on.end() :].strip()
    return None, text


def _date(found: re.Match[str], today: date) -> date | None:
    try:
        day = date(int(found[1] or today.year), int(found[2]), int(found[3]))
        return day.replace(year=day.year + 1) if not found[1] and day < today else day
    except ValueError:
        return None


def _time(text: str) -> time | None:
    packed = _PACKED.fullmatch(text)
    if packed:
        return time(int(packed[1]), int(packed[2]))
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    part, hour = found[1] or found[4] or "", int(found[2])
    minute = 30 if found[3] == "半" else int(found[3] or 0)
    if part in ("下午", "晚上", "pm") and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        return None
    return time(hour, minute)
