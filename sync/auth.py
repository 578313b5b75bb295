"""Who is signed in, and the tokens that prove it (step ⑧).

The access token lives minutes and only in memory. The refresh token is rotated by every use and
kept in the ``TokenStore`` together with who the agent is, so that a seat without its server still
knows whose work it is. Nothing here shows a token: not in a log line, not in a repr.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import TypeVar

import orjson

from sync.api import ServerApi
from sync.errors import AccessExpired, SessionEnded, SyncError
from sync.ports import TokenStore
from sync.wire import SignedIn

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Auth:
    """The session of one seat. Every method but ``session`` blocks; all are thread-safe."""

    def __init__(
        self,
        *,
        api: ServerApi,
        tokens: TokenStore,
        device: str,
        monotonic_s: Callable[[], float] = time.monotonic,
        refresh_early_s: float = 60.0,
    ) -> None:
        """``refresh_early_s`` before its end (at most a fifth of its life) a token is renewed."""
        self._api = api
        self._tokens = tokens
        self.device = device
        self._monotonic_s = monotonic_s
        self._refresh_early_s = refresh_early_s
        self._lock = threading.Lock()
        self._session: SignedIn | None = None
        self._renew_at_s = 0.0

    @property
    def session(self) -> SignedIn | None:
        """The agent who is signed in; its access token may be empty or old."""
        return self._session

    def load(self) -> SignedIn | None:
        """Take up the session of the last run, without asking the server."""
        with self._lock:
            self._session = _restored(self._kept())
            self._renew_at_s = 0.0
            return self._session

    def sign_in(self, login: str, password: str) -> SignedIn:
        """Raises SignInRefused, or what any request raises."""
        session = self._api.sign_in(login, password, self.device)
        with self._lock:
            self._keep(session)
        return session

    def sign_out(self) -> None:
        """Forget the session here, then tell the server if it can be told."""
        with self._lock:
            session, self._session = self._session, None
            self._forget()
        if session is None:
            return
        try:
            self._api.sign_out(session.refresh_token, session.access_token)
        except SyncError as error:
            _log.info("signed out here; the server could not be told: %s", error)

    def call(self, request: Callable[[str], T]) -> T:
        """What ``request`` returns when given a valid access token.

        The token is renewed before it ends, and once more when the server refuses it after all
        (its clock, its restart). Raises SessionEnded when nobody is signed in (any more).
        """
        token = self._token(refused="")
        try:
            return self._ask(request, token)
        except AccessExpired:
            token = self._token(refused=token)
        try:
            return self._ask(request, token)
        except AccessExpired as error:
            raise SessionEnded("the server refuses a token that it has just given") from error

    def _ask(self, request: Callable[[str], T], token: str) -> T:
        """An end of the session is an end for all, unless there is another one already."""
        try:
            return request(token)
        except SessionEnded:
            with self._lock:
                if self._session is not None and self._session.access_token == token:
                    self._session = None
                    self._forget()
            raise

    def _token(self, refused: str) -> str:
        """A token other than ``refused``. The lock makes many threads share one renewal."""
        with self._lock:
            session = self._session
            if session is None:
                raise SessionEnded("nobody is signed in")
            fresh = self._monotonic_s() < self._renew_at_s
            if fresh and session.access_token != refused:
                return session.access_token
            try:
                session = self._api.refresh(session.refresh_token)
            except SessionEnded:
                self._session = None
                self._forget()
                raise
            self._keep(session)
            return session.access_token

    def _keep(self, session: SignedIn) -> None:
        early_s = min(self._refresh_early_s, session.access_expires_s / 5)
        self._renew_at_s = self._monotonic_s() + session.access_expires_s - early_s
        self._session = session
        kept = asdict(replace(session, access_token="", access_expires_s=0))
        del kept["others"]  # true for now only
        try:
            self._tokens.put(orjson.dumps(kept).decode())
        except OSError as error:
            _log.warning("the session cannot be kept for the next start: %s", error)

    def _kept(self) -> str | None:
        try:
            return self._tokens.get()
        except OSError as error:
            _log.warning("no session of an earlier start can be read: %s", error)
            return None

    def _forget(self) -> None:
        try:
            self._tokens.delete()
        except OSError as error:
            _log.warning("the kept session cannot be deleted: %s", error)


def _restored(kept: str | None) -> SignedIn | None:
    """The session in a kept text; None for anything that ``_keep`` did not write."""
    if not kept:
        return None
    try:
        return SignedIn(**orjson.loads(kept))
    except (orjson.JSONDecodeError, TypeError):
        return None
