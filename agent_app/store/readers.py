"""A few threads that only read, so that a look-up never waits for a page being written (step ④)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from agent_app.store.database import in_thread
from agent_app.store.errors import StoreClosedError

T = TypeVar("T")


class Readers:
    """Each thread keeps its own connection to each file (see ``Database.reading``)."""

    def __init__(self, threads: int = 3) -> None:
        self._executor = ThreadPoolExecutor(threads, "store-reader")

    async def run(self, job: Callable[[], T]) -> T:
        return await in_thread(self._executor, job)

    def start(self, job: Callable[[], T]) -> Awaitable[T]:
        """As ``run``, but a thread has the job already when this returns."""
        loop = asyncio.get_running_loop()
        try:
            return loop.run_in_executor(self._executor, job)
        except RuntimeError:
            closed: asyncio.Future[T] = loop.create_future()
            closed.set_exception(StoreClosedError())
            return closed

    def close(self) -> None:
        """Waits for the questions under way; call it off the event loop's thread."""
        self._executor.shutdown(wait=True)
