"""The change feed: every change once, in one order, nothing missed."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError, NoResultFound

from server import tables
from server.changes import read_page
from server.database import Database
from server.operations import apply_one
from server.tokens import Identity
from tests.server.conftest import ON_BOTH
from tests.server.running import Centre, save

pytestmark = pytest.mark.parametrize("settings", ON_BOTH, indirect=True)

REFERENCE = 5
"""Changes that the fixture's reference rows make."""


def put_segment(database: Database, name: str, rule: str = "") -> None:
    with database.write() as transaction:
        transaction.connection.execute(
            insert(tables.segments).values(id=name, name=name, rule=rule)
        )
        transaction.changed("segments", name)


def change_segment(database: Database, name: str, rule: str) -> None:
    with database.write() as transaction:
        transaction.connection.execute(
            update(tables.segments).where(tables.segments.c.id == name).values(rule=rule)
        )
        transaction.changed("segments", name)


def drop_segment(database: Database, name: str) -> None:
    with database.write() as transaction:
        transaction.connection.execute(delete(tables.segments).where(tables.segments.c.id == name))
        transaction.changed("segments", name)


def page(centre: Centre, after: int, **params: object) -> dict[str, Any]:
    answer = centre.seat().get("/changes", after=after, **params)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_seat_that_begins_gets_everything_parents_first(centre: Centre) -> None:
    found = page(centre, 0)
    assert list(found["tables"]) == ["segments", "categories", "articles", "customers", "phones"]
    assert found["tables"]["articles"]["columns"] == list(tables.WIRE_COLUMNS["articles"])
    assert found["tables"]["articles"]["rows"][0][:4] == ["k1", 2, "c1", "税率"]
    assert found["tables"]["articles"]["rows"][0][-6:-3] == [True, "shui lv", "sl"]
    assert (found["next"], found["newest"], found["more"]) == (REFERENCE, REFERENCE, False)


def test_a_seat_that_has_everything_gets_an_empty_page(centre: Centre) -> None:
    found = page(centre, REFERENCE)
    assert found.pop("scope")
    assert found == {"tables": {}, "next": REFERENCE, "newest": REFERENCE, "more": False}


def test_a_row_changed_twice_comes_once_as_it_is_and_the_cursor_covers_both(
    centre: Centre,
) -> None:
    put_segment(centre.database, "x")
    put_segment(centre.database, "y")
    change_segment(centre.database, "x", "new")
    found = page(centre, REFERENCE)
    assert found["tables"]["segments"]["rows"] == [["x", "x", "new"], ["y", "y", ""]]
    assert (found["next"], found["more"]) == (REFERENCE + 3, False)


def test_pages_continue_where_the_last_one_ended(centre: Centre) -> None:
    put_segment(centre.database, "x")
    put_segment(centre.database, "y")
    change_segment(centre.database, "x", "new")
    first = page(centre, REFERENCE, limit=2)
    assert (first["next"], first["more"]) == (REFERENCE + 2, True)
    assert ["x", "x", "new"] in first["tables"]["segments"]["rows"]
    second = page(centre, first["next"], limit=2)
    assert second["tables"]["segments"]["rows"] == [["x", "x", "new"]]
    assert (second["next"], second["newest"], second["more"]) == (REFERENCE + 3,) * 2 + (False,)


def test_a_row_that_is_gone_is_listed_as_deleted(centre: Centre) -> None:
    put_segment(centre.database, "x")
    put_segment(centre.database, "y")
    drop_segment(centre.database, "x")
    found = page(centre, REFERENCE)["tables"]["segments"]
    assert (found["rows"], found["deleted"]) == ([["y", "y", ""]], ["x"])


def test_a_row_that_is_back_is_a_row_and_not_deleted(centre: Centre) -> None:
    put_segment(centre.database, "x", "old")
    drop_segment(centre.database, "x")
    put_segment(centre.database, "x", "new")
    found = page(centre, REFERENCE)["tables"]["segments"]
    assert (found["rows"], found["deleted"]) == ([["x", "x", "new"]], [])


def test_quotes_travel_as_a_list(centre: Centre) -> None:
    quotes = [{"article_id": "k1", "version": 2, "title": '税率 "1%"'}]
    centre.seat().send(save("i1", payload_quotes=quotes))
    assert page(centre, REFERENCE)["tables"]["interactions"]["rows"][0][-1] == quotes


def test_a_cursor_the_centre_never_reached_is_refused(centre: Centre) -> None:
    answer = centre.seat().get("/changes", after=REFERENCE + 1)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "cursor-ahead")


def test_a_bad_cursor_or_limit_is_refused(centre: Centre) -> None:
    seat = centre.seat()
    bad: tuple[dict[str, Any], ...] = (
        {}, {"after": -1}, {"after": "x"}, {"after": 10**30}, {"after": "1e3"},
        {"after": 0, "limit": 0}, {"after": 0, "limit": "all"},
    )  # fmt: skip
    for params in bad:
        answer = seat.get("/changes", **params)
        assert answer.status_code == 400, params
        assert answer.json()["error"]["code"] == "bad-request", params


def test_a_larger_limit_than_the_servers_is_lowered(centre: Centre) -> None:
    assert page(centre, 0, limit=10**9)["next"] == REFERENCE


def test_a_failed_write_leaves_no_gap_and_no_change(database: Database) -> None:
    with pytest.raises(IntegrityError):
        put_segment(database, "s1")
    put_segment(database, "y")
    with database.read() as connection:
        found = read_page(connection, after=REFERENCE, limit=10)
    assert (found.next_cursor, found.tables["segments"].rows) == (REFERENCE + 1, [["y", "y", ""]])


def test_a_row_is_kept_only_together_with_its_change(database: Database) -> None:
    with database.write() as transaction:
        transaction.connection.execute(delete(tables.change_counter))
    with pytest.raises(NoResultFound):
        put_segment(database, "x")
    with database.read() as connection:
        kept = connection.execute(select(tables.segments.c.id)).scalars().all()
    assert kept == ["s1"]


def test_eight_writers_and_a_reader_miss_nothing_and_leave_no_gap(database: Database) -> None:
    writers, each = 8, 12
    done = threading.Event()
    seen: set[str] = set()

    def write(writer: int) -> None:
        identity = Identity("a1", "s", "agent", 0)
        for n in range(each):
            operation = save(f"i-{writer}-{n}")
            assert apply_one(database, identity, operation, now_s=0).outcome == "applied"

    def read() -> int:
        cursor = REFERENCE
        while True:
            finished = done.is_set()
            with database.read() as connection:
                found = read_page(connection, after=cursor, limit=7)
            if found.tables:
                seen.update(str(row[0]) for row in found.tables["interactions"].rows)
            elif finished:
                return cursor
            cursor = found.next_cursor

    with ThreadPoolExecutor(writers + 1) as pool:
        reader = pool.submit(read)
        for job in [pool.submit(write, writer) for writer in range(writers)]:
            job.result()
        done.set()
        assert reader.result() == REFERENCE + writers * each
    assert seen == {f"i-{writer}-{n}" for writer in range(writers) for n in range(each)}
    with database.read() as connection:
        sequences = connection.execute(
            select(tables.change_log.c.sequence).order_by(tables.change_log.c.sequence)
        ).scalars()
        assert list(sequences) == list(range(1, REFERENCE + writers * each + 1))
