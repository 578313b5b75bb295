"""What of a call goes along when it is given to another person (step ⑦)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from agent_app.domain.ids import AgentId, CustomerId, InteractionId
from agent_app.domain.link import OutboxState
from agent_app.store.tables import AnyRow


@dataclass(frozen=True, slots=True)
class Move:
    """``customer_id`` None: to nobody who is known. ``author`` is the agent who says so; ``again``:
    she says what she said before, and what somebody else put right since stays."""

    interaction_id: InteractionId
    customer_id: CustomerId | None
    name: str
    author: AgentId
    again: bool = False


def is_unsent(entry: AnyRow, sending: Collection[str]) -> bool:
    """The server cannot have the outbox's entry, or said that it did not take it."""
    refused = entry.state != OutboxState.WAITING.value
    return entry.id not in sending and (refused or entry.attempts == 0)
