"""Interactions: one, and those that fit (step ⑨)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from server import fields
from server.interactions import find_interactions, read_interaction
from server.rights import Action
from server.routes.paths import id_in_path, id_in_query, not_found
from server.services import InServices, allowed, answer

router = APIRouter()

_READ_INTERACTIONS = [Depends(allowed(Action.READ_INTERACTIONS))]


@router.get("/interactions/{record}", dependencies=_READ_INTERACTIONS)
def interaction(services: InServices, record: str) -> Response:
    with services.database.read() as connection:
        row = read_interaction(connection, id_in_path(record))
    if row is None:
        raise not_found()
    return answer(row)


@router.get("/interactions", dependencies=_READ_INTERACTIONS)
def interactions(
    services: InServices,
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
    return answer(found)
