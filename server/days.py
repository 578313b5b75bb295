"""What agents' seats add up of their days, and the centre's middle of it, without names (M36, ⑨).

An agent may work at several seats in a day: each sends its own part, whole, as often as it likes,
and the part made last is kept. The centre's figures are told only where enough agents are behind
them that nobody is singled out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from statistics import fmean, median

import orjson
from sqlalchemy import Connection, insert, select, update

from server import fields
from server.acts import Act
from server.errors import RejectedError
from server.grades import grades_of_day
from server.tables import agent_days

FIGURES = (
    "calls_taken", "calls_made", "calls_missed", "calls_talked", "talk_s", "wrap_up_s", "ready_s",
    "pause_s", "signed_in_s", "summaries", "quotes",
)  # fmt: skip
"""Counts, and seconds where the name ends in ``_s``."""

DERIVED = "average_talk_s"
"""Talk of the calls in which somebody talked; an agent without any does not count."""

GRADED = "calls_graded"
SATISFIED = "satisfied_percent"
"""Of the graded calls; both only where enough agents have any, because few callers press a key."""

LEAST_AGENTS = 3
OLDEST_DAYS = 40
SEATS_MAX = 16
_MOST = 10_000_000


def save_day(act: Act) -> int:
    """Keep one seat's part of the author's day; returns the day's version. Raises RejectedError."""
    day, seat, figures = _read(act)
    row = act.connection.execute(
        select(agent_days).where(agent_days.c.id == act.record).with_for_update()
    ).one_or_none()
    parts = {} if row is None else orjson.loads(row.figures)
    version = 0 if row is None else int(row.version)
    before = parts.get(seat)
    if before is not None and before["made_at"] >= act.operation.made_at:
        return version  # a later word came earlier
    if before is None and len(parts) >= SEATS_MAX:
        raise RejectedError(f"This day has parts of {SEATS_MAX} seats already.")
    parts[seat] = {"made_at": act.operation.made_at, "figures": figures}
    values = {
        "version": version + 1,
        "made_at": act.operation.made_at,
        "figures": orjson.dumps(parts).decode(),
    }
    if row is None:
        act.connection.execute(
            insert(agent_days).values(
                id=act.record, agent_id=act.identity.agent_id, day=day, **values
            )
        )
    else:
        act.connection.execute(
            update(agent_days).where(agent_days.c.id == act.record).values(**values)
        )
    return version + 1


def centre_day(connection: Connection, day: str) -> dict[str, object]:
    """How many agents told of the day, and the middle of each figure where they are enough."""
    rows = connection.execute(select(agent_days.c.figures).where(agent_days.c.day == day))
    agents = [_added_up(orjson.loads(row.figures)) for row in rows]
    found: dict[str, object] = {"day": day, "agents": len(agents), "median": {}, "mean": {}}
    graded = grades_of_day(connection, day).values()
    if len(agents) >= LEAST_AGENTS:
        columns: dict[str, list[float]] = {
            name: [float(agent[name]) for agent in agents] for name in FIGURES
        }
        columns[DERIVED] = [
            agent["talk_s"] / agent["calls_talked"] for agent in agents if agent["calls_talked"]
        ]
        if len(graded) >= LEAST_AGENTS:
            columns[GRADED] = [float(one.graded) for one in graded]
            columns[SATISFIED] = [100 * one.satisfied / one.graded for one in graded]
        found["median"] = _each(columns, median)
        found["mean"] = _each(columns, fmean)
    return found


def day_of(text: str) -> str:
    """A day as ``2026-05-04``. Raises RejectedError."""
    found = fields.text("day", text, longest=10)
    try:
        return date.fromisoformat(found).isoformat()
    except ValueError:
        raise RejectedError("day is not a day like 2026-05-04.") from None


def _read(act: Act) -> tuple[str, str, dict[str, int]]:
    payload = act.operation.payload
    if set(payload) != {"day", "seat", "figures"}:
        raise RejectedError("A day is day, seat and figures, and nothing else.")
    day = day_of(fields.text("day", payload["day"]))
    if act.record != f"{act.identity.agent_id}.{day}":
        raise RejectedError("An agent sends her own day, under her id, a dot and the day.")
    today = date.fromisoformat(act.now[:10])
    if not today - timedelta(days=OLDEST_DAYS) <= date.fromisoformat(day) <= today + timedelta(1):
        raise RejectedError("This day is too long ago, or yet to come.")
    given = payload["figures"]
    if not isinstance(given, dict) or set(given) != set(FIGURES):
        raise RejectedError(f"figures must hold {', '.join(FIGURES)}, nothing else.")
    figures = {name: fields.whole_number(name, given[name], most=_MOST) for name in FIGURES}
    return day, fields.identifier("seat", payload["seat"]), figures


def _added_up(parts: Mapping[str, Mapping[str, Mapping[str, int]]]) -> dict[str, int]:
    return {name: sum(part["figures"][name] for part in parts.values()) for name in FIGURES}


def _each(
    columns: Mapping[str, Sequence[float]], middle: Callable[[Sequence[float]], float]
) -> dict[str, float]:
    """To a tenth; a figure that nobody has is left out."""
    return {name: round(middle(values), 1) for name, values in columns.items() if values}
