"""Customers as she edits them: a form, what is typed into it, and the saved edit (steps ⑥ and ⑦).

Saving writes the edit, the outbox entry that carries it and the end of the draft in one
transaction; from then on the card shows it, whether the server is there or not.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace

import orjson
from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from agent_app.domain.customer_edit import (
    Choices,
    CustomerFields,
    CustomerForm,
    Phone,
    changes,
    everything,
)
from agent_app.domain.ids import AgentId, CustomerId, OperationId
from agent_app.domain.link import MERGE_CUSTOMERS, SAVE_CUSTOMER, OutboxItem
from agent_app.store.ahead import Sending, enqueue, one_line
from agent_app.store.centre_fields import read_custom_fields, read_segments
from agent_app.store.customer_edits import (
    Edit,
    Overlaid,
    bound_to,
    edits_of,
    fields_of,
    makes_customer,
    overlay,
    phones_in,
    write_edit,
)
from agent_app.store.customer_json import decode, encode
from agent_app.store.outbox import item_of
from agent_app.store.over_copy import OverCopy
from agent_app.store.tables import (
    customer_drafts,
    customer_edits,
    customers,
    outbox,
    phones,
)
from agent_app.store.times import to_text

_log = logging.getLogger(__name__)
_row = select(customers).where(customers.c.id == bindparam("customer"))
_numbers = (
    select(phones.c.number, phones.c.label)
    .where(phones.c.customer_id == bindparam("customer"))
    .order_by(phones.c.id)
)


class Customers(OverCopy):
    """Customers as she sees and edits them."""

    async def form(self, customer_id: CustomerId) -> CustomerForm | None:
        """The customer as it is shown now; what was typed before and not saved is in it.

        None when nobody has this id (any more). Raises a FileFaultError.
        """
        return await self._readers.run(lambda: self._form(customer_id))

    async def returned(self, operation_id: OperationId) -> CustomerForm | None:
        """An edit that the server sent back, to be corrected; None when it is not there any more.

        Raises a FileFaultError.
        """
        return await self._readers.run(lambda: self._returned(operation_id))

    async def choices(self) -> Choices:
        """Segments and the centre's own fields. Raises a FileFaultError."""

        def job() -> Choices:
            with self._cache.reading() as connection:
                return Choices(read_segments(connection), read_custom_fields(connection))

        return await self._readers.run(job)

    async def save(
        self, form: CustomerForm, *, agent_id: AgentId, replacing: OperationId | None = None
    ) -> OutboxItem:
        """Keep what was changed and queue it for the server; on the disk when this returns.

        ``replacing`` is an entry the server sent back: the corrected one takes its place in the
        outbox, so that what follows it goes out in order.
        """
        made_at = to_text(self._now())
        payload = everything(form.now) if form.is_new else changes(form.before, form.now)

        def job(connection: Connection) -> OutboxItem:
            place = None if replacing is None else _place_of(connection, replacing)
            base = _base(connection, form, payload)
            sending = Sending(SAVE_CUSTOMER, form.customer_id, agent_id, made_at, payload, base,
                              title(form.now), position=place)  # fmt: skip
            entry = enqueue(connection, sending)
            write_edit(connection, entry, payload, is_new=form.is_new)
            _drop_draft(connection, form.customer_id)
            return item_of(entry)

        return await self._outbox.write(job, {SAVE_CUSTOMER})

    async def merge(
        self, kept: CustomerId, gone: CustomerId, *, title: str, agent_id: AgentId
    ) -> OutboxItem:
        """Queue that two are one; on the disk when this returns. The server moves everything.

        Somebody who was made here must be at the server first.
        """
        made_at = to_text(self._now())

        def job(connection: Connection) -> OutboxItem:
            _, after = bound_to(connection, gone)
            sending = Sending(MERGE_CUSTOMERS, kept, agent_id, made_at, {"merged": gone}, {}, title,
                              after)  # fmt: skip
            return item_of(enqueue(connection, sending))

        return await self._outbox.write(job, {MERGE_CUSTOMERS})

    async def keep_draft(self, form: CustomerForm) -> None:
        """What she has typed so far; on the disk when this returns."""
        values = {
            "interaction_id": form.interaction_id or "",
            "body": encode(form),
            "changed_at": to_text(self._now()),
        }
        statement = upsert(customer_drafts).values(customer_id=form.customer_id, **values)
        statement = statement.on_conflict_do_update(index_elements=["customer_id"], set_=values)
        await self._work.write(lambda connection: connection.execute(statement))

    async def drop_draft(self, customer_id: CustomerId) -> None:
        """She does not want what she typed."""
        await self._work.write(lambda connection: _drop_draft(connection, customer_id))

    async def drafts(self) -> tuple[CustomerForm, ...]:
        """All that was typed and not saved, the newest first."""
        return await self._readers.run(self._drafts)

    def _drafts(self) -> tuple[CustomerForm, ...]:
        question = select(customer_drafts).order_by(customer_drafts.c.changed_at.desc())
        found = []
        with self._work.reading() as connection:
            for row in connection.execute(question):
                try:
                    found.append(decode(row.body))
                except (ValueError, KeyError, TypeError):
                    # Left where it is: a later version may read it.
                    _log.exception("%s: this change of a customer cannot be read", row.customer_id)
        return tuple(found)

    def _form(self, customer_id: CustomerId) -> CustomerForm | None:
        with self._work.reading() as connection:
            edits = edits_of(connection, customer_id)
        return self._form_over(customer_id, edits)

    def _form_over(self, customer_id: CustomerId, edits: Sequence[Edit]) -> CustomerForm | None:
        with self._cache.reading() as connection:
            row = connection.execute(_row, {"customer": customer_id}).first()
            numbers = connection.execute(_numbers, {"customer": customer_id}).all()
        shown = overlay(row, edits)
        if shown is None:
            return None
        known = tuple(Phone(number, label) for number, label in numbers)
        fields = fields_of(shown.values, known if shown.phones is None else shown.phones)
        version = 0 if row is None else row.version
        return CustomerForm(
            customer_id=customer_id,
            before=fields,
            now=fields,
            base=_seen_versions(shown, version),
            seen=tuple(edit.operation_id for edit in shown.edits),
        )

    def _returned(self, operation_id: OperationId) -> CustomerForm | None:
        with self._work.reading() as connection:
            entry = connection.execute(select(outbox).where(outbox.c.id == operation_id)).first()
            if entry is None or entry.kind != SAVE_CUSTOMER:
                return None
            making = makes_customer(connection, entry.position)
            others = [one for one in edits_of(connection, entry.record)
                      if one.operation_id != operation_id]  # fmt: skip
        form = None if making else self._form_over(CustomerId(entry.record), others)
        if form is None:
            form = CustomerForm(CustomerId(entry.record), CustomerFields(), CustomerFields(),
                                is_new=making)  # fmt: skip
        now = everything(form.before) | orjson.loads(entry.payload)
        numbers = phones_in(now)
        return replace(form, now=fields_of(now, numbers), base=orjson.loads(entry.base))


def title(fields: CustomerFields) -> str:
    """Whom it is about, in one line for the list of what waits."""
    numbers = " ".join(phone.number for phone in fields.phones)
    return one_line(fields.name or numbers)


def _seen_versions(shown: Overlaid, version: int) -> dict[str, int]:
    """The server's version of each part as she sees it; of an undelivered edit it is not known."""
    names = everything(CustomerFields())
    return {name: max([version, *_edit_versions(shown.edits, name)]) for name in names}


def _edit_versions(edits: tuple[Edit, ...], name: str) -> list[int]:
    return [edit.version for edit in edits if name in edit.payload]


def _base(
    connection: Connection, form: CustomerForm, payload: Mapping[str, object]
) -> dict[str, int]:
    """The versions she saw; of her own edits that went out while she typed, those they made."""
    if form.is_new:
        return {}
    base = {name: form.base.get(name, 0) for name in payload}
    made = connection.execute(
        select(customer_edits).where(
            customer_edits.c.operation_id.in_(form.seen), customer_edits.c.version > 0
        )
    )
    for row in made:
        for name in base.keys() if row.is_new else base.keys() & orjson.loads(row.payload).keys():
            base[name] = max(base[name], row.version)
    return base


def _place_of(connection: Connection, replacing: OperationId) -> int | None:
    """Take the entry out and give its place; one that is not there any more has none."""
    of_it = outbox.c.id == replacing
    place = connection.execute(select(outbox.c.position).where(of_it)).scalar()
    connection.execute(delete(outbox).where(of_it))
    return place


def _drop_draft(connection: Connection, customer_id: CustomerId) -> None:
    connection.execute(delete(customer_drafts).where(customer_drafts.c.customer_id == customer_id))
