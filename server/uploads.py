"""Receives files, however slow the line, and removes what is left over (M18, M29, step ⑨)."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import ExitStack
from pathlib import Path

from anyio import to_thread
from fastapi import Request

from server.errors import ApiError

PATIENCE_S = 30.0
"""A sender that is silent for so long is given up."""


async def receive(request: Request, path: Path, *, most_bytes: int) -> int:
    """The request's body into a new file; returns its size. Raises ApiError 408, 413, 507.

    Nothing is left of one that does not arrive whole.
    """
    with ExitStack() as stack:
        stack.callback(path.unlink, missing_ok=True)
        try:
            size = await _write(request, path, most_bytes)
        except OSError as error:
            raise ApiError(
                507, "no-space", f"The file cannot be kept here ({error.strerror})."
            ) from error
        stack.pop_all()
    return size


async def receive_whole(request: Request, *, most_bytes: int) -> bytes:
    """The request's body, a file that is kept in the database. Raises ApiError 408, 413."""
    content = bytearray()
    async for piece in _pieces(request, most_bytes):
        content += piece
    return bytes(content)


async def _write(request: Request, path: Path, most_bytes: int) -> int:
    size = 0
    path.parent.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        async for piece in _pieces(request, most_bytes):
            size += len(piece)
            await to_thread.run_sync(file.write, piece)
    return size


async def _pieces(request: Request, most_bytes: int) -> AsyncIterator[bytes]:
    """The body as it comes; whoever goes on sending has all the time that it takes."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > most_bytes:
        raise _too_large(most_bytes)
    size = 0
    stream = request.stream().__aiter__()
    while True:
        try:
            async with asyncio.timeout(PATIENCE_S):
                piece = await anext(stream)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise ApiError(408, "too-slow", "The file did not arrive in time.") from None
        size += len(piece)
        if size > most_bytes:
            raise _too_large(most_bytes)
        yield piece


def sweep(folder: Path, *, older_than_s: float) -> None:
    """Remove files that nobody came for."""
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        try:
            if time.time() - path.stat().st_mtime > older_than_s:
                path.unlink()
        except FileNotFoundError:
            continue  # another process was quicker


def _too_large(most_bytes: int) -> ApiError:
    return ApiError(413, "too-large", f"At most {most_bytes} bytes are taken.")
