"""Work started and not waited for, which must neither vanish nor fail in silence.

The event loop holds tasks weakly: one that nobody keeps may be collected half way. And a task that
nobody awaits takes its exception with it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine


class Tasks:
    """Keeps tasks alive until they end. Use it in the event loop's thread."""

    def __init__(self, *, on_error: Callable[[BaseException], None] | None = None) -> None:
        """``on_error`` gets what no task should raise; by default the loop's own handler does."""
        self._on_error = on_error
        self._running: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._running)

    def spawn(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        """Start ``work`` now. Await the task only if you also handle what it raises."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # a timer fired after the loop's end: that is the fault to be told
            work.close()
            raise
        task = loop.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    async def cancel_all(self) -> None:
        """End everything, also what ending tasks start; returns when nothing runs any more.

        A task that calls this itself is spared.
        """
        while running := self._running - {asyncio.current_task()}:
            for task in running:
                task.cancel()
            await asyncio.wait(running)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        if self._on_error is not None:
            self._on_error(error)
            return
        context = {"message": "a task of the desk failed", "exception": error, "task": task}
        task.get_loop().call_exception_handler(context)
