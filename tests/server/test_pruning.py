"""The change log forgets what nobody needs, and nobody who comes later misses anything."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from server import tables
from server.commands.check import find_faults
from server.database import Database
from server.pruning import Pruned, mark_day, prune
from tests.server.conftest import ON_BOTH
from tests.server.running import Centre
from tests.server.test_changes import change_segment, drop_segment, put_segment

pytestmark = pytest.mark.parametrize("settings", ON_BOTH, indirect=True)

TODAY = 1_800_000_000.0
DAY_S = 86_400


def log(database: Database) -> list[int]:
    with database.read() as connection:
        found = connection.execute(
            select(tables.change_log.c.sequence).order_by(tables.change_log.c.sequence)
        )
        return list(found.scalars())


def assert_sound(database: Database) -> None:
    with database.read() as connection:
        assert find_faults(connection, sqlite=database.dialect == "sqlite") == []


def segments_of(centre: Centre, after: int, scope: str = "", limit: int = 2) -> dict[str, Any]:
    """What a seat that has come to ``after`` learns of segments until it has everything."""
    found: dict[str, Any] = {"rows": {}, "deleted": set()}
    more = True
    while more:
        answer = centre.seat().get("/changes", after=after, limit=limit, scope=scope)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        part = page["tables"].get("segments", {"rows": [], "deleted": []})
        found["rows"].update((row[0], row[2]) for row in part["rows"])
        found["deleted"] |= set(part["deleted"])
        after, more, scope = page["next"], page["more"], page["scope"]
    return found


def test_only_the_newest_entry_of_a_row_is_kept(database: Database) -> None:
    put_segment(database, "x")
    for n in range(4):
        change_segment(database, "x", str(n))
        change_segment(database, "s1", str(n))
    assert prune(database, TODAY) == Pruned(superseded=8 + 1 - 1, tombstones=0)
    assert log(database) == [2, 3, 4, 5, 13, 14]
    assert_sound(database)
    assert prune(database, TODAY) == Pruned(0, 0)


def test_what_a_seat_learns_after_pruning_is_what_it_would_have_learnt(centre: Centre) -> None:
    database = centre.database
    for name in "abcde":
        put_segment(database, name)
    for rule in "123":
        for name in "cab":
            change_segment(database, name, rule)
    drop_segment(database, "d")
    cursors = range(20)
    before = [segments_of(centre, after) for after in cursors]
    prune(database, TODAY)
    after = [segments_of(centre, after) for after in cursors]
    assert after == before


def test_a_deletion_is_told_for_ninety_days_and_then_a_seat_that_missed_it_starts_over(
    centre: Centre,
) -> None:
    database = centre.database
    put_segment(database, "x")
    drop_segment(database, "x")
    put_segment(database, "y")
    assert mark_day(database, TODAY)
    assert prune(database, TODAY + 89 * DAY_S) == Pruned(superseded=1, tombstones=0)
    assert segments_of(centre, 6) == {"rows": {"y": ""}, "deleted": {"x"}}
    assert prune(database, TODAY + 90 * DAY_S) == Pruned(superseded=0, tombstones=1)
    answer = centre.seat().get("/changes", after=6)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "cursor-too-old")
    assert segments_of(centre, 7) == {"rows": {"y": ""}, "deleted": set()}
    assert_sound(database)


def test_a_deletion_of_a_later_day_stays(database: Database) -> None:
    put_segment(database, "x")
    assert mark_day(database, TODAY)
    drop_segment(database, "x")
    assert mark_day(database, TODAY + DAY_S)
    assert prune(database, TODAY + 90 * DAY_S).tombstones == 0
    put_segment(database, "y")
    assert prune(database, TODAY + 91 * DAY_S).tombstones == 1
    assert_sound(database)


def test_a_first_sync_goes_on_below_the_horizon_and_from_before_another_prune(
    centre: Centre,
) -> None:
    database = centre.database
    put_segment(database, "x")
    drop_segment(database, "x")
    put_segment(database, "y")
    mark_day(database, TODAY)
    first = centre.seat().get("/changes", after=0, limit=1).json()
    assert prune(database, TODAY + 90 * DAY_S).tombstones == 1
    assert segments_of(centre, first["next"], first["scope"], limit=1)["rows"] == {"y": ""}
    assert segments_of(centre, 0, limit=1)["rows"] == {"s1": "核对名称", "y": ""}


def test_a_first_sync_that_stopped_before_a_forgotten_deletion_starts_over(
    centre: Centre,
) -> None:
    database = centre.database
    put_segment(database, "x")
    first = centre.seat().get("/changes", after=0, limit=6).json()
    assert first["next"] == 6
    drop_segment(database, "x")
    put_segment(database, "y")
    mark_day(database, TODAY)
    prune(database, TODAY + 90 * DAY_S)
    answer = centre.seat().get("/changes", after=6, scope=first["scope"])
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "cursor-too-old")


def test_the_newest_entry_stays_even_when_it_is_an_old_deletion(database: Database) -> None:
    put_segment(database, "x")
    drop_segment(database, "x")
    mark_day(database, TODAY)
    assert prune(database, TODAY + 365 * DAY_S) == Pruned(superseded=1, tombstones=0)
    assert_sound(database)


def test_a_row_that_came_back_is_no_deletion(database: Database) -> None:
    put_segment(database, "x")
    drop_segment(database, "x")
    put_segment(database, "x")
    put_segment(database, "y")
    mark_day(database, TODAY)
    assert prune(database, TODAY + 90 * DAY_S) == Pruned(superseded=2, tombstones=0)


def test_a_day_is_marked_once(database: Database) -> None:
    assert mark_day(database, TODAY)
    put_segment(database, "x")
    assert not mark_day(database, TODAY + 60)
    assert mark_day(database, TODAY + DAY_S)
    with database.read() as connection:
        marks = connection.execute(
            select(tables.change_days.c.sequence).order_by(tables.change_days.c.day)
        ).scalars()
        assert list(marks) == [6, 7]


def test_a_log_that_lost_entries_otherwise_is_found_out(database: Database) -> None:
    put_segment(database, "x")
    with database.write() as transaction:
        transaction.connection.execute(
            tables.change_log.delete().where(tables.change_log.c.sequence == 3)
        )
    with database.read() as connection:
        assert find_faults(connection, sqlite=False)
