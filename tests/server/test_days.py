"""Agents' days: hers only, the last word of each seat, the centre's middle without names."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from server.database import Database
from server.days import FIGURES, SEATS_MAX, centre_day
from server.operations import Outcome, apply_one
from server.tables import agent_days
from tests.server.acting import NOW_S, Agent
from tests.server.conftest import ON_BOTH

DAY = datetime.fromtimestamp(NOW_S, UTC).date()
TODAY = DAY.isoformat()
EARLY, LATE = f"{TODAY}T01:00:00Z", f"{TODAY}T02:00:00Z"


def day(number: int = 0, **changes: object) -> dict[str, object]:
    return {"day": TODAY, "seat": "s1", "figures": dict.fromkeys(FIGURES, number) | changes}


class Teller(Agent):
    """Says when the operation was made."""

    count = 0

    def tell(self, figures: dict[str, object], made_at: str = EARLY, who: str = "") -> str:
        Teller.count += 1
        operation = {
            "id": f"told-{Teller.count}", "kind": "day.save", "author": self.identity.agent_id,
            "record": f"{who or self.identity.agent_id}.{figures['day']}", "made_at": made_at,
            "payload": figures,
        }  # fmt: skip
        result = apply_one(self.database, self.identity, operation, now_s=NOW_S)
        return result.reason if result.outcome is Outcome.REJECTED else result.outcome.value


def told(database: Database) -> dict[str, object]:
    with database.read() as connection:
        return centre_day(connection, TODAY)


def test_the_last_word_of_a_seat_is_kept_in_whatever_order_they_come(database: Database) -> None:
    agent = Teller(database)
    assert agent.tell(day(5), LATE) == "applied"
    assert agent.tell(day(3), EARLY) == "applied"
    with database.read() as connection:
        [row] = connection.execute(select(agent_days))
    assert (row.agent_id, row.day, row.version, row.made_at) == ("a1", TODAY, 1, LATE)
    assert '"talk_s":5' in row.figures
    agent.tell(day(8), f"{TODAY}T03:00:00Z")
    with database.read() as connection:
        assert connection.execute(select(agent_days.c.version)).scalar_one() == 2


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_a_day_at_two_seats_is_added_up(database: Database) -> None:
    for agent in ("a1", "a2", "a3"):
        Teller(database, agent).tell(day(2))
    Teller(database).tell(day(10) | {"seat": "s2"})
    found = told(database)
    assert found["agents"] == 3
    assert found["mean"] == dict.fromkeys(FIGURES, 5.3) | {"average_talk_s": 1.0}
    assert found["median"] == dict.fromkeys(FIGURES, 2.0) | {"average_talk_s": 1.0}


def test_below_three_agents_nobody_is_singled_out(database: Database) -> None:
    assert told(database) == {"day": TODAY, "agents": 0, "median": {}, "mean": {}}
    for agent in ("a1", "a2"):
        Teller(database, agent).tell(day(2))
    assert told(database) == {"day": TODAY, "agents": 2, "median": {}, "mean": {}}


def test_who_talked_with_nobody_has_no_average(database: Database) -> None:
    for number, agent in enumerate(("a1", "a2", "a3")):
        Teller(database, agent).tell(day(0, calls_talked=number, talk_s=100 * number))
    median = told(database)["median"]
    assert isinstance(median, dict)
    assert (median["average_talk_s"], median["calls_talked"]) == (100.0, 1.0)
    for agent in ("a1", "a2", "a3"):
        Teller(database, agent).tell(day(0), LATE)
    median = told(database)["median"]
    assert isinstance(median, dict)
    assert "average_talk_s" not in median


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        (day() | {"figures": {}}, "nothing else"),
        (day() | {"figures": []}, "nothing else"),
        (day(praise=1), "nothing else"),
        (day(talk_s=-1), "between"),
        (day(talk_s=1.5), "whole number"),
        (day() | {"seat": "'; --"}, "not an id"),
        (day() | {"more": 1}, "nothing else"),
        (day() | {"day": "2026-13-01"}, "not a day"),
        (day() | {"day": (DAY + timedelta(2)).isoformat()}, "yet to come"),
        (day() | {"day": (DAY - timedelta(41)).isoformat()}, "too long ago"),
    ],
)
def test_what_is_no_day_is_refused_in_words(
    database: Database, figures: dict[str, object], reason: str
) -> None:
    assert reason in Teller(database).tell(figures)
    assert told(database)["agents"] == 0


def test_nobody_tells_of_anothers_day(database: Database) -> None:
    assert "her own day" in Teller(database).tell(day(1), who="a2")
    assert "may not do this" in Teller(database, role="analyst").tell(day(1))


def test_a_day_has_so_many_seats_and_no_more(database: Database) -> None:
    agent = Teller(database)
    for number in range(SEATS_MAX):
        assert agent.tell(day(1) | {"seat": f"s{number}"}) == "applied"
    assert "already" in agent.tell(day(1) | {"seat": "another"})
    assert agent.tell(day(2) | {"seat": "s3"}, LATE) == "applied"
