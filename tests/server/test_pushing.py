"""Streams that bring the changed rows: what the role may have, read once for all, or the number."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from server.database import Database
from server.pushing import BYTES_MAX, ROWS_MAX, PagesToPush
from server.rights import Role
from tests.server.running import LIMIT_S, Centre, Seat, save
from tests.server.test_changes import put_segment


@contextmanager
def listening(seat: Seat) -> Iterator[Iterator[tuple[str, dict[str, Any]]]]:
    """Events of a stream with pages: their names and what they say."""
    with seat.http.get(f"{seat.url}/events?pages=1", stream=True, timeout=LIMIT_S) as answer:
        lines = answer.iter_lines(chunk_size=1, decode_unicode=True)
        yield (
            (line.removeprefix("event: "), orjson.loads(next(lines).removeprefix("data: ")))
            for line in lines
            if line.startswith("event: ")
        )


def test_a_change_comes_with_its_rows_after_where_the_stream_began(centre: Centre) -> None:
    with listening(centre.seat()) as events:
        assert next(events) == ("changed", {"newest": 5})
        centre.seat().send(save("i1"))
        name, page = next(events)
        assert (name, page["after"], page["next"], page["more"]) == ("page", 5, 6, False)
        asked = centre.seat().get("/changes", after=5).json()
        assert page["tables"] == asked["tables"]
        assert [row[0] for row in page["tables"]["interactions"]["rows"]] == ["i1"]


def test_a_role_is_brought_its_own_tables_only_and_led_on(centre: Centre) -> None:
    with listening(centre.seat(role=Role.TRAINEE)) as events:
        next(events)
        centre.seat().send(save("i1"))
        name, page = next(events)
        assert (name, page["tables"], page["next"]) == ("page", {}, 6)
        put_segment(centre.database, "x")
        assert list(next(events)[1]["tables"]) == ["segments"]


def test_many_rows_and_long_ones_are_left_to_be_asked_for(centre: Centre) -> None:
    with listening(centre.seat()) as events:
        next(events)
        with centre.database.write() as transaction:
            for _ in range(ROWS_MAX + 1):
                transaction.changed("segments", "s1")
        newest = 5 + ROWS_MAX + 1
        assert next(events) == ("changed", {"newest": newest})
        put_segment(centre.database, "long", "长" * BYTES_MAX)
        assert next(events) == ("changed", {"newest": newest + 1})
        put_segment(centre.database, "short")
        name, page = next(events)
        assert (name, page["after"]) == ("page", newest + 1)


class Counting(Database):
    """Counts snapshots, and can fail to give them."""

    def __init__(self, database: Database) -> None:
        super().__init__(reads=database._reads, writes=database._writes)
        self.reads = 0
        self.fails = False

    @contextmanager
    def read(self) -> Iterator[Connection]:
        self.reads += 1
        if self.fails:
            raise OperationalError("", {}, Exception("away"))
        with super().read() as connection:
            yield connection


def test_seats_that_have_come_equally_far_share_one_look_into_the_database(
    database: Database,
) -> None:
    counting = Counting(database)
    pages = PagesToPush(counting)

    async def many(newest: int) -> list[int]:
        roles = ["agent", "agent", "supervisor"] * 100
        frames = await asyncio.gather(*[pages.frame(role, 3, newest) for role in roles])
        return [frame.until for frame in frames if frame is not None]

    assert asyncio.run(many(5)) == [5] * 300
    assert counting.reads == 2
    put_segment(database, "x")
    assert asyncio.run(many(6)) == [6] * 300
    assert counting.reads == 4


def test_a_seat_whose_stream_ended_leaves_the_page_to_the_others(database: Database) -> None:
    pages = PagesToPush(database)

    async def one_leaves() -> int:
        leaving = asyncio.create_task(pages.frame("agent", 3, 5))
        staying = asyncio.create_task(pages.frame("agent", 3, 5))
        await asyncio.sleep(0)
        leaving.cancel()
        frame = await staying
        assert frame is not None
        return frame.until

    assert asyncio.run(one_leaves()) == 5


def test_a_database_that_is_away_leaves_the_asking_to_the_seats(database: Database) -> None:
    counting = Counting(database)
    counting.fails = True
    assert asyncio.run(PagesToPush(counting).frame("agent", 3, 5)) is None
