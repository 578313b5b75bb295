"""Is the server there, and which wire does it speak (step ⑨)."""

from __future__ import annotations

from fastapi import APIRouter, Response

from server import WIRE_VERSION, __version__
from server.services import answer

router = APIRouter()


@router.get("/health")
async def health() -> Response:
    return answer({"status": "ok", "version": __version__, "wire": WIRE_VERSION})
