"""Invented tickets of the sample centre's customers who are known by name (step ⑨)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from server.sample.people import Person
from server.sample.source import Source
from server.tables import tickets

Row = tuple[object, ...]
"""One ticket in the order of the table's columns."""

MADE, CLOSED, DUE = "02:10:00", "08:20:00", "09:30:00"
"""In UTC: mornings, afternoons and the end of the working day of offices in China."""

_NUMBER = [column.name for column in tickets.columns].index("number")


def ticket_rows(
    source: Source, people: Sequence[Person], *, agents: Sequence[tuple[str, str]], today: date
) -> list[Row]:
    """Open ones, some of them late, and a few that are closed."""
    rows: list[Row] = []
    numbered: Counter[date] = Counter()
    names = {unit["id"]: unit["name"] for unit in source.units}
    for place, entry in enumerate(source.tickets):
        person = people[entry["customer"] - 1]
        author_id, author_name = agents[place % len(agents)]
        made = _working_day(today - timedelta(days=entry["made_days_ago"]))
        due = _working_day(today + timedelta(days=entry["due_in_days"]))
        numbered[made] += 1
        outcome = entry["outcome"]
        rows.append((
            f"01940000-0000-7000-8000-{place:012x}", 1, f"{made:%Y%m%d}-{numbered[made]:04}",
            entry["kind"], entry["title"], entry["body"], person.id, person.name,
            person.numbers[0], "", entry["category"], "", names[entry["unit"]],
            f"{due}T{DUE}Z", "closed" if outcome else "open", outcome, author_id, author_name,
            f"{made}T{MADE}Z", f"{due}T{CLOSED}Z" if outcome else f"{made}T{MADE}Z", "{}",
        ))  # fmt: skip
    return rows


def numbered_days(rows: Sequence[Row]) -> list[Row]:
    """How many numbers each day gave away, in the order of that table's columns."""
    days = Counter(str(row[_NUMBER]).partition("-")[0] for row in rows)
    return sorted(days.items())


def _working_day(day: date) -> date:
    """Offices are closed at the weekend: the Friday before."""
    return day - timedelta(days=max(0, day.weekday() - 4))
