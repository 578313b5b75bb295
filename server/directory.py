"""Who works here and is free, and the queues: whom a call can be given to (M03)."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, insert, select, update

from server import fields
from server.conflict import Value
from server.database import Transaction
from server.errors import RejectedError
from server.fields import Check
from server.live_calls import check_account
from server.tables import agents, presence, queues
from server.tokens import Identity

SIGNED_OUT = "signed-out"
STATES = (
    SIGNED_OUT, "ready", "ringing", "talking", "on-hold", "wrap-up", "not-ready", "break", "study",
    "practice",
)  # fmt: skip
FORGOTTEN_AFTER_S = 90
"""Seats say what they do at every change and every 30 s; one that is silent has died."""

_PRESENCE: Mapping[str, Check] = {"state": fields.one_of(*STATES), "since": fields.moment}


def read_presence(body: Mapping[str, object]) -> dict[str, Value]:
    """What an agent does, and since when. Raises RejectedError."""
    for name in _PRESENCE:
        if name not in body:
            raise RejectedError(f"Presence needs {name}.")
    return fields.checked(_PRESENCE, body)


def put_presence(
    transaction: Transaction, *, values: Mapping[str, Value], identity: Identity, now: float
) -> None:
    """The agent does this now; the last word counts."""
    connection = transaction.connection
    mine = presence.c.agent_id == identity.agent_id
    seen = {**values, "seen_at": int(now)}
    if connection.execute(update(presence).where(mine).values(**seen)).rowcount == 0:
        check_account(connection, identity)
        connection.execute(insert(presence).values(agent_id=identity.agent_id, **seen))


def read_directory(connection: Connection, *, now: float) -> dict[str, object]:
    """All who may sign in, by extension, and all queues in their order."""
    found = connection.execute(
        select(agents.c.id, agents.c.name, agents.c.extension, presence.c.state,
               presence.c.since, presence.c.seen_at)
        .join(presence, presence.c.agent_id == agents.c.id, isouter=True)
        .where(agents.c.disabled.is_(False))
        .order_by(agents.c.extension, agents.c.id)
    )  # fmt: skip
    people = []
    for row in found:
        here = row.seen_at is not None and row.seen_at >= int(now) - FORGOTTEN_AFTER_S
        people.append(
            {"id": row.id, "name": row.name, "extension": row.extension,
             "state": row.state if here else SIGNED_OUT, "since": row.since or ""}
        )  # fmt: skip
    lines = connection.execute(
        select(queues.c.name, queues.c.number).order_by(queues.c.position, queues.c.number)
    )
    return {
        "agents": people,
        "queues": [{"name": row.name, "number": row.number} for row in lines],
    }
