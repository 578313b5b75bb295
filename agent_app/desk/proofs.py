"""What a draft looks like to agents, and what it says otherwise than the version in force (⑥)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from agent_app.domain import markdown
from agent_app.domain.knowledge import Article, Reading
from agent_app.domain.versions import PartDifference, compare
from agent_app.runtime.tasks import Tasks

T = TypeVar("T")


class Worker(Protocol):
    """Does work beside the window's thread: a long answer takes longer than a frame."""

    def __call__(self, work: Callable[[], T], /) -> Awaitable[T]: ...


class Proofs(QObject):
    """GUI thread; of several questions only the newest is answered.

    Signals:
        read: Reading, the words as agents would read them.
        compared: tuple of PartDifference; empty where nothing differs.
    """

    read = Signal(object)
    compared = Signal(object)

    def __init__(
        self, *, tasks: Tasks, worker: Worker = asyncio.to_thread, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._worker = worker
        self._asked = 0

    def ask_reading(self, article: Article) -> None:
        self._asked += 1
        self._tasks.spawn(self._read(article, self._asked))

    def ask_difference(self, before: Article, now: Article) -> None:
        self._asked += 1
        self._tasks.spawn(self._compare(before, now, self._asked))

    async def _read(self, article: Article, mine: int) -> None:
        html = await self._worker(lambda: markdown.html(article.answer))
        if mine == self._asked:
            self.read.emit(Reading(article, html))

    async def _compare(self, before: Article, now: Article, mine: int) -> None:
        parts: tuple[PartDifference, ...] = await self._worker(lambda: compare(before, now))
        if mine == self._asked:
            self.compared.emit(parts)
