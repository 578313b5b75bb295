"""Devices that come and go: in a call, while it rings, and before either."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sip import messages as m
from sip.messages import (
    CallEnded,
    CallStatistics,
    DevicesFound,
    HangUp,
    LevelsMeasured,
    LineId,
    Listen,
    MicrophoneMeasured,
    SoundChanged,
    SoundSettings,
    SoundState,
    UseSound,
)
from tests.sip.seat import Seat, ring, running, say, talk
from tests.sip.sound_server import SoundServer, sound_server, until_loud
from tests.sip.voice import HEARD, likeness, loudness, write_voice

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="pulseaudio is not installed"),
]
LONGEST_GAP_S = 5.0
"""From here on the desk says that nothing arrives; the other side must not see that either."""


def pulse(**settings: tuple[str, ...]) -> SoundSettings:
    return SoundSettings(backend="pulseaudio", **settings)  # type: ignore[arg-type]


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    with sound_server(tmp_path) as started:
        monkeypatch.setenv("PULSE_SERVER", started.server)
        yield started


async def speaks_to(desk: Seat, speaker: str) -> SoundChanged:
    return await desk.next(SoundChanged, lambda news: news.speaker == speaker)


async def must_hear(
    server: SoundServer, sink: str, caller: Seat, line: LineId, voice: Path
) -> None:
    """The caller's voice is on ``sink``.

    Said until it is: after a change of devices the buffers shrink for some seconds, which
    compresses what is said meanwhile.
    """
    heard = voice.with_name(f"{sink}.wav")
    for _ in range(8):
        with server.recording(heard, sink):
            await say(caller, line, voice)
            for _ in range(5):
                await caller.next(LevelsMeasured)
        if await asyncio.to_thread(likeness, voice, heard) > HEARD:
            return
    raise AssertionError(f"the caller is not heard on {sink}")


def nobody_missed_anything(*seats: Seat) -> None:
    for seat in seats:
        gaps = [statistics.since_last_packet_s for statistics in seat.seen(CallStatistics)]
        assert gaps
        assert max(gaps) < LONGEST_GAP_S
        assert not seat.seen(CallEnded)


def test_the_voice_follows_the_headset_in_and_out_of_its_socket(
    server: SoundServer, tmp_path: Path
) -> None:
    voice = write_voice(tmp_path / "voice.wav")

    async def play() -> None:
        desk = Seat("1001", sound=pulse(speakers=("Jabra", "Speaker")))
        caller = Seat("2001")
        async with running(desk, caller):
            line, _ = await talk(caller, desk)
            news = await speaks_to(desk, "Speaker")
            assert "Jabra is not there" not in news.detail  # the second choice is a choice
            await must_hear(server, "speaker", caller, line, voice)
            jabra = server.plug_speaker("Jabra")
            await speaks_to(desk, "Jabra")
            await must_hear(server, "jabra", caller, line, voice)
            jabra.unplug()
            await speaks_to(desk, "Speaker")
            await must_hear(server, "speaker", caller, line, voice)
            server.plug_speaker("Jabra")
            await speaks_to(desk, "Jabra")
            await must_hear(server, "jabra", caller, line, voice)
            nobody_missed_anything(desk, caller)

    asyncio.run(play())


def test_the_only_speaker_goes_and_the_call_goes_on_until_it_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = write_voice(tmp_path / "voice.wav")

    async def play() -> None:
        desk, caller = Seat("1001", sound=pulse()), Seat("2001")
        async with running(desk, caller):
            with sound_server(tmp_path) as server:
                monkeypatch.setenv("PULSE_SERVER", server.server)
                await desk.client.stop()
                await desk.client.start()
                line, _ = await talk(caller, desk)
                await speaks_to(desk, "Speaker")
            news = await desk.next(SoundChanged, lambda news: news.state is SoundState.FAILED)
            assert news.detail
            for _ in range(2):
                await caller.next(CallStatistics)
            with sound_server(tmp_path) as server:
                news = await desk.next(SoundChanged, lambda news: news.state is SoundState.OPEN)
                assert (news.speaker, news.microphone) == ("Speaker", "Headset")
                await must_hear(server, "speaker", caller, line, voice)
                nobody_missed_anything(caller)

    asyncio.run(play())


def test_a_sound_server_that_hangs_is_told_and_costs_no_call(server: SoundServer) -> None:
    async def play() -> None:
        desk, caller = Seat("1001", sound=pulse()), Seat("2001")
        async with running(desk, caller):
            await talk(caller, desk)
            await desk.next(SoundChanged, lambda news: news.state is SoundState.OPEN)
            with server.frozen():
                news = await desk.next(SoundChanged, lambda news: news.state is SoundState.FAILED)
                assert "does not answer" in news.detail
                for _ in range(2):
                    await caller.next(CallStatistics)
            await desk.next(SoundChanged, lambda news: news.state is SoundState.OPEN)
            nobody_missed_anything(desk, caller)

    asyncio.run(play())


def test_the_caller_hears_whichever_microphone_is_plugged(
    server: SoundServer, tmp_path: Path
) -> None:
    voice = write_voice(tmp_path / "voice.wav", seconds=60)

    async def play() -> None:
        desk, caller = Seat("1001", sound=pulse(microphones=("Jabra Mic", "Headset"))), Seat("2001")
        async with running(desk, caller):
            await talk(caller, desk)
            await desk.next(SoundChanged, lambda news: news.microphone == "Headset")
            await caller.next(LevelsMeasured, lambda level: level.received_db > -30)
            jabra = server.plug_microphone("Jabra Mic")
            await desk.next(SoundChanged, lambda news: news.microphone == "Jabra Mic")
            for _ in range(3):
                await caller.next(LevelsMeasured, lambda level: level.received_db > -30)
            jabra.unplug()
            await desk.next(SoundChanged, lambda news: news.microphone == "Headset")
            for _ in range(5):  # what was under way
                await caller.next(LevelsMeasured)
            await caller.next(LevelsMeasured, lambda level: level.received_db > -30)
            nobody_missed_anything(desk, caller)

    with server.speaking(voice):
        asyncio.run(play())


def test_other_devices_are_used_at_once_and_the_call_stays(
    server: SoundServer, tmp_path: Path
) -> None:
    voice = write_voice(tmp_path / "voice.wav")

    async def play() -> None:
        desk, caller = Seat("1001", sound=pulse()), Seat("2001")
        async with running(desk, caller):
            line, _ = await talk(caller, desk)
            await speaks_to(desk, "Speaker")
            desk.client.send(UseSound(pulse(speakers=("Room",))))
            await speaks_to(desk, "Room")
            await must_hear(server, "room", caller, line, voice)
            desk.client.send(UseSound(SoundSettings(backend="null")))
            await desk.next(SoundChanged, lambda news: news.state is SoundState.NO_DEVICE)
            for _ in range(2):
                await desk.next(CallStatistics)
            desk.client.send(UseSound(pulse(speakers=("Speaker",))))
            await speaks_to(desk, "Speaker")
            await must_hear(server, "speaker", caller, line, voice)
            nobody_missed_anything(desk, caller)

    asyncio.run(play())


def test_several_devices_ring_at_once_and_the_headset_does_not(
    server: SoundServer, tmp_path: Path
) -> None:
    server.plug_speaker("Ring One")
    two = server.plug_speaker("Ring Two")
    heard = {sink: tmp_path / f"{sink}.wav" for sink in ("ring-one", "ring-two", "speaker")}

    async def play() -> None:
        names = ("Ring One", "Ring Two", "Ring Three")
        desk, caller = Seat("1001", sound=pulse(rings=names), ring_tone=True), Seat("2001")
        async with running(desk, caller):
            with (
                server.recording(heard["ring-one"], "ring-one"),
                server.recording(heard["ring-two"], "ring-two"),
                server.recording(heard["speaker"]),
            ):
                line, _ = await ring(caller, desk)
                await desk.next(SoundChanged, lambda news: news.rings == ("Ring One", "Ring Two"))
                await asyncio.to_thread(until_loud, heard["ring-one"])
                await asyncio.to_thread(until_loud, heard["ring-two"])
                two.unplug()
                await desk.next(SoundChanged, lambda news: news.rings == ("Ring One",))
                server.plug_speaker("Ring Three")
                await desk.next(SoundChanged, lambda news: news.rings == ("Ring One", "Ring Three"))
                caller.client.send(HangUp(line))
                await desk.next(SoundChanged, lambda news: not news.rings)

    asyncio.run(play())
    assert max(loudness(heard["speaker"])) == 0


def test_the_default_speaker_rings_when_nothing_else_was_asked_for(
    server: SoundServer, tmp_path: Path
) -> None:
    heard = tmp_path / "heard.wav"

    async def play() -> None:
        desk, caller = Seat("1001", sound=pulse(rings=("Gone",)), ring_tone=True), Seat("2001")
        async with running(desk, caller):
            with server.recording(heard):
                await ring(caller, desk)
                await desk.next(SoundChanged, lambda news: news.rings == ("Speaker",))
                await asyncio.to_thread(until_loud, heard)

    asyncio.run(play())


def test_what_is_plugged_in_is_told_at_the_start_and_at_every_change(server: SoundServer) -> None:
    async def play() -> None:
        desk = Seat("1001", sound=pulse(speakers=("Jabra",), rings=("Room", "Speaker")))
        async with running(desk):
            found = await desk.next(DevicesFound)
            assert set(found.speakers) == {"Speaker", "Room"}
            assert found.microphones == ("Headset",)  # what a speaker plays is no microphone
            assert (found.speaker, found.microphone) == ("Speaker", "Headset")
            assert found.rings == ("Room", "Speaker")
            jabra = server.plug_speaker("Jabra")
            found = await desk.next(DevicesFound)
            assert found.speaker == "Jabra"
            desk.client.send(UseSound(pulse(speakers=("Room",))))
            assert (await desk.next(DevicesFound)).speaker == "Room"
            jabra.unplug()
            assert "Jabra" not in (await desk.next(DevicesFound)).speakers
            assert not desk.seen(SoundChanged)  # nothing was opened for all that

    asyncio.run(play())


def test_the_microphone_and_the_ring_can_be_tried_without_a_call(
    server: SoundServer, tmp_path: Path
) -> None:
    voice = write_voice(tmp_path / "voice.wav", seconds=60)

    async def play() -> None:
        desk = Seat("1001", sound=pulse(rings=("Room",)))
        async with running(desk):
            desk.client.send(Listen(True))
            await desk.next(SoundChanged, lambda news: news.state is SoundState.OPEN)
            loud = await desk.next(MicrophoneMeasured, lambda level: level.level_db > -30)
            assert loud.level_db < loud.peak_db <= 0
            desk.client.send(m.TestRing(True))
            await desk.next(SoundChanged, lambda news: news.rings == ("Room",))
            desk.client.send(Listen(False))
            news = await desk.next(SoundChanged, lambda news: news.state is SoundState.CLOSED)
            assert news.rings == ("Room",)
            desk.client.send(m.TestRing(False))
            assert not (await desk.next(SoundChanged)).rings

    with server.speaking(voice):
        asyncio.run(play())
