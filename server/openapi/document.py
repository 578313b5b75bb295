"""Puts the document together from the topics (M43)."""

from __future__ import annotations

import functools

import orjson

from server import WIRE_VERSION, __version__
from server.openapi import accounts, days, editing, jobs, operations, records, rows, seats
from server.openapi.parts import ID, Endpoint, Query, Schema, ref, text, thing
from server.rights import PROGRAMS, RIGHTS, Role

ENDPOINTS: tuple[Endpoint, ...] = (
    *seats.ENDPOINTS,
    *records.ENDPOINTS,
    *accounts.ENDPOINTS,
    *jobs.ENDPOINTS,
    *days.ENDPOINTS,
    *editing.ENDPOINTS,
)

_ERROR: Schema = {
    **thing({"error": {
        **thing({"code": text(), "message": text(description="in words, for people")}),
        "additionalProperties": True,
    }}),
    "example": {"error": {"code": "not-found", "message": "There is no such record."}},
}  # fmt: skip

_EVERY: dict[int, tuple[str, ...]] = {
    400: ("bad-request", "malformed"),
    405: ("method-not-allowed",),
    503: ("database-unavailable", "busy"),
}
"""What every route may answer, with its codes."""
_SIGNED_IN: dict[int, tuple[str, ...]] = {
    401: ("token-missing", "token-invalid", "token-expired", "session-ended"),
    403: ("not-allowed",),
}
_WITH_BODY: dict[int, tuple[str, ...]] = {408: ("too-slow",), 413: ("too-large",)}
_MEANING = {
    400: "Something asked for cannot be.",
    401: "Not signed in, or not any more; token-expired asks for a refresh.",
    403: "Not for this role or this agent.",
    404: "There is no such record.",
    405: "Not in this way.",
    408: "The body did not arrive in time.",
    409: "This does not go on from here.",
    413: "Too large.",
    415: "Not a kind of file that is taken.",
    429: "Too many attempts; Retry-After says how long to wait.",
    507: "There is no room for it.",
    503: "Not now; Retry-After says when to try again.",
}


@functools.cache
def document() -> bytes:
    """The OpenAPI 3.1 document as JSON."""
    paths: dict[str, dict[str, object]] = {}
    for endpoint in ENDPOINTS:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint)
    schemas = {**rows.SCHEMAS, **operations.SCHEMAS, **seats.SCHEMAS, **accounts.SCHEMAS}
    return orjson.dumps(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "Zuoxi server",
                "version": __version__,
                "summary": f"The central server of a hotline, wire {WIRE_VERSION}",
                "license": {"name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"},
            },
            "servers": [{"url": f"/api/v{WIRE_VERSION}"}],
            "paths": paths,
            "components": {
                "schemas": {**schemas, "Error": _ERROR},
                "securitySchemes": {
                    "token": {"type": "http", "scheme": "bearer",
                              "description": "the access token of sign-in or refresh"},
                },
            },
        }
    )  # fmt: skip


def _operation(endpoint: Endpoint) -> dict[str, object]:
    found: dict[str, object] = {
        "operationId": _name(endpoint),
        "summary": endpoint.words,
        "description": _description(endpoint),
        "parameters": [*_path_parameters(endpoint.path), *map(_parameter, endpoint.query)],
        "responses": _responses(endpoint),
        "security": [{"token": []}] if endpoint.action is not None else [],
    }
    if endpoint.action is not None:
        found["x-roles"] = [role for role in Role if role in RIGHTS[endpoint.action]]
    if endpoint.body is not None:
        content = {"schema": endpoint.body.schema, "example": endpoint.body.example}
        found["requestBody"] = {
            "required": True,
            "content": dict.fromkeys(endpoint.body.media, content),
        }
    return found


def _name(endpoint: Endpoint) -> str:
    words = endpoint.path.replace("{", "").replace("}", "").replace(".", "-")
    return endpoint.method.lower() + words.replace("/", "-")


def _description(endpoint: Endpoint) -> str:
    if endpoint.action is None:
        who = "Needs no token."
    elif endpoint.action in PROGRAMS:
        who = "No role: a program with a token of its own (`zuoxi-server exchange-token`)."
    else:
        allowed = [role for role in Role if role in RIGHTS[endpoint.action]]
        who = "Every role." if len(allowed) == len(Role) else f"Roles: {', '.join(allowed)}."
    return f"{endpoint.more} {who}".strip()


def _path_parameters(path: str) -> list[dict[str, object]]:
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    return [
        {"name": name, "in": "path", "required": True, "schema": ID, "example": "x1"}
        for name in names
    ]


def _parameter(query: Query) -> dict[str, object]:
    return {
        "name": query.name,
        "in": "query",
        "required": query.required,
        "schema": query.schema,
        "description": query.words,
        "example": query.example,
    }


def _responses(endpoint: Endpoint) -> dict[str, object]:
    answer = endpoint.answer
    good: dict[str, object] = {"description": answer.words}
    if answer.schema is not None:
        good["content"] = {answer.media: {"schema": answer.schema, "example": answer.example}}
    errors: dict[int, list[str]] = {}
    for given in (
        _EVERY,
        _SIGNED_IN if endpoint.action is not None else {},
        _WITH_BODY if endpoint.body is not None else {},
        endpoint.errors,
    ):
        for status, codes in given.items():
            errors.setdefault(status, []).extend(
                code for code in codes if code not in errors.get(status, ())
            )
    found: dict[str, object] = {str(answer.status): good}
    for status, codes in sorted(errors.items()):
        found[str(status)] = {
            "description": f"{_MEANING[status]} Codes: {', '.join(codes)}.",
            "content": {"application/json": {"schema": ref("Error")}},
        }
    return found
