"""Whether a process that a test started, or one of its children, runs still (Linux)."""

from __future__ import annotations

import time
from pathlib import Path

LIMIT_S = 10.0


def running(pid: int) -> bool:
    """Whether the process exists and is not merely waiting to be reaped."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def wait_until_gone(pid: int) -> None:
    end_s = time.monotonic() + LIMIT_S
    while running(pid):
        assert time.monotonic() < end_s, f"process {pid} is still there"
        time.sleep(0.02)
