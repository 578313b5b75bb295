"""Several server processes on one PostgreSQL are one centre; none needs another to live."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest
import requests

from tests.server.postgresql import Cluster
from tests.server.processes import LIMIT_S, Running, started
from tests.server.running import PASSWORD, Seat, save

pytestmark = pytest.mark.processes


@dataclass(frozen=True, slots=True)
class Site:
    """``arguments`` start one more process of it."""

    arguments: tuple[str | Path, ...]
    servers: tuple[Running, ...]


@pytest.fixture(scope="module")
def site(postgresql: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    url = postgresql.new_database("several", template="prepared")
    data = tmp_path_factory.mktemp("several")
    arguments = ("server", "serve", "--data", data, "--database", url, "--port", "0")
    with ExitStack() as stack:
        yield Site(arguments, tuple(stack.enter_context(started(*arguments)) for _ in range(3)))


def sign_in(server: Running, login: str = "1001", device: str = "") -> tuple[Seat, dict[str, Any]]:
    body = {"login": login, "password": PASSWORD, "device": device}
    answer = Seat(server.url).post("/sign-in", body)
    assert answer.status_code == 200, answer.text
    session: dict[str, Any] = answer.json()
    return Seat(server.url, session["agent"]["id"], session["access_token"]), session


def at(server: Running, session: dict[str, Any]) -> Seat:
    """The same session at another process."""
    return Seat(server.url, session["agent"]["id"], session["access_token"])


@contextmanager
def listening(seat: Seat) -> Iterator[Iterator[str]]:
    with seat.http.get(f"{seat.url}/events", stream=True, timeout=LIMIT_S) as answer:
        assert answer.status_code == 200
        yield answer.iter_lines(chunk_size=1, decode_unicode=True)


def until_newest(lines: Iterator[str], wanted: int) -> None:
    ends = time.monotonic() + LIMIT_S
    for line in lines:
        assert time.monotonic() < ends
        if line.startswith('data: {"newest"') and orjson.loads(line[6:])["newest"] >= wanted:
            return
    raise AssertionError("the stream ended")


def newest(seat: Seat) -> int:
    found: int = seat.get("/changes", after=0, limit=1).json()["newest"]
    return found


def test_a_change_made_through_one_process_reaches_the_streams_of_all(site: Site) -> None:
    _, session = sign_in(site.servers[0])
    seats = [at(server, session) for server in site.servers]
    with ExitStack() as stack:
        streams = [stack.enter_context(listening(seat)) for seat in seats]
        for n, seat in enumerate(seats):
            before = newest(seat)
            assert seat.send(save(f"via-{n}"))[0]["outcome"] == "applied"
            for lines in streams:
                until_newest(lines, before + 1)


def test_an_operation_repeated_at_another_process_is_applied_once(site: Site) -> None:
    _, session = sign_in(site.servers[0])
    operation = save("twice")
    outcomes = [at(server, session).send(operation)[0]["outcome"] for server in site.servers]
    assert outcomes == ["applied", "already-applied", "already-applied"]


def test_a_session_ended_at_one_process_is_refused_by_the_others_and_its_stream_ends(
    site: Site,
) -> None:
    first, *others = site.servers
    seat, session = sign_in(first)
    elsewhere = [at(server, session) for server in others]
    assert [other.get("/directory").status_code for other in elsewhere] == [200, 200]
    with listening(elsewhere[0]) as lines:
        until_newest(lines, 1)
        seat.post("/sign-out", {"refresh_token": session["refresh_token"]})
        assert 'data: {"kind":"ended","wipe":false}' in lines
        assert list(lines) == [""]
    for other in elsewhere:
        ends = time.monotonic() + LIMIT_S
        while other.get("/directory").status_code != 401:
            assert time.monotonic() < ends
        assert other.get("/directory").json()["error"]["code"] == "session-ended"


def test_a_second_sign_in_at_another_process_is_told_to_the_first_seat(site: Site) -> None:
    seat, _ = sign_in(site.servers[0], "1002", "desk-1")
    with listening(seat) as lines:
        until_newest(lines, 1)
        sign_in(site.servers[1], "1002", "desk-2")
        told = next(line for line in lines if '"second-sign-in"' in line)
        assert orjson.loads(told.removeprefix("data: "))["device"] == "desk-2"


def test_wrong_passwords_are_counted_together(site: Site) -> None:
    statuses = []
    for n in range(8):
        body = {"login": "nobody", "password": "wrong", "device": ""}
        statuses.append(Seat(site.servers[n % 3].url).post("/sign-in", body).status_code)
    assert 429 in statuses


def test_a_killed_process_leaves_the_others_and_its_seats_go_on_elsewhere(site: Site) -> None:
    _, session = sign_in(site.servers[0])
    other = at(site.servers[1], session)
    with started(*site.arguments) as mortal:
        seat = at(mortal, session)
        acknowledged = [seat.send(save(f"mortal-{n}"))[0]["id"] for n in range(5)]
        with listening(seat) as lines, listening(other) as others:
            until_newest(lines, 1)
            mortal.process.send_signal(signal.SIGKILL)
            with pytest.raises(
                (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)
            ):
                list(lines)
            before = newest(other)
            assert other.send(save("after-the-kill"))[0]["outcome"] == "applied"
            until_newest(others, before + 1)
    for operation_id in acknowledged:
        assert other.get("/interactions", operation_id=operation_id).json()["total"] == 1


def test_a_database_that_crashes_and_comes_back_leaves_streams_open_and_misses_nothing(
    site: Site, postgresql: Cluster
) -> None:
    _, session = sign_in(site.servers[0])
    seats = [at(server, session) for server in site.servers]
    with ExitStack() as stack:
        streams = [stack.enter_context(listening(seat)) for seat in seats]
        before = newest(seats[0])
        for lines in streams:
            until_newest(lines, before)
        postgresql.restart()
        operation, ends = save("after-the-crash"), time.monotonic() + LIMIT_S
        while True:
            answer = seats[0].post("/operations", {"operations": [operation]})
            if answer.status_code == 200:
                assert answer.json()["results"][0]["outcome"] == "applied"
                break
            assert answer.status_code == 503, answer.text
            assert time.monotonic() < ends
        for lines in streams:
            until_newest(lines, before + 1)
        assert seats[1].send(save("later"))[0]["outcome"] == "applied"
        for lines in streams:
            until_newest(lines, before + 2)
