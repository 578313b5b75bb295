"""Tickets: what an agent could not answer herself, who must, and by when (M21, step ⑨).

Whoever is on calls makes one. Its author keeps the words and whose it is; what becomes of it is
said by its holder, a specialist or a supervisor. Fields have versions of their own, so that a call
given to another person and an answer do not meet as a conflict.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import orjson
from sqlalchemy import Connection, Row, insert, select, update

from server import fields
from server.acts import Act
from server.confidential import TIP_OFF
from server.conflict import Value, merge
from server.customer_fields import canonical
from server.customer_rows import kept_id
from server.errors import ConflictError, RejectedError
from server.fields import Check
from server.ordered import check_category
from server.rights import Action, may
from server.scope import is_practice
from server.tables import WIRE_COLUMNS, agents, tickets
from server.ticket_numbers import number_for, ticket_number

KINDS = ("consult", "complaint", TIP_OFF, "suggestion", "help", "fault")
OPEN, CLOSED = STATES = ("open", "closed")

_long = partial(fields.text, longest=fields.TEXT_MAX)


def _nobody_or_id(name: str, value: object) -> str:
    return "" if value == "" else fields.identifier(name, value)


TICKET: Mapping[str, Check] = {
    "id": fields.identifier,
    "kind": fields.one_of(*KINDS),
    "title": fields.text,
    "body": _long,
    "customer_id": fields.optional(fields.identifier),
    "customer_name": fields.text,
    "contact": fields.text,
    "interaction_id": partial(fields.text, longest=fields.ID_MAX),
    "category_id": fields.optional(fields.identifier),
    "holder_id": _nobody_or_id,
    "holder_name": fields.text,
    "due_at": fields.moment,
    "state": fields.one_of(*STATES),
    "outcome": _long,
    "made_at": fields.moment,
    "number": ticket_number,
}
"""How each column of ``ticket.save`` is checked; the author is the server's to say, and so is the
number: a seat only offers the one that the ticket had before the server was restored."""

_PERSON = frozenset({"customer_id", "customer_name"})
_WORDS = _PERSON | {"kind", "title", "body", "contact", "category_id"}
_HANDLING = frozenset({"holder_id", "holder_name", "due_at", "state", "outcome"})
_FIXED = frozenset(TICKET) - _WORDS - _HANDLING - {"id"}
_NEEDED = ("kind", "title", "holder_name", "due_at")


def save_ticket(act: Act) -> int:
    """Make a ticket or change some of its fields; returns the row's version.

    Raises RejectedError with a reason in words, ConflictError when a field has newer values.
    """
    wanted = fields.of_record(act.record, TICKET, act.operation.payload)
    if (category := wanted.get("category_id")) is not None:
        check_category(act.connection, str(category))
    if (customer := wanted.get("customer_id")) is not None:
        wanted["customer_id"] = kept_id(act.connection, str(customer), hold=True)
    if holder := wanted.get("holder_id"):
        wanted["holder_name"] = _name_of(act.connection, str(holder))
    row = act.connection.execute(
        select(tickets).where(tickets.c.id == act.record).with_for_update()
    ).one_or_none()
    return _insert(act, wanted) if row is None else _change(act, row, wanted)


def _insert(act: Act, wanted: Mapping[str, Value]) -> int:
    for name in _NEEDED:
        if not str(wanted.get(name, "")).strip():
            raise RejectedError(f"A new ticket needs {name}.")
    if wanted.get("state", OPEN) != OPEN or wanted.get("outcome"):
        raise RejectedError("A new ticket is open and has no outcome yet.")
    values: dict[str, Value] = {
        "body": "", "customer_id": None, "customer_name": "", "contact": "", "interaction_id": "",
        "category_id": None, "holder_id": "", "made_at": act.now, **wanted, "id": act.record,
        "version": 1, "number": number_for(act, str(wanted.get("number", ""))),
        "state": OPEN, "outcome": "",
        "author_id": act.identity.agent_id, "author_name": act.author_name(),
        "changed_at": act.now, "field_versions": "{}",
    }  # fmt: skip
    act.connection.execute(insert(tickets).values(values))
    act.transaction.changed("tickets", act.record)
    return 1


def _change(act: Act, row: Row[*tuple[Any, ...]], wanted: Mapping[str, Value]) -> int:
    version: int = row.version
    given = {name for name, value in wanted.items() if row._mapping[name] != value}
    if not given:
        return version
    _check_right(act, row, given)
    field_versions: dict[str, int] = orjson.loads(row.field_versions)
    base = act.operation.base
    if "holder_id" in given:  # whose name that is, the server says
        base = {**base, "holder_name": base.get("holder_id", 0)}
    merged = merge(
        current={name: row._mapping[name] for name in given},
        field_versions=field_versions,
        wanted={name: wanted[name] for name in given},
        base=base,
    )
    if merged.conflicts:
        server = {**_as_object(row), "field_versions": field_versions}
        raise ConflictError(names=merged.conflicts, version=version, server=server)
    _check_whole({**row._mapping, **merged.changes})
    field_versions.update(dict.fromkeys(merged.changes, version + 1))
    act.connection.execute(
        update(tickets)
        .where(tickets.c.id == act.record)
        .values(
            **merged.changes, version=version + 1, changed_at=act.now,
            field_versions=canonical(field_versions),
        )
    )  # fmt: skip
    act.transaction.changed("tickets", act.record)
    return version + 1


def _check_right(act: Act, row: Row[*tuple[Any, ...]], given: set[str]) -> None:
    """Each side its own part; a closed ticket can only become another person's."""
    author, role = act.identity.agent_id, act.identity.role
    if "number" in given:
        raise RejectedError("A ticket keeps the number that it has.")
    if given & _FIXED:
        raise RejectedError("Which call a ticket is from cannot be changed.")
    if row.state == CLOSED and given - _PERSON:
        raise RejectedError("This ticket was closed already.")
    if is_practice(act.connection) or may(role, Action.HANDLE_TICKETS):
        return
    if given & _HANDLING and author != row.holder_id:
        raise RejectedError("Only its holder, a specialist or a supervisor handles a ticket.")
    if given & _WORDS and author not in (row.author_id, row.holder_id):
        raise RejectedError("What a ticket asks stays as its author wrote it.")


def _check_whole(values: Mapping[str, Any]) -> None:
    for name in _NEEDED:
        if not values[name].strip():
            raise RejectedError(f"A ticket needs {name}.")
    if values["state"] == CLOSED and not values["outcome"].strip():
        raise RejectedError("A ticket is closed with an outcome in words.")


def _name_of(connection: Connection, agent_id: str) -> str:
    name: str | None = connection.execute(
        select(agents.c.name).where(agents.c.id == agent_id)
    ).scalar_one_or_none()
    if name is None:
        raise RejectedError(f"The agent {agent_id} is not known here.")
    return name


def _as_object(row: Row[*tuple[Any, ...]]) -> dict[str, object]:
    return {name: row._mapping[name] for name in WIRE_COLUMNS["tickets"]}
