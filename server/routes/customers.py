"""Customers: finding, showing, and the whole of what is masked (M18, step ⑨)."""

from __future__ import annotations

from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends, Query, Request, Response

from server import fields
from server.audit import saw
from server.customer_duplicates import find_duplicates
from server.customer_history import read_history
from server.customer_rows import read_customer
from server.customer_search import QUERY_MAX, find_customers
from server.customer_secrets import read_wish, reveal
from server.rights import Action
from server.routes.paths import existing, id_in_path, id_in_query
from server.services import InServices, allowed, answer, read_object
from server.tokens import Identity

router = APIRouter()

BODY_MAX_BYTES = 16 * 1024

Reading = Annotated[Identity, Depends(allowed(Action.READ_CUSTOMERS))]
Revealing = Annotated[Identity, Depends(allowed(Action.REVEAL_CUSTOMERS))]


@router.get("/customers")
def customers(
    services: InServices,
    identity: Reading,
    q: str,
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
) -> Response:
    """Who fits what was typed, the surest first."""
    text = fields.text("q", q, longest=QUERY_MAX)
    with services.database.read() as connection:
        found = find_customers(connection, text, limit)
    shown = [str(row["id"]) for row in found["rows"]]
    saw(services.database, identity, table="customers", records=shown, by="search")
    return answer(found)


@router.get("/customers/duplicates")
def duplicates(
    services: InServices,
    identity: Reading,
    customer_id: str | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> Response:
    """Pairs that may be one and the same, of one customer or of the whole centre."""
    wanted = id_in_query("customer_id", customer_id)
    with services.database.read() as connection:
        found = find_duplicates(connection, customer_id=wanted, limit=limit)
    shown = {str(row["id"]) for pair in found for row in pair["customers"]}
    saw(services.database, identity, table="customers", records=sorted(shown), by="duplicates")
    return answer({"rows": found})


@router.get("/customers/{record}")
def customer(services: InServices, identity: Reading, record: str) -> Response:
    with services.database.read() as connection:
        found = existing(read_customer(connection, id_in_path(record)))
    saw(services.database, identity, table="customers", records=[record], by="card")
    return answer(found)


@router.get("/customers/{record}/history")
def history(services: InServices, identity: Reading, record: str) -> Response:
    with services.database.read() as connection:
        found = existing(read_history(connection, id_in_path(record)))
    saw(services.database, identity, table="customers", records=[record], by="history")
    return answer(found)


@router.post("/customers/{record}/reveal")
async def reveal_field(
    request: Request, services: InServices, identity: Revealing, record: str
) -> Response:
    """The whole of a masked field; that it was asked for, by whom and why, is kept for good."""
    customer_id = id_in_path(record)
    name, reason = read_wish(await read_object(request, most_bytes=BODY_MAX_BYTES))
    value = await to_thread.run_sync(
        lambda: services.database.run(
            lambda transaction: reveal(
                transaction, customer_id=customer_id, name=name, reason=reason, identity=identity
            )
        )
    )
    return answer({"value": value})
