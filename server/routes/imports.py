"""Imports: a file is sent, a job takes it over, its report says what became of it (M18, step ⑨)."""

from __future__ import annotations

from pathlib import PurePath
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse

from server import fields
from server.audit import Audited, record
from server.database import Transaction
from server.errors import ApiError
from server.imports.author import Author
from server.imports.job import ImportJob, ImportTask
from server.imports.report import faults_as_csv
from server.imports.taking import Duplicates
from server.jobs import NewJob, add_job, cancel_job, new_job_id, read_job
from server.rights import Action
from server.routes.paths import existing, id_in_path
from server.services import InServices, Services, allowed, answer
from server.tokens import Identity
from server.uploads import receive

router = APIRouter()

IMPORT = "import"
FOLDER = "imports"
FORMATS = ("csv", "xlsx")
FILE_NAME_MAX = 200
LEFT_OVER_S = 86_400.0
"""What a process that was killed has left is removed after this."""

Importing = Annotated[Identity, Depends(allowed(Action.IMPORT_CUSTOMERS))]
_IMPORT = [Depends(allowed(Action.IMPORT_CUSTOMERS))]


@router.post("/imports")
async def new_import(
    request: Request,
    services: InServices,
    identity: Importing,
    format_: Annotated[str, Query(alias="format")],
    table: str = "customers",
    dry_run: bool = False,
    duplicates: Duplicates = Duplicates.UPDATE,
    file_name: str = "",
) -> Response:
    """Take a file; 202 with the job that does the rest."""
    if table != "customers":
        raise ApiError(400, "bad-request", "Only customers can be imported.")
    if format_ not in FORMATS:
        raise ApiError(400, "bad-request", "format must be csv or xlsx.")
    shown = PurePath(fields.text("file_name", file_name, longest=FILE_NAME_MAX)).name
    job_id = new_job_id()
    folder = services.settings.data_dir / FOLDER
    path = folder / f"{job_id}.{format_}"
    await receive(request, path, most_bytes=services.settings.import_max_bytes)
    task = ImportTask(
        path=path, format=format_, duplicates=duplicates, dry_run=dry_run,
        author=Author(identity, job_id, int(services.clock())),
    )  # fmt: skip
    return await to_thread.run_sync(lambda: _begin(services, task, shown))


def _begin(services: Services, task: ImportTask, file_name: str) -> Response:
    identity, job_id, now = task.author.identity, task.author.job_id, services.clock()
    job = NewJob(
        kind=IMPORT, table="customers", format=task.format, file_name=file_name,
        agent_id=identity.agent_id,
        options={"dry_run": task.dry_run, "duplicates": task.duplicates.value},
    )  # fmt: skip

    def begin(transaction: Transaction) -> None:
        add_job(transaction, job, job_id=job_id, now=now)
        record(
            transaction, identity=identity, action=Audited.IMPORT, table="jobs", record=job_id,
            detail=dict(job.options),
        )  # fmt: skip

    try:
        services.database.run(begin)
    except BaseException:
        task.path.unlink(missing_ok=True)
        raise
    work = ImportJob(services.database, task, clock=services.clock)
    services.jobs.submit(job_id, work, file=task.path)
    return _job(services, job_id, status=202)


@router.get("/imports/{job_id}", dependencies=_IMPORT)
def one_import(services: InServices, job_id: str) -> Response:
    """How far it is, and what became of its rows."""
    services.jobs.look()
    return _job(services, id_in_path(job_id))


@router.post("/imports/{job_id}/cancel", dependencies=_IMPORT)
def cancel_import(services: InServices, job_id: str) -> Response:
    """Stop before the next slice; what was taken stays. One that has ended stays as it is."""
    name = id_in_path(job_id)
    _job(services, name)
    services.database.run(lambda t: cancel_job(t, name, now=services.clock()))
    return _job(services, name)


@router.get("/imports/{job_id}/report", dependencies=_IMPORT)
def import_report(services: InServices, job_id: str) -> Response:
    """The rows that were not taken, with their reasons, as CSV."""
    name = id_in_path(job_id)
    _job(services, name)
    return StreamingResponse(
        faults_as_csv(services.database, name), media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )  # fmt: skip


def _job(services: Services, job_id: str, *, status: int = 200) -> Response:
    with services.database.read() as connection:
        found = existing(read_job(connection, job_id, kind=IMPORT))
    return answer(found, status)
