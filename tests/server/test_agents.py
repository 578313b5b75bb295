"""Accounts as an administrator keeps them, over the wire."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update

from server.rights import Role
from server.tables import agents, audit_log
from tests.server.conftest import ON_BOTH
from tests.server.running import PASSWORD, Centre, Seat
from tests.server.signing_in import code_of, refresh, refused, sign_in, signed_in

NEW = {"login": "2001", "name": "李静", "extension": "2001", "role": "agent", "skills": ["600"]}
OTHER_PASSWORD = "quite another one"


@pytest.fixture
def administrator(centre: Centre) -> Seat:
    """1003 as the one administrator, signed in."""
    with centre.database.write() as transaction:
        transaction.connection.execute(
            update(agents).where(agents.c.id == "a3").values(role=Role.ADMINISTRATOR)
        )
    return signed_in(centre, "1003")


def acts(centre: Centre) -> list[tuple[str, str]]:
    """What is in the audit but sign-ins: action and agent acted on, in order."""
    with centre.database.read() as connection:
        found = connection.execute(
            select(audit_log.c.action, audit_log.c.record).order_by(audit_log.c.id)
        ).all()
    return [(row.action, row.record) for row in found if row.action != "sign-in"]


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_a_new_account_signs_in_and_is_in_the_list(centre: Centre, administrator: Seat) -> None:
    answer = administrator.post("/agents", {**NEW, "password": PASSWORD})
    assert answer.status_code == 201
    made = answer.json()
    assert made == {**NEW, "id": made["id"], "disabled": False}
    assert sign_in(centre, "2001")["agent"]["id"] == made["id"]
    rows = administrator.get("/agents").json()["rows"]
    assert [row["login"] for row in rows] == ["1001", "1002", "1003", "2001"]
    assert [row["live"] for row in rows] == [0, 0, 1, 1]
    assert "password" not in str(rows)
    assert acts(centre) == [("add-agent", made["id"])]


def test_an_account_without_a_password_waits_for_one(centre: Centre, administrator: Seat) -> None:
    made = administrator.post("/agents", NEW).json()
    assert sign_in(centre, "2001")["status"] == 401
    path = f"/agents/{made['id']}/password"
    assert administrator.post(path, {"password": OTHER_PASSWORD}).status_code == 204
    assert sign_in(centre, "2001", OTHER_PASSWORD)["status"] == 200


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_a_login_is_taken_once(administrator: Seat) -> None:
    assert administrator.post("/agents", NEW).status_code == 201
    assert code_of(administrator.post("/agents", NEW)) == (409, "login-taken")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"login": ""}, "login must be"),
        ({"login": "a b"}, "login must be"),
        ({"login": "a\u202eb"}, "login must be"),
        ({"login": 7}, "login must be text"),
        ({"name": " "}, "name must not be empty"),
        ({"name": "x" * 61}, "longer than 60"),
        ({"extension": "10a1"}, "extension must be digits"),
        ({"extension": "١٠٠١"}, "extension must be digits"),
        ({"role": "emperor"}, "role must be one of agent, specialist"),
        ({"skills": "600"}, "skills must be a list"),
        ({"skills": ["600", "600"]}, "there twice"),
        ({"skills": [""]}, "must not be empty"),
        ({"disabled": "no"}, "disabled must be true or false"),
        ({"id": "a9"}, "id is nothing that an account has"),
        ({"password_hash": "x"}, "password_hash is nothing"),
        ({"password": "short"}, "at least 10"),
        ({"password": None}, "password must be text"),
        ({"name": "a\0b"}, "NUL"),
    ],
)
def test_odd_values_are_refused_in_words(
    administrator: Seat, changed: dict[str, Any], words: str
) -> None:
    answer = administrator.post("/agents", {**NEW, **changed})
    assert answer.status_code == 400
    assert words in answer.json()["error"]["message"]


def test_what_is_missing_is_named(administrator: Seat) -> None:
    for name in ("login", "name", "role"):
        answer = administrator.post("/agents", {k: v for k, v in NEW.items() if k != name})
        assert answer.json()["error"]["message"] == f"A new account needs {name}."


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_another_name_leaves_the_sessions_another_role_ends_them(
    centre: Centre, administrator: Seat
) -> None:
    seat = signed_in(centre, "1001")
    changed = administrator.put("/agents/a1", {"name": "新名字", "skills": ["601", "600"]})
    assert (changed.json()["name"], changed.json()["skills"]) == ("新名字", ["601", "600"])
    assert seat.get("/directory").status_code == 200
    assert administrator.put("/agents/a1", {"role": "agent"}).status_code == 200
    assert seat.get("/directory").status_code == 200
    assert administrator.put("/agents/a1", {"role": "quality"}).json()["role"] == "quality"
    assert refused(seat) == (401, "session-ended")
    assert sign_in(centre)["role"] == "quality"
    assert acts(centre) == [("change-agent", "a1")] * 2


def test_a_closed_account_is_out_at_once_and_can_be_opened_again(
    centre: Centre, administrator: Seat
) -> None:
    found = sign_in(centre)
    seat = Seat(centre.url, "a1", found["access_token"])
    assert administrator.put("/agents/a1", {"disabled": True}).json()["disabled"] is True
    assert code_of(seat.get("/directory")) == (401, "session-ended")
    assert refresh(centre, found["refresh_token"])["status"] == 401
    assert sign_in(centre)["status"] == 401
    assert acts(centre) == [("change-agent", "a1"), ("sign-in-failed", "a1")]
    administrator.put("/agents/a1", {"disabled": False})
    assert sign_in(centre)["status"] == 200


def test_a_password_that_is_set_ends_all_sessions(centre: Centre, administrator: Seat) -> None:
    seat = signed_in(centre)
    answer = administrator.post("/agents/a1/password", {"password": OTHER_PASSWORD})
    assert answer.status_code == 204
    assert code_of(seat.get("/directory")) == (401, "session-ended")
    assert sign_in(centre)["status"] == 401
    assert sign_in(centre, password=OTHER_PASSWORD)["status"] == 200
    weak = administrator.post("/agents/a1/password", {"password": "1001.1001."})
    assert code_of(weak) == (400, "weak-password")
    assert acts(centre) == [("set-password", "a1"), ("sign-in-failed", "a1")]


def test_ones_own_password_leaves_this_session_and_ends_the_others(centre: Centre) -> None:
    mine, other = signed_in(centre), signed_in(centre)
    body = {"old": PASSWORD, "new": OTHER_PASSWORD}
    assert mine.post("/password", body).status_code == 204
    assert mine.get("/directory").status_code == 200
    assert code_of(other.get("/directory")) == (401, "session-ended")
    assert sign_in(centre, password=OTHER_PASSWORD)["status"] == 200


def test_ones_own_password_needs_the_old_one_and_may_not_be_guessed(centre: Centre) -> None:
    mine = signed_in(centre)
    body = {"old": "not this one", "new": OTHER_PASSWORD}
    answers = [code_of(mine.post("/password", body)) for _ in range(6)]
    assert answers == [(403, "wrong-password")] * 5 + [(429, "locked-out")]
    assert mine.get("/directory").status_code == 200
    weak = {"old": PASSWORD, "new": "1001"}
    assert code_of(mine.post("/password", weak)) == (400, "weak-password")


def test_the_last_administrator_stays_one(centre: Centre, administrator: Seat) -> None:
    for change in ({"disabled": True}, {"role": "agent"}):
        assert code_of(administrator.put("/agents/a3", change)) == (409, "last-administrator")
    assert administrator.put("/agents/a3", {"name": "管理员"}).status_code == 200
    administrator.put("/agents/a1", {"role": "administrator"})
    assert administrator.put("/agents/a3", {"role": "agent"}).status_code == 200


def test_a_supervisor_ends_sessions_but_not_an_administrators(
    centre: Centre, administrator: Seat
) -> None:
    supervisor = centre.seat("a2", Role.SUPERVISOR)
    assert code_of(supervisor.post("/agents/a3/end-sessions", {})) == (403, "not-allowed")
    assert administrator.get("/directory").status_code == 200
    assert supervisor.post("/agents/a1/end-sessions", {}).json() == {"ended": 0}
    assert administrator.post("/agents/a3/end-sessions", {}).json() == {"ended": 1}


def test_sessions_of_an_agent_are_shown_with_their_end(centre: Centre, administrator: Seat) -> None:
    sign_in(centre, device="desk 1")
    administrator.post("/agents/a1/end-sessions", {"wipe": True})
    centre.clock.now += 60
    sign_in(centre, device="desk 2")
    rows = administrator.get("/agents/a1/sessions").json()["rows"]
    assert [(row["device"], row["ended_at"], row["reason"]) for row in rows] == [
        ("desk 2", None, ""),
        ("desk 1", "2027-01-15T08:00:00.000Z", "ended-by-hand"),
    ]
    assert "token" not in str(rows)


@pytest.mark.parametrize("agent", ["nobody", "x" * 500, "%00", "%e2%80%ae"])
def test_an_agent_that_is_none_is_not_found(administrator: Seat, agent: str) -> None:
    answers = [
        administrator.put(f"/agents/{agent}", {}),
        administrator.post(f"/agents/{agent}/password", {"password": OTHER_PASSWORD}),
        administrator.get(f"/agents/{agent}/sessions"),
        administrator.post(f"/agents/{agent}/end-sessions", {}),
    ]
    assert {code_of(answer) for answer in answers} == {(404, "not-found")}


def test_end_sessions_takes_wipe_and_nothing_else(administrator: Seat) -> None:
    for body in ({"wipe": "yes"}, {"wipe": 1}, {"all": True}):
        assert administrator.post("/agents/a1/end-sessions", body).status_code == 400


def test_every_sign_in_and_failure_is_written_down_without_what_was_typed(centre: Centre) -> None:
    sign_in(centre, device="desk 1")
    sign_in(centre, password="not the right one")
    sign_in(centre, login="my password by mistake")
    with centre.database.read() as connection:
        rows = connection.execute(select(audit_log).order_by(audit_log.c.id)).all()
    assert [(row.action, row.agent_id) for row in rows] == [
        ("sign-in", "a1"), ("sign-in-failed", "a1"), ("sign-in-failed", ""),
    ]  # fmt: skip
    assert "127.0.0.1" in rows[2].detail
    assert "mistake" not in str(rows)
    assert "right one" not in str(rows)
