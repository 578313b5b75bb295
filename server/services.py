"""What the routes work with, built once per application and passed along (step ⑨)."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

import orjson
from fastapi import Depends, Request, Response

from server.accounts import Accounts
from server.database import Database
from server.digest import Digests
from server.errors import ApiError
from server.gate import Gate
from server.hearing import Hearing
from server.hub import EventHub
from server.job_runner import JobRunner
from server.passwords import Passwords
from server.rights import PRACTISED_ACTIONS, PROGRAMS, Action, may, require
from server.scope import is_practice
from server.service_tokens import program_of
from server.settings import Settings
from server.tokens import Identity, TokenSigner, bearer_of

BODY_PATIENCE_S = 30.0
"""A body that has not arrived by then is given up, so that slow senders hold nothing."""


@dataclass(frozen=True, slots=True)
class Services:
    settings: Settings
    database: Database
    signer: TokenSigner
    gate: Gate
    passwords: Passwords
    accounts: Accounts
    hub: EventHub
    hearing: Hearing
    digests: Digests
    jobs: JobRunner
    clock: Callable[[], float]


def services_of(request: Request) -> Services:
    found: Services = request.app.state.services
    return found


InServices = Annotated[Services, Depends(services_of)]


@functools.cache
def allowed(action: Action) -> Callable[..., Identity]:
    """The dependency of a route that does ``action``: who asks, if the role may.

    401 without a good access token or when its session has ended, 403 ``not-allowed``. One object
    an action, so that the test of all routes can tell which action a route names.
    """

    def admitted(request: Request, services: InServices) -> Identity:
        header = request.headers.get("authorization", "")
        if action in PROGRAMS and (program := _program(services, header)) is not None:
            return program
        if action not in PRACTISED_ACTIONS:
            return services.gate.admit(header, action)
        identity = services.gate.admit(header, Action.OWN_ACCOUNT)
        if not may(identity.role, action):
            with services.database.read() as connection:
                if not is_practice(connection):
                    require(identity.role, action)
        return identity

    return admitted


def _program(services: Services, header: str) -> Identity | None:
    with services.database.read() as connection:
        return program_of(connection, bearer_of(header))


def answer(value: object, status: int = 200) -> Response:
    """A JSON response without models: dataclasses and plain values straight through orjson."""
    return Response(orjson.dumps(value), status, media_type="application/json")


async def read_body(request: Request, *, most_bytes: int) -> bytes:
    """The request's body as it came. Raises ApiError 408 or 413."""
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_PATIENCE_S):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most_bytes:
                    raise ApiError(413, "too-large", f"At most {most_bytes} bytes are taken.")
    except TimeoutError:
        raise ApiError(408, "too-slow", "The request did not arrive in time.") from None
    return bytes(body)


async def read_object(request: Request, *, most_bytes: int) -> dict[str, object]:
    """The request's body, a JSON object. Raises ApiError 400, 408 or 413."""
    body = await read_body(request, most_bytes=most_bytes)
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise ApiError(400, "malformed", f"The body is not JSON: {error.msg}.") from None
    if not isinstance(value, dict):
        raise ApiError(400, "malformed", "The body must be a JSON object.")
    return value
