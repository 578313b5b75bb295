"""A page that the stream brought is applied without asking, and never in the wrong place."""

from __future__ import annotations

import orjson
import pytest

from sync.errors import BadReply
from sync.news import Brought, news
from sync.ports import Place
from sync.pushed import KEPT_MAX, PushedPages
from sync.status import Phase
from sync.wire import TABLES, ChangePage
from tests.sync.centre import Centre, LiveStream, segment_row
from tests.sync.story import PATIENT, Seat, run, time_for_many_requests
from tests.sync.waiting import until


def page(after: int, until_: int) -> ChangePage:
    rows = {"segments": [segment_row(n) for n in range(after + 1, until_ + 1)]}
    return ChangePage(rows, {}, until_, until_, False)


def bring(live: LiveStream, after: int, until_: int) -> None:
    rows = [segment_row(n) for n in range(after + 1, until_ + 1)]
    body = {
        "tables": {"segments": {"columns": TABLES["segments"], "rows": rows, "deleted": []}},
        "next": until_, "newest": until_, "more": False, "after": after,
    }  # fmt: skip
    live._pieces.put(b"event: page\ndata: %s\n\n" % orjson.dumps(body))


def test_a_page_leads_on_from_its_place_only_and_takes_over_the_scope() -> None:
    pushed = PushedPages()
    assert pushed.put(5, page(5, 6))
    assert pushed.take(Place(4, "s")) is None
    found = pushed.take(Place(5, "s"))
    assert found is not None
    assert (found.next_cursor, found.scope) == (6, "s")
    assert pushed.take(Place(5)) is None


def test_what_the_copy_has_already_is_not_kept() -> None:
    pushed = PushedPages()
    pushed.reached(6)
    assert not pushed.put(5, page(5, 6))
    assert pushed.put(6, page(6, 7))
    assert pushed.take(Place(7)) is None
    assert pushed.take(Place(6)) is None


def test_nothing_is_left_of_a_stream_that_ended() -> None:
    pushed = PushedPages()
    pushed.put(5, page(5, 6))
    pushed.clear()
    assert pushed.take(Place(5)) is None


def test_no_more_is_kept_than_a_little() -> None:
    pushed = PushedPages()
    for n in range(1, KEPT_MAX + 2):
        assert pushed.put(n, page(n, n + 1))
    assert pushed.take(Place(1)) is None
    pushed.put(40, page(40, 41))
    assert pushed.take(Place(40)) is not None


@pytest.mark.parametrize("data", [b"{}", b'{"after": 1}', b'{"after": -1, "next": 2}', b"x"])
def test_a_page_that_is_none_is_a_bad_reply(data: bytes) -> None:
    with pytest.raises(BadReply):
        news("page", data)


def test_a_seat_applies_what_it_is_brought_without_asking() -> None:
    centre = Centre(changes=1)
    centre.live = live = LiveStream()

    async def story(seat: Seat) -> None:
        await until(lambda: centre.asked("changes") == 2)  # the second because the stream opened
        await seat.reaches(Phase.ONLINE)
        for after in range(1, 6):
            centre.grow()
            bring(live, after, after + 1)
            await until(lambda after=after: seat.replica.at == after + 1)  # type: ignore[misc]
        bring(live, 4, 6)  # what it has already
        await time_for_many_requests(seat)
        assert centre.asked("changes") == 2
        live.end()

    run(Seat(centre, PATIENT), story)


def test_a_seat_that_missed_a_page_asks() -> None:
    centre = Centre(changes=1)
    centre.live = live = LiveStream()

    async def story(seat: Seat) -> None:
        await until(lambda: centre.asked("changes") == 2)
        await seat.reaches(Phase.ONLINE)
        centre.grow(3)
        bring(live, 3, 4)
        await until(lambda: seat.replica.at == 4)
        assert centre.asked("changes") == 3
        live.end()

    run(Seat(centre, PATIENT), story)


def test_news_of_a_page_carry_where_it_leads_on_from() -> None:
    live = LiveStream()
    bring(live, 5, 6)
    told = live.read1().split(b"data: ")[1].strip()
    assert news("page", told) == Brought(5, page(5, 6))
