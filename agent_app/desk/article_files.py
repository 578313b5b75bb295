"""Files of an article, brought and taken away by editors; only with the server (step ⑥)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.domain.ids import ArticleId
from agent_app.runtime.tasks import Tasks
from sync.errors import RequestRefused, SyncError

SIZE_MAX = 20 * 1024 * 1024
"""Bytes, as the server has it (docs/wire.md)."""
OFFLINE, TOO_LARGE, UNREADABLE = "offline", "too-large", "unreadable"


class FileServer(Protocol):
    """The server; both raise SyncError."""

    async def add_file(self, article_id: str, name: str, content: bytes) -> None: ...

    async def remove_file(self, attachment_id: str) -> None: ...


class ArticleFiles(QObject):
    """GUI thread. What is done is seen when the feed brings it.

    Signals:
        busy_changed: bool.
        problem: str; OFFLINE, TOO_LARGE, UNREADABLE, or the server's words.
        done: it is with the server.
    """

    busy_changed = Signal(bool)
    problem = Signal(str)
    done = Signal()

    def __init__(self, *, server: FileServer, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = server
        self._tasks = tasks
        self._busy = False

    @property
    def busy(self) -> bool:
        return self._busy

    def add(self, article_id: ArticleId, path: Path) -> None:
        """Read the file beside the window's thread and send it."""
        self._begin(self._add(article_id, path))

    def remove(self, attachment_id: str) -> None:
        self._begin(self._server.remove_file(attachment_id))

    def _begin(self, work: Awaitable[None]) -> None:
        self._set_busy(busy=True)
        self._tasks.spawn(self._do(work))

    async def _add(self, article_id: ArticleId, path: Path) -> None:
        content = await asyncio.to_thread(_read, path)
        await self._server.add_file(article_id, path.name, content)

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
        else:
            self.done.emit()
        finally:
            self._set_busy(busy=False)

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.busy_changed.emit(busy)


class _TooLargeError(Exception):
    """More than the server takes."""


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(SIZE_MAX + 1)
    if len(content) > SIZE_MAX:
        raise _TooLargeError
    return content
