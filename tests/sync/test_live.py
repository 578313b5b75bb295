"""Live calls told to a server that is there, away, slow, busy or of another opinion."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from sync.auth import Auth
from sync.backoff import BackOff
from sync.errors import RequestRefused, SessionEnded, Unreachable
from sync.legs import DirectoryPage, QueueEntry
from sync.live import WAITING_MAX, LiveCalls
from sync.status import Cause, Phase, SyncStatus
from tests.sync.httpserver import Request, Response, api_for, refusal
from tests.sync.live_centre import LiveCentre, a_leg
from tests.sync.memory import MemoryTokens
from tests.sync.waiting import until

PATIENT = BackOff(first_s=3600, max_s=3600)


class Rig:
    def __init__(self, *, back_off: BackOff | None = None, signed_in: bool = True) -> None:
        self.centre = LiveCentre()
        self.api = api_for(self.centre)
        self.auth = Auth(api=self.api, tokens=MemoryTokens(), device="desk-1")
        if signed_in:
            self.auth.sign_in("wang", "secret")
        self.now_ms = 1_000
        self.statuses: list[SyncStatus] = []
        self.bugs: list[dict[str, Any]] = []
        self.live = LiveCalls(
            api=self.api, auth=self.auth, now_ms=lambda: self.now_ms,
            back_off=back_off or BackOff(first_s=0.001, max_s=0.002),
            on_status=self.statuses.append,
        )  # fmt: skip

    def question(self, interaction_id: str = "i1") -> str:
        found: str = self.centre.kept[interaction_id]["attachment"]["question"]
        return found


def run(story: Callable[[Rig], Awaitable[None]], rig: Rig | None = None) -> None:
    rig = rig or Rig()

    async def tell() -> None:
        asyncio.get_running_loop().set_exception_handler(
            lambda _, context: rig.bugs.append(context)
        )
        try:
            await story(rig)
        finally:
            rig.centre.gate.set()
            await rig.live.stop()

    asyncio.run(tell())
    assert not rig.bugs


def typed(words: str) -> dict[str, Any]:
    return {"attachment": type(a_leg().attachment)(question=words)}


def test_what_is_published_is_at_the_server_when_flush_says_so() -> None:
    async def story(rig: Rig) -> None:
        rig.live.publish(a_leg())
        assert await rig.live.flush("i1", 20)
        assert rig.question() == "问"
        [found] = await rig.live.legs_of_call("call-1")
        assert (found.agent_name, found.leg) == ("王", a_leg())
        assert rig.statuses == [SyncStatus(Phase.ONLINE)]
        assert rig.live.status.phase is Phase.ONLINE

    run(story)


def test_flushing_again_tells_nothing_again() -> None:
    async def story(rig: Rig) -> None:
        assert await rig.live.flush()
        rig.live.publish(a_leg())
        assert await rig.live.flush(None, 20)
        assert await rig.live.flush("i1")
        assert len(rig.centre.told) == 1

    run(story)


def test_while_one_word_is_on_its_way_only_the_newest_waits() -> None:
    async def story(rig: Rig) -> None:
        rig.centre.gate.clear()
        for n in range(10):
            rig.live.publish(a_leg(**typed(f"第{n}版")))
            await asyncio.sleep(0)
        assert not await rig.live.flush("i1", 0.01)
        rig.centre.gate.set()
        assert await rig.live.flush("i1", 20)
        assert (rig.question(), len(rig.centre.told)) == ("第9版", 2)

    run(story)


def test_a_server_away_costs_no_waiting_and_loses_nothing() -> None:
    async def story(rig: Rig) -> None:
        rig.centre.down = True
        rig.live.publish(a_leg(1))
        rig.live.publish(a_leg(2))
        assert not await rig.live.flush(None, 0.01)
        await until(lambda: rig.live.status.phase is Phase.OFFLINE)
        assert rig.statuses[-1].cause is Cause.UNREACHABLE
        rig.live.publish(a_leg(1, **typed("更多")))
        rig.centre.down = False
        assert await rig.live.flush(None, 20)
        assert (rig.question("i1"), rig.question("i2")) == ("更多", "问")
        assert rig.statuses[-1] == SyncStatus(Phase.ONLINE)

    run(story)


def test_news_are_tried_at_once_however_long_the_pause_would_be() -> None:
    async def story(rig: Rig) -> None:
        rig.centre.down = True
        rig.live.publish(a_leg(1))
        await until(lambda: rig.live.status.phase is Phase.OFFLINE)
        rig.centre.down = False
        rig.live.publish(a_leg(2))
        assert await rig.live.flush(None, 20)

    run(story, Rig(back_off=PATIENT))


def test_a_server_that_is_back_is_told_when_somebody_says_so() -> None:
    async def story(rig: Rig) -> None:
        rig.centre.down = True
        rig.live.publish(a_leg(1))
        await until(lambda: rig.live.status.phase is Phase.OFFLINE)
        rig.centre.down = False
        rig.live.wake()
        await until(lambda: "i1" in rig.centre.kept)
        rig.live.wake()

    run(story, Rig(back_off=PATIENT))


def test_a_busy_server_gets_the_peace_it_asks_for() -> None:
    async def story(rig: Rig) -> None:
        rig.centre.before = lambda _: refusal(503, "busy", Retry_After="3600")
        rig.live.publish(a_leg())
        await until(lambda: rig.live.status.cause is Cause.BUSY)
        rig.centre.before = lambda _: None
        rig.live.publish(a_leg(**typed("更多")))
        assert not await rig.live.flush("i1", 0.05)
        assert rig.centre.told == []

    run(story)


def test_a_refused_leg_steps_aside_and_flush_is_honest() -> None:
    async def story(rig: Rig) -> None:
        rig.live.publish(a_leg(1, name="refuse me"))
        rig.live.publish(a_leg(2))
        assert await rig.live.flush("i2", 20)
        assert not await rig.live.flush("i1")
        assert rig.statuses == [SyncStatus(Phase.ONLINE)]
        rig.live.publish(a_leg(1))
        assert await rig.live.flush("i1", 20)

    run(story)


def test_a_wall_clock_that_was_set_back_does_not_make_the_newest_word_the_older() -> None:
    async def story(rig: Rig) -> None:
        rig.live.publish(a_leg())
        assert await rig.live.flush("i1", 20)
        rig.centre.kept["i1"]["revision"] = 9_000
        rig.now_ms = 500
        rig.live.publish(a_leg(**typed("更多")))
        assert await rig.live.flush("i1", 20)
        assert rig.question() == "更多"
        assert [revision for _, revision in rig.centre.told] == [1_000, 1_001, 9_001]

    run(story)


def test_revisions_follow_the_wall_clock() -> None:
    async def story(rig: Rig) -> None:
        rig.live.publish(a_leg())
        await rig.live.flush("i1", 20)
        rig.now_ms = 5_000
        rig.live.publish(a_leg(2))
        await rig.live.flush("i2", 20)
        assert [revision for _, revision in rig.centre.told] == [1_000, 5_000]

    run(story)


def test_nobody_signed_in_is_a_state_and_signing_in_helps() -> None:
    async def story(rig: Rig) -> None:
        rig.live.publish(a_leg())
        await until(lambda: rig.live.status.cause is Cause.SESSION_ENDED)
        with pytest.raises(SessionEnded):
            await rig.live.ringing()
        await asyncio.to_thread(rig.auth.sign_in, "wang", "secret")
        assert await rig.live.flush("i1", 20)

    run(story, Rig(signed_in=False))


def test_legs_for_a_server_that_stays_away_do_not_grow_without_end() -> None:
    async def story(rig: Rig) -> None:
        rig.centre.down = True
        for number in range(WAITING_MAX + 10):
            rig.live.publish(a_leg(number))
        await until(lambda: rig.live.status.phase is Phase.OFFLINE)
        rig.centre.down = False
        assert await rig.live.flush(None, 20)
        assert len(rig.centre.kept) == WAITING_MAX
        assert f"i{WAITING_MAX + 9}" in rig.centre.kept

    run(story)


def test_questions_are_answered_by_the_server_or_by_an_error() -> None:
    async def story(rig: Rig) -> None:
        page = await rig.live.directory()
        assert isinstance(page, DirectoryPage)
        assert page.queues == (QueueEntry("咨询", "7001"),)
        assert await rig.live.ringing() == ()
        await rig.live.report_presence("ready", "2026-11-22T01:00:00Z")
        assert rig.centre.presence == [{"state": "ready", "since": "2026-11-22T01:00:00Z"}]
        rig.centre.before = lambda _: refusal(400, "bad-request")
        with pytest.raises(RequestRefused):
            await rig.live.directory()
        assert rig.live.status.phase is Phase.ONLINE
        rig.centre.down = True
        with pytest.raises(Unreachable):
            await rig.live.legs_of_call("call-1")
        assert rig.live.status.phase is Phase.OFFLINE

    run(story)


def test_a_call_of_any_name_is_asked_for_by_that_name() -> None:
    async def story(rig: Rig) -> None:
        name = "a/b?c=d&e%2F+f@[::1]#咨询"
        rig.live.publish(a_leg(interaction_id="x/y", call_id=name))
        assert await rig.live.flush("x/y", 20)
        assert [one.leg.call_id for one in await rig.live.legs_of_call(name)] == [name]

    run(story)


def test_stopping_does_not_wait_for_what_was_not_delivered() -> None:
    async def story(rig: Rig) -> None:
        rig.centre.down = True
        rig.live.publish(a_leg())
        await until(lambda: rig.live.status.phase is Phase.OFFLINE)

    run(story, Rig(back_off=PATIENT))


def test_after_the_end_nothing_is_told_and_questions_fail() -> None:
    async def story(rig: Rig) -> None:
        await rig.live.stop()
        rig.live.publish(a_leg())
        assert not await rig.live.flush("i1", 0.01)
        with pytest.raises(Unreachable, match="closing"):
            await rig.live.directory()
        assert (rig.centre.told, rig.statuses) == ([], [])

    run(story)


def test_a_bug_is_told_and_the_next_word_goes_out() -> None:
    rig = Rig()

    def broken(_: Request) -> Response | None:
        raise ZeroDivisionError

    async def story(rig: Rig) -> None:
        rig.centre.before = broken
        rig.live.publish(a_leg())
        await until(lambda: bool(rig.bugs))
        assert isinstance(rig.bugs.pop()["exception"], ZeroDivisionError)
        rig.centre.before = lambda _: None
        rig.live.publish(a_leg(2))
        assert await rig.live.flush(None, 20)

    run(story, rig)
