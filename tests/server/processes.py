"""Starts the server as a real process and reads the line in which it says where it listens."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]
LIMIT_S = 60


@dataclass(frozen=True, slots=True)
class Running:
    """``lines`` is what the process has written to stdout so far."""

    process: subprocess.Popen[str]
    url: str
    pid: int


def first_line(stream: IO[str]) -> str:
    """One line, or AssertionError after the limit."""
    found: list[str] = []
    reader = threading.Thread(target=lambda: found.append(stream.readline()), daemon=True)
    reader.start()
    reader.join(LIMIT_S)
    assert found, "the process said nothing in time"
    return found[0]


@contextmanager
def started(*arguments: str | Path) -> Iterator[Running]:
    """``python -m …`` with pipes; killed at the end if it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        line = first_line(process.stdout)
        if not line:
            assert process.stderr is not None
            raise AssertionError(process.stderr.read())
        ready = json.loads(line)
        yield Running(process, ready["listening"], ready["pid"])
    finally:
        process.kill()
        process.communicate(timeout=LIMIT_S)


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """``python -m server …`` to its end."""
    return subprocess.run(
        [sys.executable, "-m", "server", *arguments],
        capture_output=True, text=True, timeout=LIMIT_S, cwd=ROOT, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
