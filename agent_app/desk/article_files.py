"""The files of a draft, brought and taken away by editors; only with the server (step ⑥).

What agents see of an article changes with the version that the draft becomes, not before.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.domain.ids import ArticleId
from agent_app.domain.knowledge import Attachment
from agent_app.runtime.tasks import Tasks
from sync.errors import RequestRefused, SyncError
from sync.told import DraftFileRow

SIZE_MAX = 20 * 1024 * 1024
"""Bytes, as the server has it (docs/wire.md)."""
OFFLINE, TOO_LARGE, UNREADABLE = "offline", "too-large", "unreadable"


class FileServer(Protocol):
    """The server; each raises SyncError."""

    async def draft_files(self, draft_id: str) -> tuple[DraftFileRow, ...]: ...

    async def add_file(self, draft_id: str, name: str, content: bytes) -> None: ...

    async def change_file(self, draft_id: str, file_id: str, *, kept: bool) -> None: ...


class FileChange(Enum):
    """What publishing the draft does to a file; the values are the wire's."""

    NONE = ""
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class DraftFile:
    file: Attachment
    change: FileChange


class ArticleFiles(QObject):
    """GUI thread.

    Signals:
        changed: the files of the draft that is shown are known, or others.
        busy_changed: bool.
        problem: str; OFFLINE, TOO_LARGE, UNREADABLE, or the server's words.
    """

    changed = Signal()
    busy_changed = Signal(bool)
    problem = Signal(str)

    def __init__(self, *, server: FileServer, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = server
        self._tasks = tasks
        self._busy = False
        self._draft_id = ""
        self._asked: tuple[str, object] | None = None
        self._files: tuple[DraftFile, ...] = ()

    @property
    def busy(self) -> bool:
        return self._busy

    @property
    def files(self) -> tuple[DraftFile, ...]:
        """Those of the draft that is shown, as far as they are known."""
        return self._files

    def changed_by(self, draft_id: str) -> tuple[str, ...]:
        """The files that this draft was seen to bring and to take away; none of one whose files
        could not be seen."""
        if draft_id != self._draft_id:
            return ()
        changed = (one for one in self._files if one.change is not FileChange.NONE)
        return tuple(one.file.attachment_id for one in changed)

    def show(self, draft_id: str, as_of: object) -> None:
        """Ask for the files of this draft, "" for none; anew when ``as_of`` is another."""
        if (draft_id, as_of) == self._asked:
            return
        if draft_id != self._draft_id:
            self._put(())
        self._draft_id, self._asked = draft_id, (draft_id, as_of)
        if draft_id:
            self._tasks.spawn(self._do(self._ask(draft_id)))

    def add(self, path: Path) -> None:
        """Read the file beside the window's thread and send it."""
        self._begin(self._add(self._draft_id, path))

    def keep(self, file_id: str, *, kept: bool) -> None:
        """Whether the version that the draft becomes has this file."""
        self._begin(self._keep(self._draft_id, file_id, kept=kept))

    def _begin(self, work: Awaitable[None]) -> None:
        self._set_busy(busy=True)
        self._tasks.spawn(self._act(work))

    async def _add(self, draft_id: str, path: Path) -> None:
        content = await asyncio.to_thread(_read, path)
        await self._server.add_file(draft_id, path.name, content)
        await self._ask(draft_id)

    async def _keep(self, draft_id: str, file_id: str, *, kept: bool) -> None:
        await self._server.change_file(draft_id, file_id, kept=kept)
        await self._ask(draft_id)

    async def _ask(self, draft_id: str) -> None:
        rows = await self._server.draft_files(draft_id)
        if draft_id == self._draft_id:
            self._put(tuple(map(_file, rows)))

    def _put(self, files: tuple[DraftFile, ...]) -> None:
        if files != self._files:
            self._files = files
            self.changed.emit()

    async def _act(self, work: Awaitable[None]) -> None:
        try:
            await self._do(work)
        finally:
            self._set_busy(busy=False)

    async def _do(self, work: Awaitable[None]) -> None:
        try:
            await work
        except _TooLargeError:
            self.problem.emit(TOO_LARGE)
        except OSError:
            self.problem.emit(UNREADABLE)
        except RequestRefused as error:
            self.problem.emit(str(error))
        except SyncError:
            self.problem.emit(OFFLINE)

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.busy_changed.emit(busy)


def _file(row: DraftFileRow) -> DraftFile:
    file = Attachment(row.file_id, ArticleId(""), row.name, row.media_type, row.size, row.digest)
    return DraftFile(file, FileChange(row.change))


class _TooLargeError(Exception):
    """More than the server takes."""


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(SIZE_MAX + 1)
    if len(content) > SIZE_MAX:
        raise _TooLargeError
    return content
