"""What the demo did, step by step: printed as it happens, kept in report.json."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Step:
    """One step: ``milliseconds`` from its begin to its end, ``detail`` what was seen."""

    name: str
    passed: bool
    milliseconds: float
    detail: str


class StepFailedError(Exception):
    """A step did not show what it was to show; the message says what was seen instead."""


class Report:
    """Runs steps one after the other; one that fails is written down, and the rest is left out."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._steps: list[Step] = []

    @property
    def passed(self) -> bool:
        return bool(self._steps) and all(step.passed for step in self._steps)

    async def step(self, name: str, act: Callable[[], Awaitable[str]]) -> None:
        """Do one step and write it down; raises StepFailedError when it failed."""
        begun = time.perf_counter()
        try:
            detail = await act()
        except (StepFailedError, OSError) as error:
            self._add(Step(name, passed=False, milliseconds=_since(begun), detail=str(error)))
            raise StepFailedError(f"{name}: {error}") from error
        self._add(Step(name, passed=True, milliseconds=_since(begun), detail=detail))

    def _add(self, step: Step) -> None:
        self._steps.append(step)
        mark = "ok  " if step.passed else "FAIL"
        sys.stdout.write(f"{mark} {step.milliseconds:9.1f} ms  {step.name}  {step.detail}\n")
        sys.stdout.flush()
        rows = [asdict(step) for step in self._steps]
        text = json.dumps({"passed": self.passed, "steps": rows}, ensure_ascii=False, indent=1)
        self.path.write_text(text, "utf-8")


def _since(begun: float) -> float:
    return round((time.perf_counter() - begun) * 1000, 1)
