"""Live calls: each agent's leg with what is attached to it, kept for a day (M03, M04).

A transfer brings the call to another desk faster than a summary is saved, so what the first agent
knows travels here. Only its author writes a leg; the revision, which the author's desk raises,
says which word is the last. Nothing of this enters the change feed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from server import fields
from server.conflict import Value
from server.database import Transaction
from server.errors import ApiError, RejectedError
from server.fields import Check
from server.tables import agents, call_legs
from server.tokens import Identity

STATES = ("ringing", "dialling", "talking", "held", "ended")
KEPT_S = 86_400
RINGS_AT_MOST_S = 180
"""A leg that claims to ring longer belongs to a desk that died."""
LEGS_MAX = 100
REVISION_MAX = 2**53

_line = fields.text
_long_text = partial(fields.text, longest=fields.TEXT_MAX)


_ATTACHMENT: Mapping[str, Check] = {
    "customer_id": fields.optional(fields.identifier),
    "customer_name": _line,
    "category_id": fields.optional(fields.identifier),
    "question": _long_text,
    "answer": _long_text,
    "basis": _long_text,
    "follow_up": _long_text,
    "quotes": fields.quotes,
}
_NOTHING_ATTACHED: Mapping[str, Value] = {
    "customer_id": None, "customer_name": "", "category_id": None, "question": "", "answer": "",
    "basis": "", "follow_up": "", "quotes": "[]",
}  # fmt: skip


def _attachment(name: str, value: object) -> str:
    """As canonical JSON text."""
    if not isinstance(value, dict):
        raise RejectedError(f"{name} must be an object.")
    given = {**_NOTHING_ATTACHED, **fields.checked(_ATTACHMENT, value)}
    return orjson.dumps({**given, "quotes": orjson.Fragment(str(given["quotes"]))}).decode()


def _call_id(name: str, value: object) -> str:
    if not (found := fields.text(name, value)):
        raise RejectedError(f"{name} must not be empty.")
    return found


_LEG: Mapping[str, Check] = {
    "call_id": _call_id,
    "state": fields.one_of(*STATES),
    "direction": fields.direction,
    "name": _line,
    "number": _line,
    "queue": _line,
    "menu_path": _line,
    "dialled": _line,
    "waited_s": fields.optional(partial(fields.whole_number, most=fields.SECONDS_MAX)),
    "started_at": fields.moment,
    "attachment": _attachment,
    "revision": partial(fields.whole_number, most=REVISION_MAX),
}
_NEEDED = ("call_id", "state", "direction", "started_at", "revision")
_WHEN_LEFT_OUT: Mapping[str, Value] = {
    "name": "", "number": "", "queue": "", "menu_path": "", "dialled": "", "waited_s": None,
    "attachment": _attachment("attachment", {}),
}  # fmt: skip


def read_leg(body: Mapping[str, object]) -> dict[str, Value]:
    """The columns of a leg as a seat sent it. Raises RejectedError."""
    for name in _NEEDED:
        if name not in body:
            raise RejectedError(f"A leg needs {name}.")
    return {**_WHEN_LEFT_OUT, **fields.checked(_LEG, body)}


def put_leg(
    transaction: Transaction,
    *,
    leg_id: str,
    values: Mapping[str, Value],
    identity: Identity,
    now: float,
) -> int:
    """Keep a leg unless a later word about it is kept already; returns the revision that is.

    Raises ApiError 403 ``not-yours`` for another agent's leg.
    """
    connection = transaction.connection
    connection.execute(delete(call_legs).where(call_legs.c.updated_at < int(now) - KEPT_S))
    found = connection.execute(
        select(call_legs.c.agent_id, call_legs.c.revision)
        .where(call_legs.c.id == leg_id)
        .with_for_update()
    ).one_or_none()
    wanted = int(str(values["revision"]))
    if found is None:
        check_account(connection, identity)
        connection.execute(
            insert(call_legs).values(
                id=leg_id, agent_id=identity.agent_id, opened_at=int(now * 1000),
                updated_at=int(now), **values,
            )
        )  # fmt: skip
        return wanted
    if found.agent_id != identity.agent_id:
        raise ApiError(403, "not-yours", "This leg of the call belongs to another agent.")
    if wanted <= found.revision:
        return int(found.revision)
    connection.execute(
        update(call_legs).where(call_legs.c.id == leg_id).values(updated_at=int(now), **values)
    )
    return wanted


def legs_of_call(connection: Connection, call_id: str) -> list[dict[str, object]]:
    """Everybody's legs of one call, the one that began last first."""
    return _legs(connection, call_legs.c.call_id == call_id)


def ringing_elsewhere(
    connection: Connection, identity: Identity, *, now: float
) -> list[dict[str, object]]:
    """Colleagues' ringing calls, the one that began last first."""
    return _legs(
        connection,
        call_legs.c.state == "ringing",
        call_legs.c.agent_id != identity.agent_id,
        call_legs.c.updated_at >= int(now) - RINGS_AT_MOST_S,
    )


def check_account(connection: Connection, identity: Identity) -> None:
    """A token outlives its account by minutes. Raises RejectedError."""
    known = select(agents.c.id).where(agents.c.id == identity.agent_id)
    if connection.execute(known).first() is None:
        raise RejectedError("There is no account for this session any more.")


def _legs(connection: Connection, *conditions: ColumnElement[bool]) -> list[dict[str, object]]:
    rows = connection.execute(
        select(call_legs, agents.c.name.label("agent_name"), agents.c.extension)
        .join(agents, agents.c.id == call_legs.c.agent_id)
        .where(*conditions)
        .order_by(call_legs.c.opened_at.desc(), call_legs.c.id.desc())
        .limit(LEGS_MAX)
    )
    return [_as_object(row) for row in rows]


def _as_object(row: Row[*tuple[Any, ...]]) -> dict[str, object]:
    kept = {name: row._mapping[name] for name in _LEG if name != "attachment"}
    return {
        "interaction_id": row.id,
        "agent": {"id": row.agent_id, "name": row.agent_name, "extension": row.extension},
        **kept,
        "attachment": orjson.loads(row.attachment),
    }
