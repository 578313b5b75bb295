"""What a caller says of a call, as the exchange tells it; whose call it was, found later (M16, ⑨).

A call has one grade: the first holds, because a caller presses once and the exchange may tell it
again when an answer was lost. The words of the centre's scale are kept with it, so that another
scale never gives an old grade another meaning. A grade is of the agent who talked last; her
interaction may arrive hours after it, from a seat that was offline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from server import fields
from server.audit import Audited, record
from server.centre_settings import DEFAULTS
from server.database import Transaction
from server.errors import ApiError, RejectedError
from server.moments import iso
from server.setting_values import read_value
from server.tables import grades, interactions
from server.tokens import Identity

SCALE = "satisfaction-scale"
CALL_ID_MAX = 128
DIGIT_MAX = 9
AHEAD_S = 86_400
"""An exchange whose clock is further ahead than this puts grades into days to come."""
_CALL_ID = re.compile(r"[!-~]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A key of the caller's, as it comes over the wire; both parts are checked."""

    call_id: str
    digit: int
    at: str


@dataclass(frozen=True, slots=True)
class DayGrades:
    """How many of an agent's calls of a day have a grade, and how many of these are satisfied."""

    graded: int
    satisfied: int


def read_pressed(call_id: str, body: Mapping[str, object], *, now: float) -> Pressed:
    """Raises RejectedError in words."""
    name = fields.text("call_id", call_id, longest=CALL_ID_MAX)
    if not _CALL_ID.fullmatch(name):
        raise RejectedError("call_id is not a call's name: letters, digits and marks, no spaces.")
    if set(body) != {"digit", "at"}:
        raise RejectedError("A grade is digit and at, and nothing else.")
    at = fields.moment("at", body["at"])
    if at > iso(now + AHEAD_S):
        raise RejectedError("at is yet to come: look at the exchange's clock.")
    return Pressed(name, fields.whole_number("digit", body["digit"], most=DIGIT_MAX), at)


def keep_grade(transaction: Transaction, pressed: Pressed, *, by: Identity) -> None:
    """The same digit again changes nothing. Raises RejectedError; ApiError 409 for another one."""
    connection = transaction.connection
    known = connection.execute(
        select(grades.c.digit).where(grades.c.id == pressed.call_id)
    ).scalar_one_or_none()
    if known == pressed.digit:
        return
    if known is not None:
        raise ApiError(409, "already-graded", f"This call has the grade {known}; the first holds.")
    meaning = _meaning(connection, pressed.digit)
    connection.execute(
        insert(grades).values(
            id=pressed.call_id, digit=pressed.digit, name=meaning["name"],
            name_en=meaning.get("name_en", ""), satisfied=meaning["satisfied"], at=pressed.at,
        )
    )  # fmt: skip
    transaction.changed("grades", pressed.call_id)
    record(transaction, identity=by, action=Audited.GRADE, table="grades", record=pressed.call_id)


def grades_of_day(connection: Connection, day: str) -> dict[str, DayGrades]:
    """By agent; a call counts for who talked last, on the day it began where the server stands."""
    first = datetime.combine(date.fromisoformat(day), time.min).astimezone()
    last = datetime.combine(date.fromisoformat(day) + timedelta(1), time.min).astimezone()
    begins, ends = iso(first.timestamp()), iso(last.timestamp())
    c = interactions.c
    found = connection.execute(
        select(grades.c.id, grades.c.satisfied, c.agent_id)
        .join(interactions, c.exchange_call_id == grades.c.id)
        .where(
            # A call that began before midnight may have its grade after it.
            grades.c.at >= begins, grades.c.at < iso(last.timestamp() + AHEAD_S),
            c.started_at >= begins, c.started_at < ends, c.answered_at.is_not(None),
        )
        .order_by(c.answered_at)
    )  # fmt: skip
    last_of = {row.id: (str(row.agent_id), bool(row.satisfied)) for row in found}
    return _counted(last_of.values())


def _counted(found: Iterable[tuple[str, bool]]) -> dict[str, DayGrades]:
    sums: dict[str, DayGrades] = {}
    for agent, satisfied in found:
        before = sums.get(agent, DayGrades(0, 0))
        sums[agent] = DayGrades(before.graded + 1, before.satisfied + satisfied)
    return sums


def _meaning(connection: Connection, digit: int) -> Mapping[str, object]:
    """What the centre's scale says of a digit. Raises RejectedError for one that is not on it."""
    scale: Any = read_value(connection, SCALE) or DEFAULTS[SCALE]
    items: list[dict[str, object]] = scale["items"]
    for item in items:
        if item["digit"] == digit:
            return item
    known = ", ".join(str(item["digit"]) for item in items)
    raise RejectedError(f"{digit} is not on this centre's scale: {known}.")
