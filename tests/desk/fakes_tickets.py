"""A stand-in for where tickets are kept, and the centre's units."""

from __future__ import annotations

import asyncio
from datetime import time

from agent_app.desk.summaries import Summaries
from agent_app.desk.ticket_form import TicketDesk
from agent_app.domain.ids import AgentId, TicketId
from agent_app.domain.tickets import (
    NewTicket,
    TicketForm,
    TicketRules,
    TicketUnit,
    WorkingCalendar,
)
from agent_app.runtime.clock import Clock
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError
from agent_app.store.moves import Move

INCOME = TicketUnit("income", "所得税科", "Income tax section", 2)
SYSTEMS = TicketUnit("systems", "信息中心", "Information centre", 0)
RULES = TicketRules((INCOME, SYSTEMS), WorkingCalendar(closes=time(17, 30)))


class FakeTickets:
    """Keeps what it is given, or fails with ``fault``; ``has`` are calls with tickets to move."""

    def __init__(self) -> None:
        self.sent: list[NewTicket] = []
        self.moves: list[Move] = []
        self.forms: dict[str, TicketForm] = {}
        self.has: set[str] = set()
        self.fault = ""
        self.slow: asyncio.Event | None = None

    def _check(self) -> None:
        if self.fault:
            raise StoreError(self.fault)

    async def make(self, ticket: NewTicket, *, agent_id: AgentId) -> None:
        if self.slow is not None:
            await self.slow.wait()
        self._check()
        self.sent.append(ticket)
        self.forms.pop(ticket.form.about, None)

    async def follow(self, wish: Move) -> bool:
        self._check()
        self.moves.append(wish)
        return wish.interaction_id in self.has

    async def keep_form(self, form: TicketForm) -> None:
        self._check()
        self.forms[form.about] = form

    async def typed_form(self, form: TicketForm) -> TicketForm | None:
        self._check()
        return self.forms.get(form.about)

    async def drop_form(self, form: TicketForm) -> None:
        self._check()
        self.forms.pop(form.about, None)

    @property
    def ids(self) -> list[TicketId]:
        return [one.form.ticket_id for one in self.sent]


def a_ticket_desk(
    keeper: FakeTickets,
    summaries: Summaries,
    clock: Clock,
    tasks: Tasks,
    rules: TicketRules = RULES,
) -> TicketDesk:
    return TicketDesk(
        keeper=keeper, summaries=summaries, rules=lambda: rules, agent_id=AgentId("a1"),
        clock=clock, tasks=tasks,
    )  # fmt: skip
