"""Long work in the background, as every process of the centre can see it (M18, step ⑨).

A job is a row: its worker writes how far it is, whoever asks reads it, cancelling is a word in it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import Connection, Row, insert, select, update

from server.database import Transaction
from server.errors import ServerError
from server.ids import uuid7
from server.moments import iso
from server.tables import jobs

LOST_AFTER_S = 60
"""A worker says every few seconds that it is there; one that is silent has died."""
BEAT_S = 5


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


_ALIVE = (JobState.WAITING.value, JobState.RUNNING.value)


class JobEndedError(ServerError):
    """The job is not running any more: it was cancelled, or taken for lost."""


@dataclass(frozen=True, slots=True)
class NewJob:
    """``options`` is what was asked for."""

    kind: str
    table: str
    format: str
    file_name: str
    agent_id: str
    options: Mapping[str, object]


def add_job(transaction: Transaction, job: NewJob, *, job_id: str, now: float) -> None:
    transaction.connection.execute(
        insert(jobs).values(
            id=job_id, kind=job.kind, table_name=job.table, format=job.format,
            file_name=job.file_name, agent_id=job.agent_id, state=JobState.WAITING.value,
            rows_done=0, options=_json(job.options), report="{}", started_at=iso(now),
            seen_at=int(now),
        )
    )  # fmt: skip


def new_job_id() -> str:
    return uuid7()


def read_job(connection: Connection, job_id: str, *, kind: str) -> dict[str, object] | None:
    """The job as the wire has it, its report and options beside the rest."""
    row: Row[*tuple[Any, ...]] | None = connection.execute(
        select(jobs).where(jobs.c.id == job_id, jobs.c.kind == kind)
    ).one_or_none()
    if row is None:
        return None
    return {
        "id": row.id, "kind": row.kind, "table": row.table_name, "format": row.format,
        "file_name": row.file_name, "agent_id": row.agent_id, "state": row.state,
        "rows_done": row.rows_done, "rows_total": row.rows_total, "started_at": row.started_at,
        "finished_at": row.finished_at, "options": orjson.loads(row.options),
        "report": orjson.loads(row.report),
    }  # fmt: skip


def begin_job(transaction: Transaction, job_id: str, *, now: float) -> None:
    """Raises JobEndedError when it was cancelled while it waited."""
    _change(transaction, job_id, now, state=JobState.RUNNING.value)


def set_progress(
    transaction: Transaction,
    job_id: str,
    *,
    now: float,
    rows_done: int,
    report: Mapping[str, object],
    rows_total: int | None = None,
) -> None:
    """In the transaction that does the work, so that a cancelled job keeps what it says.

    Raises JobEndedError.
    """
    values: dict[str, object] = {"rows_done": rows_done, "report": _json(report)}
    if rows_total is not None:
        values["rows_total"] = rows_total
    _change(transaction, job_id, now, **values)


def end_job(
    transaction: Transaction,
    job_id: str,
    *,
    now: float,
    state: JobState,
    report: Mapping[str, object],
) -> None:
    """Raises JobEndedError when it had ended before."""
    _change(transaction, job_id, now, state=state.value, report=_json(report), finished_at=iso(now))


def cancel_job(transaction: Transaction, job_id: str, *, now: float) -> bool:
    """The work stops at its next slice; False when it had ended."""
    return (
        transaction.connection.execute(
            update(jobs)
            .where(jobs.c.id == job_id, jobs.c.state.in_(_ALIVE))
            .values(state=JobState.CANCELLED.value, finished_at=iso(now))
        ).rowcount
        == 1
    )


def beat(transaction: Transaction, job_ids: Collection[str], *, now: float) -> None:
    """The worker of these is alive."""
    transaction.connection.execute(
        update(jobs)
        .where(jobs.c.id.in_(job_ids), jobs.c.state.in_(_ALIVE))
        .values(seen_at=int(now))
    )


def fail_lost(transaction: Transaction, *, now: float, alone: bool) -> None:
    """Say so of jobs whose process has ended. ``alone``: no other process works for the centre."""
    seen_before = int(now) + 1 if alone else int(now) - LOST_AFTER_S
    silent = select(jobs.c.id, jobs.c.report).where(
        jobs.c.state.in_(_ALIVE), jobs.c.seen_at < seen_before
    )
    connection = transaction.connection
    for row in connection.execute(silent).all():
        report = {**orjson.loads(row.report), "reason": "The server ended while this was done."}
        connection.execute(
            update(jobs)
            .where(jobs.c.id == row.id, jobs.c.state.in_(_ALIVE))
            .values(state=JobState.FAILED.value, report=_json(report), finished_at=iso(now))
        )


def _change(transaction: Transaction, job_id: str, now: float, **values: object) -> None:
    changed = transaction.connection.execute(
        update(jobs)
        .where(jobs.c.id == job_id, jobs.c.state.in_(_ALIVE))
        .values(seen_at=int(now), **values)
    ).rowcount
    if changed != 1:
        raise JobEndedError(job_id)


def _json(value: Mapping[str, object]) -> str:
    return orjson.dumps(value).decode()
