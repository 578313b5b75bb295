"""One engine process seen from the desk: its pipes, each with a thread (step ②).

Threads rather than asyncio's subprocess support, because that needs a loop of its own kind and the
desk runs on Qt's. Starting the program happens in a thread too: the window never waits for it.
"""

from __future__ import annotations

import logging
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence

from sip.codec import MAX_LINE_BYTES, CodecError, decode_event, encode
from sip.messages import Command, Event, Ping, Pong

_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows only

_log = logging.getLogger(__name__)


class EngineProcess:
    """Runs ``command`` once. ``on_event`` and ``on_exit`` are called in a reader thread, in order.

    ``on_exit`` gets the reason in words and is always the last call, also if nothing could be
    started.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        on_event: Callable[[Event], None],
        on_exit: Callable[[str], None],
    ) -> None:
        self._command = command
        self._on_event = on_event
        self._on_exit = on_exit
        self._outgoing: queue.SimpleQueue[Command | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._killed = False
        self._heard_at = time.monotonic()
        self._unanswered_since: float | None = None
        self._thread = threading.Thread(target=self._run, name="engine-events", daemon=True)

    @property
    def silent_s(self) -> float:
        """How long the oldest Ping has been waiting for its Pong, in seconds."""
        since = self._unanswered_since
        return 0.0 if since is None else time.monotonic() - since

    @property
    def heard_s(self) -> float:
        """How long ago it said anything, in seconds."""
        return time.monotonic() - self._heard_at

    def start(self) -> None:
        self._thread.start()

    def send(self, command: Command) -> None:
        """Queue ``command``; never waits. Any thread."""
        if isinstance(command, Ping) and self._unanswered_since is None:
            self._unanswered_since = time.monotonic()
        self._outgoing.put(command)

    def close_pipe(self) -> None:
        """Close the command pipe after what was sent: the engine then ends by itself."""
        self._outgoing.put(None)

    def kill(self) -> None:
        """End the process at once."""
        with self._lock:
            self._killed = True
            if self._child is not None:
                self._child.kill()
        self._outgoing.put(None)

    # --- threads ---------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            child = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                creationflags=_NO_WINDOW,
            )
        except OSError as problem:
            self._on_exit(f"the engine cannot be started: {problem}")
            return
        with self._lock:
            self._child = child
            if self._killed:
                child.kill()
        for target in (self._write, self._log_errors):
            threading.Thread(
                target=target, args=(child,), name=f"engine{target.__name__}", daemon=True
            ).start()
        self._read(child)
        self._on_exit(_describe(child.wait()))
        self._outgoing.put(None)

    def _read(self, child: subprocess.Popen[bytes]) -> None:
        assert child.stdout is not None
        with open(child.stdout.fileno(), "rb", closefd=False) as pipe:
            while line := pipe.readline(MAX_LINE_BYTES + 1):
                try:
                    event = decode_event(line)
                except CodecError as problem:
                    _log.warning("a line from the engine was refused: %s", problem)
                    continue
                self._heard_at = time.monotonic()
                if isinstance(event, Pong):
                    self._unanswered_since = None
                else:
                    self._on_event(event)
        child.stdout.close()

    def _write(self, child: subprocess.Popen[bytes]) -> None:
        assert child.stdin is not None
        try:
            while (command := self._outgoing.get()) is not None:
                child.stdin.write(encode(command))
        except (OSError, CodecError) as problem:
            _log.info("the engine takes no commands any more: %s", problem)
        finally:
            child.stdin.close()

    def _log_errors(self, child: subprocess.Popen[bytes]) -> None:
        assert child.stderr is not None
        for line in child.stderr:
            # May hold numbers and names: never above DEBUG.
            _log.debug("engine: %s", line.decode("utf-8", "replace").rstrip())
        child.stderr.close()


def engine_command() -> tuple[str, ...]:
    """Return how to start the engine with the running Python."""
    return (sys.executable, "-P", "-m", "sip.engine")


def _describe(code: int) -> str:
    if code == 0:
        return "the engine has ended"
    if code < 0:
        try:
            return f"the engine was ended by {signal.Signals(-code).name}"
        except ValueError:
            return f"the engine was ended by signal {-code}"
    return f"the engine ended with code {code}"
