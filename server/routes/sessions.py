"""Sign-in, refresh and sign-out (step ⑨)."""

from __future__ import annotations

from anyio import to_thread
from fastapi import APIRouter, Request, Response

from server import fields
from server.services import InServices, answer, read_object

router = APIRouter()

BODY_MAX_BYTES = 16 * 1024
LOGIN_MAX = 64
PASSWORD_MAX = 1_024
TOKEN_MAX = 256


@router.post("/sign-in")
async def sign_in(request: Request, services: InServices) -> Response:
    body = await read_object(request, most_bytes=BODY_MAX_BYTES)
    login = fields.text("login", body.get("login"), longest=LOGIN_MAX).strip()
    password = fields.text("password", body.get("password"), longest=PASSWORD_MAX)
    device = fields.text("device", body.get("device", ""))
    session = await to_thread.run_sync(
        lambda: services.accounts.sign_in(login=login, password=password, device=device)
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


async def _refresh_token(request: Request) -> str:
    body = await read_object(request, most_bytes=BODY_MAX_BYTES)
    return fields.text("refresh_token", body.get("refresh_token"), longest=TOKEN_MAX)
