"""The practice centre's own server: a child process on loopback that never outlives the desk.

The child reads its standard input and ends when that closes. We hold the other end, so however
the desk ends, by kill -9 too, the kernel closes it.
"""

from __future__ import annotations

import asyncio
import json
import os
import queue
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from agent_app.runtime.errors import ServerStartError

T = TypeVar("T")
_LINE_BYTES = 64 * 1024
_TAIL_BYTES = 4 * 1024


class EmbeddedServer:
    """One child that says where it listens by one line of JSON, ``{"listening": "http://…"}``.

    Use it in the event loop's thread, only blocking work runs in a thread of its own. After it
    ended it can be started again.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        log_file: Path,
        environment: Mapping[str, str] | None = None,
        ready_limit_s: float = 60.0,
    ) -> None:
        """``command`` in full; ``environment`` is added to ours; stderr goes to ``log_file``."""
        self._command = list(command)
        self._log_file = log_file
        self._environment = dict(environment or {})
        self._ready_limit_s = ready_limit_s
        self._process: subprocess.Popen[bytes] | None = None
        self._executor = ThreadPoolExecutor(2, thread_name_prefix="embedded-server")

    @property
    def pid(self) -> int | None:
        """The child's process id while it runs."""
        running = self._process is not None and self._process.poll() is None
        return self._process.pid if running and self._process else None

    async def start(self) -> str:
        """Start the child; its address once it listens. Raises ServerStartError in plain words."""
        assert self.pid is None, "it runs already"
        try:
            return await self._blocking(self._start)
        except asyncio.CancelledError:
            self.kill()
            raise

    async def stop(self, *, limit_s: float = 10.0) -> int | None:
        """Let it end by itself, kill it after ``limit_s``; the exit code, None if never started."""
        process = self._process
        if process is None:
            return None
        if process.stdin is not None:
            process.stdin.close()
        try:
            return await self._blocking(lambda: process.wait(limit_s))
        except subprocess.TimeoutExpired:
            self.kill()
            return await self.wait()

    def kill(self) -> None:
        """End it at once, as if the machine had (SIGKILL)."""
        if self._process is not None:
            self._process.kill()

    async def wait(self) -> int:
        """The exit code, once it ended; negative for a signal."""
        process = self._process
        assert process is not None, "it was never started"
        code = await self._blocking(process.wait)
        if process.stdin is not None:
            process.stdin.close()
        return code

    def close(self) -> None:
        """After ``stop``: give the threads back."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    async def _blocking(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)

    def _start(self) -> str:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()  # of a child that ended without being told to
        try:
            with self._log_file.open("ab") as log:
                process = subprocess.Popen(
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    env={**os.environ, **self._environment},
                    # Ctrl-C in the terminal is for the desk, which then ends the child in order.
                    start_new_session=os.name == "posix",
                )
        except OSError as error:
            words = f"the server cannot be started: {error.strerror or error}"
            raise ServerStartError(words) from error
        self._process = process
        first: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=_read, args=(process, first), daemon=True).start()
        try:
            line = first.get(timeout=self._ready_limit_s)
        except queue.Empty:
            self._end(process)
            words = f"the server said nothing within {self._ready_limit_s:g} s"
            raise ServerStartError(words) from None
        address = _address(line)
        if address is None:
            code = process.poll()
            self._end(process)
            raise ServerStartError(self._failure(code))
        return address

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a child that did not come up, and close both pipes to it."""
        process.kill()
        process.wait()
        if process.stdin is not None:
            process.stdin.close()

    def _failure(self, code: int | None) -> str:
        last = _last_line(self._log_file)
        what = "did not say where it listens" if code is None else f"ended with code {code}"
        return f"the server {what}: {last or 'its log is empty'} ({self._log_file})"


def _read(process: subprocess.Popen[bytes], first: queue.SimpleQueue[bytes]) -> None:
    """In its own thread: hand over the first line, then read on, lest the child's pipe fill."""
    assert process.stdout is not None
    with process.stdout as stdout:
        line = stdout.readline(_LINE_BYTES)
        if not line:
            process.wait()  # its exit code is part of what is told
        first.put(line)
        while stdout.readline(_LINE_BYTES):
            pass


def _address(line: bytes) -> str | None:
    try:
        address = json.loads(line)["listening"]
    except (ValueError, KeyError, TypeError):
        return None
    return address if isinstance(address, str) and address else None


def _last_line(file: Path) -> str:
    try:
        text = file.read_bytes()[-_TAIL_BYTES:].decode("utf-8", "replace").strip()
    except OSError:
        return ""
    return text.rpartition("\n")[2][:300]
