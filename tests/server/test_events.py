"""The event stream: told at once, the newest number only, not too often, never in the way."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
import requests
from starlette.types import Message

from server.channels import Channel, SessionKind, SessionNews
from server.database import Database
from server.events import EventStream
from server.gate import Gate
from server.hub import EventHub
from server.keys import KeyFile
from server.pushing import PagesToPush
from server.revocation import EndedSessions
from server.settings import Settings
from server.tokens import TokenSigner
from tests.server.running import LIMIT_S, Centre, Clock, Seat, running, save


@contextmanager
def listening(seat: Seat) -> Iterator[Iterator[str]]:
    """The lines of an open stream."""
    with seat.http.get(f"{seat.url}/events", stream=True, timeout=LIMIT_S) as answer:
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
        yield answer.iter_lines(chunk_size=1, decode_unicode=True)


def next_number(lines: Iterator[str]) -> int:
    for line in lines:
        if line.startswith("data: "):
            newest: int = orjson.loads(line.removeprefix("data: "))["newest"]
            return newest
    raise AssertionError("the stream ended")


def test_a_stream_begins_with_where_the_centre_is(centre: Centre) -> None:
    with listening(centre.seat()) as lines:
        assert next(lines) == "event: changed"
        assert next_number(lines) == 5


def test_a_change_reaches_every_listener(centre: Centre) -> None:
    with listening(centre.seat()) as one, listening(centre.seat("a2")) as other:
        assert (next_number(one), next_number(other)) == (5, 5)
        centre.seat().send(save("i1"))
        assert (next_number(one), next_number(other)) == (6, 6)


def test_a_slow_listener_gets_the_newest_number_not_all_of_them(centre: Centre) -> None:
    with listening(centre.seat()) as lines:
        assert next_number(lines) == 5
        centre.seat().send(*[save(f"i{n}") for n in range(50)])
        heard = [next_number(lines)]
        while heard[-1] < 55:
            heard.append(next_number(lines))
    assert heard == sorted(set(heard))
    assert heard[-1] == 55


def test_a_rejected_operation_announces_nothing(centre: Centre) -> None:
    with listening(centre.seat()) as lines:
        assert next_number(lines) == 5
        centre.seat().send(save("i1", kind="?"))
        centre.seat().send(save("i1"))
        assert next_number(lines) == 6


def test_a_quiet_stream_says_that_it_is_still_there(settings: Settings, database: Database) -> None:
    quick = replace(settings, events_comment_s=0.05)
    with running(quick, database) as centre, listening(centre.seat()) as lines:
        assert ": still here" in (next(lines) for _ in range(20))


def test_a_stream_ends_with_its_access_token(settings: Settings, database: Database) -> None:
    quick = replace(settings, events_comment_s=0.05)
    with running(quick, database) as centre, listening(centre.seat()) as lines:
        assert next_number(lines) == 5
        centre.clock.now += 601
        assert all(line in ("", ": still here") for line in lines)


def test_one_listener_too_many_is_told_to_come_later(
    settings: Settings, database: Database
) -> None:
    with running(replace(settings, event_clients_max=1), database) as centre:
        with listening(centre.seat()) as lines:
            next_number(lines)
            answer = centre.seat().get("/events")
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
        seat = centre.seat()
        for _ in range(1_000):  # the server needs a moment to see that the first one left
            with seat.http.get(f"{seat.url}/events", stream=True, timeout=LIMIT_S) as answer:
                if answer.status_code == 200:
                    return
        pytest.fail("the place of the listener that left was never free")


def test_stopping_the_server_ends_the_streams(settings: Settings, database: Database) -> None:
    with running(settings, database) as centre:
        seat = centre.seat()
        answer: requests.Response = seat.http.get(
            f"{seat.url}/events", stream=True, timeout=LIMIT_S
        )
        lines = answer.iter_lines(chunk_size=1, decode_unicode=True)
        assert next_number(lines) == 5
    assert list(lines) == [""]
    answer.close()


def test_events_keep_their_distance_however_much_changes(
    tmp_path: Path, database: Database
) -> None:
    hub = EventHub(clients_max=1)
    keys = KeyFile(tmp_path / "token.key", clock=Clock())
    signer = TokenSigner(keys=keys, lifetime_s=600, clock=Clock())
    token = signer.issue(agent_id="a1", session_id="s", role="agent")
    gate = Gate(signer=signer, ended=EndedSessions(lifetime_s=600, clock=Clock()))
    stream = EventStream(
        hub=hub, gate=gate, pages=PagesToPush(database), clock=Clock(), interval_s=3_600,
        comment_s=3_600,
    )  # fmt: skip
    scope = {
        "method": "GET",
        "query_string": b"",
        "headers": [(b"authorization", f"Bearer {token}".encode())],
    }
    sent: list[bytes] = []

    async def receive() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message.get("body", b""))

    async def listen() -> None:
        hub.bind(asyncio.get_running_loop())
        hub.announce(1)
        task = asyncio.create_task(stream(scope, receive, send))
        for newest in range(2, 100):
            hub.announce(newest)
            await asyncio.sleep(0)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    asyncio.run(listen())
    assert len([body for body in sent if body.startswith(b"event:")]) == 1


def next_session(lines: Iterator[str]) -> dict[str, object]:
    for line in lines:
        if line == "event: session":
            told: dict[str, object] = orjson.loads(next(lines).removeprefix("data: "))
            return told
    raise AssertionError("the stream ended")


def test_an_ended_session_is_told_to_its_own_stream_which_ends(centre: Centre) -> None:
    seat, other = centre.seat(session="s1"), centre.seat("a2", session="s2")
    with listening(seat) as lines, listening(other) as others:
        assert (next_number(lines), next_number(others)) == (5, 5)
        end(centre, "a1", "s1", wipe=True)
        assert next_session(lines) == {"kind": "ended", "wipe": True}
        assert list(lines) == [""]
        centre.seat("a2").send(save("i1", author="a2"))
        assert next_number(others) == 6
    answer = seat.get("/events")
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "session-ended")


def test_a_second_sign_in_is_told_to_the_agents_other_sessions(centre: Centre) -> None:
    first, second = centre.seat(session="s1"), centre.seat(session="s2")
    somebody = centre.seat("a2", session="s3")
    with listening(first) as one, listening(second) as two, listening(somebody) as three:
        assert {next_number(lines) for lines in (one, two, three)} == {5}
        news = SessionNews(
            SessionKind.SECOND_SIGN_IN, "a1", ("s2",), device="座席二", at="2026-11-22T01:00:00Z"
        )
        centre.database.notify(Channel.SESSIONS, news.to_payload())
        assert next_session(one) == {
            "kind": "second-sign-in", "device": "座席二", "at": "2026-11-22T01:00:00Z",
        }  # fmt: skip
        centre.seat().send(save("i1"))
        assert next(two) == ""
        assert next(two) == "event: changed"
        assert (next_number(two), next_number(three)) == (6, 6)


def end(centre: Centre, agent: str, session: str, *, wipe: bool) -> None:
    news = SessionNews(SessionKind.ENDED, agent, (session,), wipe=wipe)
    centre.database.notify(Channel.SESSIONS, news.to_payload())
