"""What she chose on the history page, in her words, and which records that means (step ⑥)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from agent_app.domain.calls import Direction
from agent_app.domain.day import bounds
from agent_app.domain.grades import Graded
from agent_app.domain.ids import AgentId, CategoryId
from agent_app.domain.knowledge import Category
from agent_app.domain.records import RecordFilter, RecordState, Sought


class Period(StrEnum):
    ALL = "all"
    TODAY = "today"
    WEEK = "week"  # today and the six days before
    MONTH = "month"  # today and the 29 days before
    DAYS = "days"  # from a first to a last day


class Standing(StrEnum):
    """How records stand towards the server, as an agent asks for them."""

    ANY = "any"
    WAITING = "waiting"
    TO_DECIDE = "to-decide"
    DELIVERED = "delivered"
    CALL_ONLY = "call-only"


_DAYS = {Period.TODAY: 1, Period.WEEK: 7, Period.MONTH: 30}
_STATES = {
    Standing.ANY: frozenset[RecordState](),
    Standing.WAITING: frozenset({RecordState.WAITING}),
    Standing.TO_DECIDE: frozenset({RecordState.CONFLICT, RecordState.REJECTED}),
    Standing.DELIVERED: frozenset({RecordState.DELIVERED}),
    Standing.CALL_ONLY: frozenset({RecordState.CALL_ONLY}),
}


@dataclass(frozen=True, slots=True)
class RecordChoice:
    """Everything as it is at the beginning shows everything.

    ``first`` and ``last`` count with Period.DAYS only, both included. ``mine``: hers alone.
    """

    text: str = ""
    period: Period = Period.ALL
    first: date | None = None
    last: date | None = None
    mine: bool = False
    direction: Direction | None = None
    queue: str = ""
    category_id: CategoryId | None = None
    answered: bool | None = None
    standing: Standing = Standing.ANY
    graded: Graded = Graded.ANY

    @property
    def narrows(self) -> bool:
        return self != RecordChoice()

    def filter(
        self, *, sought: Sought, agent_id: AgentId, categories: Iterable[Category], today: date
    ) -> RecordFilter:
        """Which records it means on this day; days are those of this machine's zone."""
        first, last = self.first, self.last
        if self.period in _DAYS:
            first, last = today - timedelta(days=_DAYS[self.period] - 1), None
        elif self.period is Period.ALL:
            first = last = None
        return RecordFilter(
            sought=sought,
            since=None if first is None else bounds(first)[0],
            until=None if last is None else bounds(last)[1],
            agent_id=agent_id if self.mine else "",
            direction=self.direction,
            queue=self.queue,
            categories=_with_below(self.category_id, tuple(categories)),
            answered=self.answered,
            states=_STATES[self.standing],
            graded=self.graded,
        )


def _with_below(top: CategoryId | None, known: tuple[Category, ...]) -> frozenset[CategoryId]:
    """The category and all under it; a loop in bad data ends where it closes."""
    found: set[CategoryId] = set()
    waiting = [] if top is None else [top]
    while waiting:
        found.add(above := waiting.pop())
        waiting += [
            one.category_id
            for one in known
            if one.parent_id == above and one.category_id not in found
        ]
    return frozenset(found)
