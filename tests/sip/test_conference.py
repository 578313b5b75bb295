"""Three calls of one desk hear each other, or not: real engines, and what their speakers played."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from sip.messages import (
    CallEnded,
    CallHeld,
    CallMuted,
    CommandRefused,
    Conference,
    ConferenceChanged,
    HangUp,
    Hold,
    Resume,
    SetMute,
)
from tests.sip.seat import Seat, recording, running, say, say_until_heard, talk
from tests.sip.voice import likeness, write_voice

pytestmark = pytest.mark.processes
NOT_THERE = 0.5


def test_all_of_a_conference_hear_each_other_and_nobody_else_does(tmp_path: Path) -> None:
    one_says = write_voice(tmp_path / "one.wav", low=400, high=1500)
    other_says = write_voice(tmp_path / "other.wav", low=3000, high=1600)
    agent_heard, one_heard = tmp_path / "agent-heard.wav", tmp_path / "one-heard.wav"
    other_heard, third_heard = tmp_path / "other-heard.wav", tmp_path / "third-heard.wav"

    async def play() -> None:
        desk = Seat("1001", sound=recording(agent_heard))
        one, other = Seat("1", sound=recording(one_heard)), Seat("2", sound=recording(other_heard))
        third = Seat("3", sound=recording(third_heard))
        async with running(desk, one, other, third):
            one_line, desk_one = await talk(one, desk)
            other_line, desk_other = await talk(other, desk)
            await talk(third, desk)
            desk.client.send(Conference((desk_one, desk_other)))
            assert await desk.next(ConferenceChanged) == ConferenceChanged((desk_one, desk_other))
            await say_until_heard(one, one_line, one_says, other_heard)
            await say_until_heard(other, other_line, other_says, one_heard)

    asyncio.run(play())
    assert likeness(one_says, agent_heard) > 0.8
    assert likeness(other_says, agent_heard) > 0.8
    for voice in (one_says, other_says):
        assert likeness(voice, third_heard) < NOT_THERE
    assert likeness(one_says, one_heard) < NOT_THERE  # nobody hears himself


def test_a_muted_agent_is_not_heard_in_a_conference_but_the_others_are(tmp_path: Path) -> None:
    hidden = write_voice(tmp_path / "hidden.wav", low=400, high=1500)
    voice = write_voice(tmp_path / "voice.wav", low=3000, high=1600)
    again = write_voice(tmp_path / "again.wav", low=1600, high=3000, seconds=1.3)
    heard = tmp_path / "heard.wav"

    async def play() -> None:
        desk, one, other = Seat("1001"), Seat("1"), Seat("2", sound=recording(heard))
        async with running(desk, one, other):
            one_line, desk_one = await talk(one, desk)
            other_line, desk_other = await talk(other, desk)
            desk.client.send(SetMute(desk_other, True))
            await desk.next(CallMuted)
            desk.client.send(Conference((desk_one, desk_other)))
            await desk.next(ConferenceChanged)
            await say(desk, desk_other, hidden)
            await say_until_heard(one, one_line, voice, heard)
            # The far side holds and comes back: everything is wired anew.
            other.client.send(Hold(other_line))
            await desk.next(CallHeld, lambda held: held.by_caller)
            other.client.send(Resume(other_line))
            await desk.next(CallHeld, lambda held: not held.by_caller)
            await say(desk, desk_other, hidden)
            await say_until_heard(one, one_line, again, heard)

    asyncio.run(play())
    assert likeness(hidden, heard) < NOT_THERE


def test_who_is_held_or_gone_leaves_and_one_alone_is_no_conference(tmp_path: Path) -> None:
    voice = write_voice(tmp_path / "voice.wav", low=400, high=1500)
    heard = tmp_path / "heard.wav"

    async def play() -> None:
        desk, one, other = Seat("1001"), Seat("1"), Seat("2", sound=recording(heard))
        third = Seat("3")
        async with running(desk, one, other, third):
            one_line, desk_one = await talk(one, desk)
            _, desk_other = await talk(other, desk)
            third_line, desk_third = await talk(third, desk)
            desk.client.send(Conference((desk_one, desk_other, desk_third)))
            await desk.next(ConferenceChanged)
            third.client.send(HangUp(third_line))
            assert await desk.next(ConferenceChanged) == ConferenceChanged((desk_one, desk_other))
            assert (await desk.next(CallEnded)).line == desk_third
            desk.client.send(Hold(desk_one))
            assert (await desk.next(CallHeld)).line == desk_one
            assert await desk.next(ConferenceChanged) == ConferenceChanged(())
            await say(one, one_line, voice)
            desk.client.send(Conference((desk_one, desk_other)))
            assert (await desk.next(CommandRefused)).command == "Conference"
            desk.client.send(Resume(desk_one))
            await desk.next(CallHeld)
            await say(one, one_line, voice)  # two calls again, and no conference
            desk.client.send(Conference((desk_one, desk_other)))
            await desk.next(ConferenceChanged)
            desk.client.send(Conference(()))
            assert await desk.next(ConferenceChanged) == ConferenceChanged(())
            await say(one, one_line, voice)

    asyncio.run(play())
    assert likeness(voice, heard) < NOT_THERE
