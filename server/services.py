"""What the routes work with, built once per application and passed along (step ⑨)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

import orjson
from fastapi import Depends, Request, Response

from server.accounts import Accounts
from server.database import Database
from server.errors import ApiError
from server.events import EventHub
from server.settings import Settings
from server.tokens import Identity, TokenSigner, bearer_of

BODY_PATIENCE_S = 30.0
"""A body that has not arrived by then is given up, so that slow senders hold nothing."""


@dataclass(frozen=True, slots=True)
class Services:
    settings: Settings
    database: Database
    signer: TokenSigner
    accounts: Accounts
    hub: EventHub
    clock: Callable[[], float]


def services_of(request: Request) -> Services:
    found: Services = request.app.state.services
    return found


InServices = Annotated[Services, Depends(services_of)]


def signed_in(request: Request, services: InServices) -> Identity:
    """Who asks; 401 without a good access token."""
    return services.signer.read(bearer_of(request.headers.get("authorization", "")))


SignedIn = Annotated[Identity, Depends(signed_in)]


def answer(value: object, status: int = 200) -> Response:
    """A JSON response without models: dataclasses and plain values straight through orjson."""
    return Response(orjson.dumps(value), status, media_type="application/json")


async def read_object(request: Request, *, most_bytes: int) -> dict[str, object]:
    """The request's body, a JSON object. Raises ApiError 400, 408 or 413."""
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_PATIENCE_S):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most_bytes:
                    raise ApiError(413, "too-large", f"At most {most_bytes} bytes are taken.")
    except TimeoutError:
        raise ApiError(408, "too-slow", "The request did not arrive in time.") from None
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise ApiError(400, "malformed", f"The body is not JSON: {error.msg}.") from None
    if not isinstance(value, dict):
        raise ApiError(400, "malformed", "The body must be a JSON object.")
    return value
