from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from sync.auth import Auth
from sync.errors import AccessExpired, SessionEnded, Unreachable
from tests.sync.centre import Centre
from tests.sync.httpserver import api_for, refusal
from tests.sync.memory import MemoryTokens


class Seat:
    def __init__(self, tokens: MemoryTokens | None = None) -> None:
        self.centre = Centre()
        self.tokens = tokens or MemoryTokens()
        self.now_s = 1000.0
        self.api = api_for(self.centre)
        self.auth = Auth(
            api=self.api, tokens=self.tokens, device="desk-1", monotonic_s=lambda: self.now_s
        )

    def ask(self) -> str:
        """Fetch changes; the access token that worked."""

        def request(token: str) -> str:
            self.api.changes(0, 10, token)
            return token

        return self.auth.call(request)


def test_a_token_is_used_until_shortly_before_its_end_and_then_renewed() -> None:
    seat = Seat()
    seat.auth.sign_in("wang", "secret")
    assert seat.ask() == "access-1"
    seat.now_s += 900 - 61
    assert seat.ask() == "access-1"
    seat.now_s += 2
    assert seat.ask() == "access-2"
    assert seat.ask() == "access-2"


def test_a_short_lived_token_is_not_renewed_at_every_request() -> None:
    seat = Seat()
    seat.centre.access_expires_s = 30
    seat.auth.sign_in("wang", "secret")
    seat.now_s += 20
    assert seat.ask() == "access-1"


def test_a_token_refused_early_is_renewed_once_and_the_request_repeated() -> None:
    seat = Seat()
    seat.auth.sign_in("wang", "secret")
    seat.centre.access = "restarted with another key"
    assert seat.ask() == "access-2"
    assert seat.centre.asked("refresh") == 1


def test_a_server_that_refuses_its_own_new_token_ends_the_session() -> None:
    seat = Seat()
    seat.auth.sign_in("wang", "secret")

    def never(token: str) -> None:
        raise AccessExpired("no", status=401, code="token-expired")

    with pytest.raises(SessionEnded, match="just given"):
        seat.auth.call(never)
    assert seat.centre.asked("refresh") == 1


def test_many_threads_share_one_renewal() -> None:
    seat = Seat()
    seat.auth.sign_in("wang", "secret")
    seat.centre.access = "another"
    barrier = threading.Barrier(8)

    def ask(_: int) -> str:
        barrier.wait(20)
        return seat.ask()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {"access-2"}
    assert seat.centre.asked("refresh") == 1


def test_the_next_start_knows_the_agent_without_the_server() -> None:
    tokens = MemoryTokens()
    Seat(tokens).auth.sign_in("wang", "secret")
    seat = Seat(tokens)
    seat.centre.down = True
    session = seat.auth.load()
    assert session is not None
    assert (session.agent_id, session.name, session.access_token) == ("agent-1", "王", "")
    with pytest.raises(Unreachable):
        seat.ask()
    assert seat.auth.session is not None, "an absent server signs nobody out"


def test_who_else_was_signed_in_is_not_kept_for_the_next_start() -> None:
    tokens = MemoryTokens()
    seat = Seat(tokens)
    seat.centre.others = [{"device": "desk-2", "started_at": "2026-11-22T01:00:00Z"}]
    assert len(seat.auth.sign_in("wang", "secret").others) == 1
    session = Seat(tokens).auth.load()
    assert session is not None
    assert session.others == ()


def test_a_kept_session_is_renewed_by_its_first_request() -> None:
    tokens = MemoryTokens()
    first = Seat(tokens)
    first.auth.sign_in("wang", "secret")
    second = Auth(api=first.api, tokens=tokens, device="desk-1")
    second.load()
    assert second.call(lambda token: token) == "access-2"
    assert "refresh-2" in (tokens.secret or "")
    assert "access" not in (tokens.secret or "").replace("access_", "")


def test_a_void_refresh_token_is_forgotten_with_its_session() -> None:
    seat = Seat()
    seat.auth.sign_in("wang", "secret")
    seat.centre.access = seat.centre.refresh_token = "rotated away"
    with pytest.raises(SessionEnded):
        seat.ask()
    assert seat.auth.session is None
    assert seat.tokens.secret is None
    with pytest.raises(SessionEnded, match="nobody"):
        seat.ask()


@pytest.mark.parametrize("kept", [None, "", "{", "[]", "{}", '{"login": "wang"}'])
def test_a_kept_text_that_is_no_session_signs_nobody_in(kept: str | None) -> None:
    assert Seat(MemoryTokens(kept)).auth.load() is None


def test_signing_out_forgets_the_session_even_without_the_server() -> None:
    seat = Seat()
    seat.auth.sign_in("wang", "secret")
    seat.centre.down = True
    seat.auth.sign_out()
    assert seat.auth.session is None
    assert seat.tokens.secret is None
    seat.auth.sign_out()  # and once more, with nobody there


def test_signing_out_tells_the_server() -> None:
    seat = Seat()
    seat.auth.sign_in("wang", "secret")
    seat.auth.sign_out()
    assert seat.centre.asked("sign-out") == 1


def test_a_keyring_that_is_away_costs_the_next_start_and_nothing_else(
    caplog: pytest.LogCaptureFixture,
) -> None:
    seat = Seat()
    seat.tokens.away = True
    assert seat.auth.load() is None
    seat.auth.sign_in("wang", "secret")
    assert seat.ask() == "access-1"
    seat.auth.sign_out()
    assert seat.auth.session is None
    assert len(caplog.records) == 3


def test_no_token_reaches_a_log_or_a_repr(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    seat = Seat()
    seat.auth.sign_in("wang", "secret")
    seat.centre.access = "another"
    seat.ask()
    seat.centre.intercept = lambda request: refusal(403, "forbidden")
    with pytest.raises(Exception, match="no") as raised:
        seat.ask()
    shown = caplog.text + repr(seat.auth) + repr(seat.auth.session) + repr(raised.value)
    for secret in ("access-", "refresh-", "secret"):
        assert secret not in shown
