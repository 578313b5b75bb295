"""A server that is a function from Request to Response, mounted as a transport under requests."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
import requests
import urllib3
from requests.adapters import HTTPAdapter

from sync.api import ServerApi
from sync.http import LIMITS, HttpLimits

URL = "https://server.test:8000"


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return orjson.loads(self.body)

    @property
    def token(self) -> str:
        return self.headers.get("Authorization", "").removeprefix("Bearer ")


@dataclass(frozen=True, slots=True)
class Response:
    """``body`` is bytes, or anything with ``read1`` for bodies that misbehave."""

    status: int = 200
    body: Any = b""
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Request], Response]


def reply(content: object, status: int = 200, **headers: str) -> Response:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status, orjson.dumps(content), names)


def refusal(status: int, code: str, message: str = "no", **headers: str) -> Response:
    return reply({"error": {"code": code, "message": message}}, status, **headers)


class FunctionAdapter(HTTPAdapter):
    """Hands each request to a function; an exception it raises is the transport's."""

    def __init__(self, handler: Handler) -> None:
        super().__init__()
        self._handler = handler

    def send(  # type: ignore[override]
        self, request: requests.PreparedRequest, **options: Any
    ) -> requests.Response:
        parts = urlsplit(request.url or "")
        query = {name: values[0] for name, values in parse_qs(str(parts.query)).items()}
        body = request.body or b""
        response = self._handler(
            Request(
                method=request.method or "",
                path=str(parts.path),
                query=query,
                headers=request.headers,
                body=body.encode() if isinstance(body, str) else body,
            )
        )
        content = response.body
        raw = urllib3.HTTPResponse(
            body=io.BytesIO(content) if isinstance(content, bytes) else content,
            headers=dict(response.headers),
            status=response.status,
            preload_content=False,
        )
        return self.build_response(request, raw)


def api_for(handler: Handler, *, url: str = URL, limits: HttpLimits = LIMITS) -> ServerApi:
    def new_session() -> requests.Session:
        session = requests.Session()
        session.mount("https://", FunctionAdapter(handler))
        return session

    return ServerApi(url, limits=limits, new_session=new_session)
