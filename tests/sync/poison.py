"""Answers that a server should not give, made out of the answer that it would have given."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from sync.status import Cause
from tests.sync.httpserver import Request, Response, refusal

Spoil = Callable[[Response], Response]
PORTAL = b"<!DOCTYPE html><html><title>Welcome to the hotel</title><form>room number</form></html>"


class Endless:
    """A body that never ends, as fast as it is read."""

    closed = False

    def read1(self, size: int = -1, /) -> bytes:
        return b" " * 4096

    read = read1  # urllib3 takes for a body what can be read

    def close(self) -> None:
        self.closed = True


class Dripping(Endless):
    """The right body, one byte at a time and slower than anyone waits."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def read1(self, size: int = -1, /) -> bytes:
        time.sleep(0.02)
        self._at += 1
        return self._content[self._at - 1 : self._at]

    read = read1


@dataclass(frozen=True, slots=True)
class Poison:
    """``routes`` on which it makes sense, ``cause`` that the seat then shows."""

    spoil: Spoil
    cause: Cause = Cause.BAD_REPLY
    routes: tuple[str, ...] = ("operations", "changes", "refresh")


def instead(answer: Response) -> Spoil:
    return lambda _: answer


def with_body(change: Callable[[bytes], Any]) -> Spoil:
    return lambda true: Response(true.status, change(true.body), true.headers)


def with_json(change: Callable[[Any], object]) -> Spoil:
    """``change`` alters what the true answer holds."""

    def spoil(true: Response) -> Response:
        value = orjson.loads(true.body)
        change(value)
        return Response(true.status, orjson.dumps(value), true.headers)

    return spoil


def _cell(column: int, value: object) -> Callable[[Any], object]:
    """In the last row of several: those before it are as they should be."""

    def change(page: Any) -> None:
        page["tables"]["segments"]["rows"][-1][column] = value

    return change


def _set(**values: object) -> Callable[[Any], object]:
    return lambda value: value.update(values)


def _first_result(**values: object) -> Callable[[Any], object]:
    return lambda value: value["results"][0].update(values)


PAGES, RESULTS, SESSION = ("changes",), ("operations",), ("refresh",)
POISONS: Mapping[str, Poison] = {
    "500": Poison(instead(Response(500, b"oops")), Cause.SERVER_FAILED),
    "500 in words": Poison(instead(refusal(500, "internal")), Cause.SERVER_FAILED),
    "502 of a proxy": Poison(instead(Response(502, PORTAL)), Cause.BUSY),
    "503": Poison(instead(Response(503, b"")), Cause.BUSY),
    "429": Poison(instead(refusal(429, "busy", Retry_After="1")), Cause.BUSY),
    "captive portal": Poison(instead(Response(200, PORTAL, {"Content-Type": "text/html"}))),
    "portal's redirect": Poison(instead(Response(302, b"", {"Location": "http://hotel.test/"}))),
    "403 of a proxy": Poison(instead(Response(403, PORTAL))),
    "nothing": Poison(instead(Response(200, b""))),
    "another object": Poison(instead(Response(200, b"{}"))),
    "a list": Poison(instead(Response(200, b"[]"))),
    "null": Poison(instead(Response(200, b"null"))),
    "no gzip": Poison(instead(Response(200, b"x", {"Content-Encoding": "gzip"}))),
    "cut": Poison(with_body(lambda body: body[: len(body) * 2 // 3])),
    "something after it": Poison(with_body(lambda body: body + b"}")),
    "no UTF-8": Poison(with_body(lambda body: body.replace(b'"', b'"\xff', 1))),
    "endless": Poison(with_body(lambda _: Endless())),
    "a byte at a time": Poison(with_body(Dripping), Cause.UNREACHABLE),
    "NaN": Poison(with_body(lambda b: b.replace(b'"next":', b'"next":NaN,"was":')), routes=PAGES),
    "next is text": Poison(with_json(_set(next="2")), routes=PAGES),
    "next is negative": Poison(with_json(_set(next=-1)), routes=PAGES),
    "next is a fraction": Poison(with_json(_set(next=2.5)), routes=PAGES),
    "next before the cursor": Poison(with_json(_set(next=1)), routes=PAGES),
    "next after the newest": Poison(with_json(_set(next=10**9)), routes=PAGES),
    "more for ever": Poison(with_json(_set(more=True, next=2)), routes=PAGES),
    "more is a number": Poison(with_json(_set(more=1)), routes=PAGES),
    "tables are a list": Poison(with_json(_set(tables=[])), routes=PAGES),
    "a number for a text": Poison(with_json(_cell(1, 7)), routes=PAGES),
    "an object for a text": Poison(with_json(_cell(1, {"a": 1})), routes=PAGES),
    "no id": Poison(with_json(_cell(0, "")), routes=PAGES),
    "null for an id": Poison(with_json(_cell(0, None)), routes=PAGES),
    "a row too short": Poison(
        with_json(lambda page: page["tables"]["segments"]["rows"][-1].pop()), routes=PAGES
    ),
    "a column is missing": Poison(
        with_json(lambda page: page["tables"]["segments"]["columns"].__setitem__(1, "title")),
        routes=PAGES,
    ),
    "deleted is no list": Poison(
        with_json(lambda page: page["tables"]["segments"].update(deleted=5)), routes=PAGES
    ),
    "no results": Poison(with_json(_set(results=[])), routes=RESULTS),
    "results of others": Poison(with_json(_first_result(id="someone-elses")), routes=RESULTS),
    "an unknown outcome": Poison(with_json(_first_result(outcome="maybe")), routes=RESULTS),
    "a version that is text": Poison(with_json(_first_result(version="1")), routes=RESULTS),
    "no token": Poison(with_json(_set(access_token="")), routes=SESSION),
    "a token that is none": Poison(with_json(_set(refresh_token=5)), routes=SESSION),
    "nobody": Poison(with_json(_set(agent=None)), routes=SESSION),
}  # fmt: skip

CASES = [(name, route) for name, poison in POISONS.items() for route in poison.routes]


class Poisoner:
    """An ``intercept`` of the centre: the true answer of one route, spoilt, until it is told."""

    def __init__(self, answer: Callable[[Request], Response], route: str, spoil: Spoil) -> None:
        self._answer = answer
        self._route = route
        self._spoil = spoil
        self._asking = False
        self.on = False
        self.spoilt = 0

    def __call__(self, request: Request) -> Response | None:
        if request.path.endswith("events"):
            return Response(503, b"")
        if self._asking or not self.on or not request.path.endswith(self._route):
            return None
        self._asking = True
        try:
            true = self._answer(request)
        finally:
            self._asking = False
        self.spoilt += 1
        return self._spoil(true)
