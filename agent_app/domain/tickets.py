"""Tickets: what she cannot answer herself, who must, and by when (step ⑥).

The deadline is proposed by a rule over the centre's working calendar, which a person can check on
a calendar on the wall; what she agrees with the caller is hers to type.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from agent_app.domain.ids import CategoryId, CustomerId, InteractionId, TicketId
from agent_app.domain.roles import may

MAKING_ROLES = frozenset({"agent", "specialist", "supervisor"})
"""Who may; the server has the last word, and a practice centre lets everybody."""

TITLE_LIMIT = 200
CONTACT_LIMIT = 60
TEXT_LIMIT = 20_000
CLOSING = time(18, 0)
"""The end of a working day where the centre's calendar names no hours."""
LONGEST_WAIT = 3_700
"""Days looked at; a calendar in which nobody ever works must not be looked at for ever."""


class TicketKind(StrEnum):
    CONSULT = "consult"
    COMPLAINT = "complaint"
    TIP_OFF = "tip-off"
    SUGGESTION = "suggestion"
    HELP = "help"
    FAULT = "fault"


class TicketState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Ticket:
    """An open ticket as the card shows it; ``number`` is "" until the server gave one.

    ``provisional``: something of it is only on this seat (待同步).
    """

    ticket_id: TicketId
    number: str
    title: str
    holder: str
    due_at: datetime
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class TicketUnit:
    """Who tickets go to, and in how many working days they answer."""

    unit_id: str
    name: str
    name_en: str
    days: int


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """``working_days`` are ISO weekdays, 1 is Monday; ``make_up_days`` are worked although they
    are none of them (调休). ``closes``: the end of a working day, on the clock of the wall."""

    working_days: frozenset[int] = frozenset(range(1, 6))
    holidays: frozenset[date] = frozenset()
    make_up_days: frozenset[date] = frozenset()
    closes: time = CLOSING

    def works(self, day: date) -> bool:
        if day in self.make_up_days:
            return True
        return day.isoweekday() in self.working_days and day not in self.holidays


@dataclass(frozen=True, slots=True)
class TicketRules:
    """What the centre says of tickets."""

    units: tuple[TicketUnit, ...] = ()
    calendar: WorkingCalendar = WorkingCalendar()


@dataclass(frozen=True, slots=True)
class Deadline:
    """``skipped`` are the days in between on which nobody works but weekends: holidays."""

    at: datetime
    skipped: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class TicketForm:
    """A ticket while it is typed; ``ticket_id`` is made with it, so that it is sent once.

    ``due`` is what she typed of the deadline, "" while the one that the rule proposes stands.
    """

    ticket_id: TicketId
    interaction_id: InteractionId
    kind: TicketKind = TicketKind.CONSULT
    title: str = ""
    body: str = ""
    contact: str = ""
    unit_id: str = ""
    due: str = ""

    @property
    def about(self) -> str:
        """What makes it the same form when she comes back: the call."""
        return self.interaction_id


@dataclass(frozen=True, slots=True)
class NewTicket:
    """What is sent: the form with whose it is, who holds it and when it is due."""

    form: TicketForm
    customer_id: CustomerId | None
    customer_name: str
    category_id: CategoryId | None
    holder: str
    due_at: datetime


class TicketProblem(StrEnum):
    NO_TITLE = "no-title"
    NO_UNIT = "no-unit"
    NO_DEADLINE = "no-deadline"


def may_make(role: str) -> bool:
    return may(role, MAKING_ROLES)


def deadline(made_at: datetime, days: int, calendar: WorkingCalendar) -> Deadline:
    """The end of the last of so many working days, counted from the day after ``made_at``.

    ``made_at`` is in this machine's zone, and so is what comes back, with the offset of its own
    day. No days at all: the end of that very day, or of the next working day where that is over or
    none.
    """
    day = made_at.date()
    left = days
    if days == 0 and (not calendar.works(day) or made_at.time() >= calendar.closes):
        left = 1
    skipped = []
    for _ in range(LONGEST_WAIT):
        if left == 0:
            break
        day += timedelta(days=1)
        if calendar.works(day):
            left -= 1
        elif day in calendar.holidays:
            skipped.append(day)
    at = datetime.combine(day, calendar.closes).astimezone()
    return Deadline(at, tuple(skipped))
