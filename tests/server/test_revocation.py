"""An ended session is refused at once, everywhere, and its seat is told; a second one is named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import func, select

from server.agents import change_agent
from server.database import Database, connect
from server.revocation import EndedSessions
from server.sessions import end_sessions
from server.settings import Settings
from server.tables import sessions
from tests.server.conftest import ON_BOTH
from tests.server.running import LIMIT_S, Centre, Clock, Seat, running
from tests.server.signing_in import code_of, refresh, sign_in, signed_in


@contextmanager
def told(seat: Seat) -> Iterator[Iterator[dict[str, Any]]]:
    """What an open stream says of the agent's sessions."""

    def heard() -> Iterator[dict[str, Any]]:
        event = ""
        for line in lines:
            if line.startswith("event: "):
                event = line.removeprefix("event: ")
            elif line.startswith("data: ") and event == "session":
                yield json.loads(line.removeprefix("data: "))

    with seat.http.get(f"{seat.url}/events", stream=True, timeout=LIMIT_S) as answer:
        assert answer.status_code == 200
        lines = answer.iter_lines(chunk_size=1, decode_unicode=True)
        assert next(lines) == "event: changed"
        yield heard()


def end_of(centre: Centre, agent: str = "a1", **body: object) -> dict[str, Any]:
    answer = centre.seat("a3", "supervisor").post(f"/agents/{agent}/end-sessions", body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
@pytest.mark.parametrize("wipe", [False, True])
def test_a_signed_in_seat_is_told_and_refused_at_once(centre: Centre, wipe: bool) -> None:
    found = sign_in(centre)
    seat = Seat(centre.url, "a1", found["access_token"])
    with told(seat) as heard:
        assert end_of(centre, wipe=wipe) == {"ended": 1}
        assert list(heard) == [{"kind": "ended", "wipe": wipe}]  # and the stream is over
    for answer in (seat.get("/directory"), seat.post("/operations", {"operations": []})):
        assert code_of(answer) == (401, "session-ended")
        assert answer.json()["error"]["wipe"] is wipe
    assert code_of(seat.get("/events")) == (401, "session-ended")
    renewed = refresh(centre, found["refresh_token"])
    assert (renewed["status"], renewed["error"]["code"]) == (401, "session-ended")
    assert renewed["error"]["wipe"] is wipe


def test_ending_one_agents_sessions_leaves_the_others(centre: Centre) -> None:
    other, mine = signed_in(centre, "1002"), [signed_in(centre) for _ in range(3)]
    assert end_of(centre) == {"ended": 3}
    assert {seat.get("/directory").status_code for seat in mine} == {401}
    assert other.get("/directory").status_code == 200
    assert end_of(centre) == {"ended": 0}
    assert signed_in(centre).get("/directory").status_code == 200


def test_more_sessions_than_one_notification_holds_end_together(centre: Centre) -> None:
    seats = [signed_in(centre) for _ in range(3)]
    with centre.database.write() as transaction:
        for n in range(450):
            transaction.connection.execute(
                sessions.insert().values(
                    id=f"{n:036d}", agent_id="a1", device="", started_at=1, void_reason=""
                )
            )
    assert end_of(centre) == {"ended": 453}
    assert {seat.get("/directory").status_code for seat in seats} == {401}


def test_a_seat_that_signs_out_takes_its_access_token_along(centre: Centre) -> None:
    found = sign_in(centre)
    seat = Seat(centre.url, "a1", found["access_token"])
    assert seat.post("/sign-out", {"refresh_token": found["refresh_token"]}).status_code == 204
    assert code_of(seat.get("/directory")) == (401, "session-ended")


def test_a_lost_seat_is_told_to_forget_although_its_session_had_ended(centre: Centre) -> None:
    found = sign_in(centre)
    assert end_of(centre) == {"ended": 1}
    assert end_of(centre, wipe=True) == {"ended": 0}
    assert refresh(centre, found["refresh_token"])["error"]["wipe"] is True


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_a_server_that_starts_knows_what_ended_before(
    settings: Settings, database: Database
) -> None:
    clock = Clock()
    with running(settings, database, clock=clock) as first:
        found = sign_in(first)
        end_of(first, wipe=True)
    with running(settings, database, clock=clock) as second:
        seat = Seat(second.url, "a1", found["access_token"])
        assert code_of(seat.get("/directory")) == (401, "session-ended")


def test_what_the_command_line_ends_beside_a_running_server_is_noticed(
    settings: Settings, centre: Centre
) -> None:
    seat = signed_in(centre)
    beside = connect(settings)
    with told(seat) as heard:
        with beside.write() as transaction:
            change_agent(transaction, "a1", {"disabled": True}, by=None, now=int(centre.clock()))
        assert list(heard) == [{"kind": "ended", "wipe": False}]
    beside.close()
    assert code_of(seat.get("/directory")) == (401, "session-ended")


def test_an_ended_session_is_remembered_as_long_as_its_tokens_live() -> None:
    clock = Clock()
    ended = EndedSessions(lifetime_s=600, clock=clock)
    ended.add(["s1"], wipe=False)
    clock.now += 599
    ended.add(["s2"], wipe=False)
    assert ended.is_ended("s1")
    clock.now += 1
    ended.add(["s3"], wipe=False)
    assert [ended.is_ended(name) for name in ("s1", "s2", "s3")] == [False, True, True]


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_an_end_that_is_undone_ends_nothing(centre: Centre) -> None:
    seat = signed_in(centre)

    def undone() -> None:
        with centre.database.write() as transaction:
            end_sessions(transaction, sessions.c.agent_id == "a1", reason="x", now=1, wipe=False)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()
    assert seat.get("/directory").status_code == 200


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_a_second_sign_in_is_named_to_both(centre: Centre) -> None:
    first = sign_in(centre, device="窗口 3")
    assert first["others"] == []
    with told(Seat(centre.url, "a1", first["access_token"])) as heard:
        centre.clock.now += 5
        second = sign_in(centre, device="desk 9")
        assert second["others"] == [
            {"device": "窗口 3", "started_at": "2027-01-15T08:00:00.000Z",
             "seen_at": "2027-01-15T08:00:00.000Z"},
        ]  # fmt: skip
        assert next(heard) == {
            "kind": "second-sign-in", "device": "desk 9", "at": "2027-01-15T08:00:05.000Z",
        }  # fmt: skip
    for found, other in ((first, "desk 9"), (second, "窗口 3")):
        me = Seat(centre.url, "a1", found["access_token"]).get("/sessions/me").json()
        assert [session["device"] for session in me["others"]] == [other]
        assert me["agent"]["login"] == "1001"
        assert me["device"] != other
    again = refresh(centre, first["refresh_token"])
    assert [session["device"] for session in again["others"]] == ["desk 9"]


def test_a_seat_that_was_not_heard_of_for_long_is_not_named(centre: Centre) -> None:
    sign_in(centre, device="desk 1")
    assert sign_in(centre, "1002")["others"] == []
    centre.clock.now += 1_200
    assert len(sign_in(centre)["others"]) == 1
    centre.clock.now += 1
    assert [session["device"] for session in sign_in(centre)["others"]] == ["desk 7"]


def test_a_second_sign_in_is_not_told_to_other_agents_or_to_itself(centre: Centre) -> None:
    other = signed_in(centre, "1002")
    with told(other) as heard:
        mine = sign_in(centre)
        with told(Seat(centre.url, "a1", mine["access_token"])) as own:
            end_of(centre, "a2")
            assert list(heard) == [{"kind": "ended", "wipe": False}]
            end_of(centre, "a1")
            assert list(own) == [{"kind": "ended", "wipe": False}]


def test_only_live_sessions_get_an_end(centre: Centre) -> None:
    found = sign_in(centre)
    Seat(centre.url).post("/sign-out", {"refresh_token": found["refresh_token"]})
    centre.clock.now += 9
    end_of(centre)
    with centre.database.read() as connection:
        reasons = connection.execute(select(sessions.c.void_reason)).scalars().all()
        count = connection.execute(select(func.count()).select_from(sessions)).scalar_one()
    assert (list(reasons), count) == (["signed-out"], 1)
