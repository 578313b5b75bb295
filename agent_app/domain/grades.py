"""What callers said of their calls: one grade, and a day's (M16, step ⑥)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Graded(StrEnum):
    """Which records, by what their callers said."""

    ANY = "any"
    SATISFIED = "satisfied"
    DISSATISFIED = "dissatisfied"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Grade:
    """``name`` and ``satisfied`` are what the digit meant at the centre when it was pressed."""

    digit: int
    name: str
    name_en: str
    satisfied: bool
    at: datetime

    def fits(self, wanted: Graded) -> bool:
        if wanted is Graded.ANY:
            return True
        return wanted is (Graded.SATISFIED if self.satisfied else Graded.DISSATISFIED)


@dataclass(frozen=True, slots=True)
class DayGrades:
    """How many calls of a day have a grade, and how many of these are satisfied."""

    graded: int = 0
    satisfied: int = 0

    @property
    def percent(self) -> float | None:
        """Of the graded calls; None while there are none."""
        return 100 * self.satisfied / self.graded if self.graded else None
