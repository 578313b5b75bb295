"""Memory and processor time of a process and everything it started, as the kernel counts them."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

_TICK_S = 1 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Usage:
    """One process. ``pss_mib`` shares out what several processes have in common; ``own_mib`` is
    what only this one has (anonymous pages), whatever else runs."""

    name: str
    rss_mib: float
    pss_mib: float
    own_mib: float
    processor_s: float


def tree(pid: int) -> list[int]:
    """``pid`` and its descendants, parents first; without those that ended meanwhile."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text("ascii").split()
        except OSError:
            continue
        for child in children:
            found += tree(int(child))
    return found


def usage(pid: int) -> Usage:
    """What one process uses now. Raises OSError when it is gone."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    kib = {name: int(size) for name, size in re.findall(r"^(\w+): +(\d+) kB", rollup, re.MULTILINE)}
    return Usage(_name(pid), kib["Rss"] / 1024, kib["Pss"] / 1024, kib["Anonymous"] / 1024,
                 processor_s(pid))  # fmt: skip


def processor_s(pid: int) -> float:
    """Seconds of user and system time so far. Raises OSError when it is gone."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * _TICK_S


def _name(pid: int) -> str:
    """``python -m NAME …`` is called NAME."""
    words = Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")
    if "-m" in words:
        return words[words.index("-m") + 1]
    return Path(words[0]).name
