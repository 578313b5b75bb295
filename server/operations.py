"""Applies what seats did, exactly once, however often they send it (step ⑨).

Each operation is its own transaction, in which its id is remembered: a retry after a lost reply
finds the id and is answered ``already-applied``. A bad one is answered in words and stops nobody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import insert, select
from sqlalchemy.exc import DataError

from server import fields
from server.acts import Act, Operation
from server.audit import Audited, record
from server.database import Database
from server.errors import ConflictError, RejectedError
from server.kinds import KINDS
from server.rights import PRACTISED, may_operate
from server.scope import is_practice
from server.tables import applied_operations
from server.tokens import Identity


class Outcome(StrEnum):
    APPLIED = "applied"
    ALREADY_APPLIED = "already-applied"
    CONFLICT = "conflict"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to one operation; field names are those of the wire."""

    id: str
    outcome: Outcome
    reason: str = ""
    version: int = 0
    server: Mapping[str, object] = field(default_factory=dict)


_PARTS = frozenset({"id", "kind", "record", "author", "made_at", "base", "payload"})


def apply_all(
    database: Database, identity: Identity, values: Sequence[object], *, now_s: int
) -> list[Result]:
    """One result for each value, in their order. Blocks; raises only SQLAlchemy's own errors."""
    return [apply_one(database, identity, value, now_s=now_s) for value in values]


def apply_one(database: Database, identity: Identity, value: object, *, now_s: int) -> Result:
    name = value.get("id") if isinstance(value, dict) else None
    shown = name[: fields.ID_MAX] if isinstance(name, str) else ""
    try:
        operation = read_operation(value)
        return database.run(
            lambda transaction: _apply(Act(transaction, operation, identity, now_s))
        )
    except RejectedError as error:
        return Result(shown, Outcome.REJECTED, reason=str(error))
    except ConflictError as error:
        return Result(
            shown,
            Outcome.CONFLICT,
            reason=str(error),
            version=error.version,
            server=error.server,
        )
    except DataError:
        return Result(shown, Outcome.REJECTED, reason="The database cannot keep these values.")


def read_operation(value: object) -> Operation:
    """The operation in a JSON value. Raises RejectedError."""
    if not isinstance(value, dict):
        raise RejectedError("An operation must be an object.")
    unknown = sorted(set(value) - _PARTS)
    if unknown:
        raise RejectedError(f"Unknown parts of an operation: {fields.shown(*unknown)}.")
    for part in ("id", "kind", "record", "author", "made_at", "payload"):
        if part not in value:
            raise RejectedError(f"The operation has no {part}.")
    if not isinstance(value["kind"], str) or value["kind"] not in KINDS:
        raise RejectedError("This kind of operation is not known here.")
    if not isinstance(value["payload"], dict):
        raise RejectedError("payload must be an object.")
    return Operation(
        id=fields.identifier("id", value["id"]),
        kind=value["kind"],
        record=fields.identifier("record", value["record"]),
        author=fields.identifier("author", value["author"]),
        made_at=fields.moment("made_at", value["made_at"]),
        base=_read_base(value["kind"], {} if value.get("base") is None else value["base"]),
        payload=value["payload"],
        digest=_digest(value, KINDS[value["kind"]].told),
    )


def _digest(value: Mapping[str, Any], told: frozenset[str]) -> str:
    payload = {name: part for name, part in value["payload"].items() if name not in told}
    try:
        plain = orjson.dumps({**value, "payload": payload}, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:  # what it reads may be deeper than what it writes
        raise RejectedError("The operation is nested too deeply.") from None
    return hashlib.sha256(plain).hexdigest()


def _read_base(kind: str, value: object) -> dict[str, int]:
    if not isinstance(value, dict):
        raise RejectedError("base must be an object.")
    unknown = sorted(set(value) - KINDS[kind].base)
    if unknown:
        raise RejectedError(f"Unknown fields in base: {fields.shown(*unknown)}.")
    return {
        name: fields.whole_number(f"base.{name}", version, most=fields.VERSION_MAX)
        for name, version in value.items()
    }


def _may(act: Act) -> bool:
    kind = act.operation.kind
    return may_operate(act.identity.role, kind) or (
        kind in PRACTISED and is_practice(act.connection)
    )


def _apply(act: Act) -> Result:
    operation, identity, table = act.operation, act.identity, applied_operations
    if operation.author != identity.agent_id:
        raise RejectedError("The author of this operation is not who is signed in.")
    known = act.connection.execute(
        select(table.c.digest, table.c.version).where(table.c.id == operation.id)
    ).one_or_none()
    if known is not None:
        if known.digest != operation.digest:
            raise RejectedError("This operation id was used for something else.")
        return Result(operation.id, Outcome.ALREADY_APPLIED, version=known.version)
    if not _may(act):
        raise RejectedError(f"The role {identity.role} may not do this ({operation.kind}).")
    kind = KINDS[operation.kind]
    version = kind.apply(act)
    act.connection.execute(
        insert(table).values(
            id=operation.id, digest=operation.digest, kind=operation.kind,
            record=operation.record, author=operation.author, made_at=operation.made_at,
            applied_at=act.now_s, version=version,
        )
    )  # fmt: skip
    if not kind.changes:
        return Result(operation.id, Outcome.APPLIED, version=version)
    record(
        act.transaction,
        identity=identity,
        action=Audited.CHANGE,
        table=kind.table,
        record=operation.record,
        detail={
            "operation": operation.id,
            "kind": operation.kind,
            "fields": sorted(operation.payload),
            "version": version,
        },
    )
    return Result(operation.id, Outcome.APPLIED, version=version)
