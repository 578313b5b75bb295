"""Connects tickets with the call's summary, store and server (steps ⑥ to ⑧)."""

from __future__ import annotations

from collections.abc import Callable

from agent_app.desk.centre_rules import CentreRules
from agent_app.desk.summaries import Summaries
from agent_app.desk.ticket_form import TicketDesk
from agent_app.domain.ids import AgentId
from agent_app.wiring.ground import Ground


def build_tickets(
    ground: Ground, *, summaries: Summaries, rules: CentreRules, wake: Callable[[], None]
) -> TicketDesk:
    """``wake`` makes replication look at the outbox now."""
    desk = TicketDesk(
        keeper=ground.store.tickets,
        summaries=summaries,
        rules=lambda: rules.tickets,
        agent_id=AgentId(ground.identity.agent_id),
        clock=ground.clock,
        tasks=ground.tasks,
    )

    def on_sent(*_what: object) -> None:
        wake()

    desk.made.connect(on_sent)
    desk.moved.connect(on_sent)
    desk.fault.connect(ground.faults.on_data_fault)
    return desk
