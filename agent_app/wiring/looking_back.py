"""Connects what looks back, the history of records, with store and phone (step ⑥)."""

from __future__ import annotations

from collections.abc import Callable

from agent_app.desk.history import CallHistory
from agent_app.desk.records import Records
from agent_app.domain.ids import AgentId
from agent_app.domain.knowledge import Category
from agent_app.domain.numbers import Number
from agent_app.store.outbox import OutboxCounts
from agent_app.store.replica import AppliedPage
from agent_app.wiring.ground import Ground

RECORD_TABLES = ("interactions", "customers", "categories")


def build_history(
    ground: Ground,
    *,
    calls: CallHistory,
    number: Callable[[str], Number],
    categories: Callable[[], tuple[Category, ...]],
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
    )

    def on_page(page: AppliedPage) -> None:
        if not page.more and page.touches(*RECORD_TABLES):
            records.on_news()

    def on_outbox(_counts: OutboxCounts) -> None:
        records.on_news()

    store.replica.applied.add(on_page)
    store.outbox.changed.add(on_outbox)
    calls.changed.connect(records.on_calls)
    return records
