"""Tells seats at once that something changed: server-sent events as a plain ASGI endpoint (step ⑨).

At most ten times a second, and with the changed rows themselves for who asks for pages, where they
are few: seats that need not ask each for itself are what makes a thousand of them possible. A
streaming response object saturated at 20 events a second; written to ASGI directly, 1 000 clients
cost 20 KiB each.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

import orjson
from starlette.types import Receive, Scope, Send

from server.channels import SessionKind, SessionNews
from server.errors import ApiError
from server.gate import Gate
from server.hub import EventHub, Place
from server.pushing import PagesToPush
from server.rights import Action

Tell: TypeAlias = Callable[[Send, Place, int], Awaitable[int]]
"""Says what there is after a sequence, and returns how far that goes."""


class EventStream:
    """``GET /api/v1/events``. A stream ends with the access token it was opened with."""

    action = Action.READ_CHANGES

    def __init__(
        self,
        *,
        hub: EventHub,
        gate: Gate,
        pages: PagesToPush,
        clock: Callable[[], float],
        interval_s: float,
        comment_s: float,
    ) -> None:
        self._hub = hub
        self._gate = gate
        self._pages = pages
        self._clock = clock
        self._interval_s = interval_s
        self._comment_s = comment_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "GET":
            raise ApiError(405, "method-not-allowed", "Only GET is allowed here.")
        headers = dict(scope["headers"])
        identity = self._gate.admit(
            headers.get(b"authorization", b"").decode("latin-1"), self.action
        )
        place = self._hub.enter(identity)
        gone = asyncio.create_task(_until_gone(receive, place.wake))
        try:
            await send(
                {
                    "type": "http.response.start",
                    "status": 200,
                    "headers": [
                        (b"content-type", b"text/event-stream; charset=utf-8"),
                        (b"cache-control", b"no-store"),
                        (b"x-accel-buffering", b"no"),
                    ],
                }
            )
            told = self._tell_page if b"pages=1" in scope["query_string"] else self._tell_number
            await self._stream(send, place, gone, told)
            if not gone.done():
                await send({"type": "http.response.body", "body": b""})
        finally:
            self._hub.leave(place)
            gone.cancel()

    async def _stream(self, send: Send, place: Place, gone: asyncio.Task[None], tell: Tell) -> None:
        sent = -1
        while not (gone.done() or self._hub.closed):
            left_s = place.identity.expires_at - self._clock()
            if left_s <= 0:
                return
            place.wake.clear()
            try:
                self._gate.check_session(place.identity)
            except ApiError as error:
                ended = {"kind": SessionKind.ENDED, "wipe": bool(error.more.get("wipe"))}
                await _write(send, _event("session", ended))
                return
            while place.sign_ins:
                await _write(send, _event("session", _second_sign_in(place.sign_ins.popleft())))
            if self._hub.newest > sent:
                sent = await tell(send, place, sent)
                await asyncio.sleep(self._interval_s)
                continue
            try:
                await asyncio.wait_for(place.wake.wait(), min(self._comment_s, left_s))
            except TimeoutError:
                await _write(send, b": still here\n\n")

    async def _tell_number(self, send: Send, _place: Place, _sent: int) -> int:
        newest = self._hub.newest
        await _write(send, _event("changed", {"newest": newest}))
        return newest

    async def _tell_page(self, send: Send, place: Place, sent: int) -> int:
        """The number alone at first, and where there are too many rows."""
        if sent < 0:
            return await self._tell_number(send, place, sent)
        frame = await self._pages.frame(place.identity.role, sent, self._hub.newest)
        if frame is None:
            return await self._tell_number(send, place, sent)
        await _write(send, b"event: page\ndata: %s\n\n" % frame.body)
        return frame.until


def _second_sign_in(news: SessionNews) -> dict[str, object]:
    return {"kind": news.kind, "device": news.device, "at": news.at}


def _event(name: str, data: dict[str, object]) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (name.encode(), orjson.dumps(data))


async def _write(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _until_gone(receive: Receive, wake: asyncio.Event) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    wake.set()
