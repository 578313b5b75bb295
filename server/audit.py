"""Who saw, changed, exported or listened to what: entries that are only ever added (step ⑨).

An act and its entry are one transaction. An entry names fields, never what is in them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum

import orjson
from sqlalchemy import Connection, insert, select

from server.bulk import insert_rows
from server.database import Database, Transaction
from server.ids import uuid7
from server.tables import agents, audit_log
from server.tokens import Identity

_AT = "%Y-%m-%dT%H:%M:%S.%fZ"


class Audited(StrEnum):
    """Everything that is written down."""

    SIGN_IN = "sign-in"
    SIGN_IN_FAILED = "sign-in-failed"
    SIGN_OUT = "sign-out"
    REFRESH_REUSED = "refresh-reused"
    END_SESSIONS = "end-sessions"
    ADD_AGENT = "add-agent"
    CHANGE_AGENT = "change-agent"
    SET_PASSWORD = "set-password"
    SEE = "see"
    REVEAL = "reveal"
    CHANGE = "change"
    IMPORT = "import"
    EXPORT = "export"
    LISTEN = "listen"
    READ_AUDIT = "read-audit"
    BACKUP = "backup"
    RESTORE = "restore"
    ROTATE = "rotate"
    MAKE_TOKEN = "make-token"
    DROP_TOKEN = "drop-token"
    GRADE = "grade"


def record(
    transaction: Transaction,
    *,
    identity: Identity | None,
    action: str,
    table: str = "",
    record: str = "",
    detail: Mapping[str, object] | None = None,
) -> None:
    """Write down what ``identity`` does in this transaction; None is the command line.

    ``detail`` must not hold the values themselves. Raises ValueError for an action that is none.
    The time is the machine's, and that of the entry's own id.
    """
    now = datetime.now(UTC)
    transaction.connection.execute(
        insert(audit_log).values(
            id=uuid7(now),
            at=f"{now:{_AT}}",
            agent_id=identity.agent_id if identity else "",
            session_id=identity.session_id if identity else "",
            action=Audited(action),
            table_name=table,
            record=record,
            detail=orjson.dumps(detail or {}).decode(),
        )
    )


def record_many(
    transaction: Transaction,
    *,
    identity: Identity,
    action: str,
    table: str,
    entries: Sequence[tuple[str, Mapping[str, object]]],
) -> None:
    """The same act upon many records, each with its detail."""
    now = datetime.now(UTC)
    at, act = f"{now:{_AT}}", Audited(action).value
    rows = [
        (uuid7(now), at, identity.agent_id, identity.session_id, act, table, name,
         orjson.dumps(detail).decode())
        for name, detail in entries
    ]  # fmt: skip
    insert_rows(transaction.connection, audit_log, rows)


def saw(
    database: Database, identity: Identity, *, table: str, records: Sequence[str], by: str
) -> None:
    """Write down, for each of ``records``, that ``identity`` is about to be shown it.

    ``by`` says how it was come upon: its card, a search, a list. A write of its own, so that it is
    kept before the answer goes out.
    """
    if not records:
        return
    with database.write() as transaction:
        record_many(
            transaction,
            identity=identity,
            action=Audited.SEE,
            table=table,
            entries=[(name, {"by": by}) for name in records],
        )


def read_audit(
    connection: Connection,
    *,
    table: str = "",
    record: str = "",
    agent_id: str = "",
    before: str = "",
    limit: int,
) -> dict[str, object]:
    """Entries that fit all conditions, newest first; ``next`` is the ``before`` of the next page.

    ``next`` is empty when there are no more.
    """
    wanted = (
        (audit_log.c.table_name, table),
        (audit_log.c.record, record),
        (audit_log.c.agent_id, agent_id),
    )
    query = select(audit_log, agents.c.name.label("agent_name")).outerjoin(
        agents, agents.c.id == audit_log.c.agent_id
    )
    for column, value in wanted:
        if value:
            query = query.where(column == value)
    if before:
        query = query.where(audit_log.c.id < before)
    found = connection.execute(query.order_by(audit_log.c.id.desc()).limit(limit + 1)).all()
    rows = [
        {
            "id": row.id,
            "at": row.at,
            "agent_id": row.agent_id,
            "agent_name": row.agent_name or "",
            "session_id": row.session_id,
            "action": row.action,
            "table": row.table_name,
            "record": row.record,
            "detail": orjson.loads(row.detail),
        }
        for row in found[:limit]
    ]
    return {"rows": rows, "next": found[limit - 1].id if len(found) > limit else ""}
