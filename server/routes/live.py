"""Live calls, presence and the directory (M03, M04): asked for while they are of use."""

from __future__ import annotations

from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends, Request, Response

from server import fields
from server.directory import put_presence, read_directory, read_presence
from server.errors import ApiError
from server.live_calls import legs_of_call, put_leg, read_leg, ringing_elsewhere
from server.rights import Action
from server.services import InServices, allowed, answer, read_object
from server.tokens import Identity

router = APIRouter()

OnCalls = Annotated[Identity, Depends(allowed(Action.TAKE_CALLS))]
Present = Annotated[Identity, Depends(allowed(Action.SHOW_PRESENCE))]

LEG_MAX_BYTES = 2 * 1024 * 1024
PRESENCE_MAX_BYTES = 4 * 1024


@router.put("/legs/{leg_id}")
async def leg(request: Request, services: InServices, identity: OnCalls, leg_id: str) -> Response:
    """What one agent's leg of a call is now; answers the revision that is kept."""
    body = await read_object(request, most_bytes=LEG_MAX_BYTES)
    record, values, now = fields.identifier("id", leg_id), read_leg(body), services.clock()
    kept = await to_thread.run_sync(
        lambda: services.database.run(
            lambda transaction: put_leg(
                transaction, leg_id=record, values=values, identity=identity, now=now
            )
        )
    )
    return answer({"revision": kept})


@router.get("/legs")
def legs(
    services: InServices,
    identity: OnCalls,
    call_id: str | None = None,
    state: str | None = None,
) -> Response:
    """Either all legs of one call, or the calls that ring at colleagues."""
    if (call_id is None) == (state is None):
        raise ApiError(400, "bad-request", "Ask for one call_id, or for state=ringing.")
    if state not in (None, "ringing"):
        raise ApiError(400, "bad-request", "Only ringing calls can be asked for by state.")
    with services.database.read() as connection:
        if call_id is not None:
            found = legs_of_call(connection, fields.text("call_id", call_id))
        else:
            found = ringing_elsewhere(connection, identity, now=services.clock())
    return answer({"legs": found})


@router.put("/presence")
async def presence(request: Request, services: InServices, identity: Present) -> Response:
    values = read_presence(await read_object(request, most_bytes=PRESENCE_MAX_BYTES))
    now = services.clock()
    await to_thread.run_sync(
        lambda: services.database.run(
            lambda transaction: put_presence(transaction, values=values, identity=identity, now=now)
        )
    )
    return Response(status_code=204)


@router.get("/directory", dependencies=[Depends(allowed(Action.READ_DIRECTORY))])
def directory(services: InServices) -> Response:
    with services.database.read() as connection:
        return answer(read_directory(connection, now=services.clock()))
