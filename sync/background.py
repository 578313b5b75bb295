"""Tasks that nobody awaits: what they raise must be heard of all the same."""

from __future__ import annotations

import asyncio


def tell_bug(task: asyncio.Task[None]) -> None:
    """A done callback. These tasks end by being cancelled or with their work; the rest is a bug."""
    if not task.cancelled() and (error := task.exception()) is not None:
        context = {"message": "synchronising stopped", "exception": error, "task": task}
        task.get_loop().call_exception_handler(context)
