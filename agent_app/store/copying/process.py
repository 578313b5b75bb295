"""The desk's side of the process that copies (step ⑧). Implements ``sync.ports.WholeCopy``.

Threads rather than asyncio's subprocesses, because those need a loop of their own kind and the
desk runs on Qt's. Everything of one run happens in one thread: start, order, listen, end.
"""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from agent_app.store.copying.fresh_file import discard
from agent_app.store.copying.talk import (
    Order,
    Outcome,
    TalkError,
    Task,
    TokenWanted,
    decode_said,
    encode_order,
    encode_token,
)
from agent_app.store.database import Database, FileSettings, FileState
from agent_app.store.errors import CopyError, from_system
from agent_app.store.replica import Replica
from sync.copying import Compared, CopyProgress
from sync.ports import Tokens

_log = logging.getLogger(__name__)
_FLAGS = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(
    subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0
)
"""Windows only; elsewhere the process makes itself nice."""

FRESH_NAME = "cache.new.db"
COMPARE_EVERY = timedelta(days=1)
_TAIL = 500


def copying_command() -> tuple[str, ...]:
    """How to start it with the running Python."""
    return (sys.executable, "-P", "-m", "agent_app.store.copying")


class CentreCopy:
    """In the event loop's thread. One run at a time; the next waits for the one before."""

    def __init__(
        self,
        *,
        cache: Path,
        key: bytes,
        replica: Replica,
        address: str,
        now: Callable[[], datetime],
        command: Sequence[str] | None = None,
        page_rows: int = 5_000,
    ) -> None:
        """``cache`` is the file in use; ``key`` stays out of every repr and command line."""
        self._cache = cache.absolute()
        self._fresh = self._cache.with_name(FRESH_NAME)
        self._key = key
        self._replica = replica
        self._address = address
        self._now = now
        self._command = tuple(command or copying_command())
        self._page_rows = page_rows
        self._turn = asyncio.Lock()
        self._executor = ThreadPoolExecutor(1, "store-copy")

    @property
    def begun(self) -> bool:
        """An earlier fetch did not get to its end; the next one goes on from there."""
        return self._fresh.exists()

    async def fetch(self, *, tokens: Tokens, on_progress: Callable[[CopyProgress], None]) -> None:
        """Fetch everything beside the copy in use, then exchange the two.

        Cancelling ends the process; what it wrote stays for the next run. Raises SyncError,
        StoreError, MalformedPageError.
        """
        async with self._turn:
            await self._run(Task.FETCH, self._fresh, tokens, on_progress)
            await asyncio.get_running_loop().run_in_executor(self._executor, self._check_fresh)
            await self._replica.exchange(self._fresh)

    async def compare(self, *, tokens: Tokens) -> Compared:
        """Is the copy in use the same as the server's data? Raises SyncError and StoreError."""
        async with self._turn:
            outcome = await self._run(Task.COMPARE, self._cache, tokens, lambda _: None)
            if outcome.compared is Compared.SAME:
                await self._replica.remember_compared(self._now())
            elif outcome.compared is Compared.DIFFERENT:
                _log.error("the copy differs from the server in %s", ", ".join(outcome.tables))
            return outcome.compared

    async def compared_lately(self) -> bool:
        """Whether it was found the same within a day; a clock that was set back says no."""
        last = await self._replica.compared_at()
        return last is not None and timedelta(0) <= self._now() - last < COMPARE_EVERY

    async def discard(self) -> None:
        """Forget what was fetched of a new copy."""
        async with self._turn:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._executor, lambda: discard(self._fresh))

    def close(self) -> None:
        """After the last run was awaited or cancelled."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    async def _run(
        self, task: Task, file: Path, tokens: Tokens, on_progress: Callable[[CopyProgress], None]
    ) -> Outcome:
        order = Order(task, self._address, str(file), self._key.hex(), self._page_rows)
        loop = asyncio.get_running_loop()
        wanted = True

        def tell(progress: CopyProgress) -> None:
            if wanted:
                on_progress(progress)

        run = _Run(
            self._command, order, tokens, lambda progress: _post(loop, lambda: tell(progress))
        )
        ended = loop.run_in_executor(self._executor, run.to_its_end)
        try:
            return await asyncio.shield(ended)
        except asyncio.CancelledError:
            run.kill()
            ended.add_done_callback(lambda future: future.cancelled() or future.exception())
            raise
        finally:
            wanted = False

    def _check_fresh(self) -> None:
        """Nothing but a readable file may take the copy's place."""
        settings = FileSettings(durable=False)
        state = Database(self._fresh, key=self._key, settings=settings).state(thorough=False)
        if state is not FileState.READABLE:
            discard(self._fresh)
            raise CopyError("The new copy of the centre's data could not be read.")


class _Run:
    """One process, from its start to its end, in one thread."""

    def __init__(
        self,
        command: Sequence[str],
        order: Order,
        tokens: Tokens,
        on_progress: Callable[[CopyProgress], None],
    ) -> None:
        self._command = command
        self._order = order
        self._tokens = tokens
        self._on_progress = on_progress
        self._lock = threading.Lock()
        self._killed = False
        self._child: subprocess.Popen[bytes] | None = None

    def kill(self) -> None:
        """Any thread."""
        with self._lock:
            self._killed = True
            if self._child is not None:
                self._child.kill()

    def to_its_end(self) -> Outcome:
        """Raises what the process failed with, what ``tokens`` raises, CopyError."""
        try:
            child = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                creationflags=_FLAGS,
            )
        except OSError as error:
            raise from_system(error, Path(self._command[0])) from error
        with self._lock:
            self._child = child
            if self._killed:
                child.kill()
        with child:
            try:
                return self._listen(child)
            finally:
                child.kill()  # whatever ended our listening: it has nobody to work for

    def _listen(self, child: subprocess.Popen[bytes]) -> Outcome:
        assert child.stdin is not None
        assert child.stdout is not None
        said: object = None
        with suppress(BrokenPipeError):  # it died; the end of its output says so below
            child.stdin.write(encode_order(self._order))
            with open(child.stdout.fileno(), "rb", closefd=False) as lines:
                for line in lines:
                    said = _decoded(line)
                    match said:
                        case TokenWanted(refused):
                            child.stdin.write(encode_token(self._tokens(refused)))
                        case CopyProgress():
                            self._on_progress(said)
                        case Outcome():
                            return said
                        case Exception():
                            raise said
        if self._killed:
            raise CopyError("The process that copies was stopped.")
        raise CopyError(_how_it_ended(child))


def _decoded(line: bytes) -> object:
    try:
        return decode_said(line)
    except TalkError as error:
        raise CopyError("The process that copies said something strange.") from error


def _how_it_ended(child: subprocess.Popen[bytes]) -> str:
    assert child.stderr is not None
    complaint = child.stderr.read().decode("utf-8", "replace")
    _log.error("the process that copies ended with %s", child.wait())
    _log.debug("it said: %s", complaint[-_TAIL:])  # may hold what no log above DEBUG may
    return "The process that copies the centre's data ended before its time."


def _post(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    with suppress(RuntimeError):  # the loop is closed: nobody wants to know
        loop.call_soon_threadsafe(call)
