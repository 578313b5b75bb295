"""Connects what she does about the caller with store and server (steps ⑥ to ⑧)."""

from __future__ import annotations

from collections.abc import Callable

from agent_app.desk.caller import CallerDesk
from agent_app.desk.cards import Cards
from agent_app.desk.person_search import PersonSearch
from agent_app.desk.relinking import Relinking
from agent_app.desk.reveals import REVEALING_ROLES, Reveals
from agent_app.desk.summaries import Summaries
from agent_app.domain.ids import AgentId
from agent_app.domain.numbers import Number
from agent_app.wiring.ground import Ground
from sync.secrets import CustomerSecrets


def build_caller(
    ground: Ground,
    *,
    cards: Cards,
    summaries: Summaries,
    number: Callable[[str], Number],
    wake: Callable[[], None],
) -> CallerDesk:
    """``wake`` makes replication look at the outbox now."""
    identity, tasks = ground.identity, ground.tasks
    return CallerDesk(
        relinking=Relinking(
            cards=cards,
            summaries=summaries,
            records=ground.store.relinking,
            agent_id=AgentId(identity.agent_id),
            wake=wake,
            tasks=tasks,
        ),
        search=PersonSearch(people=ground.store.customer_search, number=number, tasks=tasks),
        reveals=Reveals(
            secrets=CustomerSecrets(remote=ground.asker),
            allowed=ground.practice or identity.role in REVEALING_ROLES,
            tasks=tasks,
        ),
    )
