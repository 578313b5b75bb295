from __future__ import annotations

import asyncio
import gc
import inspect
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from agent_app.runtime.tasks import Tasks


def run(story: Callable[[], Awaitable[None]]) -> list[dict[str, Any]]:
    """Run a story; what reached the loop's own handler."""
    told: list[dict[str, Any]] = []

    async def work() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))
        await story()

    asyncio.run(work())
    return told


async def forever() -> None:
    await asyncio.Event().wait()


async def fail() -> None:
    raise ZeroDivisionError


def test_without_a_loop_work_is_refused_and_leaves_no_warning_behind() -> None:
    work = fail()
    with pytest.raises(RuntimeError, match="no running event loop"):
        Tasks().spawn(work)
    assert inspect.getcoroutinestate(work) == inspect.CORO_CLOSED


def test_a_task_that_nobody_keeps_runs_to_its_end() -> None:
    ended: list[bool] = []

    async def story() -> None:
        tasks, reached = Tasks(), asyncio.Event()

        async def work() -> None:
            waiting = asyncio.get_running_loop().create_future()
            asyncio.get_running_loop().call_later(0.01, waiting.set_result, None)
            await waiting
            ended.append(True)
            reached.set()

        tasks.spawn(work())
        gc.collect()
        await asyncio.wait_for(reached.wait(), 10)
        await asyncio.sleep(0)
        assert len(tasks) == 0

    assert run(story) == []
    assert ended == [True]


def test_an_unexpected_exception_reaches_one_handler() -> None:
    errors: list[BaseException] = []

    async def story() -> None:
        tasks = Tasks(on_error=errors.append)
        await asyncio.wait([tasks.spawn(fail())])

    assert run(story) == []
    assert [type(error) for error in errors] == [ZeroDivisionError]


def test_without_a_handler_the_loops_own_hears_of_it() -> None:
    async def story() -> None:
        await asyncio.wait([Tasks().spawn(fail())])

    (context,) = run(story)
    assert isinstance(context["exception"], ZeroDivisionError)


def test_the_end_cancels_everything_even_what_ending_tasks_start() -> None:
    started: list[str] = []

    async def story() -> None:
        tasks = Tasks()

        async def stubborn() -> None:
            try:
                await forever()
            finally:
                tasks.spawn(late())

        async def late() -> None:
            started.append("late")
            await forever()

        tasks.spawn(stubborn())
        tasks.spawn(forever())
        await asyncio.sleep(0)
        await asyncio.wait_for(tasks.cancel_all(), 10)
        assert len(tasks) == 0

    assert run(story) == []


def test_a_task_may_end_all_the_others() -> None:
    async def story() -> None:
        tasks = Tasks()
        other = tasks.spawn(forever())
        ending = tasks.spawn(tasks.cancel_all())
        await asyncio.wait_for(ending, 10)
        assert other.cancelled()

    assert run(story) == []
