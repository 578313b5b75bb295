"""Running a story of the desk in an event loop, with every spawned task accounted for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from agent_app.runtime.tasks import Tasks


async def settle() -> None:
    """Let every task that can go on go on, until nothing more happens by itself."""
    for _ in range(50):
        await asyncio.sleep(0)


def run_with_tasks(story: Callable[[Tasks], Awaitable[None]]) -> None:
    """Run a story; an exception in any task it spawned fails the test."""

    async def main() -> None:
        errors: list[BaseException] = []
        tasks = Tasks(on_error=errors.append)
        await story(tasks)
        await settle()
        await tasks.cancel_all()
        assert not errors

    asyncio.run(main())
