"""A new customer out of a file is the same as one that an agent made."""

from __future__ import annotations

import orjson
import pytest
from sqlalchemy import insert, select

from server import tables
from server.acts import Act, Operation
from server.customers import save_customer
from server.database import Database
from server.imports.author import Author
from server.imports.columns import read_centre
from server.imports.creating import NewCustomers
from server.imports.wishes import Wish
from server.tokens import Identity
from tests.server.conftest import ON_BOTH

IDENTITY = Identity(agent_id="a3", session_id="s", role="supervisor", expires_at=2**31)

PAYLOADS: tuple[dict[str, object], ...] = (
    {"name": "张 三"},
    {"name": "甲公司", "kind": "company", "segment_id": "s1", "arrears_cents": 5, "notes": "\n"},
    {
        "name": "Li Na", "id_number": "33010219900307888X", "region": "杭州市", "address": "路",
        "company": "乙", "warning": "!",
        "phones": [{"number": "+8613800138009", "label": "手机"}, {"number": "110", "label": ""}],
        "custom": {"card": "6222020200112233", "note": "x", "empty": ""},
    },
)  # fmt: skip


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_both_ways_write_the_same(database: Database) -> None:
    items = [
        {"id": name, "name": name, "kind": "text", "sensitive": name == "card"}
        for name in ("card", "note", "empty")
    ]
    with database.write() as transaction:
        transaction.connection.execute(
            insert(tables.centre_settings).values(
                id="customer-fields", version=1, value=orjson.dumps({"items": items}).decode()
            )
        )
    with database.write() as transaction:
        new = NewCustomers(
            transaction, read_centre(transaction.connection), Author(IDENTITY, "job", 0)
        )
        imported = [new.add(Wish(n, payload)) for n, payload in enumerate(PAYLOADS)]
        new.write()
        new.write()
        for n, payload in enumerate(PAYLOADS):
            operation = Operation(
                id=f"o{n}", kind="customer.save", record=f"saved{n}", author="a3", made_at="",
                base={}, payload=payload, digest="",
            )  # fmt: skip
            save_customer(Act(transaction, operation, IDENTITY, 0))
        by_hand = [(change.table, change.row_id) for change in transaction.changes]
    assert len(by_hand) == 2 * (3 + 2)
    with database.read() as connection:
        for n, customer_id in enumerate(imported):
            pair = [rows(connection, each) for each in (customer_id, f"saved{n}")]
            assert pair[0] == pair[1]


def rows(connection: object, customer_id: str) -> object:
    customer = connection.execute(  # type: ignore[attr-defined]
        select(tables.customers).where(tables.customers.c.id == customer_id)
    ).one()
    numbers = connection.execute(  # type: ignore[attr-defined]
        select(tables.phones.c.number, tables.phones.c.label)
        .where(tables.phones.c.customer_id == customer_id)
        .order_by(tables.phones.c.id)
    ).all()
    return {**customer._mapping, "id": ""}, numbers
