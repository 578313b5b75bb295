"""How this seat stands towards the server: what waits, what was refused (steps ⑦ and ⑧)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agent_app.domain.ids import OperationId

SAVE_INTERACTION = "interaction.save"
SAVE_CUSTOMER = "customer.save"
MERGE_CUSTOMERS = "customer.merge"
SAVE_GAP = "gap.save"
SAVE_TICKET = "ticket.save"
SAVE_NOTICE = "notice.save"
READ_NOTICE = "notice.read"
SAVE_DRAFT = "draft.save"
PUBLISH_DRAFT = "draft.publish"
"""The kinds of what a seat does, as the wire names them."""


class ServerState(StrEnum):
    SIGNED_OUT = "signed-out"
    CONNECTING = "connecting"
    FIRST_SYNC = "first-sync"
    NOT_SYNCHRONISED = "not-synchronised"
    ONLINE = "online"
    OFFLINE = "offline"


class OutboxState(StrEnum):
    """SENDING is never kept on disk: a request with it is under way in this moment."""

    WAITING = "waiting"
    SENDING = "sending"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    DELIVERED = "delivered"

    @property
    def waits(self) -> bool:
        """It goes out by itself."""
        return self in (OutboxState.WAITING, OutboxState.SENDING)

    @property
    def set_aside(self) -> bool:
        """A person has to look."""
        return self in (OutboxState.CONFLICT, OutboxState.REJECTED)


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """One thing this seat did: what, about whom, since when, why it is still here.

    ``record`` is the id of the interaction or customer it is about, ``after`` that of one which the
    server must have first, ``author`` the agent in whose session it goes out.
    """

    operation_id: OperationId
    record: str
    kind: str
    title: str
    made_at: datetime
    state: OutboxState
    attempts: int
    detail: str
    author: str = ""
    after: str = ""


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
    offline_until: datetime | None = None
    """Set while the server has not confirmed who she is since the desk was opened."""
