"""Hear at once that the server has something new, instead of asking (the way back of step ⑨).

The stream only ever wakes a pull; if it is lost or silent the seat polls, and nothing is missed
but time.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import assert_never

from sync.api import ServerApi
from sync.auth import Auth
from sync.backoff import BackOff
from sync.errors import SessionEnded, SyncError
from sync.eventstream import EventStream
from sync.news import Brought, Changed, News, SessionNews

_log = logging.getLogger(__name__)


class EventListener:
    """Keeps one event stream open, in a thread of its own.

    ``on_newest`` gets the server's newest sequence number, ``on_page`` a page that need not be
    asked for, ``on_session`` what became of this agent's sign-ins, ``on_listening`` whether a
    stream is open; all in the event loop's thread.
    """

    def __init__(
        self,
        *,
        api: ServerApi,
        auth: Auth,
        back_off: BackOff,
        on_newest: Callable[[int], None],
        on_page: Callable[[Brought], None],
        on_session: Callable[[SessionNews], None],
        on_listening: Callable[[bool], None],
    ) -> None:
        self._api = api
        self._auth = auth
        self._back_off = back_off
        self._on_newest = on_newest
        self._on_page = on_page
        self._on_session = on_session
        self._on_listening = on_listening
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="sync-events")
        self._lock = threading.Lock()
        self._stream: EventStream | None = None
        self._wanted = True

    async def run(self, may_connect: asyncio.Event) -> None:
        """Listen until cancelled; connects only while ``may_connect`` is set."""
        loop = asyncio.get_running_loop()
        while True:
            await may_connect.wait()
            try:
                await loop.run_in_executor(self._executor, self._listen, loop)
            except SessionEnded:
                return  # the next pull finds out the same and says so
            except SyncError as error:
                _log.info("no event stream: %s", error)
            finally:
                self._on_listening(False)
            await asyncio.sleep(self._back_off.next_s())

    def close(self) -> None:
        """End the stream and its thread. Call it before the task of ``run`` is cancelled."""
        with self._lock:
            self._wanted = False
            stream = self._stream
        if stream is not None:
            stream.close()
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _listen(self, loop: asyncio.AbstractEventLoop) -> None:
        self._auth.call(lambda token: self._read(token, loop))

    def _read(self, token: str, loop: asyncio.AbstractEventLoop) -> None:
        """In the worker thread: read one stream to its end."""
        with self._api.events(token) as stream:
            with self._lock:
                if not self._wanted:
                    return
                self._stream = stream
            try:
                loop.call_soon_threadsafe(self._opened)
                for news in stream:
                    loop.call_soon_threadsafe(self._tell, news)
            finally:
                with self._lock:
                    self._stream = None

    def _tell(self, news: News) -> None:
        match news:
            case Changed(newest):
                self._on_newest(newest)
            case Brought():
                self._on_page(news)
            case SessionNews():
                self._on_session(news)
            case _:
                assert_never(news)

    def _opened(self) -> None:
        self._back_off.reset()
        self._on_listening(True)
