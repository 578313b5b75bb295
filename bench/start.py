"""Start → window painted of ``zuoxi practice``, beside a bare PySide6 window in the same run.

Whole processes, from before their start to the end of the first paint; the two take turns, A B A B.
The profile is prepared by a first start, which is measured too. Then memory and processor time of
the idle practice centre (desk, engine and server), and what its imports cost.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from bench.imports import summary
from bench.process_tree import processor_s, tree, usage
from bench.sheet import BenchError, Findings, Options, note, run
from bench.spread import head, line, ratio, spread

LIMIT_S = 90
PRACTICE = ("-m", "bench.practice_start", "--theme", "light")
BARE = ("-m", "bench.bare_window")
STEPS = (
    ("start → imports done", "imported"),
    ("start → application there", "application"),
    ("start → seat built (store open)", "seat"),
    ("start → window built", "window"),
    ("start → window painted", "painted"),
    ("start → engine ready", "engine"),
    ("start → knowledge base ready", "knowledge"),
    ("start → server reached", "online"),
)

Steps = dict[str, float]


class Started:
    """One program, from before its start; ``steps`` are milliseconds since then."""

    def __init__(self, arguments: Sequence[str], *, errors: IO[bytes] | None = None) -> None:
        self._began_ns = time.monotonic_ns()
        self._process = subprocess.Popen(
            [sys.executable, *arguments],
            stdout=subprocess.PIPE,
            stderr=errors if errors is not None else subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            bufsize=0,  # nothing read ahead: what waits, waits in the pipe
        )
        self.pid = self._process.pid
        self.steps: Steps = {}

    def wait_for(self, step: str) -> Steps:
        """Read until the program said that it is so far. Raises BenchError."""
        assert self._process.stdout is not None
        end = time.monotonic() + LIMIT_S
        while step not in self.steps:
            left_s = max(0.0, end - time.monotonic())
            ready, _, _ = select.select([self._process.stdout], [], [], left_s)
            said = self._process.stdout.readline() if ready else b""
            if not said:
                raise BenchError(f"it ended or was too slow before {step}: {self.steps}")
            for name, at_ns in json.loads(said).items():
                self.steps[name] = (at_ns - self._began_ns) / 1e6
        return self.steps

    def end(self) -> None:
        """As a person's session ends it: by TERM, and it ends what it started."""
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


def measure(options: Options) -> Findings:
    turns, idle_s = (1, 0.5) if options.quick else (10, 10.0)
    with tempfile.TemporaryDirectory(prefix="zuoxi-bench-") as folder:
        practice = (*PRACTICE, "--profile", str(Path(folder) / "profile"), "practice")
        note("start: the first start, which fills the sample centre")
        first = _once(practice, "everything")
        starts: list[Steps] = []
        bare: list[float] = []
        for turn in range(turns):
            note(f"start: turn {turn + 1} of {turns}")
            starts.append(_once(practice, "everything"))
            bare.append(_once(BARE, "painted")["painted"])
        results: dict[str, Any] = {
            "first_start_ms": {name: round(at, 1) for name, at in first.items()},
            "second_start_ms": {title: _step(starts, name) for title, name in STEPS},
            "bare_window_ms": spread(bare, 1),
            "idle_practice": _idle(practice, "everything", idle_s),
            "idle_bare_window": _idle(BARE, "painted", idle_s),
            "imports": _imports(practice, Path(folder)),
        }
    painted = results["second_start_ms"]["start → window painted"]
    results["ratios"] = {
        "painted_to_bare_window": ratio(painted["median"], results["bare_window_ms"]["median"]),
        "memory_to_bare_window": ratio(
            results["idle_practice"]["pss_mib"], results["idle_bare_window"]["pss_mib"]
        ),
    }
    return Findings(results, _lines(results))


def _step(starts: list[Steps], name: str) -> dict[str, float]:
    return spread((steps[name] for steps in starts if name in steps), 1)


def _once(arguments: Sequence[str], step: str) -> Steps:
    program = Started(arguments)
    try:
        return program.wait_for(step)
    finally:
        program.end()


def _idle(arguments: Sequence[str], step: str, idle_s: float) -> dict[str, Any]:
    """All its processes, some seconds after the start, and their processor time from then on."""
    program = Started(arguments)
    try:
        program.wait_for(step)
        time.sleep(min(idle_s, 3.0))
        before = {pid: processor_s(pid) for pid in tree(program.pid)}
        began = time.monotonic()
        time.sleep(idle_s)
        lasted_s = time.monotonic() - began
        found = {pid: usage(pid) for pid in before}
    finally:
        program.end()
    processes = [
        {
            "name": one.name,
            "rss_mib": round(one.rss_mib, 1),
            "pss_mib": round(one.pss_mib, 1),
            "processor_percent": round(100 * (one.processor_s - before[pid]) / lasted_s, 2),
        }
        for pid, one in found.items()
    ]
    return {
        "pss_mib": round(sum(one.pss_mib for one in found.values()), 1),
        "processes": processes,
    }


def _imports(practice: Sequence[str], folder: Path) -> dict[str, Any]:
    """One more start with Python's own stop-watch on; slower for that, so only shares count."""
    report = folder / "importtime.txt"
    with report.open("wb") as errors:
        program = Started(("-X", "importtime", *practice), errors=errors)
        try:
            program.wait_for("painted")
        finally:
            program.end()
    return summary(report.read_text("utf-8", "replace"))


def _lines(results: dict[str, Any]) -> list[str]:
    first, bare = results["first_start_ms"], results["bare_window_ms"]
    lines = [head("Start of zuoxi practice, profile prepared")]
    steps = [(title, one) for title, one in results["second_start_ms"].items() if one["n"]]
    lines += [line(title, one) for title, one in steps]
    lines += [line("bare PySide6 window: start → painted", bare)]
    ratios = results["ratios"]
    lines.append(f"  painted: {ratios['painted_to_bare_window']} × the bare window (median)")
    lines.append(
        f"  first start: says so after {first.get('said', 0):.0f} ms, window painted after "
        f"{first['painted']:.0f} ms, everything there after {first['everything']:.0f} ms"
    )
    for name in ("idle_practice", "idle_bare_window"):
        parts = "; ".join(
            f"{one['name']} {one['pss_mib']} (RSS {one['rss_mib']}), {one['processor_percent']} %"
            for one in results[name]["processes"]
        )
        lines.append(f"  {name}: {results[name]['pss_mib']} MiB PSS ({parts} of a processor)")
    imports = results["imports"]
    lines.append(f"  imports: {imports['modules']} modules, {imports['all_ms']} ms; dearest")
    for name in ("dearest_modules_ms", "dearest_packages_ms"):
        lines.append("    " + ", ".join(f"{one} {ms}" for one, ms in imports[name].items()))
    return lines


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    run("start", __doc__, measure)
