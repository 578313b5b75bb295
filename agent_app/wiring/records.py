"""Connects what she edits and decides with store and server (steps ⑥ to ⑧)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agent_app.desk.cards import Cards
from agent_app.desk.customer_editor import CustomerEditor
from agent_app.desk.inbox import Inbox
from agent_app.desk.sightings import Sightings
from agent_app.desk.summaries import Summaries
from agent_app.domain.ids import AgentId
from agent_app.domain.link import OutboxItem
from agent_app.domain.numbers import Number
from agent_app.domain.summary import SummaryDraft
from agent_app.wiring.ground import Ground


@dataclass(frozen=True, slots=True)
class Records:
    """The editor of customers, and the inbox of what the server did not take."""

    inbox: Inbox
    customers: CustomerEditor
    sightings: Sightings


def build_records(
    ground: Ground,
    *,
    cards: Cards,
    summaries: Summaries,
    number: Callable[[str], Number],
    wake: Callable[[], None],
) -> Records:
    """``wake`` makes replication look at the outbox now."""
    agent_id = AgentId(ground.identity.agent_id)
    inbox = Inbox(
        keeper=ground.store.inbox,
        agent_id=agent_id,
        wake=wake,
        ask_choices=ground.store.customers.choices,
        tasks=ground.tasks,
    )
    customers = CustomerEditor(
        keeper=ground.store.customers,
        cards=cards,
        number=number,
        agent_id=agent_id,
        tasks=ground.tasks,
    )

    sightings = Sightings(
        book=ground.store.sightings,
        author=agent_id,
        tasks=ground.tasks,
        on_fault=ground.faults.on_data_fault,
    )
    cards.changed.connect(sightings.on_card)

    def on_saved(_item: OutboxItem) -> None:
        wake()

    def on_reopened(draft: SummaryDraft) -> None:
        summaries.reopen(draft)
        cards.restore(draft)

    def on_outbox(_kinds: object) -> None:
        inbox.refresh()
        cards.refresh()

    customers.saved.connect(on_saved)
    inbox.reopened.connect(on_reopened)
    for faulty in (inbox, customers):
        faulty.fault.connect(ground.faults.on_data_fault)
    ground.store.outbox.changed.add(on_outbox)
    return Records(inbox, customers, sightings)
