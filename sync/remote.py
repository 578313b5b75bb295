"""The server as coroutines: blocking requests in threads of our own, results as awaited values."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sync.api import ServerApi
from sync.auth import Auth
from sync.errors import Unreachable
from sync.ports import Place
from sync.pushed import PushedPages
from sync.wire import ChangePage, Operation, OperationResult

T = TypeVar("T")


class Remote:
    """Signed requests from the event loop's thread; works under asyncio and qasync alike.

    A cancelled await leaves its thread to its own time limits; what it brings is dropped. The pool
    has room for a page ahead, a push, a sign-in and one such straggler. Who asks small questions
    shares one; replication, live calls, and whatever moves files have pools of their own, so that
    neither waits for the others.
    """

    def __init__(self, *, api: ServerApi, auth: Auth, page_rows: int = 500) -> None:
        self._api = api
        self._auth = auth
        self._page_rows = page_rows
        self.pushed = PushedPages()
        self._executor = ThreadPoolExecutor(4, thread_name_prefix="sync")
        self._closed = False

    async def changes(self, place: Place) -> ChangePage:
        """The page that leads on from a place: the one that was brought, or it is asked for."""
        brought = self.pushed.take(place)
        if brought is not None:
            return brought
        page = await self.signed(
            lambda token: self._api.changes(place.cursor, self._page_rows, token, scope=place.scope)
        )
        self.pushed.reached(page.next_cursor)
        return page

    async def operations(self, operations: Sequence[Operation]) -> tuple[OperationResult, ...]:
        return await self.signed(lambda token: self._api.operations(operations, token))

    async def read(self, path: str, *, patience_s: float = 0.0) -> bytes:
        """What is there; ``path`` stands behind the wire's prefix. For ``patience_s`` see HTTP."""
        return await self.signed(lambda token: self._api.read(path, token, patience_s=patience_s))

    async def ask(self, path: str, content: Mapping[str, object]) -> bytes:
        """The answer to something that is posted."""
        return await self.signed(lambda token: self._api.ask(path, content, token))

    async def signed(self, request: Callable[[str], T]) -> T:
        return await self.blocking(lambda: self._auth.call(request))

    async def blocking(self, work: Callable[[], T]) -> T:
        if self._closed:
            raise Unreachable("this seat is closing")
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)

    def close(self) -> None:
        """What is asked afterwards raises Unreachable."""
        if not self._closed:
            self._closed = True
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._api.close()
