"""Accounts: who there is, adding and changing, passwords, ending sessions (M42, step ⑨)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar

from anyio import to_thread
from fastapi import APIRouter, Depends, Request, Response

from server.agent_fields import read_changes, read_new_agent
from server.agents import (
    add_agent,
    change_agent,
    end_agent_sessions,
    login_of,
    read_agents,
    set_password_hash,
)
from server.database import Transaction
from server.errors import ApiError, RejectedError
from server.password_rules import check_new_password
from server.rights import Action
from server.routes.sessions import BODY_MAX_BYTES, password_in
from server.services import InServices, Services, allowed, answer, read_object
from server.sessions import sessions_of
from server.tokens import Identity

router = APIRouter()

T = TypeVar("T")

Editor = Annotated[Identity, Depends(allowed(Action.EDIT_AGENTS))]
Ender = Annotated[Identity, Depends(allowed(Action.END_SESSIONS))]
_READ_AGENTS = [Depends(allowed(Action.READ_AGENTS))]


@router.get("/agents", dependencies=_READ_AGENTS)
def agents(services: InServices) -> Response:
    with services.database.read() as connection:
        return answer({"rows": read_agents(connection)})


@router.post("/agents")
async def new_agent(request: Request, services: InServices, identity: Editor) -> Response:
    """201 with the new account. Without a password it waits for one before it can sign in."""
    body = await read_object(request, most_bytes=BODY_MAX_BYTES)
    password = password_in(body, "password") if "password" in body else None
    values = read_new_agent({name: body[name] for name in body if name != "password"})
    password_hash = None
    if password is not None:
        check_new_password(password, login=str(values["login"]))
        password_hash = await to_thread.run_sync(services.passwords.hash, password)
    now = int(services.clock())
    added = await _write(
        services,
        lambda transaction: add_agent(
            transaction, values, password_hash=password_hash, by=identity, now=now
        ),
    )
    return answer(added, 201)


@router.put("/agents/{agent_id}")
async def changed_agent(
    request: Request, services: InServices, identity: Editor, agent_id: str
) -> Response:
    """The account after the change; what is left out stays."""
    changes = read_changes(await read_object(request, most_bytes=BODY_MAX_BYTES))
    agent, now = _id_in_path(agent_id), int(services.clock())
    return answer(
        await _write(
            services,
            lambda transaction: change_agent(transaction, agent, changes, by=identity, now=now),
        )
    )


@router.post("/agents/{agent_id}/password")
async def password_of_agent(
    request: Request, services: InServices, identity: Editor, agent_id: str
) -> Response:
    """204; the agent's sessions end."""
    body = await read_object(request, most_bytes=BODY_MAX_BYTES)
    password, agent, now = password_in(body, "password"), _id_in_path(agent_id), services.clock()

    def work() -> None:
        with services.database.read() as connection:
            login = login_of(connection, agent)
        check_new_password(password, login=login)
        password_hash = services.passwords.hash(password)
        services.database.run(
            lambda transaction: set_password_hash(
                transaction, agent, password_hash, by=identity, now=int(now)
            )
        )

    await to_thread.run_sync(work)
    return Response(status_code=204)


@router.get("/agents/{agent_id}/sessions", dependencies=_READ_AGENTS)
def sessions_of_agent(services: InServices, agent_id: str) -> Response:
    with services.database.read() as connection:
        login_of(connection, _id_in_path(agent_id))
        return answer({"rows": sessions_of(connection, agent_id)})


@router.post("/agents/{agent_id}/end-sessions")
async def ended_sessions(
    request: Request, services: InServices, identity: Ender, agent_id: str
) -> Response:
    """How many ended; with ``wipe`` their seats forget the centre's data."""
    body = await read_object(request, most_bytes=BODY_MAX_BYTES)
    wipe, agent, now = body.get("wipe", False), _id_in_path(agent_id), int(services.clock())
    if not isinstance(wipe, bool) or set(body) - {"wipe"}:
        raise RejectedError("The body may hold wipe, true or false.")
    ended = await _write(
        services,
        lambda transaction: end_agent_sessions(transaction, agent, wipe=wipe, by=identity, now=now),
    )
    return answer({"ended": ended})


async def _write(services: Services, work: Callable[[Transaction], T]) -> T:
    return await to_thread.run_sync(lambda: services.database.run(work))


def _id_in_path(agent_id: str) -> str:
    """Anything that cannot be an id is the id of nobody."""
    if len(agent_id) > 64 or not agent_id.isprintable():
        raise ApiError(404, "not-found", "There is no such account.")
    return agent_id
