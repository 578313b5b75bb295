"""What a bench hands in: one JSON file with the state of the machine, the same on the terminal.

A figure means little without what else ran: the share of the processors that other programs used
while it was taken stands beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

Results = dict[str, object]
OUT = Path("build/bench")


class BenchError(Exception):
    """A bench could not run; the message says why."""


@dataclass(frozen=True, slots=True)
class Options:
    """``quick``: sizes that show that the bench works, not what the product costs."""

    quick: bool
    out: Path


@dataclass(frozen=True, slots=True)
class Findings:
    """``lines`` is the printed form of ``results``."""

    results: Results
    lines: list[str]


def run(name: str, text: str | None, measure: Callable[[Options], Findings]) -> None:
    """Read the command line, measure, write ``<out>/<name>.json``, print; exit 1 if impossible."""
    options = _options(name, text)
    # Programs start as on a seat: with their byte code kept from the last time.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    began, before = time.monotonic(), _jiffies()
    load_before = os.getloadavg()[0]
    try:
        found = measure(options)
    except BenchError as error:
        sys.stderr.write(f"{name}: could not run: {error}\n")
        sys.exit(1)
    machine: Results = {
        "processors": os.cpu_count(),
        "processor": _processor(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load_before": round(load_before, 2),
        "load_after": round(os.getloadavg()[0], 2),
        "used_by_others": _used_by_others(before, _jiffies()),
    }
    sheet: Results = {
        "bench": name,
        "quick": options.quick,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "took_s": round(time.monotonic() - began, 1),
        "machine": machine,
        "results": found.results,
    }
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / f"{name}.json"
    path.write_text(json.dumps(sheet, ensure_ascii=False, indent=1) + "\n", "utf-8")
    sys.stdout.write("\n".join((*found.lines, _footer(machine, sheet["took_s"], path), "")) + "\n")
    sys.stdout.flush()


def note(text: str) -> None:
    """Say what a long measurement is doing."""
    sys.stderr.write(f"… {text}\n")
    sys.stderr.flush()


def _options(name: str, text: str | None) -> Options:
    parser = argparse.ArgumentParser(
        prog=f"python -m bench.{name}",
        description=text,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--quick", action="store_true", help="tiny sizes: does it run at all?")
    parser.add_argument("--out", type=Path, default=OUT, metavar="DIR",
                        help="where the JSON file goes (default: %(default)s)")  # fmt: skip
    given = parser.parse_args()
    return Options(quick=given.quick, out=given.out)


def _footer(machine: Results, took_s: object, path: Path) -> str:
    return (
        f"  {took_s} s on {machine['processors']} processors, of which other programs used "
        f"{machine['used_by_others']} %; load {machine['load_before']} → {machine['load_after']};"
        f" {path}"
    )


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return platform.processor()
    names = (row.partition(":")[2].strip() for row in text.splitlines() if "model name" in row)
    return next(names, platform.processor())


def _jiffies() -> tuple[float, float, float]:
    """Seconds since the start of the machine: all processors, busy; ours with ended children."""
    try:
        first = Path("/proc/stat").read_text("utf-8").splitlines()[0]
    except OSError:
        return 0.0, 0.0, 0.0
    ticks = [int(text) / os.sysconf("SC_CLK_TCK") for text in first.split()[1:9]]
    return sum(ticks), sum(ticks) - ticks[3] - ticks[4], sum(os.times()[:4])


def _used_by_others(
    before: tuple[float, float, float], after: tuple[float, float, float]
) -> float | None:
    """Percent of all processors' time; what we left running counts as others'."""
    total, busy, own = (b - a for a, b in zip(before, after, strict=True))
    return round(100 * max(0.0, busy - own) / total, 1) if total else None
