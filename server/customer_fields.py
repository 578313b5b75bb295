"""Checks what a seat says of a customer, value by value (step ⑨)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

import orjson

from server import fields
from server.conflict import Value
from server.errors import RejectedError
from server.fields import Check

PHONES_MAX = 50
MONEY_MAX = 10**15
CUSTOM_MAX_BYTES = 64 * 1024
ID_NUMBER_MAX = 40

_NUMBER = re.compile(r"\+[1-9][0-9]{4,14}|[0-9*#]{2,20}")
_ID_NUMBER = re.compile(r"[0-9A-Z][0-9A-Z./()-]*")


def canonical(value: object) -> str:
    """JSON text that is equal for equal values."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def id_number(name: str, value: object) -> str:
    """A whole ID or company number without spaces, in capitals; empty for none."""
    found = "".join(fields.text(name, value).split()).upper()
    if len(found) > ID_NUMBER_MAX:
        raise RejectedError(f"{name} is longer than {ID_NUMBER_MAX} characters.")
    if "*" in found or not (found == "" or _ID_NUMBER.fullmatch(found)):
        raise RejectedError(f"{name} must be a whole number: letters and digits, no stars.")
    return found


def phones(name: str, value: object) -> str:
    """All numbers of a customer in their order, as canonical JSON text."""
    if not isinstance(value, list) or len(value) > PHONES_MAX:
        raise RejectedError(f"{name} must be a list of at most {PHONES_MAX} numbers.")
    kept: list[dict[str, str]] = []
    for phone in value:
        if not isinstance(phone, dict) or not {"number"} <= set(phone) <= {"number", "label"}:
            raise RejectedError(f"{name} must hold number and label, nothing else.")
        number = fields.text("phones.number", phone["number"])
        if not _NUMBER.fullmatch(number):
            raise RejectedError("phones.number must be like +8613800138000, or a short code.")
        if any(number == other["number"] for other in kept):
            raise RejectedError(f"{name} names one number twice.")
        kept.append(
            {"number": number, "label": fields.text("phones.label", phone.get("label", ""))}
        )
    return canonical(kept)


def custom(name: str, value: object) -> str:
    """An object, as canonical JSON text; what it may hold is the centre's setting."""
    if not isinstance(value, dict):
        raise RejectedError(f"{name} must be an object.")
    for key, entry in value.items():
        if not (entry is None or isinstance(entry, str | bool | int | float)):
            raise RejectedError(
                f"{name}.{fields.shown(key)} must be text, a number, true, false or null."
            )
        fields.text(name, key)
        if isinstance(entry, str):
            fields.text(f"{name}.{fields.shown(key)}", entry, longest=fields.TEXT_MAX)
    found = canonical(value)
    if len(found.encode()) > CUSTOM_MAX_BYTES:
        raise RejectedError(f"{name} is larger than {CUSTOM_MAX_BYTES} bytes.")
    return found


CUSTOMER: Mapping[str, Check] = {
    "id": fields.identifier,
    "kind": fields.one_of("person", "company"),
    "name": fields.text,
    "segment_id": fields.optional(fields.identifier),
    "region": fields.text,
    "arrears_cents": partial(fields.whole_number, most=MONEY_MAX),
    "warning": fields.text,
    "notes": partial(fields.text, longest=fields.TEXT_MAX),
    "company": fields.text,
    "address": fields.text,
    "custom": custom,
    "id_number": id_number,
    "phones": phones,
}
"""How each part of ``customer.save`` is checked; a part that is not here is refused."""

WHEN_LEFT_OUT: Mapping[str, Value] = {
    "kind": "person",
    "name": "",
    "segment_id": None,
    "region": "",
    "arrears_cents": 0,
    "warning": "",
    "notes": "",
    "company": "",
    "address": "",
    "custom": "{}",
    "id_number": "",
    "phones": "[]",
}
