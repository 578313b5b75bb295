"""Callers' grades, out of the copy, joined by the exchange's name of the call (M16, step ⑥)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, select

from agent_app.domain.day import bounds
from agent_app.domain.grades import DayGrades, Grade
from agent_app.domain.ids import AgentId
from agent_app.store.database import Database
from agent_app.store.readers import Readers
from agent_app.store.tables import grades, interactions
from agent_app.store.times import from_text, to_text

_AT_ONCE = 500


class Grades:
    """Every method raises a FileFaultError."""

    def __init__(self, *, cache: Database, readers: Readers) -> None:
        self._cache = cache
        self._readers = readers

    async def of_day(self, agent_id: AgentId, day: date) -> DayGrades:
        """Of the calls that began on the day and in which she talked last, by this zone."""
        first, last = bounds(day)
        c = interactions.c
        question = (
            select(grades.c.id, grades.c.satisfied, c.agent_id)
            .select_from(interactions)
            .join(grades, grades.c.id == c.exchange_call_id)
            .where(
                c.started_at >= to_text(first), c.started_at < to_text(last),
                c.answered_at.is_not(None),
            )
            .order_by(c.answered_at)
        )  # fmt: skip

        def job() -> DayGrades:
            with self._cache.reading() as connection:
                last_of = {row.id: row for row in connection.execute(question)}
            hers = [row.satisfied for row in last_of.values() if row.agent_id == agent_id]
            return DayGrades(len(hers), sum(hers))

        return await self._readers.run(job)


def grades_of(connection: Connection, call_ids: Iterable[str]) -> dict[str, Grade]:
    """By the exchange's names of the calls; those without a grade are left out."""
    names = sorted({name for name in call_ids if name})
    found: dict[str, Grade] = {}
    for at in range(0, len(names), _AT_ONCE):
        question = select(grades).where(grades.c.id.in_(names[at : at + _AT_ONCE]))
        for row in connection.execute(question):
            found[row.id] = Grade(
                row.digit, row.name, row.name_en, row.satisfied, from_text(row.at)
            )
    return found
