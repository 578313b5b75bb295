"""Who is free and which queues there are: presence that ends by itself, and the sample's lines."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, update

from server import tables
from server.app import open_database
from server.directory import FORGOTTEN_AFTER_S, read_directory
from server.sample.fill import fill
from server.sample.parts import SampleSize
from server.settings import Settings
from tests.server.conftest import ON_BOTH
from tests.server.running import Centre, Seat, settings_for

SINCE = "2026-11-22T01:00:00.000Z"


def states_in(seat: Seat) -> dict[str, tuple[str, str]]:
    page: dict[str, Any] = seat.get("/directory").json()
    return {agent["extension"]: (agent["state"], agent["since"]) for agent in page["agents"]}


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_colleagues_see_what_an_agent_says_of_herself(centre: Centre) -> None:
    first, second = centre.seat("a1"), centre.seat("a2")
    nobody = ("signed-out", "")
    assert states_in(second) == {"1001": nobody, "1002": nobody, "1003": nobody}
    assert first.put("/presence", {"state": "ready", "since": SINCE}).status_code == 204
    assert states_in(second)["1001"] == ("ready", SINCE)
    later = "2026-11-22T01:05:00Z"
    first.put("/presence", {"state": "talking", "since": later})
    assert states_in(second) == {"1001": ("talking", later), "1002": nobody, "1003": nobody}


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_a_desk_that_falls_silent_is_signed_out(centre: Centre) -> None:
    seat = centre.seat()
    seat.put("/presence", {"state": "ready", "since": SINCE})
    centre.clock.now += FORGOTTEN_AFTER_S
    assert states_in(seat)["1001"] == ("ready", SINCE)
    centre.clock.now += 1
    assert states_in(seat)["1001"] == ("signed-out", SINCE)
    seat.put("/presence", {"state": "ready", "since": SINCE})
    assert states_in(seat)["1001"] == ("ready", SINCE)


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_the_directory_names_people_with_an_account_and_queues_in_order(centre: Centre) -> None:
    with centre.database.write() as transaction:
        gone = tables.agents.c.id == "a3"
        transaction.connection.execute(update(tables.agents).where(gone).values(disabled=True))
        transaction.connection.execute(
            insert(tables.queues),
            [{"number": "7002", "name": "个税", "position": 1},
             {"number": "7001", "name": "咨询", "position": 0}],
        )  # fmt: skip
    page = centre.seat().get("/directory").json()
    assert [(one["id"], one["name"], one["extension"]) for one in page["agents"]] == [
        ("a1", "名字1001", "1001"), ("a2", "名字1002", "1002"),
    ]  # fmt: skip
    assert page["queues"] == [{"name": "咨询", "number": "7001"},
                              {"name": "个税", "number": "7002"}]  # fmt: skip


def test_presence_is_said_in_known_words_by_who_is_signed_in(centre: Centre) -> None:
    good = {"state": "ready", "since": SINCE}
    for bad in ({"state": "asleep"}, {"since": "now"}, {"state": None}, {"mood": "fine"}):
        assert centre.seat().put("/presence", {**good, **bad}).status_code == 400, bad
    assert centre.seat().put("/presence", {"state": "ready"}).status_code == 400
    assert centre.seat("gone").put("/presence", good).status_code == 400
    assert Seat(centre.url).put("/presence", good).status_code == 401
    assert Seat(centre.url).get("/directory").status_code == 401
    large = {**good, "since": "x" * 5_000}
    assert centre.seat().put("/presence", large).status_code == 413


def test_the_sample_centre_has_the_queues_of_the_exchange(
    settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    database = open_database(settings_for(tmp_path_factory.mktemp("sample")))
    fill(database, SampleSize(today=date(2026, 11, 22), customers=0))
    with database.read() as connection:
        page = read_directory(connection, now=0)
    database.close()
    assert page["queues"] == [
        {"name": "咨询", "number": "7001"}, {"name": "个税", "number": "7002"},
        {"name": "投诉", "number": "7003"},
    ]  # fmt: skip
