"""SIPp calls the phone: how callers cancel, offer, hold, refresh and insist."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from sip.messages import (
    Answer,
    CallAnswered,
    CallEnded,
    CallHeld,
    EndedBy,
    HangUp,
    Hold,
    IncomingCall,
    LineId,
)
from tests.sip.seat import Seat
from tests.sipp.sipp import sipp, udp_port
from tests.sipp.stage import QUICK, answer, phone, story_of

pytestmark = pytest.mark.processes

ORDINARY = (
    "asks_all_sorts_in_a_call",
    "asks_for_an_offer",
    "can_do_reliable_ringing",
    "cancels_after_ack",
    "cancels_too_late",
    "changes_the_codec",
    "is_long_winded",
    "leaves_refreshing_to_the_phone",
    "never_answers_the_offer",
    "offers_late",
    "refreshes_the_session",
    "repeats_itself",
    "requires_reliable_ringing",
    "updates_while_ringing",
    "wants_too_short_a_session",
)
CANCELLED = ("cancels_while_ringing", "cancels_at_once", "comes_by_two_ways")
NO_CALLS = ("offers_the_impossible", "demands_what_we_lack", "sends_no_sdp", "asks_all_sorts")
HELD, FREE = (False, True), (False, False)


def test_each_rings_once_is_answered_and_ends_with_the_caller(tmp_path: Path) -> None:
    async def play() -> None:
        async with phone(tmp_path) as desk:
            for number, scenario in enumerate(ORDINARY, start=1):
                async with sipp(scenario, tmp_path, target=udp_port(desk)):
                    line = (await desk.next(IncomingCall)).line
                    desk.client.send(Answer(line))
                    ended = await desk.next(CallEnded)
                    assert (ended.line, ended.ended_by) == (line, EndedBy.CALLER)
                    _expect(desk, line, IncomingCall, CallAnswered, CallEnded)
                    assert len(desk.seen(IncomingCall)) == number

    asyncio.run(play())


def test_a_cancelled_call_rings_once_and_ends_unanswered(tmp_path: Path) -> None:
    async def play() -> None:
        async with phone(tmp_path) as desk:
            for number, scenario in enumerate(CANCELLED, start=1):
                async with sipp(scenario, tmp_path, target=udp_port(desk)):
                    ended = await desk.next(CallEnded)
                    assert ended.ended_by is EndedBy.CALLER
                    _expect(desk, ended.line, IncomingCall, CallEnded)
                    assert len(desk.seen(IncomingCall)) == number

    asyncio.run(play())


def test_what_is_no_call_for_us_does_not_ring(tmp_path: Path) -> None:
    async def play() -> None:
        async with phone(tmp_path) as desk:
            for scenario in NO_CALLS:
                async with sipp(scenario, tmp_path, target=udp_port(desk)):
                    pass
            assert not desk.seen(IncomingCall)

    asyncio.run(play())


def test_whom_the_caller_sends_us_to_is_not_called(tmp_path: Path) -> None:
    async def play() -> None:
        async with phone(tmp_path) as desk:
            async with sipp("wants_us_to_call_somebody", tmp_path, target=udp_port(desk)) as caller:
                line = await answer(desk)
                await desk.next(CallEnded)
            assert caller.received("INVITE") == 0
            _expect(desk, line, IncomingCall, CallAnswered, CallEnded)

    asyncio.run(play())


def test_every_way_to_hold_is_told_and_resumed(tmp_path: Path) -> None:
    async def play() -> None:
        async with phone(tmp_path) as desk:
            async with sipp("holds_and_resumes", tmp_path, target=udp_port(desk)):
                await answer(desk)
                await desk.next(CallEnded)
            told = [(held.by_agent, held.by_caller) for held in desk.seen(CallHeld)]
            assert told == [HELD, FREE, HELD, FREE, HELD, FREE]

    asyncio.run(play())


def test_a_hold_that_crosses_the_callers_still_holds(tmp_path: Path) -> None:
    async def play() -> None:
        async with (
            phone(tmp_path) as desk,
            sipp("crosses_the_hold", tmp_path, target=udp_port(desk)),
        ):
            line = await answer(desk)
            desk.client.send(Hold(line))
            await desk.next(CallHeld, lambda event: event.by_agent)
            assert (await desk.next(CallEnded)).ended_by is EndedBy.CALLER

    asyncio.run(play())


def test_both_may_hang_up_at_once(tmp_path: Path) -> None:
    async def play() -> None:
        async with phone(tmp_path) as desk:
            async with sipp("hangs_up_as_we_do", tmp_path, target=udp_port(desk)):
                line = await answer(desk)
                desk.client.send(HangUp(line))
                await desk.next(CallEnded)
            _expect(desk, line, IncomingCall, CallAnswered, CallEnded)

    asyncio.run(play())


def test_a_call_whose_ack_is_lost_ends_truthfully(tmp_path: Path) -> None:
    async def play() -> None:
        async with phone(tmp_path, command=QUICK) as desk:
            async with sipp("loses_the_ack", tmp_path, target=udp_port(desk)) as caller:
                line = (await desk.next(IncomingCall)).line
                desk.client.send(Answer(line))
                ended = await desk.next(CallEnded)
                assert (ended.line, ended.status, ended.ended_by) == (line, 408, EndedBy.NETWORK)
            _expect(desk, line, IncomingCall, CallEnded)
            assert caller.received("SIP/2.0 200") > 3

    asyncio.run(play())


@pytest.mark.parametrize("scenario", ["loses_the_bye_twice", "never_answers_the_bye"])
def test_a_lost_bye_is_repeated_and_the_line_is_free_at_once(scenario: str, tmp_path: Path) -> None:
    async def play() -> None:
        async with phone(tmp_path, command=QUICK) as desk:
            async with sipp(scenario, tmp_path, target=udp_port(desk)) as caller:
                desk.client.send(HangUp(await answer(desk)))
                assert (await desk.next(CallEnded)).ended_by is EndedBy.AGENT
            assert caller.received("BYE") > 2

    asyncio.run(play())


def _expect(desk: Seat, line: LineId, *kinds: type[object]) -> None:
    assert [type(event) for event in story_of(desk, line)] == list(kinds)
