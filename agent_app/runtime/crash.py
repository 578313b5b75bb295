"""A bug leaves a file that can be sent on, and the agent is told; the call goes on if it can.

The file holds version, place and stack. It does not hold the exception's message: ``ValueError``
quotes the value, and the value may be somebody's number.
"""

from __future__ import annotations

import asyncio
import faulthandler
import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from agent_app.runtime.clock import Clock

_log = logging.getLogger(__name__)

KEPT = 20
"""Crash files kept; a fault that repeats must not fill the disk."""


@dataclass(frozen=True, slots=True)
class Crash:
    """``kind`` is the exception's class, ``file`` None when the disk refused it."""

    kind: str
    at: datetime
    file: Path | None


class CrashHandler:
    """Owns the process's exception hooks from ``install`` on.

    ``on_crash`` may be called in any thread: a screen must hand it over to its own.
    """

    def __init__(
        self, folder: Path, *, version: str, clock: Clock, on_crash: Callable[[Crash], None]
    ) -> None:
        self._folder = folder
        self._version = version
        self._clock = clock
        self._on_crash = on_crash
        self._lock = threading.Lock()
        self._count = 0
        self._faults: TextIO | None = None

    def install(self) -> None:
        """Hook exceptions of the main thread and of others, and let C faults leave their stack."""
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_thread
        # Kept open all the time: a fault cannot open files any more.
        self._faults = (self._folder / "fault.txt").open("a", encoding="utf-8")
        faulthandler.enable(self._faults)

    def remove(self) -> None:
        """Undo ``install``; a desk has no need of it, a process with several lives has."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        faulthandler.disable()
        if self._faults is not None:
            self._faults.close()
            self._faults = None

    def handle_loop(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """For ``loop.set_exception_handler``."""
        error = context.get("exception")
        if isinstance(error, BaseException):
            self.report(error)
        else:
            _log.error("the event loop complains: %s", context.get("message", ""))

    def report(self, error: BaseException) -> Crash:
        """Write the crash file and tell; never raises."""
        with self._lock:
            self._count += 1
            count = self._count
        now = self._clock.now()
        kind = type(error).__name__
        file: Path | None = self._folder / f"crash-{now:%Y%m%dT%H%M%S}-{count}.txt"
        try:
            assert file is not None
            file.write_text(self._describe(error, now), encoding="utf-8")
            self._drop_old()
        except OSError as failure:
            _log.error("no crash file could be written: %s", failure.strerror)
            file = None
        _log.critical("%s, see %s", kind, file.name if file else "nothing")
        crash = Crash(kind, now, file)
        self._on_crash(crash)
        return crash

    def _describe(self, error: BaseException, now: datetime) -> str:
        lines = [
            f"zuoxi {self._version}, Python {platform.python_version()}, {platform.platform()}",
            f"{now.isoformat()} in thread {threading.current_thread().name}",
        ]
        seen: set[int] = set()
        current: BaseException | None = error
        while current is not None and id(current) not in seen:
            seen.add(id(current))
            number = f" {current.errno}" if isinstance(current, OSError) else ""
            lines += ["", f"{type(current).__module__}.{type(current).__qualname__}{number}"]
            lines += [line.rstrip() for line in traceback.format_tb(current.__traceback__)]
            current = current.__cause__ or current.__context__
        return "\n".join(lines) + "\n"

    def _drop_old(self) -> None:
        files = sorted(self._folder.glob("crash-*.txt"), key=lambda path: path.stat().st_mtime)
        for old in files[:-KEPT]:
            old.unlink(missing_ok=True)

    def _on_uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self.report(error)

    def _on_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self.report(arguments.exc_value)
