"""Routes of imports and exports (M43)."""

from __future__ import annotations

from server.imports.taking import Duplicates
from server.jobs import JobState
from server.openapi.parts import (
    ANY_OBJECT,
    ID,
    NOT_FOUND,
    TIME,
    YES_NO,
    Answer,
    Body,
    Endpoint,
    Query,
    Schema,
    one_of,
    or_null,
    text,
    thing,
    whole,
)
from server.rights import Action
from server.routes.exports import LANGUAGES, TABLES
from server.routes.imports import FILE_NAME_MAX, FORMATS

_JOB_ID = "01910000-0000-7000-8000-0000000000aa"


def _job(kind: str, tables: tuple[str, ...]) -> Schema:
    return {
        "type": "object", "additionalProperties": False,
        "properties": {
            "id": ID, "kind": one_of(kind), "table": one_of(*tables), "format": one_of(*FORMATS),
            "file_name": text(), "agent_id": ID, "state": one_of(*map(str, JobState)),
            "rows_done": whole(), "rows_total": or_null(whole()), "started_at": TIME,
            "finished_at": or_null(TIME), "options": ANY_OBJECT, "report": ANY_OBJECT,
        },
        "required": [
            "id", "kind", "table", "format", "file_name", "agent_id", "state", "rows_done",
            "rows_total", "started_at", "finished_at", "options", "report",
        ],
    }  # fmt: skip


_IMPORT = _job("import", ("customers",))
_IMPORTED: dict[str, object] = {
    "id": _JOB_ID, "kind": "import", "table": "customers", "format": "csv",
    "file_name": "customers.csv", "agent_id": "agent-1008", "state": "done", "rows_done": 3,
    "rows_total": 3, "started_at": "2026-05-04T03:02:01.000Z",
    "finished_at": "2026-05-04T03:02:02.000Z",
    "options": {"dry_run": False, "duplicates": "update"},
    "report": {
        "encoding": "GB18030", "columns": [{"header": "姓名", "field": "name"}],
        "dry_run": False, "duplicates": "update", "created": 1, "updated": 1, "skipped": 0,
        "bad": 1, "preview": [],
    },
}  # fmt: skip

IMPORTS = (
    Endpoint(
        "POST", "/imports", "Import customers from a file", Action.IMPORT_CUSTOMERS,
        Answer("The job that takes the file over.", _IMPORT,
               {**_IMPORTED, "state": "waiting", "rows_done": 0, "rows_total": None,
                "finished_at": None, "report": {}}, status=202),
        body=Body(
            text(), "姓名,电话\n张伟,13800138000\n",
            media=("text/csv", "application/octet-stream"),
        ),
        query=(
            Query("format", one_of(*FORMATS), "what the file is", "csv", True),
            Query("table", {**one_of("customers"), "default": "customers"}, "what it holds",
                  "customers"),
            Query("dry_run", {**YES_NO, "default": False},
                  "only look: columns, counts, the first rows as they would be taken", False),
            Query("duplicates", {**one_of(*map(str, Duplicates)), "default": "update"},
                  "what becomes of rows about customers who are here already", "update"),
            Query("file_name", {**text(FILE_NAME_MAX), "default": ""}, "shown to people",
                  "customers.csv"),
        ),
        errors={507: ["no-space"]},
        more="The first row names the columns, in Chinese or English. CSV may be in UTF-8, UTF-16"
        " or GB18030. A row is about a customer who is here when the ID number, or name and"
        " number, are the same.",
    ),
    Endpoint(
        "GET", "/imports/{job_id}", "How far an import is", Action.IMPORT_CUSTOMERS,
        Answer("report counts what became of the rows.", _IMPORT, _IMPORTED), errors=NOT_FOUND,
    ),
    Endpoint(
        "POST", "/imports/{job_id}/cancel", "Stop an import", Action.IMPORT_CUSTOMERS,
        Answer("What was taken stays.", _IMPORT, {**_IMPORTED, "state": "cancelled"}),
        errors=NOT_FOUND,
    ),
    Endpoint(
        "GET", "/imports/{job_id}/report", "The rows that were not taken",
        Action.IMPORT_CUSTOMERS,
        Answer("CSV with row, column and reason.", text(),
               "行 row,列 column,原因 reason\r\n4,电话,This is no telephone number.\r\n",
               media="text/csv"),
        errors=NOT_FOUND,
    ),
)  # fmt: skip

_EXPORT = _job("export", tuple(TABLES))
_EXPORTED: dict[str, object] = {
    **_IMPORTED, "kind": "export", "table": "interactions", "file_name": "interactions.csv",
    "options": {"since": "2026-05-01T00:00:00Z", "until": ""}, "report": {},
}  # fmt: skip

EXPORTS = (
    Endpoint(
        "POST", "/exports", "Export a table as a file", Action.EXPORT_INTERACTIONS,
        Answer("The job that makes the file.", _EXPORT,
               {**_EXPORTED, "state": "waiting", "rows_done": 0, "rows_total": None,
                "finished_at": None}, status=202),
        body=Body(
            thing({"table": one_of(*TABLES), "format": one_of(*FORMATS),
                   "language": one_of(*LANGUAGES), "since": or_null(TIME), "until": or_null(TIME)},
                  optional=("language", "since", "until")),
            {"table": "interactions", "format": "csv", "since": "2026-05-01T00:00:00Z"},
        ),
        more="Customers only for who may export them. ID numbers are masked; numbers of callers"
        " too, for who may not see customers. since and until are about interactions.",
    ),
    Endpoint(
        "GET", "/exports/{job_id}", "How far an export is", Action.EXPORT_INTERACTIONS,
        Answer("Only for who asked for it.", _EXPORT, _EXPORTED), errors=NOT_FOUND,
    ),
    Endpoint(
        "POST", "/exports/{job_id}/cancel", "Stop an export", Action.EXPORT_INTERACTIONS,
        Answer("It has ended.", _EXPORT, {**_EXPORTED, "state": "cancelled"}), errors=NOT_FOUND,
    ),
    Endpoint(
        "GET", "/exports/{job_id}/file", "The file of an export", Action.EXPORT_INTERACTIONS,
        Answer("CSV, or a workbook.", text(), "开始时间,接听时间\r\n", media="text/csv"),
        errors=NOT_FOUND, more="It is kept for a day.",
    ),
)  # fmt: skip

ENDPOINTS = (*IMPORTS, *EXPORTS)
