"""Small words of which schemas and routes are put together (M43)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from server import fields
from server.rights import Action

Schema = dict[str, object]

ID: Schema = {
    "type": "string", "pattern": "^[0-9A-Za-z][0-9A-Za-z_.:-]*$", "maxLength": fields.ID_MAX,
}  # fmt: skip
TIME: Schema = {
    "type": "string",
    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$",
    "description": "ISO 8601 in UTC",
}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
YES_NO: Schema = {"type": "boolean"}
ANY_OBJECT: Schema = {"type": "object"}


def text(longest: int | None = None, shortest: int = 0, **more: object) -> Schema:
    found: Schema = {"type": "string", **more}
    if longest is not None:
        found["maxLength"] = longest
    if shortest:
        found["minLength"] = shortest
    return found


def whole(least: int = 0, most: int | None = None) -> Schema:
    found: Schema = {"type": "integer", "minimum": least}
    return found if most is None else {**found, "maximum": most}


def one_of(*words: str) -> Schema:
    return {"type": "string", "enum": list(words)}


def or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def many(schema: Schema, most: int | None = None) -> Schema:
    found: Schema = {"type": "array", "items": schema}
    return found if most is None else {**found, "maxItems": most}


def thing(properties: Mapping[str, Schema], *, optional: Sequence[str] | None = None) -> Schema:
    """An object with these properties and no others; all are there unless ``optional``."""
    needed = [name for name in properties if name not in (optional or ())]
    found: Schema = {
        "type": "object", "properties": dict(properties), "additionalProperties": False,
    }  # fmt: skip
    return {**found, "required": needed} if needed else found


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


@dataclass(frozen=True, slots=True)
class Query:
    """A condition in the address; ``example`` is one that may be asked for."""

    name: str
    schema: Schema
    words: str
    example: object
    required: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A good answer: ``schema`` None has no body."""

    words: str
    schema: Schema | None = None
    example: object = None
    status: int = 200
    media: str = "application/json"


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent: JSON, or a file in the ``media`` types."""

    schema: Schema
    example: object
    media: tuple[str, ...] = ("application/json",)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One route. ``action`` None needs no token; ``errors`` maps a status to its codes.

    ``path`` is as the application has it, with parameters in braces.
    """

    method: str
    path: str
    words: str
    action: Action | None
    answer: Answer
    body: Body | None = None
    query: tuple[Query, ...] = ()
    errors: Mapping[int, Sequence[str]] = field(default_factory=dict)
    more: str = ""


NOT_FOUND: Mapping[int, Sequence[str]] = {404: ["not-found"]}
