"""Sound through a real sound server, and the truth about sound that is not there."""

from __future__ import annotations

import asyncio
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sip.messages import (
    Answer,
    CallAnswered,
    CallEnded,
    CallHeld,
    CallMuted,
    HangUp,
    Hold,
    LevelsMeasured,
    Reject,
    Resume,
    SetMute,
    SoundChanged,
    SoundSettings,
    SoundState,
)
from tests.sip.seat import LIMIT_S, Seat, recording, ring, running, say, say_until_heard, talk
from tests.sip.sound_server import SoundServer, sound_server
from tests.sip.voice import HEARD, likeness, loudness, write_voice

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="pulseaudio is not installed"),
]
PULSE = SoundSettings(backend="pulseaudio")


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    with sound_server(tmp_path) as started:
        monkeypatch.setenv("PULSE_SERVER", started.server)
        yield started


def test_the_speaker_plays_the_callers_voice(server: SoundServer, tmp_path: Path) -> None:
    voice, heard = write_voice(tmp_path / "voice.wav"), tmp_path / "heard.wav"

    async def play() -> None:
        desk, caller = Seat("1001", sound=PULSE), Seat("2001")
        async with running(desk, caller):
            line, _ = await talk(caller, desk)
            opened = desk.seen(SoundChanged) or [await desk.next(SoundChanged)]
            assert opened[0] == SoundChanged(SoundState.OPEN, "Speaker", "Headset")
            for _ in range(3):  # the machine may be busy once
                await say(caller, line, voice)
            for _ in range(5):  # half a second for what is under way to the speaker
                await desk.next(LevelsMeasured)
            caller.client.send(HangUp(line))
            await desk.next(SoundChanged, lambda news: news.state is SoundState.CLOSED)

    with server.recording(heard):
        asyncio.run(play())
    assert likeness(voice, heard) > HEARD


def test_the_caller_hears_the_microphone_until_it_is_muted(
    server: SoundServer, tmp_path: Path
) -> None:
    voice, heard = write_voice(tmp_path / "voice.wav", seconds=60), tmp_path / "heard.wav"

    async def play() -> None:
        desk, caller = Seat("1001", sound=PULSE), Seat("2001", sound=recording(heard))
        async with running(desk, caller):
            _, desk_line = await talk(caller, desk)
            loud = await desk.next(LevelsMeasured, lambda level: level.sent_db > -30)
            assert loud.received_db == -90.0
            await caller.next(LevelsMeasured, lambda level: level.received_db > -30)
            desk.client.send(SetMute(desk_line, True))
            await desk.next(CallMuted)
            await caller.next(LevelsMeasured, lambda level: level.received_db < -80)
            for _ in range(10):
                assert (await caller.next(LevelsMeasured)).received_db < -80
                assert (await desk.next(LevelsMeasured)).sent_db == -90.0

    with server.speaking(voice):
        asyncio.run(play())
    assert max(loudness(heard)) > 3000


def test_a_caller_on_hold_does_not_hear_the_microphone(server: SoundServer, tmp_path: Path) -> None:
    voice = write_voice(tmp_path / "voice.wav", seconds=60)

    async def play() -> None:
        desk, caller = Seat("1001", sound=PULSE), Seat("2001")
        async with running(desk, caller):
            _, desk_line = await talk(caller, desk)
            await caller.next(LevelsMeasured, lambda level: level.received_db > -30)
            desk.client.send(Hold(desk_line))
            await caller.next(CallHeld)
            await caller.next(LevelsMeasured, lambda level: level.received_db < -80)
            for _ in range(10):
                assert (await caller.next(LevelsMeasured)).received_db < -80
            desk.client.send(Resume(desk_line))
            await caller.next(LevelsMeasured, lambda level: level.received_db > -30)

    with server.speaking(voice):
        asyncio.run(play())


def test_without_a_microphone_silence_is_sent_and_the_state_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def play() -> None:
        desk, caller = Seat("1001", sound=PULSE), Seat("2001")
        async with running(desk, caller):
            await ring(caller, desk)
            news = await desk.next(SoundChanged)
            # Monitors are sources too, but no microphones: the caller would hear himself.
            assert news == SoundChanged(SoundState.NO_MICROPHONE, "Speaker")

    with sound_server(tmp_path, more="") as server:
        monkeypatch.setenv("PULSE_SERVER", server.server)
        asyncio.run(play())


def test_a_device_that_is_not_there_is_named_and_replaced(server: SoundServer) -> None:
    sound = SoundSettings(backend="pulseaudio", speakers=("Jabra",), microphones=("Headset",))

    async def play() -> None:
        desk, caller = Seat("1001", sound=sound), Seat("2001")
        async with running(desk, caller):
            await ring(caller, desk)
            news = await desk.next(SoundChanged)
            assert (news.state, news.speaker) == (SoundState.OPEN, "Speaker")
            assert "Jabra" in news.detail

    asyncio.run(play())


@pytest.mark.parametrize("backend", ["pulseaudio", "gramophone"])
def test_sound_that_fails_is_reported_and_the_call_goes_on(
    backend: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nobody")

    async def play() -> None:
        desk, caller = Seat("1001", sound=SoundSettings(backend=backend)), Seat("2001")
        async with running(desk, caller):
            await ring(caller, desk)
            news = await desk.next(SoundChanged, lambda news: news.state is SoundState.FAILED)
            assert news.detail

    asyncio.run(play())


HIDDEN_BRIDGE = """
import os
from sip.engine import __main__ as program, bridge, studio
def hidden():
    raise bridge.BridgeError("this library hides its bridge")
studio.Bridge = hidden
os._exit(program.main())
"""


def test_a_library_that_hides_its_bridge_carries_calls_without_sound(tmp_path: Path) -> None:
    voice, heard = write_voice(tmp_path / "voice.wav"), tmp_path / "heard.wav"

    async def play() -> None:
        desk = Seat("1001", command=[sys.executable, "-c", HIDDEN_BRIDGE])
        caller = Seat("2001", sound=recording(heard))
        async with running(desk, caller):
            news = desk.seen(SoundChanged)[0]
            assert (news.state, news.detail) == (SoundState.FAILED, "this library hides its bridge")
            _, desk_line = await talk(caller, desk)
            await say_until_heard(desk, desk_line, voice, heard)

    asyncio.run(play())


def test_a_sound_server_that_dies_during_a_call_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def play() -> None:
        desk, caller = Seat("1001", sound=PULSE), Seat("2001")
        async with running(desk, caller):
            with sound_server(tmp_path) as server:
                monkeypatch.setenv("PULSE_SERVER", server.server)
                await desk.client.stop()
                await desk.client.start()
                await talk(caller, desk)
                await desk.next(LevelsMeasured)
            await desk.next(SoundChanged, lambda news: news.state is SoundState.FAILED)
            for _ in range(10):  # the call is still clocked
                await desk.next(LevelsMeasured)

    asyncio.run(play())


def test_the_ring_tone_is_played_while_it_rings_and_not_after(tmp_path: Path) -> None:
    heard = tmp_path / "heard.wav"

    async def play() -> None:
        desk, caller = Seat("1001", sound=recording(heard), ring_tone=True), Seat("2001")
        async with running(desk, caller):
            line, _ = await ring(caller, desk)
            await asyncio.to_thread(_await_sound, heard)
            caller.client.send(HangUp(line))
            await desk.next(SoundChanged, lambda news: news.state is SoundState.CLOSED)
            line, _ = await talk(caller, desk)
            for _ in range(15):
                await desk.next(LevelsMeasured)

    asyncio.run(play())
    assert max(loudness(heard)) > 1000
    assert max(loudness(heard)[-10:]) < 100


def test_she_hears_it_ring_at_the_other_end_and_that_it_is_busy(tmp_path: Path) -> None:
    heard = tmp_path / "heard.wav"

    async def play() -> None:
        desk = Seat("1001", sound=recording(heard), ring_tone=True)
        friend = Seat("2001")
        async with running(desk, friend):
            _, theirs = await ring(desk, friend)
            await asyncio.to_thread(_await_sound, heard)
            assert max(loudness(heard)) < 4000  # nobody wants to be shouted at
            friend.client.send(Answer(theirs))
            await desk.next(CallAnswered)
            for _ in range(12):
                await desk.next(LevelsMeasured)
            assert max(loudness(heard)[-5:]) < 100  # now it is his turn
            friend.client.send(HangUp(theirs))
            await desk.next(CallEnded)
            await asyncio.to_thread(_await_sound_at_the_end, heard)
            await desk.next(SoundChanged, lambda news: news.state is SoundState.CLOSED)
            _, theirs = await ring(desk, friend)
            friend.client.send(Reject(theirs))
            await desk.next(CallEnded)
            await asyncio.to_thread(_await_sound_at_the_end, heard)
            await desk.next(SoundChanged, lambda news: news.state is SoundState.CLOSED)

    asyncio.run(play())


def _await_sound_at_the_end(path: Path) -> None:
    limit = time.monotonic() + LIMIT_S
    while max(loudness(path)[-2:]) < 1000:
        assert time.monotonic() < limit, "no tone says that it is over"
        time.sleep(0.05)


def _await_sound(path: Path) -> None:
    limit = time.monotonic() + LIMIT_S
    while max(loudness(path), default=0) == 0:
        assert time.monotonic() < limit, "it rings in silence"
        time.sleep(0.05)
