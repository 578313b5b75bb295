"""A measurement in a process of its own: it begins cold, and nobody's leftovers disturb it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from bench.sheet import BenchError

TAIL = 1500


def measured(module: str, *arguments: str, limit_s: float = 1800) -> dict[str, Any]:
    """Run ``python -m module`` and return the JSON object that it printed last.

    Raises BenchError with the end of what it complained about.
    """
    command = [sys.executable, "-m", module, *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=limit_s, check=False)
    except subprocess.TimeoutExpired as error:
        raise BenchError(f"{module} did not end within {limit_s:g} s") from error
    said = done.stdout.decode("utf-8", "replace").strip().splitlines()
    if done.returncode or not said:
        complaint = done.stderr.decode("utf-8", "replace")[-TAIL:]
        raise BenchError(f"{module} ended with {done.returncode}: {complaint}")
    found: dict[str, Any] = json.loads(said[-1])
    return found
