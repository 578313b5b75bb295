"""Sign-in, refresh, sign-out and one's own account (step ⑨)."""

from __future__ import annotations

from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends, Request, Response

from server import fields
from server.agent_fields import LOGIN_MAX
from server.password_rules import LONGEST
from server.rights import Action
from server.services import InServices, allowed, answer, read_object
from server.sessions import DEVICE_MAX
from server.tokens import Identity

router = APIRouter()

BODY_MAX_BYTES = 16 * 1024
TOKEN_MAX = 256

Own = Annotated[Identity, Depends(allowed(Action.OWN_ACCOUNT))]


@router.post("/sign-in")
async def sign_in(request: Request, services: InServices) -> Response:
    body = await read_object(request, most_bytes=BODY_MAX_BYTES)
    login = fields.text("login", body.get("login"), longest=LOGIN_MAX).strip()
    password = password_in(body, "password")
    device = fields.text("device", body.get("device", ""), longest=DEVICE_MAX)
    address = _address(request)
    session = await to_thread.run_sync(
        lambda: services.accounts.sign_in(
            login=login, password=password, device=device, address=address
        )
    )
    return answer(session)


@router.post("/refresh")
async def refresh(request: Request, services: InServices) -> Response:
    token = await _refresh_token(request)
    return answer(await to_thread.run_sync(services.accounts.refresh, token))


@router.post("/sign-out")
async def sign_out(request: Request, services: InServices) -> Response:
    token = await _refresh_token(request)
    await to_thread.run_sync(services.accounts.sign_out, token)
    return Response(status_code=204)


@router.get("/sessions/me")
def me(services: InServices, identity: Own) -> Response:
    """Who is signed in here, and where else."""
    return answer(services.accounts.me(identity))


@router.post("/password")
async def own_password(request: Request, services: InServices, identity: Own) -> Response:
    """204; the agent's other sessions end."""
    body = await read_object(request, most_bytes=BODY_MAX_BYTES)
    old, new, address = password_in(body, "old"), password_in(body, "new"), _address(request)
    await to_thread.run_sync(
        lambda: services.accounts.change_password(identity, old=old, new=new, address=address)
    )
    return Response(status_code=204)


def password_in(body: dict[str, object], name: str) -> str:
    """A password in a body, of any quality. Raises RejectedError."""
    return fields.text(name, body.get(name), longest=LONGEST)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


async def _refresh_token(request: Request) -> str:
    body = await read_object(request, most_bytes=BODY_MAX_BYTES)
    return fields.text("refresh_token", body.get("refresh_token"), longest=TOKEN_MAX)
