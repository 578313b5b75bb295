"""Whose data was shown on this seat, for the centre's audit (steps ⑤ and ⑧)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from agent_app.domain.ids import AgentId, CustomerId, new_operation_id
from agent_app.store.ahead import Sending, enqueue
from agent_app.store.database import Database
from agent_app.store.times import to_text
from sync.wire import OperationKind


class Place(StrEnum):
    """Where somebody's data was shown."""

    CARD = "card"
    PAGE = "page"
    HISTORY = "history"


class Sightings:
    def __init__(self, *, work: Database, now: Callable[[], datetime]) -> None:
        self._work = work
        self._now = now

    async def note(self, customer_id: CustomerId, place: Place, author: AgentId) -> None:
        """Kept until the server has it, with which nobody has to wait for it.

        Raises a FileFaultError.
        """
        operation_id = new_operation_id()
        sending = Sending(
            OperationKind.SEE_CUSTOMER.value, operation_id, author, to_text(self._now()),
            {"customer_id": customer_id, "by": place.value}, {}, "", operation_id=operation_id,
        )  # fmt: skip

        def job(connection: Connection) -> None:
            enqueue(connection, sending)

        await self._work.write(job)
