"""What a ticket is called when people speak of it, never the same twice (M21, step ⑨).

``20260504-0001``: the day where the server stands, and which of its tickets this is. A caller may
have been told a number that a restored server has forgotten: the seat that made the ticket offers
it again with its number, and other tickets get none that may have been given.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from server import fields
from server.acts import Act
from server.errors import RejectedError
from server.tables import ticket_days, tickets

JUMP = 5_000
"""More tickets than any centre makes in a day."""
_NUMBER = re.compile(r"([0-9]{8})-([0-9]{4,9})")


def ticket_number(name: str, value: object) -> str:
    """A number as a seat offers it again, or empty. Raises RejectedError."""
    found = fields.text(name, value, longest=20)
    if found and not _NUMBER.fullmatch(found):
        raise RejectedError(f"{name} is not a ticket's number like 20260504-0001.")
    return found


def number_for(act: Act, told: str) -> str:
    """``told``, where it may have been this ticket's before and is nobody's now, else the next."""
    if told and _is_free(act.connection, told):
        return told
    return next_number(act.connection, _text(_day(act.now_s)))


def next_number(connection: Connection, day: str) -> str:
    """The next of a ``day`` like ``20260504``."""
    last = _raise(connection, day, 1)
    if last is None:  # of two who are the first at once, one comes again
        last = 1
        connection.execute(insert(ticket_days).values(day=day, last=last))
    return f"{day}-{last:04}"


def forget_none(connection: Connection, since: str, now_s: float) -> None:
    """No number is given that a lost database gave from ``since`` (ISO 8601) until now."""
    last = _day(now_s)
    day = min(datetime.fromisoformat(since).astimezone().date(), last)
    while day <= last:
        if _raise(connection, _text(day), JUMP) is None:
            connection.execute(insert(ticket_days).values(day=_text(day), last=JUMP))
        day += timedelta(days=1)


def _is_free(connection: Connection, number: str) -> bool:
    """Only what has been counted already: of any other nobody can have been told."""
    day, _, place = number.partition("-")
    last = connection.execute(
        select(ticket_days.c.last).where(ticket_days.c.day == day).with_for_update()
    ).scalar_one_or_none()
    if last is None or not 1 <= int(place) <= last or number != f"{day}-{int(place):04}":
        return False
    taken = select(tickets.c.id).where(tickets.c.number == number).limit(1)
    return connection.execute(taken).first() is None


def _raise(connection: Connection, day: str, by: int) -> int | None:
    """How far the day has been counted now; None where it has no ticket yet."""
    raised = (
        update(ticket_days)
        .where(ticket_days.c.day == day)
        .values(last=ticket_days.c.last + by)
        .returning(ticket_days.c.last)
    )
    found: int | None = connection.execute(raised).scalar_one_or_none()
    return found


def _day(now_s: float) -> date:
    return datetime.fromtimestamp(now_s, UTC).astimezone().date()


def _text(day: date) -> str:
    return f"{day:%Y%m%d}"
