"""The desk's event loop, from its first step to the end of the process.

Qt runs the show and asyncio runs inside it (qasync). The end is deliberate: everything is closed
and flushed by our own code, then the process leaves without Python's tear-down, which aborted in
PySide6 6.12 with qasync 0.28 in a five-line program (a reference count).
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from types import FrameType
from typing import Any, NoReturn

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier

from agent_app.runtime.garbage import GarbageInWindowThread
from agent_app.runtime.soon import DeskEventLoop

THREADS = 4
"""For the odd blocking call (``asyncio.to_thread``); store, search and sync have their own."""

LoopErrorHandler = Callable[[asyncio.AbstractEventLoop, dict[str, Any]], None]


def run_desk(
    application: QCoreApplication,
    main: Callable[[asyncio.Event], Coroutine[Any, Any, int]],
    *,
    on_error: LoopErrorHandler | None = None,
) -> int:
    """Run ``main`` under Qt and return its exit code; call ``leave`` with it.

    ``main`` gets an event that is set when the process shall end (a signal, or whoever else sets
    it); it closes everything it opened before it returns. A second signal ends the process at once.
    """
    loop = DeskEventLoop(application)
    loop.set_exception_handler(on_error)
    # qasync's own pool is of QThreads, which abort the process if one is busy when it is collected.
    threads = ThreadPoolExecutor(THREADS, "desk")
    loop.set_default_executor(threads)
    asyncio.set_event_loop(loop)
    stop = asyncio.Event()
    garbage = GarbageInWindowThread()
    signals = StopSignals(stop.set)
    signals.install()
    task = loop.create_task(main(stop))
    task.add_done_callback(lambda _: loop.stop())
    try:
        while not task.done():
            loop.run_forever()
            stop.set()  # Qt itself was told to quit (the desktop session ends): close all the same
    finally:
        signals.remove()
        threads.shutdown(wait=False, cancel_futures=True)
        asyncio.set_event_loop(None)
        loop.close()
        garbage.stop()
    code: int = task.result()
    return code


def leave(code: int) -> NoReturn:
    """End the process now; nothing but buffers is left to be flushed."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            try:
                stream.flush()
            except (OSError, ValueError):
                continue  # the reader is gone, and so are we
    os._exit(code)


class StopSignals(QObject):
    """Ctrl-C, kill and a closed terminal, heard while Qt's C++ loop is asleep.

    Python runs its handlers only between byte codes. The C handler writes the signal's number into
    a socket, the socket wakes Qt, Qt calls us, and there Python is.
    """

    def __init__(self, on_stop: Callable[[], None]) -> None:
        super().__init__()
        self._on_stop = on_stop
        self._asked = False
        self._reading, self._writing = socket.socketpair()
        self._reading.setblocking(False)
        self._writing.setblocking(False)
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._drain)
        self._before: dict[signal.Signals, Any] = {}

    def install(self) -> None:
        """In the main thread only (a rule of Python's)."""
        for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
            number = getattr(signal, name, None)  # Windows has no SIGHUP, others no SIGBREAK
            # What nohup or a shell told us to ignore stays ignored.
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._heard)
        signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)

    def remove(self) -> None:
        """As it was before, so that a second loop in one process (tests) starts clean."""
        signal.set_wakeup_fd(-1)
        for number, before in self._before.items():
            signal.signal(number, before)
        self._before.clear()
        self._notifier.setEnabled(False)
        self._reading.close()
        self._writing.close()

    def _drain(self) -> None:
        """Runs in Qt's loop; Python has called ``_heard`` by the time it returns."""
        try:
            while self._reading.recv(64):
                pass
        except BlockingIOError:
            return

    def _heard(self, number: int, frame: FrameType | None) -> None:
        if self._asked:
            leave(128 + number)
        self._asked = True
        self._on_stop()
