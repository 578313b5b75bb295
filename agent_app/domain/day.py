"""An agent's day added up: what she did by the hour, and how that stands to the centre (M36, ⑥)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from agent_app.domain.agent_state import AgentState
from agent_app.domain.calls import Direction
from agent_app.domain.grades import DayGrades

PAUSES = (AgentState.NOT_READY, AgentState.BREAK)
FREE = (AgentState.READY, AgentState.PRACTICE)
"""In the practice centre the second stands for the first."""
DAY_ROLES = frozenset({"agent", "specialist", "supervisor", "trainee"})
"""Who has a day to compare, because she takes calls; the server has the last word."""
GRADE_ROLES = DAY_ROLES - {"trainee"}
"""Whose seat keeps what callers said: a trainee's keeps no calls, except in practice."""


CALLS_GRADED, SATISFIED_PERCENT = "calls_graded", "satisfied_percent"
"""What the centre calls its agents' grades."""

HOURS = 24
_HOUR_S = 3600.0


@dataclass(frozen=True, slots=True)
class Span:
    """One state from ``began_at`` on; the length is the monotonic clock's."""

    state: AgentState
    began_at: datetime
    lasted_s: float


@dataclass(frozen=True, slots=True)
class DayCall:
    """What of a call counts; ``missed`` as in the call history."""

    direction: Direction
    answered: bool
    missed: bool
    talk_s: int


@dataclass(frozen=True, slots=True)
class DayMaterial:
    """What a day is added up from; ``quotes`` are the articles in the ``summaries`` saved."""

    spans: tuple[Span, ...] = ()
    calls: tuple[DayCall, ...] = ()
    summaries: int = 0
    quotes: int = 0


@dataclass(frozen=True, slots=True)
class DayFigures:
    """The names are the wire's. ``calls_talked`` are those in which somebody talked, either way."""

    calls_taken: int = 0
    calls_made: int = 0
    calls_missed: int = 0
    calls_talked: int = 0
    talk_s: int = 0
    wrap_up_s: int = 0
    ready_s: int = 0
    pause_s: int = 0
    signed_in_s: int = 0
    summaries: int = 0
    quotes: int = 0

    @property
    def average_talk_s(self) -> float | None:
        """None when she talked with nobody."""
        return self.talk_s / self.calls_talked if self.calls_talked else None

    @property
    def empty(self) -> bool:
        """She was not here."""
        return self == DayFigures()


@dataclass(frozen=True, slots=True)
class Day:
    """``states`` are seconds; ``hours`` the same for each hour of the clock, 0 to 23.

    ``grades`` are the centre's, of all seats where she worked; None where this seat keeps none.
    """

    day: date
    figures: DayFigures = DayFigures()
    states: Mapping[AgentState, float] = field(default_factory=dict)
    hours: tuple[Mapping[AgentState, float], ...] = ()
    grades: DayGrades | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The middle of the centre's agents by the figures' names, as it was at ``heard_at``.

    Of grades CALLS_GRADED and SATISFIED_PERCENT, where enough agents have any.

    Empty where fewer than three told of the day, so that nobody is singled out.
    """

    agents: int
    median: Mapping[str, float]
    mean: Mapping[str, float]
    heard_at: datetime


def bounds(day: date) -> tuple[datetime, datetime]:
    """Where a day begins here, and where the next one does."""
    first = datetime.combine(day, time.min).astimezone()
    return first, datetime.combine(day + timedelta(days=1), time.min).astimezone()


def add_up(day: date, material: DayMaterial) -> Day:
    """A span over midnight counts on both days, each its part."""
    hours: list[dict[AgentState, float]] = [{} for _ in range(HOURS)]
    states: dict[AgentState, float] = {}
    for span in material.spans:
        for hour, seconds in _by_hour(day, span):
            hours[hour][span.state] = hours[hour].get(span.state, 0.0) + seconds
            states[span.state] = states.get(span.state, 0.0) + seconds
    calls = material.calls
    return Day(
        day=day,
        figures=DayFigures(
            calls_taken=sum(c.direction is Direction.INCOMING and c.answered for c in calls),
            calls_made=sum(c.direction is Direction.OUTGOING for c in calls),
            calls_missed=sum(c.missed for c in calls),
            calls_talked=sum(c.answered for c in calls),
            talk_s=sum(c.talk_s for c in calls),
            wrap_up_s=round(states.get(AgentState.WRAP_UP, 0.0)),
            ready_s=round(sum(states.get(state, 0.0) for state in FREE)),
            pause_s=round(sum(states.get(state, 0.0) for state in PAUSES)),
            signed_in_s=round(sum(states.values())),
            summaries=material.summaries,
            quotes=material.quotes,
        ),
        states=states,
        hours=tuple(hours),
    )


def _by_hour(day: date, span: Span) -> Iterable[tuple[int, float]]:
    """The parts of a span in each hour of the day, by this machine's zone."""
    first, last = bounds(day)
    at = max(span.began_at, first)
    end = min(span.began_at + timedelta(seconds=span.lasted_s), last)
    while at < end:
        local = at.astimezone()
        left = _HOUR_S - (local.minute * 60 + local.second + local.microsecond / 1e6)
        until = min(end, at + timedelta(seconds=left))
        yield local.hour, (until - at).total_seconds()
        at = until
