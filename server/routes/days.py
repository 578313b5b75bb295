"""The centre's day, to compare one's own with (M36, step ⑨)."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response

from server.days import centre_day, day_of
from server.rights import Action
from server.services import InServices, allowed, answer

router = APIRouter()


@router.get("/days/{day}/centre", dependencies=[Depends(allowed(Action.COMPARE_DAYS))])
def centre(services: InServices, day: str) -> Response:
    wanted = day_of(day)
    with services.database.read() as connection:
        return answer(centre_day(connection, wanted))
