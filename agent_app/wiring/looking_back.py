"""Connects what looks back, the history of records and her day, with store and server (⑥ to ⑧)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agent_app.desk.history import CallHistory
from agent_app.desk.link import Link
from agent_app.desk.my_day import MyDay
from agent_app.desk.records import Records
from agent_app.desk.shift import Shift
from agent_app.desk.shift_log import ShiftLog
from agent_app.desk.sightings import Sightings
from agent_app.domain.day import GRADE_ROLES
from agent_app.domain.ids import AgentId
from agent_app.domain.knowledge import Category
from agent_app.domain.numbers import Number
from agent_app.store.sightings import Place
from agent_app.wiring.ground import Ground
from agent_app.wiring.news import at_the_end
from sync.days import DayBook

RECORD_TABLES = ("interactions", "customers", "categories", "grades")
GRADE_TABLES = ("interactions", "grades")


def build_history(
    ground: Ground,
    *,
    calls: CallHistory,
    number: Callable[[str], Number],
    categories: Callable[[], tuple[Category, ...]],
    sightings: Sightings,
) -> Records:
    """It hears of what is saved, sent and fetched, and of calls, while somebody looks."""
    store = ground.store
    records = Records(
        source=store.records,
        number=number,
        categories=categories,
        agent_id=AgentId(ground.identity.agent_id),
        clock=ground.clock,
        tasks=ground.tasks,
        on_seen=lambda customer_id: sightings.note(customer_id, Place.HISTORY),
    )

    def on_outbox(_kinds: object) -> None:
        records.on_news()

    store.replica.applied.add(at_the_end(RECORD_TABLES, records.on_news))
    store.outbox.changed.add(on_outbox)
    calls.changed.connect(records.on_calls)
    return records


@dataclass(frozen=True, slots=True)
class Days:
    """What she was doing, written down, and her day made of it."""

    log: ShiftLog
    mine: MyDay

    def begin(self) -> None:
        self.log.begin()

    async def close(self) -> None:
        """The state that lasts is over."""
        self.mine.close()
        await self.log.close()


def build_days(ground: Ground, *, shift: Shift, calls: CallHistory, link: Link) -> Days:
    """The day follows the shift, the calls and the outbox while it is looked at."""
    clock, tasks = ground.clock, ground.tasks
    found = Days(
        log=ShiftLog(keeper=ground.store.days, shift=shift, clock=clock, tasks=tasks),
        mine=MyDay(
            keeper=ground.store.days,
            grades=ground.store.grades if _keeps_grades(ground) else None,
            centre=DayBook(remote=ground.asker),
            agent_id=AgentId(ground.identity.agent_id),
            role=ground.identity.role,
            clock=clock,
            tasks=tasks,
        ),
    )

    def on_outbox(_kinds: object) -> None:
        found.mine.refresh()

    found.log.fault.connect(ground.faults.on_data_fault)
    found.log.turned.connect(found.mine.refresh)
    calls.changed.connect(found.mine.on_calls)
    link.changed.connect(found.mine.on_link)
    ground.store.replica.applied.add(at_the_end(GRADE_TABLES, found.mine.refresh))
    ground.store.outbox.changed.add(on_outbox)
    return found


def _keeps_grades(ground: Ground) -> bool:
    """A server that tells no role sends everything, as a practice centre does."""
    role = ground.identity.role
    return ground.practice or not role or role in GRADE_ROLES
