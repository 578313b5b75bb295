from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from sync.auth import Auth
from sync.errors import SignInRefused
from sync.replication import Intervals, Replication, Sizes
from sync.status import Cause, Phase, SyncStatus, cause_of
from tests.sync.centre import Centre, LiveStream
from tests.sync.httpserver import Request, Response, api_for
from tests.sync.memory import MemoryOutbox, MemoryReplica, MemoryTokens, operation
from tests.sync.waiting import until

FAST = Intervals(retry_first_s=0.01, retry_max_s=0.03, poll_s=0.05, idle_poll_s=0.05)
PATIENT = Intervals(retry_first_s=0.01, retry_max_s=0.03, poll_s=3600, idle_poll_s=3600)
SLOW_RETRY = Intervals(retry_first_s=3600, retry_max_s=3600, poll_s=3600, idle_poll_s=3600)


def no_stream(request: Request) -> Response | None:
    return Response(503, b"") if request.path.endswith("events") else None


class Seat:
    """A whole seat; ``statuses`` is what its screen was told."""

    def __init__(
        self,
        centre: Centre,
        intervals: Intervals = FAST,
        page_rows: int = 5000,
        replica: MemoryReplica | None = None,
    ) -> None:
        self.centre = centre
        self.api = api_for(centre)
        self.tokens = MemoryTokens()
        self.auth = Auth(api=self.api, tokens=self.tokens, device="desk-1")
        self.outbox = MemoryOutbox()
        self.replica = replica or MemoryReplica()
        self.statuses: list[SyncStatus] = []
        self.screen_fails_at: Phase | None = None
        self.bugs: list[dict[str, Any]] = []
        self.replication = Replication(
            api=self.api,
            auth=self.auth,
            outbox=self.outbox,
            replica=self.replica,
            on_status=self._show,
            intervals=intervals,
            sizes=Sizes(page_rows=page_rows),
        )

    def _show(self, status: SyncStatus) -> None:
        self.statuses.append(status)
        if self.screen_fails_at is status.phase:
            raise ZeroDivisionError

    @property
    def phases(self) -> list[Phase]:
        return [status.phase for status in self.statuses]

    def save(self, number: int) -> None:
        self.outbox.waiting.append(operation(number))
        self.replication.wake()

    async def reaches(self, phase: Phase) -> SyncStatus:
        await until(lambda: self.replication.status.phase is phase)
        return self.replication.status


def run(seat: Seat, story: Callable[[Seat], Awaitable[None]], *, signed_in: bool = True) -> None:
    async def work() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: seat.bugs.append(context))
        if signed_in:
            seat.auth.sign_in("wang", "secret")
        seat.replication.start()
        try:
            await story(seat)
        finally:
            await seat.replication.stop()

    asyncio.run(work())


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


async def time_for_many_requests(seat: Seat) -> None:
    """Long enough for a loop that should not run to be seen running."""
    for _ in range(100):
        await asyncio.to_thread(seat.api.health)
        await asyncio.sleep(0.001)


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


def test_without_an_event_stream_the_seat_polls() -> None:
    centre = Centre(changes=1)
    centre.intercept = no_stream

    async def story(seat: Seat) -> None:
        await seat.reaches(Phase.ONLINE)
        centre.grow()
        await until(lambda: seat.replica.at == 2)

    run(Seat(centre), story)


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


def test_a_store_that_fails_is_told_to_the_crash_handler_and_tried_again() -> None:
    seat = Seat(Centre(changes=3))
    seat.replica.failure = OSError("no space left on device")

    async def story(seat: Seat) -> None:
        status = await seat.reaches(Phase.OFFLINE)
        assert (status.cause, status.reason) == (
            Cause.SEAT_FAILED,
            "this seat's own store failed (OSError)",
        )
        seat.replica.failure = None
        await seat.reaches(Phase.ONLINE)

    run(seat, story)
    assert isinstance(seat.bugs[0]["exception"], OSError)
    assert seat.replica.at == 3


def test_a_bug_outside_a_pass_is_told_to_the_crash_handler() -> None:
    seat = Seat(Centre())
    seat.screen_fails_at = Phase.ONLINE

    async def story(seat: Seat) -> None:
        await until(lambda: bool(seat.bugs))

    run(seat, story)
    assert isinstance(seat.bugs[0]["exception"], ZeroDivisionError)


def test_every_error_of_the_tree_has_a_cause_to_show() -> None:
    assert cause_of(ValueError("a bug")) is Cause.SEAT_FAILED


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
