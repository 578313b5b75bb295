"""When everything is fetched anew, what is told of it, and that the rest goes on meanwhile."""

from __future__ import annotations

import asyncio

import pytest

from sync.copying import Compared, CopyProgress, CopyStage, Pace, PaceNow
from sync.errors import Need, StartOver, Unreachable
from sync.renewal import Renewal
from sync.status import Cause, Phase
from tests.sync.centre import Centre
from tests.sync.httpserver import Request, Response, refusal
from tests.sync.memory import MemoryCopy, MemoryReplica
from tests.sync.story import FAST, PATIENT, Seat, run
from tests.sync.waiting import until


def a_seat(centre: Centre, cursor: int = 0, *, far_rows: int = 10) -> tuple[Seat, MemoryCopy]:
    replica = MemoryReplica(cursor)
    copy = MemoryCopy(replica, until=len(centre.log))
    return Seat(centre, FAST, replica=replica, copy=copy, far_rows=far_rows), copy


def needs(seat: Seat) -> list[Need]:
    """Why, each reason once, in the order in which they were told."""
    return list(dict.fromkeys(status.need for status in seat.statuses if status.need is not None))


def test_an_empty_copy_of_a_large_centre_is_fetched_as_a_whole() -> None:
    seat, copy = a_seat(Centre(changes=11))

    async def story(seat: Seat) -> None:
        await seat.reaches(Phase.ONLINE)

    run(seat, story)
    assert (copy.fetched, seat.replica.at, seat.replica.pages) == (1, 11, 0)
    assert needs(seat) == [Need.EMPTY]
    assert [one.stage for one in seat.statuses if one.rows_done == 11][-1] is CopyStage.INDEXING


@pytest.mark.parametrize(("changes", "cursor"), [(10, 0), (30, 16)])
def test_a_small_centre_or_a_copy_that_has_most_is_led_on_page_by_page(
    changes: int, cursor: int
) -> None:
    seat, copy = a_seat(Centre(changes=changes), cursor)

    async def story(seat: Seat) -> None:
        await seat.reaches(Phase.ONLINE)

    run(seat, story)
    assert (copy.fetched, seat.replica.at) == (0, changes)
    assert needs(seat) == []


@pytest.mark.parametrize(
    ("code", "need"),
    [
        ("scope-changed", Need.SCOPE_CHANGED),
        ("cursor-too-old", Need.TOO_OLD),
        ("cursor-ahead", Need.RESTORED),
    ],
)
def test_a_copy_that_no_page_leads_on_from_is_fetched_anew(code: str, need: Need) -> None:
    centre = Centre(changes=9)
    seat, copy = a_seat(centre, 5)

    def refuse(request: Request) -> Response | None:
        changes = request.path.endswith("changes") and request.query["after"] == "5"
        return refusal(409, code) if changes else None

    centre.intercept = refuse

    async def story(seat: Seat) -> None:
        await seat.reaches(Phase.ONLINE)

    run(seat, story)
    assert (copy.fetched, seat.replica.at) == (1, 9)
    assert needs(seat) == [need]


@pytest.mark.parametrize(
    ("code", "asked"), [("cursor-ahead", 2), ("scope-changed", 2), ("cursor-too-old", 1)]
)
def test_what_a_restored_server_may_have_lost_is_offered_again(code: str, asked: int) -> None:
    centre = Centre(changes=9)
    seat, _ = a_seat(centre, 5)

    def refuse(request: Request) -> Response | None:
        changes = request.path.endswith("changes") and request.query["after"] == "5"
        return refusal(409, code) if changes and centre.applied else None

    centre.intercept = refuse

    async def story(seat: Seat) -> None:
        seat.save(1)
        await until(lambda: len(seat.outbox.delivered) == asked)
        await seat.reaches(Phase.ONLINE)

    run(seat, story)
    assert seat.outbox.delivered == ["op-1"] * asked
    assert seat.outbox.waiting == []


def test_what_an_earlier_run_began_is_taken_up_again() -> None:
    replica = MemoryReplica(3)
    copy = MemoryCopy(replica, until=3)
    copy.begun = True
    seat = Seat(Centre(changes=3), replica=replica, copy=copy)

    async def story(seat: Seat) -> None:
        await seat.reaches(Phase.ONLINE)

    run(seat, story)
    assert copy.fetched == 1
    assert needs(seat) == [Need.BEGUN]


def test_what_is_saved_meanwhile_is_delivered_at_once() -> None:
    centre = Centre(changes=11)
    seat, copy = a_seat(centre)
    copy.gate.clear()

    async def story(seat: Seat) -> None:
        await seat.reaches(Phase.FIRST_SYNC)
        await until(lambda: copy.asked == 1)
        for number in (1, 2):
            seat.save(number)
            await until(lambda number=number: len(centre.applied) == number)  # type: ignore[misc]
        assert seat.replication.status.phase is Phase.FIRST_SYNC
        copy.gate.set()
        await seat.reaches(Phase.ONLINE)

    run(seat, story)
    assert copy.asked == copy.fetched == 1


def test_the_agent_stops_it_works_on_and_takes_it_up_again() -> None:
    centre = Centre(changes=11)
    seat, copy = a_seat(centre)
    copy.gate.clear()

    async def story(seat: Seat) -> None:
        await until(lambda: copy.asked == 1)
        seat.replication.stop_copy()
        await seat.reaches(Phase.NOT_SYNCHRONISED)
        seat.save(1)
        await until(lambda: seat.outbox.delivered == ["op-1"])
        centre.grow()
        assert seat.replication.status.phase is Phase.NOT_SYNCHRONISED
        copy.gate.set()
        seat.replication.fetch_copy()
        await seat.reaches(Phase.ONLINE)

    run(seat, story)
    assert (copy.asked, copy.fetched) == (2, 1)


def test_a_failure_is_a_state_and_the_next_attempt_goes_on() -> None:
    seat, copy = a_seat(Centre(changes=11))
    copy.failures.append(Unreachable("nobody listens there"))

    async def story(seat: Seat) -> None:
        await seat.reaches(Phase.ONLINE)

    run(seat, story)
    assert Phase.OFFLINE in seat.phases
    assert (copy.asked, copy.fetched) == (2, 1)


def test_a_server_that_refuses_even_a_copy_from_nothing_is_asked_another_time() -> None:
    seat, copy = a_seat(Centre(changes=11))
    copy.failures.append(StartOver("the scope has changed", need=Need.SCOPE_CHANGED))

    async def story(seat: Seat) -> None:
        await seat.reaches(Phase.ONLINE)

    run(seat, story)
    assert Cause.BAD_REPLY in [status.cause for status in seat.statuses]
    assert copy.fetched == 1


def test_stopping_the_seat_stops_the_fetching() -> None:
    seat, copy = a_seat(Centre(changes=11))
    copy.gate.clear()

    async def story(seat: Seat) -> None:
        await until(lambda: copy.asked == 1)

    run(seat, story)
    assert copy.begun
    assert seat.bugs == []


@pytest.mark.parametrize(("found", "fetched"), [(Compared.DIFFERENT, 1), (Compared.SAME, 0)])
def test_a_copy_that_differs_is_fetched_anew(found: Compared, fetched: int) -> None:
    centre = Centre(changes=3)
    replica = MemoryReplica(3)
    copy = MemoryCopy(replica, until=3)
    copy.compared = found
    seat = Seat(centre, PATIENT, replica=replica, copy=copy)

    async def story(seat: Seat) -> None:
        await seat.reaches(Phase.ONLINE)
        assert seat.replication.renewal is not None
        assert await seat.replication.renewal.compare(seat.replication.wake) is found
        await until(lambda: copy.fetched == fetched)
        await seat.reaches(Phase.ONLINE)

    run(seat, story)
    assert needs(seat) == [Need.DIFFERS] * fetched


def test_a_day_after_the_last_time_the_copy_is_compared_when_the_seat_is_online() -> None:
    seat, copy = a_seat(Centre(changes=1))
    copy.lately = False
    renewal = Renewal(copy=copy, auth=seat.auth, report=lambda _: None, first_look_s=(0.0, 0.0))
    online = asyncio.Event()

    async def story(_: Seat) -> None:
        watching = asyncio.ensure_future(renewal.watch(online, lambda: None))
        await asyncio.sleep(0)
        assert copy.comparisons == 0
        online.set()
        await until(lambda: copy.comparisons == 1)
        watching.cancel()

    run(seat, story)


def test_a_copy_is_compared_as_soon_as_it_was_fetched_and_fetched_once_for_a_difference() -> None:
    """One that differs still is not fetched for ever."""
    seat, copy = a_seat(Centre(changes=11))
    copy.lately, copy.compared = False, Compared.DIFFERENT

    async def story(seat: Seat) -> None:
        await until(lambda: copy.comparisons == 2)
        await seat.reaches(Phase.ONLINE)

    run(seat, story)
    assert copy.fetched == 2
    assert needs(seat) == [Need.EMPTY, Need.DIFFERS]


def test_a_comparison_that_fails_is_tried_another_time() -> None:
    seat, copy = a_seat(Centre(changes=1))
    copy.lately = False
    copy.compare_failures = [Unreachable("nobody listens there"), OSError("no such program")]
    renewal = Renewal(copy=copy, auth=seat.auth, report=lambda _: None, first_look_s=(0.0, 0.0))

    async def story(_: Seat) -> None:
        online = asyncio.Event()
        online.set()
        watching = asyncio.ensure_future(renewal.watch(online, lambda: None))
        for asked in (1, 2, 3):
            await until(lambda asked=asked: copy.comparisons == asked)  # type: ignore[misc]
            renewal._look.set()
        assert not watching.done()
        watching.cancel()

    run(seat, story)


def test_the_copying_gets_another_token_than_the_one_refused() -> None:
    centre = Centre(changes=11)
    seat, copy = a_seat(centre)
    copy.gate.clear()

    async def story(seat: Seat) -> None:
        await until(lambda: copy.tokens is not None)
        assert copy.tokens is not None
        first = await asyncio.to_thread(copy.tokens, "")
        assert first == centre.access
        second = await asyncio.to_thread(copy.tokens, first)
        assert second == centre.access != first

    run(seat, story)


class Hands:
    def __init__(self) -> None:
        self.at_s = 0.0

    def __call__(self) -> float:
        return self.at_s


def test_the_time_left_follows_the_pace_of_the_last_seconds() -> None:
    hands = Hands()
    pace = Pace(hands)
    found = [PaceNow()]
    for second in range(60):
        hands.at_s = float(second)
        done = second * 100 if second < 30 else 3_000 + (second - 30) * 1_000
        found.append(pace.at(CopyProgress(CopyStage.FETCHING, done, 100_000)))
    assert found[1] == PaceNow()
    assert found[10] == PaceNow(100, 991)
    assert found[-1].per_s > 900
    assert found[-1].seconds_left == pytest.approx((100_000 - 32_000) / found[-1].per_s, abs=1)


def test_nothing_is_said_of_the_time_while_nothing_comes() -> None:
    hands = Hands()
    pace = Pace(hands)
    pace.at(CopyProgress(CopyStage.FETCHING, 0, 10))
    hands.at_s = 5
    assert pace.at(CopyProgress(CopyStage.FETCHING, 0, 10)) == PaceNow(0, None)


def test_a_fetch_that_begins_anew_begins_its_pace_anew() -> None:
    hands = Hands()
    pace = Pace(hands)
    pace.at(CopyProgress(CopyStage.FETCHING, 5_000, 10_000))
    hands.at_s = 5
    assert pace.at(CopyProgress(CopyStage.FETCHING, 100, 10_000)) == PaceNow()
