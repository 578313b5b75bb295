"""What callers press after a call: kept once, in words of that day, whoever's call it was."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime

import pytest
import requests
from sqlalchemy import select

from server.__main__ import main
from server.changes import read_page
from server.database import Database
from server.days import FIGURES, LEAST_AGENTS, centre_day
from server.grades import grades_of_day
from server.service_tokens import EXCHANGE, drop_token, make_token
from server.settings import Settings
from server.tables import audit_log, grades, service_tokens
from tests.server.acting import NOW_S, Agent
from tests.server.conftest import ON_BOTH
from tests.server.running import Centre, Seat

TODAY = datetime.fromtimestamp(NOW_S, UTC).astimezone().date().isoformat()
AT = f"{datetime.fromtimestamp(NOW_S, UTC):%Y-%m-%dT%H:%M:%SZ}"
CALL = "zuoxi5038-1700000000.42"


def exchange(centre: Centre) -> Seat:
    """The exchange, with the token that the command line made for it."""
    with centre.database.write() as transaction:
        return Seat(centre.url, EXCHANGE, make_token(transaction, EXCHANGE, now=NOW_S))


def press(seat: Seat, digit: object = 1, call: str = CALL, at: object = AT) -> requests.Response:
    return seat.post(f"/calls/{call}/grade", {"digit": digit, "at": at})


def kept(database: Database) -> list[tuple[object, ...]]:
    with database.read() as connection:
        return [tuple(row) for row in connection.execute(select(grades).order_by(grades.c.id))]


def talk(database: Database, agent: str, call: str = CALL, minute: int = 1, **more: object) -> None:
    """An interaction of that call, answered in that minute, as a seat saves it."""
    at = AT[:14] + f"{minute:02}:00Z"
    role = "supervisor" if agent == "a3" else "agent"
    payload = {
        "agent_id": agent, "direction": "incoming", "exchange_call_id": call, "started_at": at,
        "answered_at": at, **more,
    }  # fmt: skip
    Agent(database, agent, role).apply("interaction.save", f"{call}-{agent}", payload)


def middle(database: Database) -> dict[str, object]:
    with database.read() as connection:
        found = centre_day(connection, TODAY)["median"]
    assert isinstance(found, dict)
    return {name: value for name, value in found.items() if name not in FIGURES}


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_a_grade_is_kept_once_with_its_words_and_goes_to_the_seats(centre: Centre) -> None:
    told = exchange(centre)
    answers = [press(told), press(told)]
    assert [(one.status_code, one.json()) for one in answers] == [(200, {"kept": {"digit": 1}})] * 2
    assert kept(centre.database) == [(CALL, 1, "满意", "Satisfied", True, AT)]
    with centre.database.read() as connection:
        page = read_page(connection, after=0, limit=5_000)
        written = connection.execute(
            select(audit_log.c.agent_id, audit_log.c.table_name, audit_log.c.record).where(
                audit_log.c.action == "grade"
            )
        ).all()
    assert page.tables["grades"].rows == [[CALL, 1, "满意", "Satisfied", True, AT]]
    assert [tuple(row) for row in written] == [("service:exchange", "grades", CALL)]


def test_of_two_different_grades_the_first_holds(centre: Centre) -> None:
    told = exchange(centre)
    press(told, 3)
    refused = press(told, 1)
    assert (refused.status_code, refused.json()["error"]) == (
        409,
        {"code": "already-graded", "message": "This call has the grade 3; the first holds."},
    )
    assert [row[1] for row in kept(centre.database)] == [3]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"digit": 7, "at": AT}, "7 is not on this centre's scale: 1, 2, 3, 0."),
        ({"digit": 10, "at": AT}, "digit must be between 0 and 9."),
        ({"digit": "1", "at": AT}, "digit must be a whole number."),
        ({"digit": 1, "at": "now"}, "at is not a time in UTC like 2026-05-04T03:02:01Z."),
        ({"digit": 1, "at": "2099-01-01T00:00:00Z"}, "look at the exchange's clock"),
        ({"digit": 1}, "A grade is digit and at, and nothing else."),
        ({"digit": 1, "at": AT, "who": "a1"}, "A grade is digit and at, and nothing else."),
    ],
)
def test_bad_grades_are_refused_in_words(
    centre: Centre, body: dict[str, object], words: str
) -> None:
    refused = exchange(centre).post(f"/calls/{CALL}/grade", body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "bad-request")
    assert words in refused.json()["error"]["message"]
    assert not kept(centre.database)


@pytest.mark.parametrize("call", ["x" * 129, "a%20b", "%E5%BC%A0"])
def test_a_call_must_have_a_name_that_an_exchange_gives(centre: Centre, call: str) -> None:
    assert press(exchange(centre), call=call).status_code == 400


def test_nobody_but_the_exchange_tells_of_grades(centre: Centre) -> None:
    told = exchange(centre)
    with centre.database.write() as transaction:
        newer = make_token(transaction, EXCHANGE, now=NOW_S)
    assert press(told).json()["error"]["code"] == "token-invalid"  # another one took its place
    told = Seat(centre.url, EXCHANGE, newer)
    assert press(told).status_code == 200
    assert told.get("/changes", after=0).status_code == 401  # and it may do nothing else
    with centre.database.write() as transaction:
        assert drop_token(transaction, EXCHANGE)
        assert not drop_token(transaction, EXCHANGE)
    assert press(told).status_code == 401
    assert press(centre.seat("a3", "administrator"), 2).status_code == 403
    assert press(Seat(centre.url)).json()["error"]["code"] == "token-missing"
    assert len(kept(centre.database)) == 1


def test_the_token_is_shown_once_and_kept_as_a_hash(settings: Settings, database: Database) -> None:
    def run(*words: str) -> str:
        out = io.StringIO()
        with redirect_stdout(out), redirect_stderr(io.StringIO()):
            assert main(["exchange-token", "--data", str(settings.data_dir), *words]) == 0
        return out.getvalue()

    token = run().strip()
    with database.read() as connection:
        [row] = connection.execute(select(service_tokens)).all()
    assert (row.name, token.startswith("zx-"), token in str(tuple(row))) == (
        "exchange",
        True,
        False,
    )
    assert run("--revoke") == "The exchange's token is void.\n"
    assert run("--revoke") == "The exchange had no token.\n"


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_the_centre_says_how_many_are_satisfied_of_three_agents_or_more(
    centre: Centre,
) -> None:
    database, told = centre.database, exchange(centre)
    for agent in ("a1", "a2", "a3"):
        Agent(database, agent, "supervisor" if agent == "a3" else "agent").apply(
            "day.save", f"{agent}.{TODAY}",
            {"day": TODAY, "seat": "s1", "figures": dict.fromkeys(FIGURES, 1)},
        )  # fmt: skip
    for call, agent, digit in (("c1", "a1", 1), ("c2", "a1", 3), ("c3", "a2", 1)):
        press(told, digit, call)
        talk(database, agent, call)
    assert middle(database) == {"average_talk_s": 1.0}  # two of them have grades: not told
    press(told, 1, "c4")
    assert middle(database) == {"average_talk_s": 1.0}  # nobody's yet: the seat is offline
    talk(database, "a3", "c4")
    assert LEAST_AGENTS == 3
    assert middle(database) == {
        "average_talk_s": 1.0, "calls_graded": 1.0, "satisfied_percent": 100.0,
    }  # fmt: skip


def test_a_grade_is_of_who_talked_last(centre: Centre) -> None:
    database = centre.database
    talk(database, "a2", minute=9)
    talk(database, "a1", minute=3)
    talk(database, "a3", minute=10, answered_at=None)  # it only rang there
    talk(database, "a1", "unanswered", answered_at=None)
    told = exchange(centre)
    press(told)
    press(told, call="unanswered")
    assert by_agent(database) == {"a2": (1, 1)}


def by_agent(database: Database) -> dict[str, tuple[int, int]]:
    with database.read() as connection:
        found = grades_of_day(connection, TODAY)
    return {agent: (one.graded, one.satisfied) for agent, one in found.items()}


def test_another_scale_leaves_old_grades_as_they_were_meant(centre: Centre) -> None:
    told = exchange(centre)
    press(told, 1, "before")
    items = [
        {"digit": digit, "name": name, "name_en": "", "satisfied": digit > 3}
        for digit, name in ((5, "非常满意"), (4, "满意"), (3, "一般"), (1, "不满意"))
    ]
    administrator = Agent(centre.database, "a3", "administrator")
    administrator.apply("setting.save", "satisfaction-scale", {"value": {"items": items}})
    press(told, 1, "since")
    assert [(row[2], row[4]) for row in kept(centre.database)] == [
        ("满意", True), ("不满意", False),
    ]  # fmt: skip
