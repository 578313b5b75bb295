"""Legs of live calls: whose they are, which word is the last, what is refused, how long kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import delete, func, select

from server import tables
from server.changes import newest_sequence
from server.live_calls import KEPT_S, RINGS_AT_MOST_S
from tests.server.conftest import ON_BOTH
from tests.server.running import Centre, Seat

pytestmark = pytest.mark.parametrize("settings", ON_BOTH, indirect=True)

NOTHING: dict[str, object] = {
    "customer_id": None, "customer_name": "", "category_id": None, "question": "",
    "answer": "", "basis": "", "follow_up": "", "quotes": [],
}  # fmt: skip


def a_leg(**changes: object) -> dict[str, Any]:
    return {
        "call_id": "call-1", "state": "ringing", "direction": "incoming", "name": "张伟",
        "number": "+8613800138000", "queue": "咨询", "menu_path": "2-1", "dialled": "12366",
        "waited_s": 42, "started_at": "2026-11-22T01:00:00.123Z", "revision": 1,
    } | changes  # fmt: skip


def legs_of(seat: Seat, call_id: str = "call-1") -> list[dict[str, Any]]:
    answer = seat.get("/legs", call_id=call_id)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["legs"]
    return found


def ringing_for(seat: Seat) -> list[str]:
    return [leg["interaction_id"] for leg in seat.get("/legs", state="ringing").json()["legs"]]


def test_what_one_desk_attached_is_there_for_the_next(centre: Centre) -> None:
    attachment = {**NOTHING, "customer_id": "p1", "customer_name": "张伟", "category_id": "c1",
                  "question": "税率？", "quotes": [{"article_id": "k1", "version": 2,
                                                   "title": "税率"}]}  # fmt: skip
    first, second = centre.seat("a1"), centre.seat("a2")
    answer = first.put("/legs/i1", a_leg(state="talking", attachment=attachment))
    assert (answer.status_code, answer.json()) == (200, {"revision": 1})
    assert legs_of(second) == [
        {"interaction_id": "i1", "agent": {"id": "a1", "name": "名字1001", "extension": "1001"},
         **a_leg(state="talking"), "attachment": attachment}
    ]  # fmt: skip


def test_what_is_left_out_is_empty(centre: Centre) -> None:
    seat = centre.seat()
    needed = {name: a_leg()[name] for name in ("call_id", "state", "direction", "started_at",
                                               "revision")}  # fmt: skip
    assert seat.put("/legs/i1", needed).status_code == 200
    [leg] = legs_of(seat)
    assert (leg["name"], leg["waited_s"], leg["attachment"]) == ("", None, NOTHING)
    seat.put("/legs/i1", a_leg(revision=2, attachment={"question": "什么？"}))
    [leg] = legs_of(seat)
    assert leg["attachment"] == {**NOTHING, "question": "什么？"}


def test_the_last_revision_wins_in_whatever_order_they_come(centre: Centre) -> None:
    seat = centre.seat()
    assert seat.put("/legs/i1", a_leg(revision=5, state="talking")).json() == {"revision": 5}
    assert seat.put("/legs/i1", a_leg(revision=4, state="ringing")).json() == {"revision": 5}
    assert seat.put("/legs/i1", a_leg(revision=5, state="held")).json() == {"revision": 5}
    assert legs_of(seat)[0]["state"] == "talking"
    assert seat.put("/legs/i1", a_leg(revision=6, state="ended")).json() == {"revision": 6}
    assert legs_of(seat)[0]["state"] == "ended"


def test_many_words_at_once_end_with_the_last(centre: Centre) -> None:
    with ThreadPoolExecutor(6) as pool:
        answers = list(
            pool.map(
                lambda n: centre.seat().put("/legs/i1", a_leg(revision=n, queue=str(n))),
                range(1, 25),
            )
        )
    assert {answer.status_code for answer in answers} == {200}
    [leg] = legs_of(centre.seat())
    assert (leg["revision"], leg["queue"]) == (24, "24")


def test_the_leg_that_began_last_comes_first(centre: Centre) -> None:
    for number, agent in enumerate(("a1", "a2", "a3")):
        centre.clock.now += 0.25
        centre.seat(agent).put(f"/legs/i{number}", a_leg())
    centre.seat("a1").put("/legs/i0", a_leg(revision=2, state="ended"))
    centre.seat("a1").put("/legs/other", a_leg(call_id="call-2"))
    assert [leg["interaction_id"] for leg in legs_of(centre.seat())] == ["i2", "i1", "i0"]


def test_nobody_writes_a_colleagues_leg(centre: Centre) -> None:
    centre.seat("a1").put("/legs/i1", a_leg())
    for role in ("agent", "supervisor"):
        answer = centre.seat("a2", role).put("/legs/i1", a_leg(revision=9, state="ended"))
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not-yours")
    assert legs_of(centre.seat())[0]["state"] == "ringing"


def test_only_who_is_signed_in_hears_of_calls(centre: Centre) -> None:
    stranger = Seat(centre.url)
    assert stranger.put("/legs/i1", a_leg()).status_code == 401
    assert stranger.get("/legs", call_id="call-1").status_code == 401
    assert stranger.get("/legs", state="ringing").status_code == 401


def test_a_session_that_outlived_its_account_writes_nothing(centre: Centre) -> None:
    ghost = centre.seat("gone")
    assert ghost.put("/legs/i1", a_leg()).status_code == 400
    assert legs_of(centre.seat()) == []


def test_ringing_calls_are_those_of_colleagues_that_still_ring(centre: Centre) -> None:
    first, second = centre.seat("a1"), centre.seat("a2")
    first.put("/legs/i1", a_leg())
    first.put("/legs/i2", a_leg(call_id="call-2", state="talking"))
    assert ringing_for(second) == ["i1"]
    assert ringing_for(first) == []
    first.put("/legs/i1", a_leg(revision=2, state="ended"))
    assert ringing_for(second) == []


def test_a_desk_that_died_while_it_rang_does_not_ring_for_ever(centre: Centre) -> None:
    centre.seat("a1").put("/legs/i1", a_leg())
    centre.clock.now += RINGS_AT_MOST_S
    assert ringing_for(centre.seat("a2")) == ["i1"]
    centre.clock.now += 1
    assert ringing_for(centre.seat("a2")) == []


def test_legs_are_forgotten_after_a_day(centre: Centre) -> None:
    seat = centre.seat()
    seat.put("/legs/i1", a_leg(state="ended"))
    centre.clock.now += KEPT_S
    seat = centre.seat()
    seat.put("/legs/i2", a_leg())
    assert [leg["interaction_id"] for leg in legs_of(seat)] == ["i2", "i1"]
    centre.clock.now += 1
    seat.put("/legs/i2", a_leg(revision=2))
    assert [leg["interaction_id"] for leg in legs_of(seat)] == ["i2"]


def test_a_call_may_have_any_name_that_sip_allows(centre: Centre) -> None:
    seat, name = centre.seat(), "a/b?c=d&e%20%2F+(f)@[::1]:5060;g#咨询"
    seat.put("/legs/i1", a_leg(call_id=name))
    assert [leg["call_id"] for leg in legs_of(seat, name)] == [name]
    assert legs_of(seat, quote(name)) == []


def test_live_calls_do_not_enter_the_change_feed(centre: Centre) -> None:
    with centre.database.read() as connection:
        before = newest_sequence(connection)
    centre.seat().put("/legs/i1", a_leg())
    with centre.database.read() as connection:
        assert newest_sequence(connection) == before


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "waiting"}, {"state": None}, {"direction": "sideways"}, {"call_id": ""},
        {"call_id": "x" * 1_001}, {"call_id": None}, {"revision": -1}, {"revision": 2**53 + 1},
        {"revision": "1"}, {"revision": True}, {"started_at": "yesterday"}, {"waited_s": -1},
        {"name": "\0"}, {"name": "x" * 1_001}, {"surprise": 1}, {"agent_id": "a2"},
        {"attachment": []}, {"attachment": {"note": "x"}},
        {"attachment": {"question": "x" * 20_001}}, {"attachment": {"customer_id": "a b"}},
        {"attachment": {"quotes": [{"article_id": "k1"}]}}, {"attachment": None},
    ],
)  # fmt: skip
def test_what_the_wire_does_not_allow_is_refused_in_words(
    centre: Centre, changes: dict[str, object]
) -> None:
    answer = centre.seat().put("/legs/i1", a_leg(**changes))
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad-request")
    assert answer.json()["error"]["message"]
    with centre.database.read() as connection:
        count = connection.execute(select(func.count()).select_from(tables.call_legs))
        assert count.scalar_one() == 0


@pytest.mark.parametrize("name", ["call_id", "state", "direction", "started_at", "revision"])
def test_a_leg_says_what_it_is(centre: Centre, name: str) -> None:
    body = a_leg()
    del body[name]
    answer = centre.seat().put("/legs/i1", body)
    assert (answer.status_code, name in answer.json()["error"]["message"]) == (400, True)


def test_a_bad_question_is_refused(centre: Centre) -> None:
    seat = centre.seat()
    for params in ({}, {"call_id": "x", "state": "ringing"}, {"state": "talking"},
                   {"call_id": "x" * 2_000}, {"call_id": "\0"}):  # fmt: skip
        assert seat.get("/legs", **params).json()["error"]["code"] == "bad-request", params
    for record in ("x" * 200, "a%20b", "%00"):
        assert seat.put(f"/legs/{record}", a_leg()).status_code == 400, record


def test_a_leg_too_large_for_any_summary_is_not_read(centre: Centre) -> None:
    body = a_leg(name="x" * (2 * 1024 * 1024))
    assert centre.seat().put("/legs/i1", body).status_code == 413


def test_the_longest_summary_travels(centre: Centre) -> None:
    words = "税" * 20_000
    quotes = [{"article_id": f"k{n}", "version": 1, "title": "题" * 100} for n in range(200)]
    attachment = {
        "question": words,
        "answer": words,
        "basis": words,
        "follow_up": words,
        "quotes": quotes,
    }
    seat = centre.seat()
    assert seat.put("/legs/i1", a_leg(attachment=attachment)).status_code == 200
    [leg] = legs_of(seat)
    assert leg["attachment"] == {**NOTHING, **attachment}
    with centre.database.write() as transaction:
        transaction.connection.execute(delete(tables.call_legs))
