"""Takes rows of a file over: new customers, and those that are here already (M18, step ⑨).

The same ID number is the same customer, and so is the same name with the same telephone number.
Whatever could be two people is left to a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

import orjson
from sqlalchemy import Connection, select

from server.acts import Act, Operation
from server.audit import Audited, record
from server.customer_rows import phones_of
from server.customers import save_customer
from server.database import Transaction
from server.errors import RejectedError
from server.imports.author import Author
from server.imports.columns import Centre
from server.imports.creating import NewCustomers
from server.imports.wishes import RowError, Wish
from server.tables import customers, phones

ASKED_AT_ONCE = 500
"""Values in one question to the database."""


class Duplicates(StrEnum):
    """What becomes of a row about a customer who is here already."""

    UPDATE = "update"
    SKIP = "skip"


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    SKIPPED = "skipped"


@dataclass(slots=True)
class Known:
    """Customers by what rows may share with them; grows with each row that is taken."""

    by_id_number: dict[str, set[str]] = field(default_factory=dict)
    by_number: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    id_numbers: dict[str, str] = field(default_factory=dict)

    def look_up(self, connection: Connection, wishes: Iterable[Wish]) -> None:
        """Add what the database knows of these rows."""
        wished = tuple(wishes)
        columns = (customers.c.id, customers.c.name, customers.c.id_secret)
        here = customers.c.merged_into.is_(None)
        for part in _parts(wish.id_number for wish in wished if wish.id_number):
            query = select(*columns).where(customers.c.id_secret.in_(part), here)
            for row in connection.execute(query):
                self.add(row.id, row.name, row.id_secret, ())
        for part in _parts(number for wish in wished for number in wish.numbers):
            numbered = (
                select(*columns, phones.c.number)
                .join(phones, phones.c.customer_id == customers.c.id)
                .where(phones.c.number.in_(part), here)
            )
            for customer_id, name, secret, number in connection.execute(numbered):
                self.add(customer_id, name, secret, (number,))

    def add(self, customer_id: str, name: str, id_number: str, numbers: Iterable[str]) -> None:
        if id_number:
            self.by_id_number.setdefault(id_number, set()).add(customer_id)
            self.id_numbers[customer_id] = id_number
        for number in numbers:
            self.by_number.setdefault((name, number), set()).add(customer_id)

    def find(self, wish: Wish) -> str | None:
        """The customer that a row is about, None for a new one. Raises RowError when in doubt."""
        same_id = self.by_id_number.get(wish.id_number, set())
        found = set(same_id)
        for number in wish.numbers:
            found |= self.by_number.get((wish.name, number), set())
        if len(found) > 1:
            raise RowError("", "More than one customer has this ID number, or name and number.")
        if not found:
            return None
        (customer_id,) = found
        has = self.id_numbers.get(customer_id, "")
        if wish.id_number and has and has != wish.id_number:
            raise RowError("", "A customer with this name and number has another ID number.")
        return customer_id


class Taking:
    """Brings rows into the database within one transaction; ``finish`` it."""

    def __init__(
        self, transaction: Transaction, centre: Centre, author: Author, duplicates: Duplicates
    ) -> None:
        self._transaction = transaction
        self._author = author
        self._duplicates = duplicates
        self._new = NewCustomers(transaction, centre, author)

    def take(self, wish: Wish, known: Known) -> Outcome:
        """Raises RowError, and then the row has changed nothing."""
        customer_id = known.find(wish)
        if customer_id is None:
            known.add(self._new.add(wish), wish.name, wish.id_number, wish.numbers)
            return Outcome.CREATED
        if self._duplicates is Duplicates.SKIP:
            return Outcome.SKIPPED
        self._new.write()  # it may be one of these
        self._update(customer_id, wish)
        known.add(customer_id, wish.name, wish.id_number, wish.numbers)
        return Outcome.UPDATED

    def finish(self) -> None:
        self._new.write()

    def _update(self, customer_id: str, wish: Wish) -> None:
        connection, author = self._transaction.connection, self._author
        payload = _added_to(connection, customer_id, wish.payload)
        version = connection.execute(
            select(customers.c.version).where(customers.c.id == customer_id)
        ).scalar_one()
        operation = Operation(
            id=author.job_id, kind="customer.save", record=customer_id,
            author=author.identity.agent_id, made_at="", base=dict.fromkeys(payload, version),
            payload=payload, digest="",
        )  # fmt: skip
        try:
            save_customer(Act(self._transaction, operation, author.identity, author.now_s))
        except RejectedError as error:
            raise RowError("", str(error)) from error
        record(
            self._transaction, identity=author.identity, action=Audited.IMPORT, table="customers",
            record=customer_id, detail=author.detail(payload),
        )  # fmt: skip


def foresee(wish: Wish, known: Known, *, duplicates: Duplicates) -> Outcome:
    """What ``take`` would do. Raises RowError."""
    customer_id = known.find(wish)
    known.add(customer_id or f"new {wish.number}", wish.name, wish.id_number, wish.numbers)
    if customer_id is None:
        return Outcome.CREATED
    return Outcome.SKIPPED if duplicates is Duplicates.SKIP else Outcome.UPDATED


def _added_to(
    connection: Connection, customer_id: str, payload: Mapping[str, object]
) -> dict[str, object]:
    """A file adds numbers and fields of the centre to those that are there."""
    found = dict(payload)
    if isinstance(wanted := found.get("phones"), list):
        have = [
            {"number": phone["number"], "label": phone["label"]}
            for phone in phones_of(connection, [customer_id])[customer_id]
        ]
        numbers = {phone["number"] for phone in have}
        found["phones"] = [*have, *(each for each in wanted if each["number"] not in numbers)]
    if isinstance(custom := found.get("custom"), dict):
        kept = connection.execute(
            select(customers.c.custom).where(customers.c.id == customer_id)
        ).scalar_one()
        found["custom"] = {**orjson.loads(kept), **custom}
    return found


def _parts(values: Iterable[str]) -> Iterable[list[str]]:
    left = iter(dict.fromkeys(values))
    while part := list(islice(left, ASKED_AT_ONCE)):
        yield part
