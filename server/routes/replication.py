"""What seats fetch and what they send: the change feed and operations (step ⑨)."""

from __future__ import annotations

from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends, Query, Request, Response

from server.errors import ApiError
from server.feed import Wanted, read_feed
from server.operations import apply_all
from server.packing import packed_json
from server.rights import Action
from server.scope import EVERYTHING, tables_of
from server.services import InServices, Services, allowed, answer, read_object
from server.tokens import Identity

router = APIRouter()

Reader = Annotated[Identity, Depends(allowed(Action.READ_CHANGES))]
Author = Annotated[Identity, Depends(allowed(Action.SEND_OPERATIONS))]

CURSOR_MAX = 2**53
SCOPE_MAX = 100


@router.get("/changes")
def changes(
    request: Request,
    services: InServices,
    identity: Reader,
    after: Annotated[int, Query(ge=0, le=CURSOR_MAX)],
    limit: Annotated[int, Query(ge=1)] = 5_000,
    scope: Annotated[str, Query(max_length=SCOPE_MAX)] = "",
) -> Response:
    """A page of changes; 409 when the seat must start over, by a code that says why."""
    wanted = Wanted(after, min(limit, services.settings.page_rows_max), scope)
    with services.database.read() as connection:
        page = read_feed(connection, identity.role, wanted)
    return packed_json(request, page.to_json())


@router.get("/digest")
def digest(
    services: InServices, identity: Reader, tables: Annotated[str, Query(max_length=500)] = ""
) -> Response:
    """What the tables named (default: all) amount to, those that the role's seat keeps."""
    with services.database.read() as connection:
        kept = tables_of(connection, identity.role)
    asked = set(tables.split(",")) if tables else set(kept)
    if unknown := sorted(asked - set(EVERYTHING)):
        raise ApiError(400, "bad-request", f"There is no table {unknown[0][:40]}.")
    newest, found = services.digests.of([name for name in kept if name in asked])
    return answer({"sequence": newest, "tables": found})


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
