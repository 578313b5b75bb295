"""What each of the centre's settings may say: one check a setting (step ⑨)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from server import fields
from server.custom_fields import FieldKind
from server.errors import RejectedError

ITEMS_MAX = 500
DAYS_MAX = 5_000
WRAP_UP_MAX_S = 3_600
BREAK_MAX_MIN = 24 * 60
SHORTCUT_MAX = 12
GRADE_MAX = 40
TICKET_DAYS_MAX = 365

_TIME_OF_DAY = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_FIELD_ID = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_AREA_CODE = re.compile(r"[0-9]{0,6}")
_SHORT_CODE = re.compile(r"[0-9*#]{2,20}")

SettingValue = Mapping[str, object]


def check_setting(name: str, value: object, before: SettingValue | None) -> SettingValue:
    """``value`` if the setting may have it, which says ``before`` now. Raises RejectedError."""
    if name not in CHECKS:
        raise RejectedError(f"There is no setting {name}.")
    if not isinstance(value, dict):
        raise RejectedError("value must be an object.")
    CHECKS[name](value, before or {})
    return value


def _parts(value: SettingValue, needed: set[str], optional: frozenset[str] = frozenset()) -> None:
    if missing := sorted(needed - set(value)):
        raise RejectedError(f"{missing[0]} is missing.")
    if unknown := sorted(set(value) - needed - optional):
        raise RejectedError(f"{fields.shown(unknown[0])} is not known here.")


def _list(name: str, value: object, most: int = ITEMS_MAX) -> Sequence[object]:
    if not isinstance(value, list) or len(value) > most:
        raise RejectedError(f"{name} must be a list of at most {most}.")
    return value


def _yes_or_no(name: str, value: object) -> None:
    if not isinstance(value, bool):
        raise RejectedError(f"{name} must be true or false.")


def _named_items(value: SettingValue, _before: SettingValue) -> None:
    _parts(value, {"items"})
    _each_item(value, frozenset({"name_en"}))


def _each_item(value: SettingValue, optional: frozenset[str]) -> list[dict[str, object]]:
    """Items with id and name, no id twice."""
    found: list[dict[str, object]] = []
    for item in _list("items", value["items"]):
        if not isinstance(item, dict):
            raise RejectedError("Each of items must be an object.")
        _parts(item, {"id", "name"}, optional)
        fields.identifier("items.id", item["id"])
        if not fields.text("items.name", item["name"]).strip():
            raise RejectedError("items.name must not be empty.")
        fields.text("items.name_en", item.get("name_en", ""))
        if any(item["id"] == other["id"] for other in found):
            raise RejectedError(f"items names {item['id']} twice.")
        found.append(item)
    return found


def _text_modules(value: SettingValue, _before: SettingValue) -> None:
    _parts(value, {"items"})
    for item in _each_item(value, frozenset({"shortcut", "text"})):
        fields.text("items.shortcut", item.get("shortcut", ""), longest=SHORTCUT_MAX)
        text = fields.text("items.text", item.get("text"), longest=fields.TEXT_MAX)
        if not text.strip():
            raise RejectedError("items.text must not be empty.")


def _wrap_up(value: SettingValue, _before: SettingValue) -> None:
    _parts(value, {"seconds", "auto_ready"}, frozenset({"park_at_end"}))
    fields.whole_number("seconds", value["seconds"], most=WRAP_UP_MAX_S)
    _yes_or_no("auto_ready", value["auto_ready"])
    _yes_or_no("park_at_end", value.get("park_at_end", False))


def _queue_categories(value: SettingValue, _before: SettingValue) -> None:
    """Which category a call from a queue is about, before anything else is known of it."""
    _parts(value, {"items"})
    queues = set()
    for item in _list("items", value["items"]):
        if not isinstance(item, dict):
            raise RejectedError("Each of items must be an object.")
        _parts(item, {"queue", "category_id"})
        queue = fields.text("items.queue", item["queue"]).strip()
        fields.identifier("items.category_id", item["category_id"])
        if not queue:
            raise RejectedError("items.queue must not be empty.")
        if queue in queues:
            raise RejectedError(f"items names {fields.shown(queue)} twice.")
        queues.add(queue)


def _break(value: SettingValue, _before: SettingValue) -> None:
    _parts(value, {"limit_minutes"})
    fields.whole_number("limit_minutes", value["limit_minutes"], most=BREAK_MAX_MIN)


def _calendar(value: SettingValue, _before: SettingValue) -> None:
    _parts(value, {"working_days", "hours", "holidays", "make_up_days"})
    days = [
        fields.whole_number("working_days", day, most=7)
        for day in _list("working_days", value["working_days"], 7)
    ]
    if 0 in days or len(set(days)) != len(days):
        raise RejectedError("working_days are numbers from 1 (Monday) to 7, each once.")
    end = ""
    for span in _list("hours", value["hours"]):
        if not (isinstance(span, list) and len(span) == 2 and all(map(_is_time, span))):
            raise RejectedError('hours are pairs like ["09:00", "12:00"].')
        if not end <= span[0] < span[1]:
            raise RejectedError("hours must follow one another without meeting.")
        end = span[1]
    free = _days("holidays", value["holidays"])
    both = sorted(free & _days("make_up_days", value["make_up_days"]))
    if both:
        raise RejectedError(f"{both[0]} cannot be a holiday and a make-up working day.")


def _is_time(value: object) -> bool:
    return isinstance(value, str) and _TIME_OF_DAY.fullmatch(value) is not None


def _days(name: str, value: object) -> set[str]:
    found: set[str] = set()
    for day in _list(name, value, DAYS_MAX):
        text = fields.text(name, day, longest=10)
        try:
            good = date.fromisoformat(text).isoformat() == text
        except ValueError:
            good = False
        if not good:
            raise RejectedError(f"{name} are days like 2026-05-04.")
        found.add(text)
    return found


def _ticket_units(value: SettingValue, _before: SettingValue) -> None:
    """Who tickets go to, and in how many working days each answers."""
    _parts(value, {"items"})
    for item in _each_item(value, frozenset({"name_en", "days"})):
        fields.whole_number("items.days", item.get("days"), most=TICKET_DAYS_MAX)


def _customer_fields(value: SettingValue, before: SettingValue) -> None:
    _parts(value, {"items"})
    known = {}
    for item in _list("items", before.get("items", [])):
        assert isinstance(item, dict)
        known[item["id"]] = bool(item.get("sensitive", False))
    for item in _each_item(value, frozenset({"name_en", "kind", "choices", "sensitive"})):
        name = str(item["id"])
        if not _FIELD_ID.fullmatch(name):
            raise RejectedError("items.id must be small letters, digits, - and _.")
        kind = item.get("kind")
        if not isinstance(kind, str) or kind not in set(FieldKind):
            raise RejectedError(f"items.kind must be one of {', '.join(FieldKind)}.")
        choices = [
            fields.text("items.choices", choice)
            for choice in _list("items.choices", item.get("choices", []))
        ]
        if (kind == FieldKind.CHOICE) != bool(choices):
            raise RejectedError("choices are for a choice, which needs some.")
        sensitive = item.get("sensitive", False)
        _yes_or_no("items.sensitive", sensitive)
        if sensitive and kind != FieldKind.TEXT:
            raise RejectedError("Only text can be sensitive.")
        if known.get(name, sensitive) != sensitive:
            # What seats keep already would have to be taken back.
            raise RejectedError(f"Whether {name} is sensitive cannot change: make another field.")


def _numbers(value: SettingValue, _before: SettingValue) -> None:
    _parts(value, {"country", "area_code", "short_codes"})
    if not _COUNTRY.fullmatch(fields.text("country", value["country"])):
        raise RejectedError("country is two capital letters, like CN.")
    if not _AREA_CODE.fullmatch(fields.text("area_code", value["area_code"])):
        raise RejectedError("area_code is up to six digits, or empty.")
    for code in _list("short_codes", value["short_codes"]):
        if not _SHORT_CODE.fullmatch(fields.text("short_codes", code)):
            raise RejectedError("short_codes are digits, * and #.")


def _knowledge_review(value: SettingValue, _before: SettingValue) -> None:
    _parts(value, {"people"})
    if fields.whole_number("people", value["people"], most=2) == 0:
        raise RejectedError("people is 1 or 2: how many have seen an answer before agents do.")


def _satisfaction_scale(value: SettingValue, _before: SettingValue) -> None:
    """What a caller may press after a call, in words, and which keys count as satisfied."""
    _parts(value, {"items"})
    digits: set[int] = set()
    counts: set[object] = set()
    for item in _list("items", value["items"], 10):
        if not isinstance(item, dict):
            raise RejectedError("Each of items must be an object.")
        _parts(item, {"digit", "name", "satisfied"}, frozenset({"name_en"}))
        digit = fields.whole_number("items.digit", item["digit"], most=9)
        if digit in digits:
            raise RejectedError(f"items names the digit {digit} twice.")
        digits.add(digit)
        if not fields.text("items.name", item["name"], longest=GRADE_MAX).strip():
            raise RejectedError("items.name must not be empty.")
        fields.text("items.name_en", item.get("name_en", ""), longest=GRADE_MAX)
        _yes_or_no("items.satisfied", item["satisfied"])
        counts.add(item["satisfied"])
    if counts != {True, False}:
        raise RejectedError("One digit at least must count as satisfied, and one must not.")


CHECKS: Mapping[str, Callable[[SettingValue, SettingValue], None]] = {
    "skills": _named_items,
    "not-ready-reasons": _named_items,
    "wrap-up": _wrap_up,
    "queue-categories": _queue_categories,
    "break": _break,
    "calendar": _calendar,
    "ticket-units": _ticket_units,
    "customer-fields": _customer_fields,
    "text-modules": _text_modules,
    "satisfaction-scale": _satisfaction_scale,
    "numbers": _numbers,
    "knowledge-review": _knowledge_review,
}
