"""The only place where numbers, durations, dates and money become text (step ⑤).

Every function is pure apart from the installed translator: a result's words are in the language the
application shows. Nothing here reads a clock; ``now`` is passed in. Times, of whatever zone, are
shown in the zone of this machine.
"""

from __future__ import annotations

import html
import re
from datetime import date, datetime, timedelta

import phonenumbers
from PySide6.QtCore import QCoreApplication

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(0(?:10|2\d|[3-9]\d\d))(\d{7,8})")
_SERVICE = re.compile(r"([48]00)(\d{3})(\d{4})")
_LOCAL = re.compile(r"[2-8]\d{6,7}")
_SEPARATORS = re.compile(r"[\s().\-]")
_CHINA = re.compile(r"(?:\+86|0086|86(?=1[3-9]\d{9}$))(\d{7,})")

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def phone_number(text: str) -> str:
    """``text`` grouped as people in China read it: 138 0013 8000, 0571 8512 3456, 12366.

    The country code 86 is left out, that of other countries is kept. What is not a telephone
    number comes back as it is.
    """
    compact = _SEPARATORS.sub("", text)
    domestic = _CHINA.fullmatch(compact)
    if domestic:
        compact = _with_trunk_zero(domestic[1])
    if _MOBILE.fullmatch(compact):
        return f"{compact[:3]} {compact[3:7]} {compact[7:]}"
    landline = _LANDLINE.fullmatch(compact)
    if landline:
        return f"{landline[1]} {_subscriber(landline[2])}"
    service = _SERVICE.fullmatch(compact)
    if service:
        return " ".join(service.groups())
    if _LOCAL.fullmatch(compact):
        return _subscriber(compact)
    if compact.startswith(("+", "00")):
        return _foreign(compact) or text
    return text


def _with_trunk_zero(national: str) -> str:
    """+86 571 … is spelt 0571 … inside the country; mobiles and service numbers have no zero."""
    if national.startswith("0") or _MOBILE.fullmatch(national) or _SERVICE.fullmatch(national):
        return national
    return f"0{national}"


def _subscriber(digits: str) -> str:
    return f"{digits[:-4]} {digits[-4:]}"


def _foreign(compact: str) -> str:
    international = "+" + compact[2:] if compact.startswith("00") else compact
    try:
        parsed = phonenumbers.parse(international, None)
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def duration(seconds: float) -> str:
    """``00:42`` below an hour, ``01:02:03`` above; whole seconds, never negative."""
    whole = max(0, int(seconds))
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours:02}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def waited(seconds: int | None) -> str:
    """How long the caller stood in the queue, in words; empty when the exchange did not say."""
    if seconds is None:
        return ""
    return QCoreApplication.translate("Formatting", "waited {time}").format(time=duration(seconds))


def clock_time(when: datetime, now: datetime) -> str:
    """``14:05:09`` on this seat's clock on the wall; with the day when that is not today."""
    time = f"{when.astimezone():%H:%M:%S}"
    if when.astimezone().date() == now.astimezone().date():
        return time
    return QCoreApplication.translate("Formatting", "{day} {time}").format(
        day=day(when.astimezone().date(), now.astimezone().date()), time=time
    )


def moment(when: datetime, now: datetime) -> str:
    """Day and minute, as near as words allow: today 14:05, yesterday 09:30, Mar 5 14:05."""
    local = when.astimezone()
    return QCoreApplication.translate("Formatting", "{day} {time}").format(
        day=day(local.date(), now.astimezone().date()), time=f"{local:%H:%M}"
    )


def appointment(when: datetime) -> str:
    """A moment as it is agreed upon, in full: 2026-03-05 Thu 14:05."""
    names = (
        QCoreApplication.translate("Formatting", "Mon"),
        QCoreApplication.translate("Formatting", "Tue"),
        QCoreApplication.translate("Formatting", "Wed"),
        QCoreApplication.translate("Formatting", "Thu"),
        QCoreApplication.translate("Formatting", "Fri"),
        QCoreApplication.translate("Formatting", "Sat"),
        QCoreApplication.translate("Formatting", "Sun"),
    )
    return f"{when:%Y-%m-%d} {names[when.weekday()]} {when:%H:%M}"


def deadline(when: datetime, now: datetime) -> str:
    """Until when, or since when it is over: today 18:00, tomorrow 18:00, Mar 5 18:00; 2 days late.

    A day is late from its first midnight on; before, the time says it.
    """
    local, today = when.astimezone(), now.astimezone().date()
    days = (local.date() - today).days
    time = f"{local:%H:%M}"
    if days < -1:
        text = QCoreApplication.translate("Formatting", "{number} days late")
        return text.format(number=-days)
    if days == -1:
        return QCoreApplication.translate("Formatting", "1 day late")
    if when <= now:
        return QCoreApplication.translate("Formatting", "late since {time}").format(time=time)
    if days == 1:
        return QCoreApplication.translate("Formatting", "tomorrow {time}").format(time=time)
    return moment(when, now)


def day(when: date, today: date) -> str:
    """today, yesterday, Mar 5 (3月5日), or with the year when it is another year."""
    if when == today:
        return QCoreApplication.translate("Formatting", "today")
    if when == today - timedelta(days=1):
        return QCoreApplication.translate("Formatting", "yesterday")
    pattern = (
        QCoreApplication.translate("Formatting", "{month_name} {day}")
        if when.year == today.year
        else QCoreApplication.translate("Formatting", "{month_name} {day}, {year}")
    )
    return pattern.format(
        year=when.year, month=when.month, month_name=_MONTHS[when.month - 1], day=when.day
    )


def money(fen: int) -> str:
    """Yuan with two digits from an amount in fen: ¥1,234.56 (1,234.56 元)."""
    amount = f"{abs(fen) // 100:,}.{abs(fen) % 100:02}"
    sign = "-" if fen < 0 else ""
    return sign + QCoreApplication.translate("Formatting", "¥{amount}").format(amount=amount)


def count(number: int) -> str:
    """A whole number with thousands separators."""
    return f"{number:,}"


def joined(*parts: str) -> str:
    """What there is to say, in one line; empty parts are left out."""
    return " · ".join(part for part in parts if part)


def tooltip(text: str) -> str:
    """``text`` as a tooltip that shows it literally.

    Qt guesses whether a tooltip is rich text; a caller named ``<b>`` must not decide that, so the
    text is escaped and marked as rich text on purpose. Empty stays empty (no tooltip).
    """
    if not text:
        return ""
    escaped = html.escape(text).replace("\n", "<br>")
    return f"<qt>{escaped}</qt>"


def button_text(text: str) -> str:
    """``text`` for a button, tab or menu entry, where a single ``&`` would become a mnemonic."""
    return text.replace("&", "&&")
