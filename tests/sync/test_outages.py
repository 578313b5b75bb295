"""A seat in bad weather: whatever happens is a state, ends by itself, and loses nothing."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from sync.replication import Intervals
from sync.status import Cause, Phase, SyncStatus
from tests.sync.centre import Centre
from tests.sync.httpserver import Request, Response
from tests.sync.memory import MemoryReplica
from tests.sync.story import PATIENT, SLOW_RETRY, Seat, no_stream, run, time_for_many_requests
from tests.sync.waiting import until


def test_while_offline_only_one_thing_is_tried() -> None:
    centre = Centre(changes=1)
    retry = replace(SLOW_RETRY, retry_first_s=0.001, retry_max_s=0.001)

    async def story(seat: Seat) -> None:
        await until(lambda: centre.asked("events") > 0)
        centre.intercept = lambda request: Response(503, b"", {"Retry-After": "3600"})
        seat.replication.wake()
        await seat.reaches(Phase.OFFLINE)
        tried = centre.asked("events")
        centre.intercept = lambda r: None if r.path.endswith("health") else Response(503, b"")
        await time_for_many_requests(seat)
        assert centre.asked("events") <= tried + 1  # one may have been on its way

    run(Seat(centre, retry), story)


def test_after_an_outage_the_waits_are_short_again() -> None:
    centre = Centre()
    centre.intercept = no_stream
    doubling = Intervals(retry_first_s=0.02, retry_max_s=3600, poll_s=0.02, idle_poll_s=0.02)

    async def story(seat: Seat) -> None:
        for _ in range(2):
            await seat.reaches(Phase.ONLINE)
            before = centre.asked("changes")
            centre.down = True
            await until(lambda before=before: centre.asked("changes") >= before + 6)  # type: ignore[misc]
            centre.down = False
        await seat.reaches(Phase.ONLINE)

    run(Seat(centre, doubling), story)


def test_work_done_while_the_server_is_away_is_delivered_once_by_itself() -> None:
    centre = Centre(changes=2)
    seat = Seat(centre)

    async def story(seat: Seat) -> None:
        await seat.reaches(Phase.ONLINE)
        centre.down = True
        seat.save(1)
        status = await seat.reaches(Phase.OFFLINE)
        assert (status.cause, "refused" in status.reason) == (Cause.UNREACHABLE, True)
        seat.save(2)
        await until(lambda: {"op-1", "op-2"} <= {number for number, _ in seat.outbox.attempts})
        centre.down = False
        await until(lambda: sorted(seat.outbox.delivered) == ["op-1", "op-2"])
        await seat.reaches(Phase.ONLINE)

    run(seat, story)
    assert sorted(centre.applied) == ["op-1", "op-2"]
    assert seat.bugs == [], "offline is a state, not an error"


def test_a_reply_lost_after_the_commit_is_answered_by_the_retry() -> None:
    centre = Centre()

    async def story(seat: Seat) -> None:
        await seat.reaches(Phase.ONLINE)
        centre.lose_reply = True
        seat.save(1)
        await until(lambda: seat.outbox.delivered == ["op-1"])

    run(Seat(centre), story)
    assert len(centre.received) >= 2
    assert len(centre.log) == 1


def test_what_the_agent_has_just_saved_is_tried_at_once_even_while_offline() -> None:
    centre = Centre()
    centre.down = True

    async def story(seat: Seat) -> None:
        await seat.reaches(Phase.OFFLINE)
        centre.down = False
        seat.save(1)
        await until(lambda: seat.outbox.delivered == ["op-1"])

    seat = Seat(centre, SLOW_RETRY)
    centre.down = False
    seat.auth.sign_in("wang", "secret")
    centre.down = True
    run(seat, story, signed_in=False)


def test_a_busy_server_is_left_alone_for_as_long_as_it_asks() -> None:
    centre = Centre()
    asked = 0

    def busy(request: Request) -> Response | None:
        nonlocal asked
        if not request.path.endswith("changes"):
            return None
        asked += 1
        return Response(503, b"", {"Retry-After": "3600"})

    centre.intercept = busy

    async def story(seat: Seat) -> None:
        status = await seat.reaches(Phase.OFFLINE)
        assert status.cause is Cause.BUSY
        seat.save(1)
        for _ in range(20):
            await asyncio.sleep(0)
        assert asked == 1

    run(Seat(centre), story)
    assert centre.asked("operations") == 0


def test_a_restored_backup_is_shown_while_delivering_goes_on() -> None:
    centre = Centre(changes=2)
    seat = Seat(centre)
    seat.replica.at = 50

    async def story(seat: Seat) -> None:
        status = await seat.reaches(Phase.OFFLINE)
        assert (status.cause, "restored" in status.reason) == (Cause.SERVER_BEHIND, True)
        seat.save(1)
        await until(lambda: seat.outbox.delivered == ["op-1"])

    run(seat, story)
    assert seat.replica.at == 50


def test_signing_out_stops_everything_and_keeps_the_outbox() -> None:
    centre = Centre()

    async def story(seat: Seat) -> None:
        await seat.reaches(Phase.ONLINE)
        centre.down = True
        seat.save(1)
        await seat.reaches(Phase.OFFLINE)
        centre.down = False
        centre.intercept = no_stream
        await seat.replication.sign_out()
        assert seat.replication.status == SyncStatus(Phase.SIGNED_OUT)
        assert seat.tokens.secret is None
        await seat.replication.sign_in("wang", "secret")
        await until(lambda: seat.outbox.delivered == ["op-1"])

    run(Seat(centre, SLOW_RETRY), story)
    assert list(centre.applied) == ["op-1"]


def test_a_session_ended_by_the_server_is_said_and_signing_in_goes_on_from_there() -> None:
    centre = Centre()

    async def story(seat: Seat) -> None:
        await seat.reaches(Phase.ONLINE)
        centre.access = centre.refresh_token = "voided by an administrator"
        seat.save(1)
        status = await seat.reaches(Phase.SIGNED_OUT)
        assert status.cause is Cause.SESSION_ENDED
        assert seat.outbox.attempts == []
        await seat.replication.sign_in("wang", "secret")
        await until(lambda: seat.outbox.delivered == ["op-1"])

    run(Seat(centre, PATIENT), story)


def test_set_aside_operations_are_logged_without_their_content(
    caplog: pytest.LogCaptureFixture,
) -> None:
    centre = Centre()
    centre.outcomes = {"op-1": "rejected"}

    async def story(seat: Seat) -> None:
        seat.save(1)
        await until(lambda: "op-1" in seat.outbox.aside)
        await seat.reaches(Phase.ONLINE)

    run(Seat(centre), story)
    assert "1 operations were set aside" in caplog.text
    assert "几号" not in caplog.text


@pytest.mark.parametrize(
    ("failure", "is_a_bug"), [(OSError("no space left on device"), False), (KeyError("x"), True)]
)
def test_a_store_that_fails_is_shown_and_tried_again_and_a_bug_is_told_as_one(
    failure: Exception, is_a_bug: bool
) -> None:
    seat = Seat(Centre(changes=3))
    seat.replica.failure = failure

    async def story(seat: Seat) -> None:
        status = await seat.reaches(Phase.OFFLINE)
        assert (status.cause, status.reason) == (
            Cause.SEAT_FAILED,
            f"this seat's own store failed ({type(failure).__name__})",
        )
        seat.replica.failure = None
        await seat.reaches(Phase.ONLINE)

    run(seat, story)
    assert [bug["exception"] for bug in seat.bugs[:1]] == [failure] * is_a_bug
    assert seat.replica.at == 3


def test_a_bug_outside_a_pass_is_told_to_the_crash_handler() -> None:
    seat = Seat(Centre())
    seat.screen_fails_at = Phase.ONLINE

    async def story(seat: Seat) -> None:
        await until(lambda: bool(seat.bugs))

    run(seat, story)
    assert isinstance(seat.bugs[0]["exception"], ZeroDivisionError)


def test_a_session_that_ends_between_two_pages_is_an_ended_session() -> None:
    centre = Centre(changes=20, page=10)
    seat = Seat(centre, PATIENT)

    class SignsOut(MemoryReplica):
        async def apply(self, page: Any) -> None:
            await super().apply(page)
            seat.auth.sign_out()
            seat.save(1)

    seat = Seat(centre, PATIENT, replica=SignsOut())

    async def story(seat: Seat) -> None:
        await until(lambda: seat.replication.status.cause is Cause.SESSION_ENDED)

    run(seat, story)
    assert seat.outbox.delivered == []
