"""How this seat stands towards the server: what waits, what was refused (steps ⑦ and ⑧)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agent_app.domain.ids import InteractionId, OperationId


class ServerState(StrEnum):
    SIGNED_OUT = "signed-out"
    CONNECTING = "connecting"
    FIRST_SYNC = "first-sync"
    ONLINE = "online"
    OFFLINE = "offline"


class OutboxState(StrEnum):
    WAITING = "waiting"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    DELIVERED = "delivered"

    @property
    def waits(self) -> bool:
        """It goes out by itself."""
        return self is OutboxState.WAITING

    @property
    def set_aside(self) -> bool:
        """A person has to look."""
        return self in (OutboxState.CONFLICT, OutboxState.REJECTED)


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """One thing this seat did: what, about whom, since when, why it is still here."""

    operation_id: OperationId
    interaction_id: InteractionId
    kind: str
    title: str
    made_at: datetime
    state: OutboxState
    attempts: int
    detail: str


@dataclass(frozen=True, slots=True)
class LinkStatus:
    server: ServerState
    detail: str = ""
    waiting: int = 0
    set_aside: int = 0
    """Rejected or in conflict: a person has to look."""
    oldest_waiting_at: datetime | None = None
    synced_rows: int = 0
    rows_to_sync: int = 0
