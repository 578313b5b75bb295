"""``zuoxi-server`` that dies as by ``kill -9`` at the n-th row of a backup: see test_backup."""

from __future__ import annotations

import os
import signal
import sys
from itertools import count

from server.__main__ import main
from server.archive import Summing


def die_at(fatal: int) -> None:
    """Writing, loading and comparing all add up their rows; the fatal one is the last."""
    rows, add = count(1), Summing._add

    def add_or_die(self: Summing, line: bytes) -> None:
        if next(rows) == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        add(self, line)

    setattr(Summing, "_add", add_or_die)  # noqa: B010


if __name__ == "__main__":
    die_at(int(sys.argv[1]))
    sys.exit(main(sys.argv[2:]))
