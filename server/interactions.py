"""Interactions as the server keeps and gives them: saving one, finding some (step ⑨)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from server import fields
from server.acts import Act
from server.conflict import Value, merge
from server.customer_rows import kept_id
from server.errors import ConflictError, RejectedError
from server.quoted import add_quoted, keep_quoted
from server.rights import Action, may
from server.tables import (
    WIRE_COLUMNS,
    applied_operations,
    articles,
    categories,
    customers,
    interactions,
)

_WIRE = tuple(interactions.c[name] for name in WIRE_COLUMNS["interactions"])

_FIXED = ("id", "agent_id", "agent_name")
"""Whose call it was never changes; the name is the server's own."""


@dataclass(frozen=True, slots=True)
class Found:
    """``total`` counts all that fit, also those beyond the limit."""

    rows: list[dict[str, object]]
    total: int


def save_interaction(act: Act) -> int:
    """Insert or edit one interaction and return its version.

    Raises RejectedError with a reason in words, ConflictError when a field has newer values.
    """
    payload = act.operation.payload
    wanted = fields.checked(fields.INTERACTION, payload)
    if wanted.get("id", act.record) != act.record:
        raise RejectedError("The payload is about another record than the operation.")
    row = act.connection.execute(
        select(interactions).where(interactions.c.id == act.record).with_for_update()
    ).one_or_none()
    _check_links(act.connection, payload, wanted, row)
    return _insert(act, wanted) if row is None else _edit(act, row, wanted)


def _check_links(
    connection: Connection,
    payload: Mapping[str, object],
    wanted: dict[str, Value],
    row: Row[*tuple[Any, ...]] | None,
) -> None:
    """What the interaction points at must exist. A quote that is already kept stays allowed.

    A customer that was merged away meanwhile becomes the one that was kept.
    """
    for column, table, word in (
        ("customer_id", customers, "customer"),
        ("category_id", categories, "category"),
    ):
        target = wanted.get(column)
        if target is None:
            continue
        if connection.execute(select(table.c.id).where(table.c.id == target)).first() is None:
            raise RejectedError(f"The {word} {target} is not known here.")
    if isinstance(customer := wanted.get("customer_id"), str):
        wanted["customer_id"] = kept_id(connection, customer, hold=True)
    quotes = payload.get("quotes")
    if not isinstance(quotes, list) or not quotes:
        return
    kept = {quote["article_id"] for quote in orjson.loads(row.quotes)} if row is not None else set()
    asked = {quote["article_id"] for quote in quotes} - kept
    known = connection.execute(select(articles.c.id).where(articles.c.id.in_(asked))).scalars()
    missing = sorted(asked - set(known))
    if missing:
        raise RejectedError(f"The article {missing[0]} is not known here.")


def _insert(act: Act, wanted: Mapping[str, Value]) -> int:
    for name in fields.NEEDED_WHEN_NEW:
        if name not in wanted:
            raise RejectedError(f"A new interaction needs {name}.")
    if wanted["agent_id"] != act.identity.agent_id:
        raise RejectedError("A new interaction must be the author's own.")
    values = {
        **fields.WHEN_LEFT_OUT, **wanted, "id": act.record, "agent_name": act.author_name(),
        "version": 1, "field_versions": "{}",
    }  # fmt: skip
    act.connection.execute(insert(interactions).values(values))
    add_quoted(
        act.connection, act.record, quotes=str(values["quotes"]),
        started_at=str(values["started_at"]),
    )  # fmt: skip
    act.transaction.changed("interactions", act.record)
    return 1


def _edit(act: Act, row: Row[*tuple[Any, ...]], wanted: Mapping[str, Value]) -> int:
    if row.agent_id != act.identity.agent_id and not may(
        act.identity.role, Action.EDIT_INTERACTIONS
    ):
        raise RejectedError("This interaction belongs to another agent.")
    if wanted.get("agent_id", row.agent_id) != row.agent_id:
        raise RejectedError("Whose call it was cannot be changed.")
    field_versions: dict[str, int] = orjson.loads(row.field_versions)
    merged = merge(
        current={name: row._mapping[name] for name in wanted},
        field_versions=field_versions,
        wanted={name: value for name, value in wanted.items() if name not in _FIXED},
        base=act.operation.base,
    )
    version: int = row.version
    if merged.conflicts:
        server = {**_as_object(row), "field_versions": field_versions}
        raise ConflictError(names=merged.conflicts, version=version, server=server)
    if not merged.changes:
        return version
    field_versions.update(dict.fromkeys(merged.changes, version + 1))
    act.connection.execute(
        update(interactions)
        .where(interactions.c.id == row.id)
        .values(
            **merged.changes,
            version=version + 1,
            field_versions=orjson.dumps(field_versions).decode(),
        )
    )
    if {"quotes", "started_at"} & set(merged.changes):
        now = {**row._mapping, **merged.changes}
        keep_quoted(
            act.connection, row.id, quotes=str(now["quotes"]), started_at=str(now["started_at"])
        )
    act.transaction.changed("interactions", row.id)
    return version + 1


def _as_object(row: Row[*tuple[Any, ...]]) -> dict[str, object]:
    value = {name: row._mapping[name] for name in WIRE_COLUMNS["interactions"]}
    value["quotes"] = orjson.loads(row.quotes)
    return value


def read_interaction(connection: Connection, interaction_id: str) -> dict[str, object] | None:
    row = connection.execute(
        select(*_WIRE).where(interactions.c.id == interaction_id)
    ).one_or_none()
    return None if row is None else _as_object(row)


def find_interactions(
    connection: Connection,
    *,
    number: str | None,
    customer_id: str | None,
    operation_id: str | None,
    limit: int,
) -> Found:
    """Those that fit every given condition, newest first."""
    conditions: list[ColumnElement[bool]] = []
    if number is not None:
        conditions.append(interactions.c.number == number)
    if customer_id is not None:
        conditions.append(interactions.c.customer_id == customer_id)
    if operation_id is not None:
        records = select(applied_operations.c.record).where(applied_operations.c.id == operation_id)
        conditions.append(interactions.c.id.in_(records))
    total = connection.execute(
        select(func.count()).select_from(interactions).where(*conditions)
    ).scalar_one()
    rows: Sequence[Row[*tuple[Any, ...]]] = connection.execute(
        select(*_WIRE)
        .where(*conditions)
        .order_by(interactions.c.started_at.desc(), interactions.c.id)
        .limit(limit)
    ).all()
    return Found([_as_object(row) for row in rows], total)
