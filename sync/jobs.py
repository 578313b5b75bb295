"""Imports and exports: files that go and come in threads of ours, jobs of the server (M18)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote, urlencode

from sync.api import ServerApi
from sync.auth import Auth
from sync.errors import BadReply, SyncError
from sync.parse import object_of
from sync.remote import Remote
from sync.values import as_object, count_in, text_in
from sync.wire import Json

PIECE_BYTES = 64 * 1024


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def over(self) -> bool:
        return self in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Job:
    """``rows_total`` is None until the file was read once; ``report`` as in ``docs/wire.md``."""

    id: str
    state: JobState
    file_name: str
    rows_done: int
    rows_total: int | None
    report: Mapping[str, Json]


class SendingStopped(SyncError):  # noqa: N818 - a word of the agent's, not a fault
    """She does not want the file sent any more; the server has none of it."""


class SentFile:
    """A file on its way, all of it; ``stop`` may be called from any thread, ``sent`` asked.

    It goes in pieces: what is written at once must go out within the time of a single write, and
    on a slow line a whole file does not.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = file.seek(0, os.SEEK_END)
        file.seek(0)
        self._sent = 0
        self._stopped = False

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[bytes]:
        while piece := self.read(PIECE_BYTES):
            yield piece

    @property
    def sent(self) -> int:
        """Bytes."""
        return self._sent

    def read(self, size: int = -1) -> bytes:
        """Raises SendingStopped."""
        if self._stopped:
            raise SendingStopped("it was stopped here")
        piece = self._file.read(size)
        self._sent += len(piece)
        return piece

    def stop(self) -> None:
        self._stopped = True


class CentreJobs:
    """Every method is called from the event loop's thread and never blocks it.

    Raises SyncError, and OSError where a file of this computer cannot be read or written.
    """

    def __init__(self, *, api: ServerApi, auth: Auth) -> None:
        self._api = api
        self._remote = Remote(api=api, auth=auth)

    async def send_import(
        self, path: Path, *, dry_run: bool, update: bool, told: Callable[[SentFile], None]
    ) -> Job:
        """The job that takes the file; ``told`` has the file on its way, from its thread.

        ``dry_run``: look only. ``update``: rows about known customers change them; else they are
        left out.
        """
        query = urlencode({
            "format": "xlsx" if path.suffix.lower() == ".xlsx" else "csv",
            "dry_run": str(dry_run).lower(),
            "duplicates": "update" if update else "skip",
            "file_name": path.name,
        })  # fmt: skip

        def send(token: str) -> bytes:
            with path.open("rb") as file:
                sent = SentFile(file)
                told(sent)
                return self._api.send_file(f"imports?{query}", sent, token)

        return job(await self._remote.signed(send))

    async def start_export(self, *, table: str, format_: str, chinese: bool) -> Job:
        wish = {"table": table, "format": format_, "language": "zh" if chinese else "en"}
        return job(await self._remote.ask("exports", wish))

    async def look(self, kind: str, job_id: str) -> Job:
        """``kind`` is ``imports`` or ``exports``."""
        path = f"{kind}/{quote(job_id, safe='')}"
        return job(await self._remote.read(path))

    async def cancel(self, kind: str, job_id: str) -> Job:
        """What it was by then; one that has ended stays as it is."""
        path = f"{kind}/{quote(job_id, safe='')}/cancel"
        return job(await self._remote.ask(path, {}))

    async def save(self, kind: str, job_id: str, target: Path) -> None:
        """An import's report or an export's file; it has its name when it is whole."""
        what = "report" if kind == "imports" else "file"
        path = f"{kind}/{quote(job_id, safe='')}/{what}"
        await self._remote.signed(lambda token: self._save(path, target, token))

    def stop(self) -> None:
        """What is asked later fails."""
        self._remote.close()

    def _save(self, path: str, target: Path, token: str) -> None:
        partial = target.with_name(f"{target.name}.part")
        try:
            with partial.open("wb") as file:
                self._api.fetch_file(path, token, file.write)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)


def job(body: bytes) -> Job:
    """Raises BadReply."""
    row = object_of(body)
    try:
        state = JobState(text_in(row, "state"))
    except ValueError:
        raise BadReply("the state of a job is not known") from None
    total = row.get("rows_total")
    return Job(
        id=text_in(row, "id"),
        state=state,
        file_name=text_in(row, "file_name", may_be_empty=True),
        rows_done=count_in(row, "rows_done"),
        rows_total=None if total is None else count_in(row, "rows_total"),
        report=as_object(row.get("report"), "report"),
    )
