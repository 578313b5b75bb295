"""``python -m agent_app.store.copying``: fetch or compare the copy, apart from the window (⑧).

Started by ``agent_app.store.copying.process`` only. A closed standard input means that the desk is
gone or wants no more: the process ends at once, and what it wrote so far is kept. Exit code 0: the
last line says what came out of it, a failure too. Anything else is a fault of ours, see stderr.
"""

from __future__ import annotations

import os
import sys

from agent_app.store.copying.desk_line import DeskLine
from agent_app.store.copying.work import run
from agent_app.store.errors import StoreError
from sync.errors import SyncError

NICENESS = 10
"""On a busy machine the window comes first."""


def main() -> int:
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    line = DeskLine(sys.stdin.buffer, sys.stdout.buffer)
    order = line.order()
    try:
        line.say(run(order, line))
    except (SyncError, StoreError) as error:
        line.say(error)
    return 0


if __name__ == "__main__":
    # Not sys.exit: a thread is reading standard input, and ending must not wait for it.
    CODE = main()
    sys.stdout.flush()
    os._exit(CODE)
