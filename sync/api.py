"""The routes of ``docs/wire.md`` as methods (steps ⑧ and ⑨).

Everything here blocks and is meant for worker threads; any number may call at once. A method
returns a complete, checked value or raises one error of ``sync.errors``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from urllib.parse import quote

import orjson
import requests

from sync import leg_parse, parse
from sync.clock_difference import ClockDifference
from sync.digest import CentreDigest, centre_digest
from sync.errors import (
    AccessExpired,
    BadReply,
    Need,
    RequestRefused,
    ServerBehind,
    ServerBusy,
    ServerFailed,
    SessionEnded,
    SignInRefused,
    StartOver,
    SyncError,
)
from sync.eventstream import EventStream
from sync.http import CHUNK_BYTES, LIMITS, HttpClient, HttpLimits, Reply, Sending
from sync.legs import AgentLeg, DirectoryPage, Leg, LegState, leg_content
from sync.wire import TABLES, ChangePage, Json, Operation, OperationResult, SignedIn

PREFIX = "/api/v1"
WIRE = 1
_BUSY = frozenset({429, 502, 503, 504})
_LONGEST_WAIT_S = 3600.0
_DIGEST_S = 300.0
"""Every row of the centre is read for it."""
FILE_S = 600.0
"""A large file on a slow line."""
_START_OVER = {"scope-changed": Need.SCOPE_CHANGED, "cursor-too-old": Need.TOO_OLD}


class ServerApi:
    """One server's routes. ``token`` is an access token; see ``sync.auth`` for who keeps it."""

    def __init__(
        self,
        url: str,
        *,
        limits: HttpLimits = LIMITS,
        new_session: Callable[[], requests.Session] = requests.Session,
        clock: ClockDifference | None = None,
    ) -> None:
        """Raises ValueError for an address that is none."""
        self.url = url
        self.clock = clock or ClockDifference()
        self._http = HttpClient(url, limits=limits, new_session=new_session)
        self._limits = limits

    def health(self) -> str:
        """The server's version. Raises BadReply when it speaks another wire than this seat."""
        answer = parse.object_of(_success(self._http.exchange("GET", f"{PREFIX}/health")).body)
        version, wire = answer.get("version"), answer.get("wire")
        if answer.get("status") != "ok" or not isinstance(version, str):
            raise BadReply("this is no Zuoxi server")
        if wire != WIRE:
            raise BadReply(f"the server speaks wire {wire}, this seat {WIRE}")
        return version

    def sign_in(self, login: str, password: str, device: str) -> SignedIn:
        """Raises SignInRefused for wrong credentials and for too many attempts."""
        reply = self._post("sign-in", {"login": login, "password": password, "device": device})
        if reply.status == 429:
            code, message = parse.error_envelope(reply.body) or ("too-many-attempts", "")
            raise SignInRefused(
                message or "too many attempts", code=code, retry_after_s=_retry_after_s(reply)
            )
        try:
            return parse.signed_in(_success(reply).body)
        except RequestRefused as error:
            raise SignInRefused(str(error), code=error.code) from error

    def refresh(self, refresh_token: str) -> SignedIn:
        """A new session; the old refresh token is void. Raises SessionEnded when it was already."""
        try:
            reply = _success(self._post("refresh", {"refresh_token": refresh_token}))
        except AccessExpired as error:
            raise SessionEnded(str(error)) from error
        return parse.signed_in(reply.body)

    def sign_out(self, refresh_token: str, token: str) -> None:
        _success(self._post("sign-out", {"refresh_token": refresh_token}, token))

    def changes(self, after: int, limit: int, token: str, *, scope: str = "") -> ChangePage:
        """The page after a sequence number; ``scope`` is the one of the pages before.

        Raises StartOver when no page can lead on from there.
        """
        path = f"{PREFIX}/changes?after={after}&limit={limit}"
        if scope:
            path += f"&scope={quote(scope, safe='')}"
        reply = self._http.exchange("GET", path, token=token)
        self.clock.observe(reply.headers.get("date", ""), reply.took_s)
        try:
            return parse.change_page(_success(reply).body)
        except RequestRefused as error:
            if error.code == "cursor-ahead":
                raise ServerBehind(cursor=after) from error
            if error.code in _START_OVER:
                raise StartOver(str(error), need=_START_OVER[error.code]) from error
            raise

    def digest(self, token: str) -> CentreDigest:
        """What the tables amount to that this agent's role may see, at one sequence number."""
        path = f"{PREFIX}/digest?tables={','.join(TABLES)}"
        reply = self._http.exchange("GET", path, token=token, patience_s=_DIGEST_S)
        return centre_digest(_success(reply).body)

    def operations(
        self, operations: Sequence[Operation], token: str
    ) -> tuple[OperationResult, ...]:
        """Send at most 100; one result for each, in the same order."""
        sent = [_operation(operation) for operation in operations]
        reply = _success(self._post("operations", {"operations": sent}, token))
        return parse.operation_results(reply.body, operations)

    def get_interaction(self, interaction_id: str, token: str) -> Mapping[str, Json] | None:
        """The row as the server has it, None if it has none."""
        path = f"{PREFIX}/interactions/{quote(interaction_id, safe='')}"
        try:
            return parse.row(_success(self._http.exchange("GET", path, token=token)).body)
        except RequestRefused as error:
            if error.code == "not-found":
                return None
            raise

    def put_leg(self, leg: Leg, revision: int, token: str) -> int:
        """Tell what this agent's part of a call is now; returns the revision that the server keeps.

        A higher one than ``revision`` means that it kept what it was told before.
        """
        body = orjson.dumps(leg_content(leg, revision))
        path = f"{PREFIX}/legs/{quote(leg.interaction_id, safe='')}"
        reply = _success(self._http.exchange("PUT", path, body=body, token=token))
        return leg_parse.revision(reply.body)

    def legs_of_call(self, call_id: str, token: str) -> tuple[AgentLeg, ...]:
        """Everybody's parts of one call of the exchange, the newest first."""
        path = f"{PREFIX}/legs?call_id={quote(call_id, safe='')}"
        return leg_parse.legs(_success(self._http.exchange("GET", path, token=token)).body)

    def ringing_legs(self, token: str) -> tuple[AgentLeg, ...]:
        """Calls that ring at colleagues now, the newest first."""
        path = f"{PREFIX}/legs?state={LegState.RINGING}"
        return leg_parse.legs(_success(self._http.exchange("GET", path, token=token)).body)

    def put_presence(self, state: str, since: str, token: str) -> None:
        body = orjson.dumps({"state": state, "since": since})
        _success(self._http.exchange("PUT", f"{PREFIX}/presence", body=body, token=token))

    def directory(self, token: str) -> DirectoryPage:
        """Colleagues with what they are doing, and the queues."""
        reply = self._http.exchange("GET", f"{PREFIX}/directory", token=token)
        return leg_parse.directory(_success(reply).body)

    def change_draft_file(self, draft_id: str, file_id: str, *, kept: bool, token: str) -> None:
        """Whether the version that the draft becomes has this file."""
        path = f"{PREFIX}/drafts/{quote(draft_id, safe='')}/files/{quote(file_id, safe='')}"
        _success(self._http.exchange("PUT" if kept else "DELETE", path, token=token))

    def read(self, path: str, token: str, *, patience_s: float = 0.0) -> bytes:
        """Any other answer, for who understands it; ``path`` stands behind the prefix."""
        reply = self._http.exchange("GET", f"{PREFIX}/{path}", token=token, patience_s=patience_s)
        return _success(reply).body

    def ask(self, path: str, content: Mapping[str, object], token: str) -> bytes:
        """The answer to something that is posted."""
        return _success(self._post(path, content, token)).body

    def send_file(self, path: str, file: Sending, token: str) -> bytes:
        """The answer to a file; what ``file`` raises while it is read comes through."""
        reply = self._http.exchange(
            "POST", f"{PREFIX}/{path}", body=file, token=token, patience_s=FILE_S
        )
        return _success(reply).body

    def fetch_file(self, path: str, token: str, write: Callable[[bytes], object]) -> None:
        """Hand over a file of any size as it comes; what ``write`` raises ends it."""
        with self._http.open(
            "GET", f"{PREFIX}/{path}", token=token, read_s=FILE_S, accept="*/*"
        ) as response:
            if response.status_code != 200:
                body = response.raw.read1(parse.ERROR_BYTES, decode_content=True)
                headers = {name.lower(): value for name, value in response.headers.items()}
                _success(Reply(response.status_code, headers, body))
            while chunk := response.raw.read1(CHUNK_BYTES, decode_content=True):
                write(chunk)

    @contextmanager
    def events(self, token: str) -> Iterator[EventStream]:
        """The server's event stream, open. Lost, silent or wrong, it raises like all the others."""
        path = f"{PREFIX}/events?pages=1"
        with self._http.open(
            "GET", path, token=token, read_s=self._limits.silence_s, accept="text/event-stream"
        ) as response:
            kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            if response.status_code != 200:
                body = response.raw.read1(parse.ERROR_BYTES, decode_content=True)
                headers = {name.lower(): value for name, value in response.headers.items()}
                _success(Reply(response.status_code, headers, body))
            if response.status_code != 200 or kind != "text/event-stream":
                raise BadReply(f"{path} is no event stream")
            yield EventStream(response)

    def close(self) -> None:
        """Give back idle connections; the object can be used again."""
        self._http.close()

    def _post(self, route: str, content: Mapping[str, object], token: str = "") -> Reply:
        body = orjson.dumps(content)
        return self._http.exchange("POST", f"{PREFIX}/{route}", body=body, token=token)


def _operation(operation: Operation) -> dict[str, object]:
    return {
        "id": operation.id,
        "kind": operation.kind.value,
        "record": operation.record,
        "author": operation.author,
        "made_at": operation.made_at,
        "base": dict(operation.base),
        "payload": dict(operation.payload),
    }


def _success(reply: Reply) -> Reply:
    """The reply itself if it is a success, else its error."""
    if reply.status not in (200, 201, 202, 204):
        raise _error(reply)
    return reply


def _error(reply: Reply) -> SyncError:
    """What a status means. A 4xx counts as the server's word only in the wire's own form:
    the error page of a proxy must not make an operation look refused."""
    if reply.status in _BUSY:
        return ServerBusy(
            f"the server is busy ({reply.status})", retry_after_s=_retry_after_s(reply)
        )
    if reply.status >= 500:
        return ServerFailed(f"the server failed ({reply.status})")
    envelope = parse.error_envelope(reply.body)
    if reply.status == 413 and envelope is None:  # proxies say it themselves, and mean it
        envelope = ("too-large", "the request is too large")
    if reply.status < 400 or envelope is None:
        return BadReply(f"an answer of status {reply.status} that is not the server's")
    code, message = envelope
    if code == "session-ended":
        return SessionEnded(message or code, wipe=parse.wipe_wanted(reply.body))
    kind = AccessExpired if reply.status == 401 else RequestRefused
    return kind(message or code, status=reply.status, code=code)


def _retry_after_s(reply: Reply) -> float:
    """Seconds of Retry-After (RFC 9110 10.2.3); its date form and nonsense count as not said."""
    text = reply.headers.get("retry-after", "").strip()
    return min(float(text), _LONGEST_WAIT_S) if text.isascii() and text.isdigit() else 0.0
