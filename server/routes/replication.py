"""What seats fetch and what they send: the change feed and operations (step ⑨)."""

from __future__ import annotations

from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends, Query, Request, Response

from server.changes import read_page
from server.errors import ApiError
from server.operations import apply_all
from server.rights import Action
from server.services import InServices, Services, allowed, answer, read_object
from server.tokens import Identity

router = APIRouter()

Reader = Annotated[Identity, Depends(allowed(Action.READ_CHANGES))]
Author = Annotated[Identity, Depends(allowed(Action.SEND_OPERATIONS))]

CURSOR_MAX = 2**53


@router.get("/changes")
def changes(
    services: InServices,
    _identity: Reader,
    after: Annotated[int, Query(ge=0, le=CURSOR_MAX)],
    limit: Annotated[int, Query(ge=1)] = 5_000,
) -> Response:
    """A page of changes; 409 ``cursor-ahead`` when the centre never reached the seat's cursor."""
    with services.database.read() as connection:
        page = read_page(connection, after=after, limit=min(limit, services.settings.page_rows_max))
    if after > page.newest:
        raise ApiError(
            409, "cursor-ahead", "The centre is behind this seat: it was restored; start over at 0."
        )
    return Response(page.to_json(), media_type="application/json")


@router.post("/operations")
async def operations(request: Request, services: InServices, identity: Author) -> Response:
    body = await read_object(request, most_bytes=services.settings.body_max_bytes)
    values = _operations_in(body, services)
    results = await to_thread.run_sync(
        lambda: apply_all(services.database, identity, values, now_s=int(services.clock()))
    )
    return answer({"results": results})


def _operations_in(body: dict[str, object], services: Services) -> list[object]:
    values = body.get("operations")
    if not isinstance(values, list):
        raise ApiError(400, "malformed", "The body must hold a list of operations.")
    if len(values) > services.settings.operations_max:
        most = services.settings.operations_max
        raise ApiError(413, "too-large", f"At most {most} operations are taken at once.")
    return values
