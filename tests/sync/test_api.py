from __future__ import annotations

import pytest

from sync.errors import (
    AccessExpired,
    BadReply,
    RequestRefused,
    ServerBehind,
    ServerBusy,
    ServerFailed,
    SessionEnded,
    SignInRefused,
    SyncError,
)
from sync.wire import Outcome
from tests.sync.centre import Centre
from tests.sync.httpserver import Response, api_for, refusal, reply
from tests.sync.memory import operation

HTML = Response(200, b"<html>welcome to the hotel</html>", {"Content-Type": "text/html"})


def test_signing_in_gives_the_agent_and_hides_the_tokens() -> None:
    session = api_for(Centre()).sign_in("wang", "secret", "desk-1")
    assert (session.agent_id, session.extension, session.role) == ("agent-1", "801", "agent")
    assert session.access_token == "access-1"
    assert "access-1" not in repr(session)
    assert "refresh-1" not in repr(session)


def test_a_wrong_password_is_told_in_the_servers_words() -> None:
    with pytest.raises(SignInRefused, match="password is wrong") as refused:
        api_for(Centre()).sign_in("wang", "guess", "desk-1")
    assert (refused.value.code, refused.value.retry_after_s) == ("wrong-credentials", None)


def test_too_many_attempts_say_how_long_to_wait() -> None:
    api = api_for(lambda _: refusal(429, "too-many-attempts", "wait", Retry_After="30"))
    with pytest.raises(SignInRefused, match="wait") as refused:
        api.sign_in("wang", "guess", "desk-1")
    assert (refused.value.code, refused.value.retry_after_s) == ("too-many-attempts", 30.0)


def test_too_many_attempts_said_by_a_proxy_count_too() -> None:
    with pytest.raises(SignInRefused, match="too many attempts") as refused:
        api_for(lambda _: Response(429, b"slow down")).sign_in("wang", "guess", "desk-1")
    assert refused.value.retry_after_s == 0.0


def test_a_void_refresh_token_ends_the_session() -> None:
    with pytest.raises(SessionEnded, match="sign in again"):
        api_for(Centre()).refresh("stolen")


def test_changes_operations_and_the_row_come_back_as_values() -> None:
    centre = Centre(changes=3)
    api = api_for(centre)
    token = api.sign_in("wang", "secret", "desk-1").access_token
    page = api.changes(1, 5000, token)
    assert [row[0] for row in page.rows["segments"]] == ["segment-2", "segment-3"]
    (result,) = api.operations([operation(1)], token)
    assert result.outcome is Outcome.APPLIED
    assert api.get_interaction("record-1", token) == operation(1).payload
    assert api.get_interaction("record-9", token) is None
    api.sign_out("refresh-1", token)
    assert api.health() == "0.1.0"
    api.close()


def test_an_id_cannot_leave_its_route() -> None:
    seen: list[str] = []

    def server(request: object) -> Response:
        seen.append(str(getattr(request, "path", "")))
        return refusal(404, "not-found")

    assert api_for(server).get_interaction("../sign-out?x#y", "t") is None
    assert seen == ["/api/v1/interactions/..%2Fsign-out%3Fx%23y"]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (HTML, BadReply),
        (Response(302, b"", {"Location": "http://elsewhere.test/"}), BadReply),
        (Response(404, b"<html>no such page</html>"), BadReply),
        (Response(403, b"<html>blocked by policy</html>"), BadReply),
        (Response(401, b"<html>proxy wants a password</html>"), BadReply),
        (Response(201, b"{}"), BadReply),
        (refusal(401, "token-expired"), AccessExpired),
        (refusal(403, "forbidden"), RequestRefused),
        (refusal(422, "malformed"), RequestRefused),
        (Response(413, b"<html>413</html>"), RequestRefused),
        (refusal(503, "busy"), ServerBusy),
        (Response(502, b"bad gateway"), ServerBusy),
        (Response(500, b"oops"), ServerFailed),
        (Response(200, b'{"tables": {'), BadReply),
    ],
)
def test_every_other_answer_is_one_typed_error(answer: Response, kind: type[SyncError]) -> None:
    with pytest.raises(kind) as raised:
        api_for(lambda _: answer).changes(0, 10, "token")
    assert type(raised.value) is kind
    assert "token" not in str(raised.value).replace("token-expired", "")


@pytest.mark.parametrize(
    ("header", "wait_s"),
    [("7", 7.0), ("", 0.0), ("Wed, 21 Oct 2026 07:28:00 GMT", 0.0), ("-1", 0.0),
     ("99999999", 3600.0), ("٣", 0.0)],
)  # fmt: skip
def test_a_wish_to_wait_is_taken_in_seconds_and_within_reason(header: str, wait_s: float) -> None:
    with pytest.raises(ServerBusy) as busy:
        api_for(lambda _: Response(503, b"", {"Retry-After": header})).changes(0, 10, "t")
    assert busy.value.retry_after_s == wait_s


def test_a_refused_look_up_is_not_an_absent_row() -> None:
    with pytest.raises(RequestRefused, match="confidential"):
        api_for(lambda _: refusal(403, "forbidden", "confidential")).get_interaction("i", "t")


def test_a_code_alone_is_words_enough() -> None:
    with pytest.raises(RequestRefused, match="forbidden"):
        api_for(lambda _: refusal(403, "forbidden", "")).changes(0, 1, "t")


@pytest.mark.parametrize(
    "content",
    [{"status": "ok"}, {"status": "down", "version": "1", "wire": 1},
     {"status": "ok", "version": "9.0", "wire": 2}],
)  # fmt: skip
def test_health_is_only_a_server_that_speaks_our_wire(content: dict[str, object]) -> None:
    with pytest.raises(BadReply):
        api_for(lambda _: reply(content)).health()


def test_a_server_that_never_reached_our_cursor_is_behind() -> None:
    with pytest.raises(ServerBehind, match="restored") as behind:
        api_for(lambda _: refusal(409, "cursor-ahead")).changes(77, 10, "t")
    assert behind.value.cursor == 77
