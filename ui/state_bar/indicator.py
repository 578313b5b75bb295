"""One thing that can be well or not, as the state bar says it (step ⑤)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Health(StrEnum):
    """The look of an indicator; the words beside it say the same."""

    GOOD = "good"
    NEUTRAL = "neutral"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Indicator:
    icon: str
    text: str
    health: Health
    explanation: str = ""
