"""Single values of a reply: of the kind that the wire says, or BadReply."""

from __future__ import annotations

from sync.errors import BadReply
from sync.wire import Json

JsonObject = dict[str, Json]

LARGEST = 2**63 - 1


def as_object(value: Json, what: str) -> JsonObject:
    if not isinstance(value, dict):
        raise BadReply(f"{what} is not an object")
    return value


def as_list(value: Json, what: str) -> list[Json]:
    if not isinstance(value, list):
        raise BadReply(f"{what} is not a list")
    return value


def text_in(source: JsonObject, key: str, *, may_be_empty: bool = False) -> str:
    value = source.get(key)
    if not isinstance(value, str) or not (value or may_be_empty):
        raise BadReply(f"{key} is not a text")
    return value


def text_or_none_in(source: JsonObject, key: str) -> str | None:
    return None if source.get(key) is None else text_in(source, key)


def count_in(source: JsonObject, key: str) -> int:
    value = source.get(key)
    if type(value) is not int or not 0 <= value <= LARGEST:
        raise BadReply(f"{key} is not a whole number")
    return value
