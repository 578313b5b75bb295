"""New customers, many at once: as ``save_customer`` writes one, in a tenth of the time (step ⑨).

A test compares what the two write.
"""

from __future__ import annotations

import orjson
from sqlalchemy import Table

from server import fields
from server.audit import Audited, record_many
from server.bulk import insert_rows
from server.conflict import Value
from server.custom_fields import completed, split
from server.customer_fields import CUSTOMER, WHEN_LEFT_OUT, canonical
from server.database import Transaction
from server.errors import RejectedError
from server.ids import uuid7
from server.imports.author import Author
from server.imports.columns import Centre
from server.imports.wishes import RowError, Wish
from server.masking import mask_id
from server.pinyin import spell
from server.tables import customers, phones


class NewCustomers:
    """Collects rows within one transaction until ``write``."""

    def __init__(self, transaction: Transaction, centre: Centre, author: Author) -> None:
        self._transaction = transaction
        self._centre = centre
        self._author = author
        self._customers: list[tuple[object, ...]] = []
        self._phones: list[tuple[object, ...]] = []
        self._entries: list[tuple[str, dict[str, object]]] = []

    def add(self, wish: Wish) -> str:
        """The id of the customer that ``write`` will make. Raises RowError."""
        customer_id = uuid7()
        try:
            values = {**WHEN_LEFT_OUT, **fields.checked(CUSTOMER, wish.payload)}
            row = {**self._columns(values), "id": customer_id}
        except RejectedError as error:
            raise RowError("", str(error)) from error
        numbers = orjson.loads(str(values["phones"]))
        names = sorted(uuid7() for _ in numbers)
        self._customers.append(_in_order(customers, row))
        self._phones += [
            _in_order(phones, {**number, "id": name, "customer_id": customer_id})
            for name, number in zip(names, numbers, strict=True)
        ]
        self._entries.append((customer_id, self._author.detail(wish.payload)))
        return customer_id

    def write(self) -> None:
        """Nothing that was added is there before, everything after."""
        if not self._customers:
            return
        transaction, author = self._transaction, self._author
        for table, rows in ((customers, self._customers), (phones, self._phones)):
            if rows:
                insert_rows(transaction.connection, table, rows)
            for row in rows:
                transaction.changed(str(table.name), str(row[0]))
            rows.clear()
        record_many(
            transaction, identity=author.identity, action=Audited.IMPORT, table="customers",
            entries=self._entries,
        )  # fmt: skip
        self._entries.clear()

    def _columns(self, values: dict[str, Value]) -> dict[str, object]:
        columns: dict[str, object] = {
            name: value for name, value in values.items() if name not in ("phones", "custom")
        }
        whole = completed(
            orjson.loads(str(values["custom"])), masked={}, secrets={},
            definitions=self._centre.fields,
        )  # fmt: skip
        sensitive = {name for name, each in self._centre.fields.items() if each.sensitive}
        masked, secrets = split(whole, sensitive)
        columns["custom"], columns["custom_secrets"] = canonical(masked), canonical(secrets)
        columns["id_secret"] = str(values["id_number"])
        columns["id_number"] = mask_id(str(values["id_number"]))
        columns["pinyin"], columns["initials"] = spell(str(values["name"]))
        return columns | {"version": 1, "merged_into": None, "field_versions": "{}"}


def _in_order(table: Table, row: dict[str, object]) -> tuple[object, ...]:
    return tuple(row[str(column.name)] for column in table.columns)
