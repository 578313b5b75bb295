"""A server that dies as by ``kill -9`` when an import begins its n-th slice: see test_job_ends."""

from __future__ import annotations

import os
import signal
import sys
from itertools import count
from pathlib import Path

from server.app import create_app
from server.imports.taking import Known
from server.serve import Listen, serve, watch_stdin
from server.settings import Settings


def die_at(fatal: int) -> None:
    slices, look_up = count(1), Known.look_up

    def look_up_or_die(self: Known, *arguments: object) -> None:
        if next(slices) == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        look_up(self, *arguments)  # type: ignore[arg-type]

    setattr(Known, "look_up", look_up_or_die)  # noqa: B010


if __name__ == "__main__":
    die_at(int(sys.argv[2]))
    serve(create_app(Settings(Path(sys.argv[1]))), Listen(port=0), stop=watch_stdin())
