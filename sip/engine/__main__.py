"""The engine process: ``python -m sip.engine`` (step ①). Started by ``sip.client`` only.

Commands come as lines on fd 0, events leave as lines on fd 1; see ``sip.codec``. The first command
is Configure. A closed fd 0 means that the desk is gone: calls are hung up and the process ends.
Exit code 0: shut down. 1: a fault of ours, see stderr. 3: could not be configured. 4: the goodbye
took too long.
"""

from __future__ import annotations

import logging
import os
import queue
import signal
import sys
import threading

from pjsua2 import pjsua2 as pj

from sip.engine.engine import Engine
from sip.engine.pipe import CommandReader, EventWriter, claim_stdout
from sip.engine.transports import ConfigurationError
from sip.engine.waker import Waker
from sip.messages import Command, CommandRefused, Configure, ShutDown
from sip.text import clean_text

EXIT_LIMIT_S = 1.8
FAULT, CANNOT_START, TOOK_TOO_LONG = 1, 3, 4


def main() -> int:
    """Run the engine to its end and return the exit code."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    # The library may look this machine's own name up, in the thread that carries the calls, where
    # no way leads out of its network; glibc would wait 5 s twice for a dead name server.
    os.environ.setdefault("RES_OPTIONS", "timeout:1 attempts:1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the desk, which then closes fd 0
    writer = EventWriter(fd=claim_stdout())
    waker = Waker()
    reader = CommandReader(fd=0, writer=writer, on_command=waker.wake, on_end=_limit_the_end)
    signal.signal(signal.SIGTERM, lambda _number, _frame: reader.commands.put(ShutDown()))
    writer.start()
    reader.start()
    try:
        code = _run(reader.commands, writer, waker)
    except Exception:
        logging.getLogger(__name__).exception("the engine has a fault")
        code = FAULT
    writer.close(0.3)
    return code


def _run(commands: queue.SimpleQueue[Command], writer: EventWriter, waker: Waker) -> int:
    wish = commands.get()
    if isinstance(wish, ShutDown):
        return 0
    if not isinstance(wish, Configure):
        writer.send(CommandRefused(type(wish).__name__, None, "Configure comes first"))
        return CANNOT_START
    try:
        engine = Engine(wish, writer.send, waker)
    except (ConfigurationError, OSError, pj.Error) as problem:
        reason = problem.reason if isinstance(problem, pj.Error) else str(problem)
        writer.send(CommandRefused("Configure", None, clean_text(reason)))
        return CANNOT_START
    engine.run(commands, writer.broken.is_set)
    _limit_the_end()
    engine.shut_down()
    return 0


def _limit_the_end() -> None:
    """End the process in EXIT_LIMIT_S whatever happens, also if pjsip hangs."""
    limit = threading.Timer(EXIT_LIMIT_S, os._exit, (TOOK_TOO_LONG,))
    limit.daemon = True
    limit.start()


if __name__ == "__main__":
    # Not sys.exit: what C libraries do at interpreter exit has aborted the process before.
    os._exit(main())
