"""A seat in good weather: first synchronisation, delivery, events, polling, signing in."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from sync.errors import SignInRefused
from sync.status import Cause, Phase, cause_of
from tests.sync.centre import Centre, LiveStream
from tests.sync.httpserver import Request, Response
from tests.sync.memory import MemoryReplica
from tests.sync.story import PATIENT, Seat, no_stream, run, time_for_many_requests
from tests.sync.waiting import until


def test_a_first_synchronisation_shows_how_far_it_is_and_ends_online() -> None:
    seat = Seat(Centre(changes=25, page=10))

    async def story(seat: Seat) -> None:
        await seat.reaches(Phase.ONLINE)

    run(seat, story)
    assert len(seat.replica.tables["segments"]) == 25
    assert seat.phases[:3] == [Phase.SIGNED_OUT, Phase.CONNECTING, Phase.FIRST_SYNC]
    steps = [(s.rows_done, s.rows_expected) for s in seat.statuses if s.rows_expected]
    assert steps == [(0, 25), (10, 25), (20, 25), (25, 25)]
    assert seat.bugs == []


def test_an_empty_centre_is_online_at_once_and_a_full_seat_shows_no_first_sync() -> None:
    empty = Seat(Centre())
    full = Seat(Centre(changes=5))
    full.replica.at = 3

    async def story(seat: Seat) -> None:
        await seat.reaches(Phase.ONLINE)

    for seat in (empty, full):
        run(seat, story)
        assert seat.phases == [Phase.SIGNED_OUT, Phase.CONNECTING, Phase.ONLINE]


def test_a_seat_that_is_more_than_a_page_behind_shows_how_far_it_is() -> None:
    seat = Seat(Centre(changes=25, page=10), page_rows=10)
    seat.replica.at = 3

    async def story(seat: Seat) -> None:
        await seat.reaches(Phase.ONLINE)

    run(seat, story)
    assert Phase.FIRST_SYNC in seat.phases


def test_a_saved_summary_is_delivered_when_the_seat_is_woken() -> None:
    centre = Centre()
    centre.intercept = no_stream

    async def story(seat: Seat) -> None:
        await seat.reaches(Phase.ONLINE)
        seat.save(1)
        await until(lambda: seat.outbox.delivered == ["op-1"])

    run(Seat(centre, PATIENT), story)
    assert list(centre.applied) == ["op-1"]


def test_an_event_wakes_a_pull_long_before_the_next_poll() -> None:
    centre = Centre(changes=1)
    centre.live = LiveStream()

    async def story(seat: Seat) -> None:
        await until(lambda: centre.asked("changes") == 2)  # the second because the stream opened
        await seat.reaches(Phase.ONLINE)
        centre.grow()
        live.say(2)
        await until(lambda: seat.replica.at == 2)
        live.end()

    live = centre.live
    run(Seat(centre, PATIENT), story)


def test_what_happens_between_the_first_pull_and_the_stream_is_not_missed() -> None:
    centre = Centre(changes=1)
    centre.live = live = LiveStream()

    def grow_before_it_opens(request: Request) -> Response | None:
        if request.path.endswith("events"):
            centre.grow()
        return None

    centre.intercept = grow_before_it_opens

    async def story(seat: Seat) -> None:
        await until(lambda: seat.replica.at == 2)
        live.end()

    run(Seat(centre, PATIENT), story)


def test_a_seat_with_nothing_to_do_asks_nothing() -> None:
    centre = Centre(changes=1)
    centre.live = live = LiveStream()

    async def story(seat: Seat) -> None:
        await until(lambda: centre.asked("changes") == 2)
        await seat.reaches(Phase.ONLINE)
        await time_for_many_requests(seat)
        assert (centre.asked("changes"), centre.asked("events")) == (2, 1)
        live.end()

    run(Seat(centre, PATIENT), story)


def test_without_an_event_stream_the_seat_polls() -> None:
    centre = Centre(changes=1)
    centre.intercept = no_stream

    async def story(seat: Seat) -> None:
        await seat.reaches(Phase.ONLINE)
        centre.grow()
        await until(lambda: seat.replica.at == 2)

    run(Seat(centre), story)


def test_a_long_pull_does_not_keep_a_saved_summary_waiting() -> None:
    centre = Centre(changes=30, page=10)

    class Busy(MemoryReplica):
        async def apply(self, page: Any) -> None:
            await super().apply(page)
            if self.pages == 1:
                seat.save(1)

    busy = Busy()
    seat = Seat(centre, PATIENT, replica=busy)
    delivered_at: list[int] = []
    centre.intercept = lambda request: (
        delivered_at.append(busy.pages) if request.path.endswith("operations") else None
    )

    async def story(seat: Seat) -> None:
        await seat.reaches(Phase.ONLINE)

    run(seat, story)
    assert delivered_at == [1], "after the first of three pages"


def test_a_slow_page_does_not_keep_a_saved_summary_waiting() -> None:
    centre = Centre(changes=20, page=10)
    delivered = threading.Event()
    in_time: list[bool] = []

    class Busy(MemoryReplica):
        async def apply(self, page: Any) -> None:
            await super().apply(page)
            if self.pages == 1:
                await until(lambda: centre.asked("changes") == 2)
                seat.save(1)

    def slow(request: Request) -> Response | None:
        if request.path.endswith("operations"):
            delivered.set()
        if request.query.get("after") == "10":
            in_time.append(delivered.wait(5))
        return None

    centre.intercept = slow
    seat = Seat(centre, PATIENT, replica=Busy())

    async def story(seat: Seat) -> None:
        await seat.reaches(Phase.ONLINE)

    run(seat, story)
    assert in_time == [True]


def test_signed_out_asks_nothing_until_somebody_signs_in() -> None:
    centre = Centre(changes=1)

    async def story(seat: Seat) -> None:
        seat.replication.wake()
        assert seat.phases == [Phase.SIGNED_OUT]
        assert centre.requests == []
        with pytest.raises(SignInRefused):
            await seat.replication.sign_in("wang", "guess")
        assert (await seat.replication.sign_in("wang", "secret")).login == "wang"
        await seat.reaches(Phase.ONLINE)

    run(Seat(centre), story, signed_in=False)


def test_every_error_of_the_tree_has_a_cause_to_show() -> None:
    assert cause_of(ValueError("a bug")) is Cause.SEAT_FAILED
