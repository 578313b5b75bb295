"""One request, one bounded reply (steps ⑧ and ⑨): the only module that knows ``requests``.

Why not plain ``requests``: it follows redirects to anywhere (with our token), reads bodies without
end, has no limit on the whole time of a reply, lets ``~/.netrc`` replace our Authorization header,
and asks a proxy for 127.0.0.1 when the environment names one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import requests
import requests.auth
import urllib3.exceptions

from sync.address import is_loopback, server_address
from sync.errors import BadReply, Unreachable

CHUNK_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class HttpLimits:
    """How long and how much; ``silence_s`` is for the event stream, with a line every 15 s."""

    connect_s: float = 5.0
    read_s: float = 20.0
    total_s: float = 120.0
    silence_s: float = 40.0
    body_bytes: int = 64 * 1024 * 1024


LIMITS = HttpLimits()


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer; ``headers`` has lower-case names. Its head came ``took_s`` after asking."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    took_s: float = 0.0


class Sending(Protocol):
    """A file that is read while it is sent."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[bytes]: ...

    def read(self, size: int = -1) -> bytes: ...


Body = bytes | Sending | None


class _Bearer(requests.auth.AuthBase):
    """Sets our header, and keeps ``requests`` from looking for others (netrc)."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class HttpClient:
    """Requests to one server, from any number of worker threads.

    ``requests.Session`` does not promise to be thread-safe and a lock would let a slow page hold
    up a saved summary, so every thread has a session of its own, made by ``new_session`` (tests
    mount their server there) and closed together by ``close``.
    """

    def __init__(
        self,
        url: str,
        *,
        limits: HttpLimits = LIMITS,
        new_session: Callable[[], requests.Session] = requests.Session,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = server_address(url)
        self._limits = limits
        self._new_session = new_session
        self._monotonic_s = monotonic_s
        self._local = threading.local()
        self._lock = threading.Lock()
        self._sessions: list[requests.Session] = []

    def exchange(
        self,
        method: str,
        path: str,
        *,
        body: Body = None,
        token: str = "",
        patience_s: float = 0.0,
    ) -> Reply:
        """Ask and read the whole answer. Raises Unreachable or BadReply (redirect, too much).

        ``patience_s`` is for what takes the server longer than any other answer.
        """
        began_s = self._monotonic_s()
        ends_s = began_s + max(self._limits.total_s, patience_s)
        read_s = max(self._limits.read_s, patience_s)
        with self.open(method, path, body=body, token=token, read_s=read_s) as response:
            took_s = self._monotonic_s() - began_s
            content = b"".join(self._chunks(response, ends_s))
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Reply(response.status_code, headers, content, took_s)

    @contextmanager
    def open(
        self,
        method: str,
        path: str,
        *,
        body: Body = None,
        token: str = "",
        read_s: float,
        accept: str = "application/json",
    ) -> Iterator[requests.Response]:
        """A reply whose body is still to be read; what fails while it is read is translated too."""
        headers = {"Accept": accept, "User-Agent": "zuoxi"}
        if body is not None:
            whole = isinstance(body, bytes)
            headers["Content-Type"] = "application/json" if whole else "application/octet-stream"
        try:
            with self._session().request(
                method,
                self._url + path,
                data=body,
                headers=headers,
                auth=_Bearer(token),
                timeout=(self._limits.connect_s, read_s),
                allow_redirects=False,
                stream=True,
            ) as response:
                if 300 <= response.status_code < 400:
                    raise BadReply(f"{path} was answered with a redirect ({response.status_code})")
                yield response
        except requests.exceptions.SSLError as error:
            raise Unreachable("the server's certificate is not trusted") from error
        except (requests.Timeout, urllib3.exceptions.TimeoutError) as error:
            raise Unreachable(f"no answer in time to {path}") from error
        except (requests.exceptions.ContentDecodingError, urllib3.exceptions.DecodeError) as error:
            raise BadReply(f"the answer to {path} cannot be unpacked") from error
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise Unreachable(f"{path}: {_words(error)}") from error

    def close(self) -> None:
        """Give back idle connections. Threads that are reading end by their own limits."""
        with self._lock:
            sessions, self._sessions = self._sessions, []
            self._local = threading.local()
        for session in sessions:
            session.close()

    def _chunks(self, response: requests.Response, ends_s: float) -> Iterator[bytes]:
        # read1 comes back with what is there; read would wait for a full chunk from a server that
        # sends one byte every few seconds, and the limit on the whole would never be looked at.
        received = 0
        while chunk := response.raw.read1(CHUNK_BYTES, decode_content=True):
            received += len(chunk)
            if received > self._limits.body_bytes:
                raise BadReply(f"the answer is longer than {self._limits.body_bytes} bytes")
            if self._monotonic_s() > ends_s:
                raise Unreachable(f"the answer took longer than {self._limits.total_s:g} s")
            yield chunk

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = self._new_session()
            # Without trust_env no proxy of the environment is asked; on loopback it cannot help.
            session.trust_env = not is_loopback(self._url)
            self._local.session = session
            with self._lock:
                self._sessions.append(session)
        return session


def _words(error: Exception) -> str:
    """What happened without the address of an object or the pool it happened in."""
    text = str(error).lower()
    if "refused" in text:
        return "nobody listens there (connection refused)"
    if "resolve" in text or "name or service" in text:
        return "the server's name is not known"
    return f"the connection failed ({type(error).__name__})"
