"""Categories and segments: small lists that others point at (M19, M29, step ⑨).

Their rows have no version. An edit says what it saw (``was``); where the row says something else
by now, a person decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select, update

from server import fields
from server.acts import Act
from server.conflict import Value
from server.errors import ConflictError, RejectedError
from server.fields import Check
from server.tables import WIRE_COLUMNS, categories, segments

DEPTH_MAX = 20
POSITION_MAX = 1_000_000

CATEGORY: Mapping[str, Check] = {
    "id": fields.identifier,
    "parent_id": fields.optional(fields.identifier),
    "name": fields.text,
    "name_en": fields.text,
    "position": partial(fields.whole_number, most=POSITION_MAX),
}
SEGMENT: Mapping[str, Check] = {
    "id": fields.identifier,
    "name": fields.text,
    "rule": partial(fields.text, longest=fields.TEXT_MAX),
}


def save_category(act: Act) -> int:
    """Insert or edit one; returns 1: no versions here. Raises RejectedError, ConflictError."""
    wanted, was = _read(act, CATEGORY)
    parent = wanted.get("parent_id")
    if parent is not None:
        _check_parent(act.connection, act.record, str(parent))
    empty: dict[str, Value] = {"parent_id": None, "name_en": "", "position": 0}
    return _save(act, categories, wanted, was, empty)


def save_segment(act: Act) -> int:
    """Insert or edit one; returns 1: no versions here. Raises RejectedError, ConflictError."""
    wanted, was = _read(act, SEGMENT)
    return _save(act, segments, wanted, was, {"rule": ""})


def list_categories(connection: Connection) -> list[dict[str, object]]:
    found = connection.execute(select(categories).order_by(categories.c.position, categories.c.id))
    return [{name: row._mapping[name] for name in WIRE_COLUMNS["categories"]} for row in found]


def list_segments(connection: Connection) -> list[dict[str, object]]:
    found = connection.execute(select(segments).order_by(segments.c.id))
    return [{name: row._mapping[name] for name in WIRE_COLUMNS["segments"]} for row in found]


def check_category(connection: Connection, category_id: str) -> None:
    """Raises RejectedError when there is no such category."""
    statement = select(categories.c.id).where(categories.c.id == category_id)
    if connection.execute(statement).first() is None:
        raise RejectedError(f"The category {category_id} is not known here.")


def _read(act: Act, checks: Mapping[str, Check]) -> tuple[dict[str, Value], Mapping[str, Value]]:
    payload = dict(act.operation.payload)
    was = payload.pop("was", {})
    if not isinstance(was, dict):
        raise RejectedError("was must be an object.")
    wanted = fields.of_record(act.record, checks, payload)
    if "name" in wanted and not str(wanted["name"]).strip():
        raise RejectedError("It needs a name.")
    return wanted, fields.checked(checks, was)


def _check_parent(connection: Connection, record: str, parent: str) -> None:
    """The category above must exist and not stand below this one."""
    check_category(connection, parent)
    above: str | None = parent
    for _ in range(DEPTH_MAX):
        if above is None:
            return
        if above == record:
            raise RejectedError("A category cannot stand below itself.")
        above = connection.execute(
            select(categories.c.parent_id).where(categories.c.id == above)
        ).scalar_one()
    raise RejectedError(f"Categories go at most {DEPTH_MAX} deep.")


def _save(
    act: Act,
    table: Table,
    wanted: Mapping[str, Value],
    was: Mapping[str, Value],
    empty: Mapping[str, Value],
) -> int:
    row = act.connection.execute(
        select(table).where(table.c.id == act.record).with_for_update()
    ).one_or_none()
    name = str(table.name)
    if row is None:
        if "name" not in wanted:
            raise RejectedError("It needs a name.")
        act.connection.execute(insert(table).values(id=act.record, **{**empty, **wanted}))
        act.transaction.changed(name, act.record)
        return 1
    changes = _changes(row, wanted, was, name)
    if changes:
        act.connection.execute(update(table).where(table.c.id == act.record).values(**changes))
        act.transaction.changed(name, act.record)
    return 1


def _changes(
    row: Row[*tuple[Any, ...]], wanted: Mapping[str, Value], was: Mapping[str, Value], table: str
) -> dict[str, Value]:
    now = row._mapping
    changes = {name: value for name, value in wanted.items() if now[name] != value}
    stale = tuple(name for name in changes if name not in was or was[name] != now[name])
    if stale:
        server = {name: now[name] for name in WIRE_COLUMNS[table]}
        raise ConflictError(names=stale, version=1, server=server)
    return changes
