"""One export: rows of one snapshot into a file that has its name when it is whole (M18, step ⑨)."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from server.audit import Audited, record
from server.database import Database, Transaction
from server.exports.rows import Wanted, count_rows, read_rows
from server.job_runner import JobFailedError, Pulse
from server.jobs import set_progress
from server.tokens import Identity

TOLD_EVERY = 2_000


@dataclass(frozen=True, slots=True)
class ExportTask:
    """``path`` is where the file shall be."""

    job_id: str
    table: str
    format: str
    path: Path
    wanted: Wanted
    identity: Identity


class ExportJob:
    """Blocks; runs in the thread of jobs."""

    def __init__(self, database: Database, task: ExportTask, *, clock: Callable[[], float]) -> None:
        self._database = database
        self._task = task
        self._clock = clock

    def __call__(self, pulse: Pulse) -> None:
        """Raises JobFailedError in words, JobEndedError when it was cancelled."""
        try:
            self._write_file(pulse)
            self._database.run(self._write_down)
        except OSError as error:
            raise JobFailedError(f"The file cannot be written ({error.strerror}).") from error
        except SQLAlchemyError as error:
            raise JobFailedError("The database did not give these rows.") from error

    def _write_file(self, pulse: Pulse) -> None:
        path = self._task.path
        path.parent.mkdir(mode=0o700, exist_ok=True)
        partial = path.with_name(f"{path.name}.partial")
        try:
            partial.touch(mode=0o600, exist_ok=False)
            self._write(partial, pulse)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)

    def _write(self, path: Path, pulse: Pulse) -> None:
        # Loaded only here: the library takes as long to load as the rest of the server.
        files = importlib.import_module("server.exports.files")
        task = self._task
        with self._database.read() as connection:
            total = count_rows(connection, task.table, task.wanted)
            if task.format == "xlsx" and total >= files.SHEET_ROWS_MAX:
                raise JobFailedError(f"{total} rows are more than a sheet can hold: take CSV.")
            rows = self._told(read_rows(connection, task.table, task.wanted), total, pulse)
            (files.write_csv if task.format == "csv" else files.write_xlsx)(path, rows)

    def _told(self, rows: Iterator[list[str]], total: int, pulse: Pulse) -> Iterator[list[str]]:
        """Passes rows on and says now and then how many."""
        self._tell(0, total)
        done = -1  # the headers
        for done, row in enumerate(rows):
            if done and done % TOLD_EVERY == 0:
                pulse.check()
                self._tell(done, total)
            yield row
        self._tell(done, total)

    def _tell(self, done: int, total: int) -> None:
        self._database.run(
            lambda t: set_progress(
                t, self._task.job_id, now=self._clock(), rows_done=done, rows_total=total, report={}
            )
        )

    def _write_down(self, transaction: Transaction) -> None:
        task = self._task
        record(
            transaction, identity=task.identity, action=Audited.EXPORT, table=task.table,
            record=task.job_id, detail={"format": task.format},
        )  # fmt: skip
