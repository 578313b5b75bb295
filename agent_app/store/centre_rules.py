"""Wrap-up, the queues' categories, units and calendar, out of the centre's settings (step ⑥)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, time
from typing import Any

from agent_app.domain.centre_rules import CentreRules, WrapUpRule
from agent_app.domain.ids import CategoryId
from agent_app.domain.tickets import CLOSING, TicketRules, TicketUnit, WorkingCalendar
from agent_app.store.centre_settings import items_of, setting
from agent_app.store.database import Database
from agent_app.store.readers import Readers

WRAP_UP = "wrap-up"
QUEUE_CATEGORIES = "queue-categories"
TICKET_UNITS = "ticket-units"
CALENDAR = "calendar"


class CentreRulesReader:
    def __init__(self, *, cache: Database, readers: Readers) -> None:
        self._cache = cache
        self._readers = readers

    async def rules(self) -> CentreRules:
        """As the centre has them; what this version cannot read is left out."""

        def job() -> CentreRules:
            with self._cache.reading() as connection:
                return CentreRules(
                    _wrap_up(setting(connection, WRAP_UP)),
                    _queues(items_of(setting(connection, QUEUE_CATEGORIES))),
                    TicketRules(
                        tuple(_units(items_of(setting(connection, TICKET_UNITS)))),
                        _calendar(setting(connection, CALENDAR)),
                    ),
                )

        return await self._readers.run(job)


def _wrap_up(value: Mapping[str, Any]) -> WrapUpRule | None:
    seconds = value.get("seconds")
    if isinstance(seconds, bool) or not isinstance(seconds, int) or seconds < 0:
        return None
    return WrapUpRule(
        seconds=seconds,
        auto_ready=value.get("auto_ready", True) is True,
        park_at_end=value.get("park_at_end", False) is True,
    )


def _queues(items: Iterable[Any]) -> Mapping[str, CategoryId]:
    found = {}
    for item in items:
        with suppress(KeyError, TypeError):
            found[str(item["queue"])] = CategoryId(str(item["category_id"]))
    return found


def _units(items: Iterable[Any]) -> Iterator[TicketUnit]:
    for item in items:
        with suppress(KeyError, TypeError, ValueError):
            name = str(item["name"])
            yield TicketUnit(
                str(item["id"]), name, str(item.get("name_en") or name), max(0, int(item["days"]))
            )


def _calendar(value: Mapping[str, Any]) -> WorkingCalendar:
    """Monday to Friday where the centre's cannot be read."""
    try:
        hours = value["hours"]
        return WorkingCalendar(
            working_days=frozenset(int(day) for day in value["working_days"]),
            holidays=frozenset(map(date.fromisoformat, value["holidays"])),
            make_up_days=frozenset(map(date.fromisoformat, value["make_up_days"])),
            closes=time.fromisoformat(hours[-1][1]) if hours else CLOSING,
        )
    except (KeyError, TypeError, ValueError, IndexError):
        return WorkingCalendar()
