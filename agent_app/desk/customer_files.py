"""Importing and exporting customers beside the work: steps that can be watched and stopped (M18).

A file is looked at first and taken when she has seen how it was understood. The server does the
work; while it cannot be reached, it is asked again and goes on by itself if it can.
"""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.domain.file_jobs import FileStep, FileWork, Trouble, read_report
from agent_app.runtime.clock import Clock
from agent_app.runtime.tasks import Tasks
from sync.errors import RequestRefused, SyncError
from sync.jobs import Job, JobState, SendingStopped, SentFile

LOOK_EVERY_S = 0.5
IMPORTS, EXPORTS = "imports", "exports"


class CentreFiles(Protocol):
    """The server's jobs; raises SyncError, and OSError for a file of this computer."""

    async def send_import(
        self, path: Path, *, dry_run: bool, update: bool, told: Callable[[SentFile], None]
    ) -> Job: ...

    async def start_export(self, *, table: str, format_: str, chinese: bool) -> Job: ...

    async def look(self, kind: str, job_id: str) -> Job: ...

    async def cancel(self, kind: str, job_id: str) -> Job: ...

    async def save(self, kind: str, job_id: str, target: Path) -> None: ...


class FileDesk(QObject):
    """What importing and exporting have in common: one job at a time, watched to its end.

    Signals:
        changed: FileWork.
    """

    changed = Signal(object)
    _kind = IMPORTS

    def __init__(
        self,
        *,
        centre: CentreFiles,
        clock: Clock,
        tasks: Tasks,
        look_every_s: float = LOOK_EVERY_S,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._centre = centre
        self._clock = clock
        self._tasks = tasks
        self._look_every_s = look_every_s
        self._work = FileWork()
        self._job_id = ""
        self._turn = 0

    @property
    def work(self) -> FileWork:
        return self._work

    @property
    def left_s(self) -> float | None:
        return self._work.left_s(self._clock.monotonic_s())

    def cancel(self) -> None:
        """What the server took stays taken; the rest is left."""
        if self._work.step.busy:
            self._turn += 1
            job_id, self._job_id = self._job_id, ""
            self._stop_sending()
            if job_id:
                self._tasks.spawn(self._cancel(job_id, self._turn))
            self._put(replace(self._work, step=FileStep.CANCELLED, trouble=Trouble.NONE))

    # --- inside ----------------------------------------------------------------------------------

    @abstractmethod
    def _stop_sending(self) -> None: ...

    def _begin(self, step: FileStep, **changes: object) -> int:
        self._turn += 1
        begun = replace(self._work, step=step, done=0, trouble=Trouble.NONE, words="",
                        since_s=self._clock.monotonic_s(), **changes)  # type: ignore[arg-type]  # fmt: skip
        self._put(begun)
        return self._turn

    async def _watch(self, job: Job, step: FileStep, mine: int) -> Job | None:
        """Follow the job until it is over; None when she stopped it or somebody asks for more."""
        self._job_id = job.id
        self._put(replace(self._work, step=step, since_s=self._clock.monotonic_s(), done=0))
        self._tell(job)
        while not job.state.over:
            await asyncio.sleep(self._look_every_s)
            if mine != self._turn:
                return None
            try:
                job = await self._centre.look(self._kind, job.id)
            except RequestRefused:
                raise
            except SyncError as error:
                if mine == self._turn:
                    self._put(replace(self._work, trouble=Trouble.OFFLINE, words=str(error)))
            else:
                if mine != self._turn:
                    return None
                self._tell(job)
        self._job_id = ""
        return job

    def _tell(self, job: Job) -> None:
        self._put(replace(self._work, done=job.rows_done, total=job.rows_total or 0,
                          report=read_report(job.report), trouble=Trouble.NONE,
                          words=""))  # fmt: skip

    async def _cancel(self, job_id: str, mine: int) -> None:
        with suppress(SyncError):  # one that cannot be told goes on to its end at the server
            job = await self._centre.cancel(self._kind, job_id)
            if mine == self._turn and self._work.step is FileStep.CANCELLED:
                self._tell(job)

    def _ended(self, job: Job, step: FileStep) -> None:
        if job.state is JobState.FAILED:
            self._fail(Trouble.JOB, str(job.report.get("reason", "")))
        elif job.state is JobState.CANCELLED:
            self._put(replace(self._work, step=FileStep.CANCELLED))
        else:
            self._put(replace(self._work, step=step))

    def _fail(self, trouble: Trouble, words: str) -> None:
        self._put(replace(self._work, step=FileStep.FAILED, trouble=trouble, words=words))

    def _failed(self, error: Exception, *, while_sending: bool) -> None:
        match error:
            case RequestRefused():
                self._fail(Trouble.REFUSED, str(error))
            case OSError():
                self._fail(Trouble.LOCAL, error.strerror or str(error))
            case _:
                self._fail(Trouble.CUT if while_sending else Trouble.OFFLINE, str(error))

    def _put(self, work: FileWork) -> None:
        if work != self._work:
            self._work = work
            self.changed.emit(work)


class CustomerImport(FileDesk):
    """Look at a file, take it, keep the list of rows that were not taken."""

    def __init__(
        self,
        *,
        centre: CentreFiles,
        clock: Clock,
        tasks: Tasks,
        look_every_s: float = LOOK_EVERY_S,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(
            centre=centre, clock=clock, tasks=tasks, look_every_s=look_every_s, parent=parent
        )
        self._path = Path()
        self._sent: SentFile | None = None
        self._last_job = ""

    def check(self, path: Path) -> None:
        """Send it to be looked at; nothing is taken."""
        if not self._work.step.busy:
            self._path = path
            self._work = FileWork(file_name=path.name, update=self._work.update)
            mine = self._begin(FileStep.SENDING)
            self._tasks.spawn(self._run(mine, dry_run=True))

    def choose_update(self, update: bool) -> None:
        """What becomes of rows about customers who are known; a file that was checked with the
        other wish is checked anew."""
        if update != self._work.update and not self._work.step.busy:
            checked = self._work.step is FileStep.CHECKED
            self._put(replace(self._work, update=update))
            if checked:
                self.check(self._path)

    def take(self) -> None:
        """She has seen how it was understood."""
        if self._work.step is FileStep.CHECKED:
            mine = self._begin(FileStep.SENDING)
            self._tasks.spawn(self._run(mine, dry_run=False))

    def save_report(self, target: Path) -> None:
        """The rows that were not taken, with their reasons."""
        if self._last_job:
            self._tasks.spawn(self._save_report(self._last_job, target))

    # --- inside ----------------------------------------------------------------------------------

    async def _run(self, mine: int, *, dry_run: bool) -> None:
        sending = True
        self._tasks.spawn(self._follow_sending(mine))
        try:
            job = await self._centre.send_import(
                self._path, dry_run=dry_run, update=self._work.update, told=self._on_sending
            )
            sending = False
            self._sent = None
            self._last_job = job.id
            if mine != self._turn:  # she stopped it while the server answered
                await self._cancel(job.id, mine)
                return
            step = FileStep.CHECKING if dry_run else FileStep.TAKING
            ended = await self._watch(job, step, mine)
        except SendingStopped:
            return
        except (SyncError, OSError) as error:
            if mine == self._turn:
                self._failed(error, while_sending=sending)
            return
        if ended is not None:
            self._ended(ended, FileStep.CHECKED if dry_run else FileStep.DONE)

    async def _follow_sending(self, mine: int) -> None:
        while mine == self._turn and self._work.step is FileStep.SENDING:
            if (sent := self._sent) is not None:
                self._put(replace(self._work, done=sent.sent, total=len(sent)))
            await asyncio.sleep(self._look_every_s)

    def _on_sending(self, sent: SentFile) -> None:
        """In the sending thread: one reference, which the loop's thread looks at."""
        self._sent = sent

    def _stop_sending(self) -> None:
        if self._sent is not None:
            self._sent.stop()
            self._sent = None

    async def _save_report(self, job_id: str, target: Path) -> None:
        try:
            await self._centre.save(IMPORTS, job_id, target)
        except (SyncError, OSError) as error:
            self._put(replace(self._work, trouble=Trouble.LOCAL, words=_words(error)))
        else:
            self._put(replace(self._work, trouble=Trouble.NONE, words=str(target)))


class CustomerExport(FileDesk):
    """All customers as a file of this computer."""

    _kind = EXPORTS

    def start(self, target: Path, *, chinese: bool) -> None:
        """The ending of ``target`` says which kind of file."""
        if not self._work.step.busy:
            self._work = FileWork(file_name=target.name)
            mine = self._begin(FileStep.MAKING)
            self._tasks.spawn(self._run(target, chinese, mine))

    async def _run(self, target: Path, chinese: bool, mine: int) -> None:
        format_ = "xlsx" if target.suffix.lower() == ".xlsx" else "csv"
        try:
            job = await self._centre.start_export(
                table="customers", format_=format_, chinese=chinese
            )
            ended = await self._watch(job, FileStep.MAKING, mine)
            if ended is not None and ended.state is JobState.DONE:
                self._put(replace(self._work, step=FileStep.FETCHING))
                await self._centre.save(EXPORTS, ended.id, target)
        except (SyncError, OSError) as error:
            if mine == self._turn:
                self._failed(error, while_sending=False)
            return
        if ended is not None and mine == self._turn:
            self._ended(ended, FileStep.DONE)

    def _stop_sending(self) -> None:
        """Nothing of this computer's is on its way."""


def _words(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
