"""Where the exchange tells what a caller pressed after a call (M16, step ⑨)."""

from __future__ import annotations

from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends, Request, Response

from server.grades import keep_grade, read_pressed
from server.rights import Action
from server.services import InServices, allowed, answer, read_object
from server.tokens import Identity

router = APIRouter()

Exchange = Annotated[Identity, Depends(allowed(Action.GRADE_CALLS))]

BODY_MAX_BYTES = 4 * 1024


@router.post("/calls/{call_id}/grade")
async def grade(
    request: Request, services: InServices, program: Exchange, call_id: str
) -> Response:
    """Keeps the grade of a call; says so in a word that a dialplan can look for."""
    body = await read_object(request, most_bytes=BODY_MAX_BYTES)
    pressed = read_pressed(call_id, body, now=services.clock())
    await to_thread.run_sync(
        lambda: services.database.run(
            lambda transaction: keep_grade(transaction, pressed, by=program)
        )
    )
    return answer({"kept": {"digit": pressed.digit}})
