"""What an agent does while a call is up, between two real engines."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from sip.messages import (
    CallHeld,
    CallMuted,
    CallStatistics,
    CommandRefused,
    DtmfReceived,
    HangUp,
    Hold,
    LevelsMeasured,
    PlaybackFinished,
    PlayFile,
    RequestStatistics,
    Resume,
    SendDtmf,
    SetMute,
    SoundSettings,
    StopPlayback,
)
from tests.sip.seat import Seat, recording, running, say, say_until_heard, talk
from tests.sip.voice import likeness, write_voice

pytestmark = pytest.mark.processes


def test_a_held_caller_is_not_heard_until_the_call_is_resumed(tmp_path: Path) -> None:
    held_voice = write_voice(tmp_path / "held.wav", low=400, high=1500)
    voice, heard = write_voice(tmp_path / "voice.wav", low=3000, high=1600), tmp_path / "heard.wav"

    async def play() -> None:
        desk, caller = Seat("1001", sound=recording(heard)), Seat("2001")
        async with running(desk, caller):
            line, desk_line = await talk(caller, desk)
            desk.client.send(Hold(desk_line))
            assert await desk.next(CallHeld) == CallHeld(desk_line, True, False)
            assert await caller.next(CallHeld) == CallHeld(line, False, True)
            await say(caller, line, held_voice)
            desk.client.send(Resume(desk_line))
            assert await desk.next(CallHeld) == CallHeld(desk_line, False, False)
            assert await caller.next(CallHeld) == CallHeld(line, False, False)
            await say_until_heard(caller, line, voice, heard)

    asyncio.run(play())
    assert likeness(held_voice, heard) < 0.4


def test_mute_sends_silence_and_survives_hold_and_resume(tmp_path: Path) -> None:
    hidden = write_voice(tmp_path / "hidden.wav", low=400, high=1500)
    voice, heard = write_voice(tmp_path / "voice.wav", low=3000, high=1600), tmp_path / "heard.wav"

    async def play() -> None:
        desk, caller = Seat("1001"), Seat("2001", sound=recording(heard))
        async with running(desk, caller):
            _, desk_line = await talk(caller, desk)
            desk.client.send(SetMute(desk_line, True))
            assert await desk.next(CallMuted) == CallMuted(desk_line, True)
            desk.client.send(Hold(desk_line))
            await desk.next(CallHeld)
            desk.client.send(Resume(desk_line))
            await desk.next(CallHeld, lambda held: not held.by_agent)
            # What the desk sends is a file here; mute covers everything that would be sent.
            await say(desk, desk_line, hidden)
            assert {level.sent_db for level in desk.seen(LevelsMeasured)} == {-90.0}
            desk.client.send(SetMute(desk_line, False))
            assert await desk.next(CallMuted) == CallMuted(desk_line, False)
            await say_until_heard(desk, desk_line, voice, heard)

    asyncio.run(play())
    assert likeness(hidden, heard) < 0.4


def test_digits_go_both_ways_and_bad_ones_are_refused() -> None:
    async def play() -> None:
        desk, caller = Seat("1001"), Seat("2001")
        async with running(desk, caller):
            line, desk_line = await talk(caller, desk)
            caller.client.send(SendDtmf(line, "12#"))
            got = [(await desk.next(DtmfReceived)).digit for _ in range(3)]
            assert got == ["1", "2", "#"]
            desk.client.send(SendDtmf(desk_line, "0*D"))
            got = [(await caller.next(DtmfReceived)).digit for _ in range(3)]
            assert got == ["0", "*", "D"]
            desk.client.send(SendDtmf(desk_line, "1x"))
            refused = await desk.next(CommandRefused)
            assert (refused.command, refused.line) == ("SendDtmf", desk_line)

    asyncio.run(play())


def test_levels_tell_what_is_said_on_either_side(tmp_path: Path) -> None:
    voice = write_voice(tmp_path / "voice.wav")

    async def play() -> None:
        desk, caller = Seat("1001"), Seat("2001")
        async with running(desk, caller):
            line, _ = await talk(caller, desk)
            caller.client.send(PlayFile(line, str(voice)))
            # The first reading may have met the voice's onset only.
            heard = await desk.next(LevelsMeasured, lambda level: level.received_db > -20)
            assert heard.received_db < -12  # mean amplitude 5 700 of 32 768: -15 dBFS
            assert heard.sent_db == -90.0
            said = await caller.next(LevelsMeasured, lambda level: level.sent_db > -30)
            assert said.received_db == -90.0

    asyncio.run(play())


def test_statistics_count_packets_and_name_the_codec() -> None:
    async def play() -> None:
        desk, caller = Seat("1001"), Seat("2001")
        async with running(desk, caller):
            _, desk_line = await talk(caller, desk)
            for _ in range(5):
                await desk.next(LevelsMeasured)
            desk.client.send(RequestStatistics(desk_line))
            figures = await desk.next(CallStatistics)
            assert figures.codec == "PCMA"
            assert figures.received_packets > 5
            assert figures.sent_packets > 5
            assert figures.since_last_packet_s < 2

    asyncio.run(play())


def test_silence_is_sent_as_packets_so_that_a_dead_line_can_be_told() -> None:
    async def play() -> None:
        desk, caller = Seat("1001"), Seat("2001")
        async with running(desk, caller):
            _, desk_line = await talk(caller, desk)
            counts = []
            for _ in range(2):
                for _ in range(5):
                    await desk.next(LevelsMeasured)
                desk.client.send(RequestStatistics(desk_line))
                counts.append((await desk.next(CallStatistics)).received_packets)
            assert counts[1] - counts[0] >= 10

    asyncio.run(play())


def test_a_file_is_stopped_on_request_and_a_bad_one_refused(tmp_path: Path) -> None:
    voice = write_voice(tmp_path / "voice.wav", seconds=30)
    (tmp_path / "text.wav").write_text("no sound")

    async def play() -> None:
        desk, caller = Seat("1001"), Seat("2001")
        async with running(desk, caller):
            line, _ = await talk(caller, desk)
            caller.client.send(PlayFile(line, str(voice)))
            caller.client.send(StopPlayback(line))
            assert await caller.next(PlaybackFinished) == PlaybackFinished(line, str(voice))
            for name in ("text.wav", "missing.wav"):
                caller.client.send(PlayFile(line, str(tmp_path / name)))
                assert (await caller.next(CommandRefused)).command == "PlayFile"
            caller.client.send(HangUp(line))

    asyncio.run(play())


def test_twenty_calls_in_a_row_leave_nothing_behind(tmp_path: Path) -> None:
    voice, heard = write_voice(tmp_path / "voice.wav"), tmp_path / "heard.wav"
    quick = SoundSettings(backend="null")

    async def play() -> None:
        desk, caller = Seat("1001", sound=recording(heard)), Seat("2001", sound=quick)
        async with running(desk, caller):
            for _ in range(20):
                line, desk_line = await talk(caller, desk)
                desk.client.send(HangUp(desk_line))
            line, _ = await talk(caller, desk)
            await say_until_heard(caller, line, voice, heard)

    asyncio.run(play())
