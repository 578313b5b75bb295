"""The engine's two pipes: commands come in on fd 0, events go out where fd 1 was (step ②).

A reader thread and a writer thread stand between the pipes and the thread that owns pjsip, which
must wait for neither. A desk that reads slowly costs level readings first; one that has stopped
reading, or has gone, ends the engine.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import threading
from collections import deque
from collections.abc import Callable

from sip.codec import MAX_LINE_BYTES, CodecError, decode_command, encode
from sip.messages import Command, CommandRefused, Event, LevelsMeasured, ShutDown

LEVELS_GO_FIRST = 200
"""From this many waiting events on, level readings are dropped."""
MOST_WAITING = 5_000

_log = logging.getLogger(__name__)


def claim_stdout() -> int:
    """Return a private descriptor of the event pipe and point fd 1 at stderr.

    C code in this process prints to fd 1 as it likes; that must not reach the protocol.
    """
    events = os.dup(1)
    os.dup2(2, 1)
    os.set_inheritable(events, False)
    return events


class CommandReader:
    """Reads commands from ``fd`` in its own thread into ``commands``; a closed pipe is ShutDown.

    ``on_command`` is called in that thread after each command was queued, ``on_end`` when the pipe
    was closed, after ShutDown was queued.
    """

    def __init__(
        self,
        *,
        fd: int,
        writer: EventWriter,
        on_command: Callable[[], None],
        on_end: Callable[[], None],
    ) -> None:
        self.commands: queue.SimpleQueue[Command] = queue.SimpleQueue()
        self._fd = fd
        self._writer = writer
        self._on_command = on_command
        self._on_end = on_end
        self._thread = threading.Thread(target=self._run, name="commands", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def _run(self) -> None:
        with open(self._fd, "rb", closefd=False) as pipe, contextlib.suppress(OSError):
            while line := pipe.readline(MAX_LINE_BYTES + 1):
                self._take(line)
        self.commands.put(ShutDown())
        self._on_command()
        self._on_end()

    def _take(self, line: bytes) -> None:
        try:
            self.commands.put(decode_command(line))
            self._on_command()
        except CodecError as problem:
            _log.warning("a line on the command pipe was refused: %s", problem)
            self._writer.send(CommandRefused(command="", line=None, reason=str(problem)))


class EventWriter:
    """Writes events to ``fd`` in its own thread; ``send`` never waits.

    ``broken`` is set when the desk cannot be told anything any more.
    """

    def __init__(self, *, fd: int) -> None:
        self.broken = threading.Event()
        self._fd = fd
        self._waiting: deque[Event] = deque()
        self._changed = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="events", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def send(self, event: Event) -> None:
        """Queue ``event``. Any thread."""
        with self._changed:
            if len(self._waiting) >= LEVELS_GO_FIRST and isinstance(event, LevelsMeasured):
                return
            if len(self._waiting) >= MOST_WAITING:
                self.broken.set()  # events with holes in them would be worse than none
                return
            self._waiting.append(event)
            self._changed.notify()

    def close(self, limit_s: float) -> None:
        """Write what waits, for at most ``limit_s`` seconds."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join(limit_s)

    def _run(self) -> None:
        while (batch := self._next()) is not None:
            try:
                self._write(b"".join(encode(event) for event in batch))
            except OSError:
                self.broken.set()
                return
            except CodecError:
                _log.exception("an event could not be written")

    def _next(self) -> list[Event] | None:
        with self._changed:
            while not self._waiting and not self._closing:
                self._changed.wait()
            batch = list(self._waiting)
            self._waiting.clear()
            return batch or None

    def _write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self._fd, view) :]
