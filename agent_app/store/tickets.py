"""Tickets on the seat: those of a person, a new one, and whose they are (steps ④, ⑥, ⑦).

Sending writes the outbox entry and the end of what was typed in one transaction; from then on the
card shows the ticket, whether the server is there or not. A ticket belongs to the person its call
belongs to, and goes along when the call is given to somebody else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict

import orjson
from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    literal_column,
    select,
    union_all,
    update,
)

from agent_app.domain.ids import AgentId, CustomerId, InteractionId, TicketId
from agent_app.domain.link import SAVE_TICKET
from agent_app.domain.tickets import NewTicket, Ticket, TicketForm, TicketKind, TicketState
from agent_app.store.ahead import Act, Sending, acts_of, enqueue, made_here, overlaid, plain
from agent_app.store.customer_edits import bound_to
from agent_app.store.moves import Move, is_unsent
from agent_app.store.over_copy import OverCopy
from agent_app.store.tables import ahead, outbox, person_of_ticket, tickets
from agent_app.store.times import from_text, to_text
from agent_app.store.typed import drop_typed

FORM = "ticket"
LOOKED_AT = 200
"""Open tickets of those a number may mean; nobody reads more of them on a card."""
_BLANK: Mapping[str, object] = {
    str(column.name): 0 if column.name == "version" else "" for column in tickets.columns
} | dict.fromkeys(("customer_id", "category_id"))
_PERSON = ("customer_id", "customer_name")

Known = Mapping[str, Mapping[str, object]]
"""Rows of the copy, by id."""

_open_of = (
    select(tickets)
    .where(
        tickets.c.customer_id.in_(bindparam("customers", expanding=True)),
        tickets.c.state == TicketState.OPEN.value,
    )
    .order_by(tickets.c.due_at)
    .limit(LOOKED_AT)
)
_among = select(tickets).where(tickets.c.id.in_(bindparam("ids", expanding=True)))
_making = select(outbox).where(outbox.c.kind == SAVE_TICKET, outbox.c.base == "{}")
_made_in = select(tickets).where(tickets.c.interaction_id == bindparam("call"))
_ticket: ColumnElement[str] = literal_column(f"'{SAVE_TICKET}'")
_here = union_all(
    *(
        select(table.c.record).where(
            table.c.kind == _ticket,
            person_of_ticket(table).in_(bindparam("customers", expanding=True)),
        )
        for table in (outbox, ahead)
    )
)


def open_tickets(
    cache: Connection, work: Connection, customers: Collection[CustomerId]
) -> dict[CustomerId, tuple[Ticket, ...]]:
    """Of each who has one, the soonest deadline first; with what is only on this seat.

    A tip-off is nobody's business but hers who took it: others do not see that there is one.
    """
    asked = {"customers": list(customers)}
    here = set(work.execute(_here, asked).scalars())  # first: what comes between is in both
    rows = {row.id: plain(row) for row in cache.execute(_open_of, asked)}
    acts = acts_of(work, SAVE_TICKET, here | rows.keys()) if here or rows else {}
    if unseen := acts.keys() - rows.keys():
        rows |= {row.id: plain(row) for row in cache.execute(_among, {"ids": list(unseen)})}
    found: dict[CustomerId, list[Ticket]] = {}
    for record in {*rows, *acts}:
        shown = overlaid(rows.get(record), acts.get(record, ()), _BLANK)
        if shown is None:
            continue
        values, waits = shown
        if values["kind"] == TicketKind.TIP_OFF.value and record not in acts:
            continue
        if values["state"] == TicketState.OPEN.value and values["customer_id"] in customers:
            whose = CustomerId(str(values["customer_id"]))
            found.setdefault(whose, []).append(_shown(record, values, waits))
    return {
        whose: tuple(sorted(some, key=lambda one: (one.due_at, one.ticket_id)))
        for whose, some in found.items()
    }


class Tickets(OverCopy):
    """Tickets that she makes."""

    async def make(self, ticket: NewTicket, *, agent_id: AgentId) -> None:
        """Send a new ticket; the same one a second time changes nothing."""
        now = to_text(self._now())
        form = ticket.form

        def job(connection: Connection) -> None:
            if not made_here(connection, SAVE_TICKET, form.ticket_id):
                customer_id, after = bound_to(connection, ticket.customer_id)
                payload = _payload(ticket) | {"customer_id": customer_id, "made_at": now}
                sending = Sending(
                    SAVE_TICKET, form.ticket_id, agent_id, now, payload, {}, form.title, after
                )
                enqueue(connection, sending)
            drop_typed(connection, FORM, form.about)

        await self._outbox.write(job, {SAVE_TICKET})

    async def follow(self, wish: Move) -> bool:
        """Give a call's tickets to the person it belongs to; True when one of them was not."""
        known, here = await self._readers.run(lambda: self._made_in(wish.interaction_id))
        if not known and not here:
            return False
        now = to_text(self._now())
        async with self._outbox.standing_still() as sending:
            return await self._outbox.write(
                lambda c: move_tickets(c, wish, known, sending, now), {SAVE_TICKET}
            )

    async def keep_form(self, form: TicketForm) -> None:
        """What she has typed so far."""
        await self._typed.put(FORM, form.about, orjson.dumps(asdict(form)).decode())

    async def typed_form(self, form: TicketForm) -> TicketForm | None:
        """What was typed of the same call before; None where nothing was."""
        try:
            body = await self._typed.get(FORM, form.about)
            found = orjson.loads(body) if body else {}
            return TicketForm(**{**found, "kind": TicketKind(found["kind"])})
        except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
            return None

    async def drop_form(self, form: TicketForm) -> None:
        await self._typed.drop(FORM, form.about)

    def _made_in(self, call: InteractionId) -> tuple[Known, bool]:
        """The copy's rows of the tickets that a call made, and whether this seat has some."""
        with self._cache.reading() as cache:
            known = tickets_known(cache, call)
        with self._work.reading() as work:
            waiting = work.execute(_making).all()
            here = any(orjson.loads(one.payload)["interaction_id"] == call for one in waiting)
            return known, here or bool(_acts_in(work, call, {}))


def tickets_known(cache: Connection, call: InteractionId) -> Known:
    """What the copy has of the tickets that a call made."""
    return {row.id: plain(row) for row in cache.execute(_made_in, {"call": call})}


def move_tickets(
    connection: Connection,
    wish: Move,
    known: Known,
    sending: Collection[str],
    now: str,
) -> bool:
    """Give a call's tickets to ``wish``'s person; True when one of them was not that one's.

    As long as nothing of a ticket was sent, what waits is put right instead of moved after.
    """
    customer_id, after = bound_to(connection, wish.customer_id)
    change = {"customer_id": customer_id, "customer_name": wish.name}
    moved = False
    for entry in connection.execute(_making).all():
        payload = orjson.loads(entry.payload)
        of_this = payload["interaction_id"] == wish.interaction_id
        if of_this and payload["customer_id"] != customer_id and is_unsent(entry, sending):
            moved = True
            connection.execute(
                update(outbox)
                .where(outbox.c.position == entry.position)
                .values(payload=orjson.dumps(payload | change).decode(), after=after, previous="")
            )
    for record, acts in _acts_in(connection, wish.interaction_id, known).items():
        shown = overlaid(known.get(record), acts, _BLANK)
        if shown is None or shown[0]["customer_id"] == customer_id:
            continue
        if wish.again and _is_put_right(known.get(record), acts):
            continue
        moved = True
        version = int(str(shown[0]["version"]))
        base = dict.fromkeys(_PERSON, version)
        title = str(shown[0]["title"])
        enqueue(
            connection, Sending(SAVE_TICKET, record, wish.author, now, change, base, title, after)
        )
    return moved


def _is_put_right(row: Mapping[str, object] | None, acts: Collection[Act]) -> bool:
    """Whether the newest that is known of a ticket was said by somebody else, and not here."""
    version = 0 if row is None else int(str(row["version"]))
    return version > 1 and not any(act.is_ahead_of(version - 1) for act in acts)


def _acts_in(
    work: Connection, call: InteractionId, known: Mapping[str, object]
) -> dict[str, list[Act]]:
    """The acts of every ticket that a call made, here or as far as the copy knows."""
    every = acts_of(work, SAVE_TICKET)
    mine = {
        record: acts
        for record, acts in every.items()
        if record in known or acts[0].payload.get("interaction_id") == call
    }
    return {record: [] for record in known} | mine


def _payload(ticket: NewTicket) -> dict[str, object]:
    form = ticket.form
    return {
        "id": form.ticket_id, "kind": form.kind.value, "title": " ".join(form.title.split()),
        "body": form.body.strip(), "customer_name": ticket.customer_name,
        "contact": form.contact.strip(), "interaction_id": form.interaction_id,
        "category_id": ticket.category_id, "holder_name": ticket.holder,
        "due_at": to_text(ticket.due_at), "state": TicketState.OPEN.value,
    }  # fmt: skip


def _shown(record: str, values: Mapping[str, object], waits: bool) -> Ticket:
    return Ticket(
        ticket_id=TicketId(record),
        number=str(values["number"]),
        title=str(values["title"]),
        holder=str(values["holder_name"]),
        due_at=from_text(str(values["due_at"])),
        provisional=waits,
    )
