"""Reports, tickets, notices and drafts as this seat has them before the feed does (⑦ and ⑧).

What waits in the outbox, and what the server took and the feed has not brought back, lies over the
cache's row. What was delivered, of customers too, is kept for a while: a server that was restored
from a copy may not have it any more, and is offered it again (``offering``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import orjson
from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from agent_app.domain.ids import AgentId, OperationId, new_operation_id
from agent_app.domain.link import (
    MERGE_CUSTOMERS,
    PUBLISH_DRAFT,
    READ_NOTICE,
    SAVE_CUSTOMER,
    SAVE_DRAFT,
    SAVE_GAP,
    SAVE_NOTICE,
    SAVE_TICKET,
    OutboxState,
)
from agent_app.store.tables import AnyRow, ahead, outbox

KINDS = frozenset({
    SAVE_GAP, SAVE_TICKET, SAVE_NOTICE, READ_NOTICE, SAVE_DRAFT, PUBLISH_DRAFT, SAVE_CUSTOMER,
    MERGE_CUSTOMERS,
})  # fmt: skip
_TITLE_LIMIT = 80
SENT = ("kind", "record", "author", "made_at", "payload", "base", "title")


@dataclass(frozen=True, slots=True)
class Act:
    """One change of a record; ``version`` is the server's once it has it, 0 before."""

    author: AgentId
    made_at: str
    payload: Mapping[str, object]
    is_new: bool
    version: int

    def is_ahead_of(self, version: int) -> bool:
        """The cache's row of this version does not have it."""
        return self.version == 0 or self.version > version


def acts_of(
    work: Connection, kind: str, records: Collection[str] | None = None
) -> dict[str, list[Act]]:
    """By record, each oldest first, of all or of these ``records``.

    Ask before the cache: what comes between is then in both.
    """
    found: dict[str, list[Act]] = {}
    taken = select(ahead).where(ahead.c.kind == kind)
    waiting = select(outbox).where(
        outbox.c.kind == kind, outbox.c.state == OutboxState.WAITING.value
    )
    if records is not None:
        taken = taken.where(ahead.c.record.in_(records))
        waiting = waiting.where(outbox.c.record.in_(records))
    for row in work.execute(taken.order_by(ahead.c.position)):
        found.setdefault(row.record, []).append(_act(row, row.version))
    for row in work.execute(waiting.order_by(outbox.c.position)):
        found.setdefault(row.record, []).append(_act(row, 0))
    return found


def overlaid(
    row: Mapping[str, object] | None, acts: Iterable[Act], blank: Mapping[str, object]
) -> tuple[dict[str, object], bool] | None:
    """The row with the acts that are ahead of it, and whether one of them still waits here.

    None for a record that is neither in the cache nor made here.
    """
    acts = tuple(acts)
    if row is None and not any(act.is_new for act in acts):
        return None
    values = {**blank, **(row or {})}
    version = int(str(values["version"]))
    waits = False
    for act in acts:
        if act.is_ahead_of(version):
            values |= {name: value for name, value in act.payload.items() if name in blank}
            values["version"] = max(version, act.version)
            waits = waits or act.version == 0
    return values, waits


@dataclass(frozen=True, slots=True)
class Sending:
    """What is to be sent: its kind, record and words, by whom and when.

    ``after`` is the record that the server must have first. ``position`` None: behind all others.
    """

    kind: str
    record: str
    author: AgentId
    made_at: str
    payload: Mapping[str, object]
    base: Mapping[str, int]
    title: str
    after: str = ""
    position: int | None = None
    operation_id: OperationId = field(default_factory=new_operation_id)


def one_line(*parts: str) -> str:
    """What an entry is about, for the list of what waits; parts that say nothing are left out."""
    said = (" ".join(part.split()) for part in parts)
    return " · ".join(part for part in said if part)[:_TITLE_LIMIT]


def enqueue(connection: Connection, sending: Sending) -> AnyRow:
    """Put it into the outbox, in the caller's transaction; returns the entry."""
    place = {} if sending.position is None else {"position": sending.position}
    connection.execute(
        insert(outbox).values(
            **place,
            id=sending.operation_id,
            kind=sending.kind,
            record=sending.record,
            author=sending.author,
            made_at=sending.made_at,
            payload=orjson.dumps(dict(sending.payload)).decode(),
            base=orjson.dumps(dict(sending.base)).decode(),
            title=one_line(sending.title),
            state=OutboxState.WAITING.value,
            after=sending.after,
        )
    )
    return connection.execute(select(outbox).where(outbox.c.id == sending.operation_id)).one()


def made_here(connection: Connection, kind: str, record: str) -> bool:
    """Whether this record was made here already, so that it is not made twice."""
    for table in (outbox, ahead):
        question = select(table.c.id if table is outbox else table.c.operation_id).where(
            table.c.kind == kind, table.c.record == record, table.c.base == "{}"
        )
        if connection.execute(question).first() is not None:
            return True
    return False


def known_version(connection: Connection, kind: str, record: str, seen: int) -> int:
    """The version she saw; where changes from here made of it another one meanwhile, that one.

    For records that the server judges as a whole: what was made of ``seen`` is then all that lies
    between the two.
    """
    made = select(ahead.c.base, ahead.c.version).where(
        ahead.c.kind == kind, ahead.c.record == record
    )
    for base, version in connection.execute(made.order_by(ahead.c.version)).all():
        if max(orjson.loads(base).values(), default=0) <= seen:
            seen = max(seen, version)
    return seen


def is_whole(payload: Mapping[str, object]) -> bool:
    """Whether an ``interaction.save`` makes the record, and does not only move it."""
    return "started_at" in payload


def keep_ahead(connection: Connection, row: AnyRow, version: int) -> None:
    """The server has the outbox's ``row`` now; of other kinds nothing is kept here."""
    if row.kind not in KINDS:
        return
    values = {name: row._mapping[name] for name in SENT}
    connection.execute(
        upsert(ahead)
        .values(operation_id=row.id, version=max(version, 1), **values)
        .on_conflict_do_nothing()
    )


def forget_ahead(connection: Connection, before: str) -> None:
    """What was made ``before`` has come back with the feed long since."""
    connection.execute(delete(ahead).where(ahead.c.made_at < before))


def plain(row: AnyRow) -> dict[str, object]:
    """The row's values by plain names: SQLAlchemy's are no keys to orjson."""
    return {str(name): value for name, value in row._mapping.items()}


def _act(row: AnyRow, version: int) -> Act:
    return Act(
        author=AgentId(row.author),
        made_at=row.made_at,
        payload=orjson.loads(row.payload),
        is_new=row.base == "{}",
        version=version,
    )
