"""Exports: rows of one table as a file, made by a job, fetched by who asked (M18, step ⑨)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import FileResponse

from server import fields
from server.audit import Audited, record
from server.database import Transaction
from server.errors import ApiError, RejectedError
from server.exports.job import ExportJob, ExportTask
from server.exports.rows import Wanted
from server.jobs import JobState, NewJob, add_job, cancel_job, new_job_id, read_job
from server.rights import Action, may, require
from server.routes.paths import id_in_path, not_found
from server.services import InServices, Services, allowed, answer, read_object
from server.tokens import Identity

router = APIRouter()

EXPORT = "export"
FOLDER = "exports"
FORMATS = ("csv", "xlsx")
TABLES = {"customers": Action.EXPORT_CUSTOMERS, "interactions": Action.EXPORT_INTERACTIONS}
LANGUAGES = ("zh", "en")
BODY_MAX_BYTES = 4_096
_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_PARTS = frozenset({"table", "format", "language", "since", "until"})

Exporting = Annotated[Identity, Depends(allowed(Action.EXPORT_INTERACTIONS))]
"""Who may export customers may export interactions; which of them is asked for is seen later."""


@router.post("/exports")
async def new_export(request: Request, services: InServices, identity: Exporting) -> Response:
    """Begin an export; 202 with the job that makes the file."""
    body = await read_object(request, most_bytes=BODY_MAX_BYTES)
    unknown = sorted(set(body) - _PARTS)
    if unknown:
        raise RejectedError(f"{unknown[0][:40]} is not known here.")
    table = str(fields.one_of(*TABLES)("table", body.get("table")))
    require(identity.role, TABLES[table])
    language = fields.one_of(*LANGUAGES)("language", body.get("language", "zh"))
    job_id = new_job_id()
    format_ = str(fields.one_of(*FORMATS)("format", body.get("format")))
    task = ExportTask(
        job_id=job_id,
        table=table,
        format=format_,
        path=_path(services, job_id, format_),
        wanted=Wanted(
            chinese=language == "zh",
            whole_numbers=may(identity.role, Action.READ_CUSTOMERS),
            since=_moment(body, "since"),
            until=_moment(body, "until"),
        ),
        identity=identity,
    )
    return await to_thread.run_sync(lambda: _begin(services, task))


def _begin(services: Services, task: ExportTask) -> Response:
    job = NewJob(
        kind=EXPORT, table=task.table, format=task.format,
        file_name=f"{task.table}.{task.format}", agent_id=task.identity.agent_id,
        options={"since": task.wanted.since, "until": task.wanted.until},
    )  # fmt: skip
    services.database.run(lambda t: add_job(t, job, job_id=task.job_id, now=services.clock()))
    services.jobs.submit(task.job_id, ExportJob(services.database, task, clock=services.clock))
    return answer(_job(services, task.identity, task.job_id), 202)


@router.get("/exports/{job_id}")
def one_export(services: InServices, identity: Exporting, job_id: str) -> Response:
    """How far it is; only for who asked for it."""
    services.jobs.look()
    return answer(_job(services, identity, id_in_path(job_id)))


@router.post("/exports/{job_id}/cancel")
def cancel_export(services: InServices, identity: Exporting, job_id: str) -> Response:
    """Stop it; one that has ended stays as it is."""
    name = id_in_path(job_id)
    _job(services, identity, name)
    services.database.run(lambda t: cancel_job(t, name, now=services.clock()))
    return answer(_job(services, identity, name))


@router.get("/exports/{job_id}/file")
def export_file(services: InServices, identity: Exporting, job_id: str) -> Response:
    """The file, while it is kept; only for who asked for it, and written down each time."""
    name = id_in_path(job_id)
    job = _job(services, identity, name)
    table, format_ = str(job["table"]), str(job["format"])
    require(identity.role, TABLES[table])  # the role may be another one by now
    path = _path(services, name, format_)
    if job["state"] != JobState.DONE or not path.is_file():
        raise ApiError(404, "not-found", "There is no file, or it was removed again.")

    def fetched(transaction: Transaction) -> None:
        record(
            transaction, identity=identity, action=Audited.EXPORT, table=table, record=name,
            detail={"fetched": True},
        )  # fmt: skip

    services.database.run(fetched)
    return FileResponse(path, media_type=_MEDIA[format_], filename=str(job["file_name"]))


def _job(services: Services, identity: Identity, job_id: str) -> dict[str, object]:
    with services.database.read() as connection:
        found = read_job(connection, job_id, kind=EXPORT)
    if found is None or found["agent_id"] != identity.agent_id:
        raise not_found()
    return found


def _path(services: Services, job_id: str, format_: str) -> Path:
    return services.settings.data_dir / FOLDER / f"{job_id}.{format_}"


def _moment(body: dict[str, object], name: str) -> str:
    value = body.get(name)
    return "" if value is None else fields.moment(name, value)
