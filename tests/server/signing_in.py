"""Sign-in and refresh over the wire, answered as one dict with ``status`` and ``headers``."""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import select

from server.sessions import begin_session
from server.tables import agents
from tests.server.running import LIMIT_S, PASSWORD, Centre, Seat


def sign_in(
    centre: Centre, login: str = "1001", password: str = PASSWORD, device: str = "desk 7"
) -> dict[str, Any]:
    seat = Seat(centre.url)
    answer = seat.post("/sign-in", {"login": login, "password": password, "device": device})
    seat.close()
    return {**answer.json(), "status": answer.status_code, "headers": answer.headers}


def signed_in(centre: Centre, login: str = "1001", device: str = "desk 7") -> Seat:
    """A seat with a session that the database knows, without the time a password takes."""
    with centre.database.write() as transaction:
        agent_id, role = transaction.connection.execute(
            select(agents.c.id, agents.c.role).where(agents.c.login == login)
        ).one()
        session_id = begin_session(
            transaction, agent_id=agent_id, device=device, now=int(centre.clock())
        )
    token = centre.services.signer.issue(agent_id=agent_id, session_id=session_id, role=role)
    return Seat(centre.url, agent_id, token)


def refresh(centre: Centre, token: object) -> dict[str, Any]:
    seat = Seat(centre.url)
    answer = seat.post("/refresh", {"refresh_token": token})
    seat.close()
    return {**answer.json(), "status": answer.status_code}


def refused(seat: Seat) -> tuple[int, str]:
    """With what a seat is refused, soon: on PostgreSQL the word of an end takes a moment."""
    deadline = time.monotonic() + LIMIT_S
    while time.monotonic() < deadline:
        answer = seat.get("/directory")
        if answer.status_code != 200:
            return code_of(answer)
    raise AssertionError("the seat was not refused in time")


def code_of(answer: Any) -> tuple[int, str]:
    """Status and error code of a response."""
    return answer.status_code, answer.json()["error"]["code"]
