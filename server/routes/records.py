"""Single records and small lists: interactions, customers, articles (step ⑨)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy import select

from server import fields
from server.database import Database
from server.errors import ApiError, RejectedError
from server.interactions import find_interactions, read_interaction
from server.rights import Action
from server.services import InServices, allowed, answer
from server.tables import REPLICATED, WIRE_COLUMNS

router = APIRouter()

_READ_INTERACTIONS = [Depends(allowed(Action.READ_INTERACTIONS))]


@router.get("/interactions/{record}", dependencies=_READ_INTERACTIONS)
def interaction(services: InServices, record: str) -> Response:
    with services.database.read() as connection:
        row = read_interaction(connection, _id_in_path(record))
    if row is None:
        raise _not_found()
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
            customer_id=_id_in_query("customer_id", customer_id),
            operation_id=_id_in_query("operation_id", operation_id),
            limit=limit,
        )
    return answer(found)


@router.get("/customers/{record}", dependencies=[Depends(allowed(Action.READ_CUSTOMERS))])
def customer(services: InServices, record: str) -> Response:
    return answer(_read_record(services.database, "customers", record))


@router.get("/articles/{record}", dependencies=[Depends(allowed(Action.READ_ARTICLES))])
def article(services: InServices, record: str) -> Response:
    return answer(_read_record(services.database, "articles", record))


def _read_record(database: Database, table_name: str, record: str) -> dict[str, object]:
    table = REPLICATED[table_name]
    with database.read() as connection:
        row = connection.execute(
            select(*(table.c[name] for name in WIRE_COLUMNS[table_name])).where(
                table.c.id == _id_in_path(record)
            )
        ).one_or_none()
    if row is None:
        raise _not_found()
    return dict(zip(WIRE_COLUMNS[table_name], row, strict=True))


def _not_found() -> ApiError:
    return ApiError(404, "not-found", "There is no such record.")


def _id_in_path(record: str) -> str:
    try:
        return fields.identifier("id", record)
    except RejectedError:
        raise _not_found() from None


def _id_in_query(name: str, value: str | None) -> str | None:
    return None if value is None else fields.identifier(name, value)
