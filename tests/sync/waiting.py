"""Waiting for a condition with a limit that only ever decides a failure."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

LIMIT_S = 20.0


async def until(condition: Callable[[], bool], *, limit_s: float = LIMIT_S) -> None:
    async with asyncio.timeout(limit_s):
        while not condition():  # noqa: ASYNC110 - what is awaited lives in other threads
            await asyncio.sleep(0.005)
