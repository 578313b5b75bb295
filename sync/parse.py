"""Replies of the server, checked to the last field (steps ⑧ and ⑨).

A captive portal, a proxy's error page, a half page or a number where a text belongs must never
reach the store, so each function returns a complete value of ``sync.wire`` or raises BadReply.
Unknown keys, tables and columns are left aside: a newer server may say more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import orjson

from sync.errors import BadReply
from sync.values import LARGEST, JsonObject, as_list, as_object, count_in, text_in
from sync.wire import (
    TABLES,
    ChangePage,
    Json,
    Operation,
    OperationResult,
    OtherSignIn,
    Outcome,
    SignedIn,
)

_INTEGERS = frozenset({
    "version", "arrears_cents", "waited_s", "talk_s", "position", "base_version", "size",
    "article_version", "outcome_version", "digit",
})  # fmt: skip
_SWITCHES = frozenset({"sample", "must_read", "satisfied"})
_LISTS = frozenset({"quotes"})
_OBJECTS = frozenset({"custom", "value"})
_NEVER_EMPTY = frozenset({"id", "version"})
ERROR_BYTES = 64 * 1024
"""As much of an error as anyone reads."""


def object_of(body: bytes) -> JsonObject:
    """The JSON object that the body is (UTF-8, no NaN, nothing after it)."""
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadReply("the answer is not JSON") from error
    return as_object(value, "the answer")


def signed_in(body: bytes) -> SignedIn:
    reply = object_of(body)
    agent = as_object(reply.get("agent"), "agent")
    return SignedIn(
        agent_id=text_in(agent, "id"),
        login=text_in(agent, "login"),
        name=text_in(agent, "name"),
        extension=text_in(agent, "extension", may_be_empty=True),
        role=text_in(agent, "role"),
        access_token=text_in(reply, "access_token"),
        access_expires_s=count_in(reply, "access_expires_s"),
        refresh_token=text_in(reply, "refresh_token"),
        server_time=text_in(reply, "server_time"),
        others=tuple(_other(one) for one in as_list(reply.get("others", []), "others")),
    )


def _other(value: Json) -> OtherSignIn:
    other = as_object(value, "another sign-in")
    return OtherSignIn(
        device=text_in(other, "device", may_be_empty=True),
        started_at=text_in(other, "started_at"),
    )


def change_page(body: bytes) -> ChangePage:
    reply = object_of(body)
    tables = as_object(reply.get("tables"), "tables")
    more = reply.get("more")
    if not isinstance(more, bool):
        raise BadReply("more is not true or false")
    rows: dict[str, list[list[Json]]] = {}
    deleted: dict[str, list[str]] = {}
    for table, columns in TABLES.items():
        if table not in tables:
            continue
        part = as_object(tables[table], table)
        if found := _rows(part, table, columns):
            rows[table] = found
        if gone := _ids(part.get("deleted", []), table):
            deleted[table] = gone
    return ChangePage(
        rows=rows,
        deleted=deleted,
        next_cursor=count_in(reply, "next"),
        newest=count_in(reply, "newest"),
        more=more,
        scope="" if reply.get("scope") is None else text_in(reply, "scope", may_be_empty=True),
    )


def operation_results(body: bytes, sent: Sequence[Operation]) -> tuple[OperationResult, ...]:
    """One result per operation, in the order they were sent."""
    answers = as_list(object_of(body).get("results"), "results")
    results = tuple(_result(answer) for answer in answers)
    if [result.id for result in results] != [operation.id for operation in sent]:
        raise BadReply("the results are not those of the operations sent")
    return results


def row(body: bytes) -> Mapping[str, Json]:
    return object_of(body)


def newest(data: bytes) -> int:
    """The sequence number in one server-sent event."""
    return count_in(object_of(data), "newest")


def error_envelope(body: bytes) -> tuple[str, str] | None:
    """Code and message of an error in the wire's own form, None for any other body."""
    try:
        error = as_object(object_of(body).get("error"), "error")
        return text_in(error, "code"), text_in(error, "message", may_be_empty=True)
    except BadReply:
        return None


def wipe_wanted(body: bytes) -> bool:
    """Whether an error asks the seat to forget its copy of the centre's data."""
    try:
        return as_object(object_of(body).get("error"), "error").get("wipe") is True
    except BadReply:
        return False


def _result(value: Json) -> OperationResult:
    answer = as_object(value, "result")
    try:
        outcome = Outcome(text_in(answer, "outcome"))
    except ValueError as error:
        raise BadReply("an outcome that this seat does not know") from error
    version = answer.get("version")
    server = answer.get("server")
    return OperationResult(
        id=text_in(answer, "id"),
        outcome=outcome,
        reason="" if answer.get("reason") is None else text_in(answer, "reason", may_be_empty=True),
        version=0 if version is None else count_in(answer, "version"),
        server={} if server is None else as_object(server, "server"),
    )


def _rows(part: JsonObject, table: str, wanted: Sequence[str]) -> list[list[Json]]:
    """The table's rows with exactly the columns we know, in our order."""
    columns = as_list(part.get("columns"), f"columns of {table}")
    rows = as_list(part.get("rows"), f"rows of {table}")
    if not rows:
        return []
    missing = [name for name in wanted if name not in columns]
    if missing:
        raise BadReply(f"{table} comes without {', '.join(missing)}")
    width = len(columns)
    if not all(isinstance(row, list) and len(row) == width for row in rows):
        raise BadReply(f"a row of {table} does not fit its columns")
    arrays = cast(list[list[Json]], rows)
    if columns != list(wanted):
        places = [columns.index(name) for name in wanted]
        arrays = [[row[place] for place in places] for row in arrays]
    for place, name in enumerate(wanted):
        _check_column([row[place] for row in arrays], table, name)
    return arrays


def _check_column(cells: list[Json], table: str, name: str) -> None:
    if name in _INTEGERS:
        kinds: set[type] = {int}
        if any(type(cell) is int and not -LARGEST <= cell <= LARGEST for cell in cells):
            raise BadReply(f"{table}.{name} is out of range")
    elif name in _SWITCHES:
        kinds = {bool}
    elif name in _LISTS:
        kinds = {list}
    elif name in _OBJECTS:
        kinds = {dict}
    else:
        kinds = {str}
    found = set(map(type, cells))
    if name not in _NEVER_EMPTY:
        found.discard(type(None))
    if not found <= kinds:
        raise BadReply(f"{table}.{name} holds something else than {kinds.pop().__name__}")
    if name == "id" and "" in cells:
        raise BadReply(f"{table} has a row without an id")


def _ids(value: Json, table: str) -> list[str]:
    ids = [item for item in as_list(value, f"deleted of {table}") if isinstance(item, str)]
    if len(ids) != len(cast(list[Json], value)):
        raise BadReply(f"deleted of {table} holds something else than ids")
    return ids
