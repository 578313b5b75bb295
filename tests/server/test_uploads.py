"""A file has all the time that its line takes; a sender that is silent is given up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import cast

import pytest
from fastapi import Request

from server.errors import ApiError
from server.uploads import PATIENCE_S, receive, receive_whole

PIECE = b"x" * 1000
LARGE = 1_000_000
Read = Callable[[Request], Coroutine[object, object, int]]


class Timed(asyncio.SelectorEventLoop):
    """Time passes when a test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.now_s = 0.0

    def time(self) -> float:
        return self.now_s


class Line:
    """What a request is to an upload: pieces, each some seconds after the one before."""

    def __init__(self, loop: Timed, pieces: int, every_s: float) -> None:
        self.headers: dict[str, str] = {}
        self._loop = loop
        self._pieces = pieces
        self._every_s = every_s

    async def stream(self) -> AsyncIterator[bytes]:
        for _ in range(self._pieces):
            self._loop.now_s += self._every_s
            for _ in range(3):  # timers are looked at
                await asyncio.sleep(0)
            yield PIECE


@pytest.fixture(params=["kept in a file", "read whole"])
def read(request: pytest.FixtureRequest, tmp_path: Path) -> Read:
    async def kept(given: Request) -> int:
        return await receive(given, tmp_path / "uploads" / "one", most_bytes=LARGE)

    async def whole(given: Request) -> int:
        return len(await receive_whole(given, most_bytes=LARGE))

    return kept if request.param == "kept in a file" else whole


def over(read: Read, *, pieces: int, every_s: float, declared: str = "") -> int:
    loop = Timed()
    try:
        line = Line(loop, pieces, every_s)
        line.headers = {"content-length": declared} if declared else {}
        return loop.run_until_complete(read(cast("Request", line)))
    finally:
        loop.close()


def test_a_slow_line_has_the_time_that_it_takes(read: Read) -> None:
    assert over(read, pieces=200, every_s=PATIENCE_S / 2) == 200_000


def test_a_silent_sender_is_given_up(read: Read, tmp_path: Path) -> None:
    with pytest.raises(ApiError) as raised:
        over(read, pieces=3, every_s=PATIENCE_S + 1)
    assert raised.value.status == 408
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("declared", ["", "1000001"])
def test_too_much_is_refused_as_soon_as_it_is_known(read: Read, declared: str) -> None:
    with pytest.raises(ApiError) as raised:
        over(read, pieces=2 if declared else 1001, every_s=0, declared=declared)
    assert raised.value.status == 413
