"""Days and a centre to compare them with, without files and without a server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta

from agent_app.domain.agent_state import AgentState
from agent_app.domain.calls import Direction
from agent_app.domain.day import Comparison, DayCall, DayFigures, DayMaterial, Span, bounds
from agent_app.domain.grades import DayGrades
from agent_app.domain.ids import AgentId
from agent_app.store.errors import StoreError
from sync.days import CentreDay
from sync.errors import SyncError
from sync.wire import Operation, OperationResult, Outcome


def a_morning(day: date) -> DayMaterial:
    """Ready at eight, two calls taken and one missed, wrapped up, a break."""
    first, _ = bounds(day)
    states = (
        (AgentState.READY, 480, 3000.0), (AgentState.RINGING, 530, 6.0),
        (AgentState.TALKING, 531, 240.0), (AgentState.WRAP_UP, 535, 60.0),
        (AgentState.BREAK, 600, 900.0),
    )  # fmt: skip
    taken = DayCall(Direction.INCOMING, answered=True, missed=False, talk_s=120)
    return DayMaterial(
        spans=tuple(Span(state, first + timedelta(minutes=at), s) for state, at, s in states),
        calls=(taken, taken, replace(taken, answered=False, missed=True, talk_s=0)),
        summaries=2,
        quotes=3,
    )


class FakeDays:
    """Keeps spans and notes; each day has ``materials``; fails with ``fault``."""

    def __init__(self, materials: Mapping[date, DayMaterial] | None = None) -> None:
        self.materials = dict(materials or {})
        self.turned: list[tuple[AgentState, datetime, float]] = []
        self.beaten: list[float] = []
        self.ended: list[float | None] = []
        self.known: dict[date, Mapping[str, int]] = {}
        self.said: dict[date, Comparison] = {}
        self.graded: dict[date, DayGrades] = {}
        self.fault: StoreError | None = None

    def _check(self) -> None:
        if self.fault is not None:
            raise self.fault

    async def of_day(self, agent_id: AgentId, day: date) -> DayGrades:
        """What callers said; the copy's, in the same file here."""
        self._check()
        return self.graded.get(day, DayGrades())

    async def turn(self, state: AgentState, began_at: datetime, *, before_s: float) -> None:
        self._check()
        self.turned.append((state, began_at, before_s))

    async def beat(self, lasted_s: float) -> None:
        self._check()
        self.beaten.append(lasted_s)

    async def end(self, lasted_s: float | None = None) -> None:
        self._check()
        self.ended.append(lasted_s)

    async def material(self, day: date) -> DayMaterial:
        self._check()
        return self.materials.get(day, DayMaterial())

    async def kept(self, first: date) -> tuple[date, ...]:
        self._check()
        return tuple(sorted(day for day in self.materials if day >= first))

    async def seat(self) -> str:
        return "s1"

    async def told(self, day: date) -> Mapping[str, int]:
        return self.known.get(day, {})

    async def note_told(self, day: date, figures: Mapping[str, int]) -> None:
        self.known[day] = figures

    async def comparison(self, day: date) -> Comparison | None:
        return self.said.get(day)

    async def note_comparison(self, day: date, heard: Comparison) -> None:
        self._check()
        self.said[day] = heard


class FakeCentre:
    """Takes every day; says the same of all; is away with ``away``."""

    def __init__(self) -> None:
        self.told: list[Operation] = []
        self.outcome = Outcome.APPLIED
        self.agents = 12
        self.away: SyncError | None = None
        self.asked: list[str] = []
        self.more: dict[str, float] = {}

    async def tell(self, operation: Operation) -> OperationResult:
        if self.away is not None:
            raise self.away
        self.told.append(operation)
        return OperationResult(operation.id, self.outcome)

    async def centre(self, day: str) -> CentreDay:
        if self.away is not None:
            raise self.away
        self.asked.append(day)
        middle = dict.fromkeys(asdict(DayFigures()), 100.0) | {"average_talk_s": 150.0} | self.more
        known = middle if self.agents >= 3 else {}
        return CentreDay(day, self.agents, known, known)
