"""Serves the description of all routes (M43)."""

from __future__ import annotations

from fastapi import APIRouter, Response

from server.openapi import document

router = APIRouter()


@router.get("/openapi.json")
def openapi() -> Response:
    return Response(document(), media_type="application/json")
