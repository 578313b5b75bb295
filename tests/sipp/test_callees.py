"""The phone calls SIPp: how others ring, fork, refuse, challenge, answer and hang up."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from sip.messages import CallAnswered, CallEnded, CallHeld, CallProgressed, EndedBy, HangUp
from tests.sip.seat import recording
from tests.sip.voice import loudness
from tests.sipp.sipp import sipp
from tests.sipp.stage import QUICK, dial, phone, story_of

pytestmark = pytest.mark.processes

ORDINARY = {
    "answers": [180],
    "answers_again": [180],
    "answers_twice": [180],
    "challenges": [180],
    "challenges_as_proxy": [180],
    "is_forked": [180, 183],
    "progresses_oddly": [181, 182, 188, 199, 180],
    "rings_reliably": [183],
    "wants_a_longer_session": [180],
}
STATUSES = (400, 403, 404, 410, 480, 481, 484, 486, 488, 500, 503, 600, 603, 604, 699)
END = {
    "is_never_content": (401, EndedBy.CALLER),
    "rings_then_refuses": (486, EndedBy.CALLER),
    "answers_without_sdp": (406, EndedBy.CALLER),
    "answers_in_another_codec": (415, EndedBy.CALLER),
    "hangs_up_at_once": (200, EndedBy.CALLER),
}


def test_each_is_answered_and_ends_when_the_agent_hangs_up(tmp_path: Path) -> None:
    async def play() -> None:
        async with phone(tmp_path) as desk:
            for scenario, statuses in ORDINARY.items():
                async with sipp(scenario, tmp_path) as other:
                    line = dial(desk, other)
                    await desk.next(CallAnswered)
                    desk.client.send(HangUp(line))
                    assert (await desk.next(CallEnded)).ended_by is EndedBy.AGENT
                    *progress, answered, ended = story_of(desk, line)
                    assert [p.status for p in progress if isinstance(p, CallProgressed)] == statuses
                    assert (type(answered), type(ended)) == (CallAnswered, CallEnded)

    asyncio.run(play())


def test_the_agent_is_told_how_it_ended(tmp_path: Path) -> None:
    async def play() -> None:
        async with phone(tmp_path) as desk:
            for scenario, (status, by) in END.items():
                async with sipp(scenario, tmp_path) as other:
                    line = dial(desk, other)
                    ended = await desk.next(CallEnded)
                    assert (ended.line, ended.status, ended.ended_by) == (line, status, by)

    asyncio.run(play())


def test_every_refusal_reaches_the_agent_with_its_status(tmp_path: Path) -> None:
    async def play() -> None:
        async with phone(tmp_path) as desk:
            for status in STATUSES:
                async with sipp("refuses", tmp_path, status=str(status)) as other:
                    line = dial(desk, other)
                    ended = await desk.next(CallEnded)
                assert (ended.line, ended.status, ended.reason) == (line, status, "Whatever")
                assert ended.ended_by is not EndedBy.AGENT

    asyncio.run(play())


def test_a_redirection_is_told_and_not_followed(tmp_path: Path) -> None:
    async def play() -> None:
        async with phone(tmp_path) as desk, sipp("answers", tmp_path) as elsewhere:
            async with sipp("redirects", tmp_path, elsewhere=str(elsewhere.port)) as other:
                line = dial(desk, other)
                ended = await desk.next(CallEnded)
                assert (ended.line, ended.status) == (line, 302)
            assert elsewhere.received("INVITE") == 0
            # Only now: the other one was there all the time.
            line = dial(desk, elsewhere)
            await desk.next(CallAnswered)
            desk.client.send(HangUp(line))
            await desk.next(CallEnded)

    asyncio.run(play())


def test_early_media_is_heard_before_the_answer(tmp_path: Path) -> None:
    async def play() -> None:
        square = tmp_path / "square.alaw"
        square.write_bytes((b"\x2a" * 8 + b"\xaa" * 8) * 1_000)  # 500 Hz, as loud as A-law can
        heard = tmp_path / "heard.wav"
        async with (
            phone(tmp_path, sound=recording(heard)) as desk,
            sipp("plays_before_answering", tmp_path, voice=str(square)) as other,
        ):
            line = dial(desk, other)
            assert (await desk.next(CallProgressed)).status == 183
            await desk.next(CallAnswered)
            desk.client.send(HangUp(line))
            await desk.next(CallEnded)
        assert max(loudness(heard)) > 10_000

    asyncio.run(play())


def test_who_answers_while_the_agent_gives_up_is_hung_up_on(tmp_path: Path) -> None:
    async def play() -> None:
        async with phone(tmp_path) as desk:
            async with sipp("answers_while_we_give_up", tmp_path) as other:
                line = dial(desk, other)
                await desk.next(CallProgressed)
                desk.client.send(HangUp(line))
                assert (await desk.next(CallEnded)).ended_by is EndedBy.AGENT
            assert [type(event) for event in story_of(desk, line)] == [CallProgressed, CallEnded]

    asyncio.run(play())


def test_the_agent_may_give_up_before_it_rings(tmp_path: Path) -> None:
    async def play() -> None:
        async with (
            phone(tmp_path) as desk,
            sipp("tries_for_ever", tmp_path) as other,
        ):
            line = dial(desk, other)
            desk.client.send(HangUp(line))
            assert (await desk.next(CallEnded)).ended_by is EndedBy.AGENT

    asyncio.run(play())


def test_who_never_answers_is_given_up_as_the_networks_fault(tmp_path: Path) -> None:
    async def play() -> None:
        async with phone(tmp_path, command=QUICK) as desk:
            async with sipp("is_silent", tmp_path) as other:
                dial(desk, other)
                ended = await desk.next(CallEnded)
                assert (ended.status, ended.ended_by) == (408, EndedBy.NETWORK)
            assert other.received("INVITE") > 3

    asyncio.run(play())


def test_the_called_one_may_hold_resume_and_hang_up(tmp_path: Path) -> None:
    async def play() -> None:
        async with phone(tmp_path) as desk:
            async with sipp("holds_us", tmp_path) as other:
                dial(desk, other)
                assert (await desk.next(CallEnded)).ended_by is EndedBy.CALLER
            assert [held.by_caller for held in desk.seen(CallHeld)] == [True, False]

    asyncio.run(play())
