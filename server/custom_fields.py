"""The centre's own fields of a customer: what they may hold, and which are masked (step ⑨).

The setting ``customer-fields`` defines them. Of a sensitive one the row that seats keep has the
masked value only; the whole value stays on the server, as an ID number's does.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection

from server.errors import RejectedError
from server.fields import shown
from server.masking import mask_id
from server.setting_values import read_value

SETTING = "customer-fields"


class FieldKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes-no"


@dataclass(frozen=True, slots=True)
class CustomField:
    """``choices`` are the ids of what may be chosen."""

    id: str
    kind: FieldKind
    choices: frozenset[str]
    sensitive: bool


def read_definitions(connection: Connection) -> dict[str, CustomField]:
    value = read_value(connection, SETTING)
    items = value["items"] if value else []
    return {
        item["id"]: CustomField(
            id=item["id"],
            kind=FieldKind(item["kind"]),
            choices=frozenset(item.get("choices", ())),
            sensitive=bool(item.get("sensitive", False)),
        )
        for item in items
    }


def completed(
    wanted: Mapping[str, object],
    *,
    masked: Mapping[str, object],
    secrets: Mapping[str, object],
    definitions: Mapping[str, CustomField],
) -> dict[str, object]:
    """``wanted`` with whole values throughout: a masked one that comes back is the one kept here.

    Raises RejectedError for a value its field may not hold. One that is there already stays
    allowed, also when the centre has changed its fields since.
    """
    whole: dict[str, object] = {}
    for name, value in wanted.items():
        if name in secrets and value == masked.get(name):
            whole[name] = secrets[name]
        elif name in masked and name not in secrets and value == masked[name]:
            whole[name] = value
        else:
            whole[name] = _checked(name, value, definitions)
    return whole


def split(
    whole: Mapping[str, object], sensitive: Set[str]
) -> tuple[dict[str, object], dict[str, object]]:
    """What seats may keep, and the whole values of what is masked in it."""
    secrets = {
        name: value
        for name, value in whole.items()
        if name in sensitive and value not in (None, "")
    }
    masked = {
        name: mask_id(str(value)) if name in secrets else value for name, value in whole.items()
    }
    return masked, secrets


def _checked(name: str, value: object, definitions: Mapping[str, CustomField]) -> object:
    field = definitions.get(name)
    if field is None:
        raise RejectedError(f"This centre has no customer field {shown(name)}.")
    if value is None or value == "":
        return value
    number = isinstance(value, int | float) and not isinstance(value, bool)
    match field.kind:
        case FieldKind.TEXT:
            good = isinstance(value, str)
        case FieldKind.NUMBER:
            good = number
        case FieldKind.DATE:
            good = isinstance(value, str) and _is_date(value)
        case FieldKind.CHOICE:
            good = value in field.choices
        case FieldKind.YES_NO:
            good = isinstance(value, bool)
    if not good:
        raise RejectedError(f"custom.{shown(name)} does not fit its field ({field.kind}).")
    if field.sensitive and "*" in str(value):
        raise RejectedError(f"custom.{shown(name)} must be whole, without stars.")
    return value


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
