"""Notices that agents must read, and who has (M32, step ⑨)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from sqlalchemy import Connection, insert, select, update

from server import fields
from server.acts import Act
from server.conflict import Value, merge_whole
from server.errors import ConflictError, RejectedError
from server.fields import Check
from server.tables import WIRE_COLUMNS, agents, notice_reads, notices


def _yes_or_no(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise RejectedError(f"{name} must be true or false.")
    return value


NOTICE: Mapping[str, Check] = {
    "id": fields.identifier,
    "title": fields.text,
    "body": partial(fields.text, longest=fields.TEXT_MAX),
    "must_read": _yes_or_no,
    "published_at": fields.moment,
    "expires_at": fields.optional(fields.moment),
}


def save_notice(act: Act) -> int:
    """Publish or change a notice; returns its version. Raises RejectedError, ConflictError.

    A changed notice keeps who had read it before: what must be read again is a new one.
    """
    wanted = fields.of_record(act.record, NOTICE, act.operation.payload)
    if not str(wanted.get("title", "?")).strip():
        raise RejectedError("A notice needs a title.")
    row = act.connection.execute(
        select(notices).where(notices.c.id == act.record).with_for_update()
    ).one_or_none()
    if row is None:
        return _insert(act, wanted)
    now = row._mapping
    version: int = row.version
    merged = merge_whole(current=dict(now), version=version, wanted=wanted, base=act.operation.base)
    if merged.conflicts:
        server = {name: now[name] for name in WIRE_COLUMNS["notices"]}
        raise ConflictError(names=merged.conflicts, version=version, server=server)
    if not merged.changes:
        return version
    act.connection.execute(
        update(notices)
        .where(notices.c.id == act.record)
        .values(**merged.changes, version=version + 1)
    )
    act.transaction.changed("notices", act.record)
    return version + 1


def _insert(act: Act, wanted: Mapping[str, Value]) -> int:
    if "title" not in wanted:
        raise RejectedError("A notice needs a title.")
    empty = {"body": "", "must_read": False, "published_at": act.now, "expires_at": None}
    act.connection.execute(
        insert(notices).values(
            id=act.record, version=1, author_name=act.author_name(), **{**empty, **wanted}
        )
    )
    act.transaction.changed("notices", act.record)
    return 1


def read_notice(act: Act) -> int:
    """Keep that the author has read a notice; the first time counts. Raises RejectedError."""
    if set(act.operation.payload) != {"read_at"}:
        raise RejectedError("Reading a notice says when (read_at), and nothing else.")
    read_at = fields.moment("read_at", act.operation.payload["read_at"])
    version: int | None = act.connection.execute(
        select(notices.c.version).where(notices.c.id == act.record)
    ).scalar_one_or_none()
    if version is None:
        raise RejectedError("This notice is not known here.")
    agent = act.identity.agent_id
    known = act.connection.execute(
        select(notice_reads.c.read_at).where(
            notice_reads.c.notice_id == act.record, notice_reads.c.agent_id == agent
        )
    ).first()
    if known is None:
        values: dict[str, Value] = {
            "notice_id": act.record, "agent_id": agent, "read_at": read_at,
        }  # fmt: skip
        act.connection.execute(insert(notice_reads).values(values))
    return version


def list_notices(connection: Connection, agent_id: str) -> list[dict[str, object]]:
    """Every notice, the newest first, with ``read_at`` of one agent (null: not yet)."""
    columns = [notices.c[name] for name in WIRE_COLUMNS["notices"]]
    rows = connection.execute(
        select(*columns, notice_reads.c.read_at)
        .outerjoin(
            notice_reads,
            (notice_reads.c.notice_id == notices.c.id) & (notice_reads.c.agent_id == agent_id),
        )
        .order_by(notices.c.published_at.desc(), notices.c.id)
    )
    names = (*WIRE_COLUMNS["notices"], "read_at")
    return [{name: row._mapping[name] for name in names} for row in rows]


def read_readers(connection: Connection, notice_id: str) -> dict[str, object] | None:
    """Who has read a notice and who has not, by login; None when there is no such notice."""
    known = connection.execute(select(notices.c.id).where(notices.c.id == notice_id)).first()
    if known is None:
        return None
    rows = connection.execute(
        select(agents.c.id, agents.c.name, agents.c.disabled, notice_reads.c.read_at)
        .outerjoin(
            notice_reads,
            (notice_reads.c.agent_id == agents.c.id) & (notice_reads.c.notice_id == notice_id),
        )
        .order_by(agents.c.login)
    ).all()
    return {
        "readers": [
            {"agent_id": row.id, "agent_name": row.name, "read_at": row.read_at}
            for row in rows
            if row.read_at is not None
        ],
        "missing": [
            {"agent_id": row.id, "agent_name": row.name}
            for row in rows
            if row.read_at is None and not row.disabled
        ],
    }
