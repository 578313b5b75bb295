"""Checks one value of an interaction as it comes from a seat (step ⑨).

Whatever fails is a reason in words for the agent, never an exception in the database: PostgreSQL
refuses NUL in text and integers beyond its column, SQLite would silently keep both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

import orjson

from server.conflict import Value
from server.errors import RejectedError

TEXT_MAX = 20_000
"""Code points of question, answer and follow-up, the same limit at which the seat's fields stop."""
LINE_MAX = 1_000
ID_MAX = 64
SECONDS_MAX = 10_000_000
QUOTES_MAX = 200
VERSION_MAX = 1_000_000_000

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.:-]*")

Check = Callable[[str, object], Value]


def text(name: str, value: object, *, longest: int = LINE_MAX) -> str:
    if not isinstance(value, str):
        raise RejectedError(f"{name} must be text.")
    if len(value) > longest:
        raise RejectedError(f"{name} is longer than {longest} characters.")
    if "\0" in value:
        raise RejectedError(f"{name} contains a NUL character.")
    return value


def identifier(name: str, value: object) -> str:
    found = text(name, value, longest=ID_MAX)
    if not _ID.fullmatch(found):
        raise RejectedError(f"{name} is not an id.")
    return found


def moment(name: str, value: object) -> str:
    """A time as ISO 8601 in UTC, ``2026-05-04T03:02:01.123Z``; kept as it was written."""
    found = text(name, value, longest=32)
    if _TIME.fullmatch(found):
        try:
            datetime.fromisoformat(found)
        except ValueError:
            pass
        else:
            return found
    raise RejectedError(f"{name} is not a time in UTC like 2026-05-04T03:02:01Z.")


def whole_number(name: str, value: object, *, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise RejectedError(f"{name} must be a whole number.")
    if not 0 <= value <= most:
        raise RejectedError(f"{name} must be between 0 and {most}.")
    return value


def one_of(*allowed: str) -> Check:
    def checked(name: str, value: object) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise RejectedError(f"{name} must be {', '.join(allowed[:-1])} or {allowed[-1]}.")
        return value

    return checked


direction = one_of("incoming", "outgoing")


def quotes(name: str, value: object) -> str:
    """The quoted articles as canonical JSON text."""
    if not isinstance(value, list) or len(value) > QUOTES_MAX:
        raise RejectedError(f"{name} must be a list of at most {QUOTES_MAX} articles.")
    kept = []
    for quote in value:
        if not isinstance(quote, dict) or set(quote) != {"article_id", "version", "title"}:
            raise RejectedError(f"{name} must hold article_id, version and title, nothing else.")
        kept.append(
            {
                "article_id": identifier("quotes.article_id", quote["article_id"]),
                "version": whole_number("quotes.version", quote["version"], most=VERSION_MAX),
                "title": text("quotes.title", quote["title"]),
            }
        )
    return orjson.dumps(kept).decode()


def optional(check: Check) -> Check:
    def checked(name: str, value: object) -> Value:
        return None if value is None else check(name, value)

    return checked


def shown(*names: str) -> str:
    """Names that somebody made up, as a message may show them."""
    return ", ".join(
        "".join(mark if mark.isprintable() else "?" for mark in name[:40]) for name in names[:5]
    )


def checked(checks: Mapping[str, Check], values: Mapping[str, object]) -> dict[str, Value]:
    """Every value by its check. Raises RejectedError, also for a column that has none."""
    unknown = sorted(set(values) - set(checks))
    if unknown:
        raise RejectedError(f"Unknown columns: {shown(*unknown)}.")
    return {name: checks[name](name, value) for name, value in values.items()}


def of_record(
    record: str, checks: Mapping[str, Check], values: Mapping[str, object]
) -> dict[str, Value]:
    """The same without the id, which may be left out and must be the record's."""
    wanted = checked(checks, values)
    if wanted.pop("id", record) != record:
        raise RejectedError("The payload is about another record than the operation.")
    return wanted


_long_text = partial(text, longest=TEXT_MAX)
_seconds = partial(whole_number, most=SECONDS_MAX)

INTERACTION: Mapping[str, Check] = {
    "id": identifier,
    "customer_id": optional(identifier),
    "agent_id": identifier,
    "agent_name": text,
    "direction": direction,
    "exchange_call_id": text,
    "caller_name": text,
    "number": text,
    "dialled": text,
    "queue": text,
    "menu_path": text,
    "waited_s": optional(_seconds),
    "started_at": moment,
    "answered_at": optional(moment),
    "ended_at": optional(moment),
    "talk_s": _seconds,
    "end_reason": text,
    "category_id": optional(identifier),
    "question": _long_text,
    "answer": _long_text,
    "follow_up": _long_text,
    "basis": _long_text,
    "customer_name": text,
    "quotes": quotes,
}
"""How each column of ``interaction.save`` is checked; a column that is not here is refused."""

NEEDED_WHEN_NEW = ("agent_id", "direction", "started_at")

WHEN_LEFT_OUT: Mapping[str, Value] = {
    "customer_id": None,
    "exchange_call_id": "",
    "caller_name": "",
    "number": "",
    "dialled": "",
    "queue": "",
    "menu_path": "",
    "waited_s": None,
    "answered_at": None,
    "ended_at": None,
    "talk_s": 0,
    "end_reason": "",
    "category_id": None,
    "question": "",
    "answer": "",
    "follow_up": "",
    "basis": "",
    "customer_name": "",
    "quotes": "[]",
}
