"""What her days are added up from: states, calls, summaries; and what the centre was told (⑦).

The state that lasts is the one open row. Its length is written again every half minute, so that of
a desk that was killed nothing but the last half minute is missing.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from agent_app.domain.agent_state import AgentState
from agent_app.domain.call_log import MISSED
from agent_app.domain.calls import Direction, EndReason
from agent_app.domain.day import Comparison, DayCall, DayMaterial, Span, bounds
from agent_app.store.database import Database
from agent_app.store.readers import Readers
from agent_app.store.tables import (
    AnyRow,
    calls,
    day_notes,
    day_seat,
    own_interactions,
    state_spans,
)
from agent_app.store.times import from_text, to_text

_open = state_spans.c.lasts.is_(True)


class Days:
    """Every method raises a FileFaultError."""

    def __init__(self, *, work: Database, readers: Readers) -> None:
        self._work = work
        self._readers = readers

    # --- states ----------------------------------------------------------------------------------

    async def turn(self, state: AgentState, began_at: datetime, *, before_s: float) -> None:
        """The state that lasted, ``before_s`` seconds, is over; another one begins."""

        def job(connection: Connection) -> None:
            _end(connection, before_s)
            connection.execute(
                insert(state_spans).values(
                    state=state.value, began_at=to_text(began_at), lasted_ms=0, lasts=True
                )
            )

        await self._work.write(job)

    async def beat(self, lasted_s: float) -> None:
        """The open state has lasted so long by now."""
        statement = update(state_spans).where(_open).values(lasted_ms=_ms(lasted_s))
        await self._work.write(lambda connection: connection.execute(statement).close())

    async def end(self, lasted_s: float | None = None) -> None:
        """Nothing lasts any more; without a length, until the last beat: the desk was killed."""
        await self._work.write(lambda connection: _end(connection, lasted_s))

    # --- a day -----------------------------------------------------------------------------------

    async def material(self, day: date) -> DayMaterial:
        """Everything that counts for the day, by this machine's zone."""
        return await self._readers.run(lambda: self._material(day))

    async def kept(self, first: date) -> tuple[date, ...]:
        """The days from ``first`` on with states in them, oldest first."""
        question = select(state_spans.c.began_at).where(
            state_spans.c.began_at >= to_text(bounds(first)[0])
        )

        def job() -> tuple[date, ...]:
            with self._work.reading() as connection:
                began = connection.execute(question).scalars().all()
            return tuple(sorted({from_text(text).astimezone().date() for text in began}))

        return await self._readers.run(job)

    # --- the centre ------------------------------------------------------------------------------

    async def seat(self) -> str:
        """This file's own name at the centre, so that two computers' parts are told apart."""

        def job(connection: Connection) -> str:
            known = connection.execute(select(day_seat.c.id)).scalar()
            if known is None:
                known = uuid.uuid4().hex
                connection.execute(insert(day_seat).values(id=known))
            return str(known)

        return await self._work.write(job)

    async def told(self, day: date) -> Mapping[str, int]:
        """The figures that the centre has of this seat; empty when it has none."""
        return await self._note(day, "told")

    async def note_told(self, day: date, figures: Mapping[str, int]) -> None:
        await self._put(day, told=orjson.dumps(dict(figures)).decode())

    async def comparison(self, day: date) -> Comparison | None:
        """What the centre said last of the day, None when it never did."""
        found = await self._note(day, "compared")
        if not found:
            return None
        heard_at = from_text(found["heard_at"])
        return Comparison(found["agents"], found["median"], found["mean"], heard_at)

    async def note_comparison(self, day: date, heard: Comparison) -> None:
        body = {
            "agents": heard.agents,
            "median": dict(heard.median),
            "mean": dict(heard.mean),
            "heard_at": to_text(heard.heard_at),
        }
        await self._put(day, compared=orjson.dumps(body).decode())

    # --- inside ----------------------------------------------------------------------------------

    def _material(self, day: date) -> DayMaterial:
        first, last = bounds(day)
        within = (to_text(first), to_text(last))
        # One that began the day before may reach into this one.
        since = to_text(bounds(date.fromordinal(day.toordinal() - 1))[0])
        with self._work.reading() as connection:
            spans = connection.execute(
                select(state_spans)
                .where(*_between(state_spans.c.began_at, since, within[1]))
                .order_by(state_spans.c.id)
            ).all()
            over = connection.execute(
                select(calls).where(
                    *_between(calls.c.started_at, *within), calls.c.end_reason != ""
                )
            ).all()
            saved = connection.execute(
                select(own_interactions.c.payload).where(
                    *_between(own_interactions.c.made_at, *within)
                )
            ).scalars()
            quoted = [len(orjson.loads(body).get("quotes") or ()) for body in saved]
        return DayMaterial(
            spans=tuple(_span(row) for row in spans),
            calls=tuple(_call(row) for row in over),
            summaries=len(quoted),
            quotes=sum(quoted),
        )

    async def _note(self, day: date, part: str) -> dict[str, Any]:
        question = select(day_notes.c[part]).where(day_notes.c.day == day.isoformat())

        def job() -> dict[str, Any]:
            with self._work.reading() as connection:
                text = connection.execute(question).scalar()
            return dict(orjson.loads(text)) if text else {}

        return await self._readers.run(job)

    async def _put(self, day: date, **values: str) -> None:
        statement = insert_or(day_notes).values(day=day.isoformat(), **values)
        statement = statement.on_conflict_do_update(index_elements=["day"], set_=values)
        await self._work.write(lambda connection: connection.execute(statement).close())


def forget_days(connection: Connection, before: str) -> None:
    """States and notes older than ``before`` go."""
    connection.execute(delete(state_spans).where(state_spans.c.began_at < before))
    connection.execute(delete(day_notes).where(day_notes.c.day < before[:10]))


def _end(connection: Connection, lasted_s: float | None) -> None:
    values: dict[str, object] = {"lasts": False}
    if lasted_s is not None:
        values["lasted_ms"] = _ms(lasted_s)
    connection.execute(update(state_spans).where(_open).values(**values))


def _ms(seconds: float) -> int:
    return max(0, round(1000 * seconds))


def _between(column: ColumnElement[str], low: str, high: str) -> list[ColumnElement[bool]]:
    return [column >= low, column < high]


def _span(row: AnyRow) -> Span:
    return Span(AgentState(row.state), from_text(row.began_at), row.lasted_ms / 1000)


def _call(row: AnyRow) -> DayCall:
    incoming = row.direction == Direction.INCOMING.value
    answered = row.answered_at is not None
    return DayCall(
        direction=Direction.INCOMING if incoming else Direction.OUTGOING,
        answered=answered,
        missed=incoming and not answered and EndReason(row.end_reason) in MISSED,
        talk_s=row.talk_s,
    )
