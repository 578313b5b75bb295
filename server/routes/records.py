"""Interactions: one, and those that fit (step ⑨)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from server import fields
from server.audit import saw
from server.interactions import find_interactions, read_interaction
from server.rights import Action
from server.routes.paths import existing, id_in_path, id_in_query
from server.services import InServices, allowed, answer
from server.tokens import Identity

router = APIRouter()

Reading = Annotated[Identity, Depends(allowed(Action.READ_INTERACTIONS))]


@router.get("/interactions/{record}")
def interaction(services: InServices, identity: Reading, record: str) -> Response:
    with services.database.read() as connection:
        row = existing(read_interaction(connection, id_in_path(record)))
    saw(services.database, identity, table="interactions", records=[record], by="card")
    return answer(row)


@router.get("/interactions")
def interactions(
    services: InServices,
    identity: Reading,
    number: str | None = None,
    customer_id: str | None = None,
    operation_id: str | None = None,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 50,
) -> Response:
    """Those that fit all conditions, newest first; ``total`` counts beyond the limit."""
    with services.database.read() as connection:
        found = find_interactions(
            connection,
            number=None if number is None else fields.text("number", number),
            customer_id=id_in_query("customer_id", customer_id),
            operation_id=id_in_query("operation_id", operation_id),
            limit=limit,
        )
    shown = [str(row["id"]) for row in found.rows]
    saw(services.database, identity, table="interactions", records=shown, by="list")
    return answer(found)
