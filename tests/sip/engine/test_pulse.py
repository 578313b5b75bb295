"""Speakers and microphones of a real sound server, through its own library."""

from __future__ import annotations

import contextlib
import shutil
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from sip.engine import libpulse, opened, pulse, pulse_server
from sip.engine.bridge import FRAME_BYTES, FRAME_MS, RATE_HZ, Bridge
from sip.engine.clock import Clock
from sip.engine.devices import Device, SoundError
from sip.engine.levels import Meter
from sip.engine.opened import Opener
from sip.engine.portable import Portable
from sip.engine.pulse import Pace, Playback, Recording
from sip.engine.pulse_server import PulseRefusedError
from sip.engine.pumps import MicrophonePump, SpeakerPump
from sip.engine.slot import Slot
from tests.sip.sound_server import HEADSET, SoundServer, sound_server, until_loud
from tests.sip.voice import write_voice
from tests.sip.watching import open_files, until

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="pulseaudio is not installed"),
]
LIMIT_S = 20.0
LOST_S = 2.0


SHARING = pytest.mark.parametrize("server", [False, True], ids=["socket", "shared"], indirect=True)
"""How sound goes to and fro; desktops share memory."""


class Player:
    """What a speaker's stream asks: how many samples, in how many calls, since when."""

    def __init__(self, sample: bytes = b"\0\0") -> None:
        self.samples = 0
        self.blocks: set[int] = set()
        self._sample = sample
        self._asked = threading.Condition()

    def run(self) -> Generator[bytes, int, None]:
        wanted = yield b""
        while True:
            with self._asked:
                self.samples += wanted
                self.blocks.add(wanted)
                self._asked.notify_all()
            wanted = yield self._sample * wanted

    def begun(self) -> Generator[bytes, int, None]:
        run = self.run()
        next(run)
        return run

    def wait_for(self, more: int) -> None:
        with self._asked:
            wanted = self.samples + more
            assert self._asked.wait_for(lambda: self.samples >= wanted, LIMIT_S), "asked no more"


@contextlib.contextmanager
def playing(device: str, player: Player, period_ms: int = FRAME_MS) -> Iterator[Playback]:
    playback = Playback(device, period_ms)
    try:
        playback.start(player.begun())
        yield playback
    finally:
        playback.close()


@SHARING
@pytest.mark.parametrize("period_ms", [20, 40])
def test_a_speaker_asks_for_whole_periods_and_is_heard(
    period_ms: int, server: SoundServer, tmp_path: Path
) -> None:
    player, heard = Player(b"\x00\x20"), tmp_path / "heard.wav"
    with server.recording(heard), playing("speaker", player, period_ms) as playback:
        player.wait_for(RATE_HZ // 2)
        assert not playback.ended
        until_loud(heard)
    assert player.blocks == {RATE_HZ * period_ms // 1000}
    assert playback.ended


@SHARING
def test_a_microphone_gives_what_it_heard_since_the_last_time(
    server: SoundServer, tmp_path: Path
) -> None:
    recording, heard = Recording("headset", 10), bytearray()

    def loud() -> bool:
        heard.extend(recording.pull())
        return max(memoryview(heard[: len(heard) // 2 * 2]).cast("h"), default=0) > 3000

    try:
        with server.speaking(write_voice(tmp_path / "voice.wav", seconds=60)):
            until(loud, "the headset hears nothing")
        assert len(heard) % 2 == 0
        assert not recording.ended
    finally:
        recording.close()
    assert recording.ended


def test_a_device_that_is_unplugged_ends_its_stream(server: SoundServer) -> None:
    speaker, microphone = server.plug_speaker("Jabra"), server.plug_microphone("Jabra Mic")
    player, recording = Player(), Recording("jabra-mic", 10)
    with playing("jabra", player) as playback:
        player.wait_for(1)
        speaker.unplug()
        microphone.unplug()
        until(lambda: playback.ended, "the speaker is gone and nobody says so")

        def gone() -> bool:
            recording.pull()
            return recording.ended

        until(gone, "the microphone is gone and nobody says so")
        assert recording.pull() == b""  # may still be asked
    recording.close()


def test_a_server_that_dies_ends_the_streams(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with contextlib.ExitStack() as stack:
        with sound_server(tmp_path, HEADSET) as server:
            monkeypatch.setenv("PULSE_SERVER", server.server)
            player, recording = Player(), Recording("headset", 10)
            stack.callback(recording.close)
            playback = stack.enter_context(playing("speaker", player))
            player.wait_for(1)
        until(lambda: playback.ended, "nobody says that the server is dead")
        until(lambda: recording.pull() == b"" and recording.ended, "the microphone lives on")
    with pytest.raises(PulseRefusedError, match="onnection"):
        Playback("speaker", FRAME_MS)


def test_a_device_that_is_not_there_is_refused_in_words(server: SoundServer) -> None:
    with pytest.raises(PulseRefusedError, match="No such entity"):
        Playback("jabra", FRAME_MS)
    with pytest.raises(PulseRefusedError, match="No such entity"):
        Recording("jabra", 10)


def test_a_server_that_hangs_is_waited_for_a_moment_only(
    server: SoundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse_server, "ANSWER_S", 0.2)
    with playing("speaker", Player()) as playback:
        recording = Recording("headset", 10)
        with server.frozen():
            with pytest.raises(SoundError, match="does not answer"):
                Playback("speaker", FRAME_MS)
            until(lambda: recording.pull() == b"", "it hears what cannot be heard")
            recording.close()
            playback.close()  # waits for nobody either


def test_time_that_was_lost_to_a_hang_is_not_made_up_for(server: SoundServer) -> None:
    """Else the calls would be moved on by all of it at once, and be ahead of the caller."""
    player = Player()
    with playing("speaker", player) as playback:
        player.wait_for(RATE_HZ // 2)
        began, before = time.monotonic(), player.samples
        with server.frozen():
            time.sleep(LOST_S)  # the server's own time
        player.wait_for(RATE_HZ // 2)
        took_s = time.monotonic() - began
        asked_s = (player.samples - before) / RATE_HZ
        assert asked_s < took_s - LOST_S + pulse.LATEST_S + 0.6
        assert not playback.ended


def test_a_pace_lets_a_faster_clock_and_a_pause_pass_and_no_burst() -> None:
    step_s = FRAME_MS / 1000
    pace = Pace(step_s, 0.0)
    times = [n * step_s * 0.9995 for n in range(100_000)]  # half an hour on a fast sound card
    assert all(pace.may_fetch(now) for now in times)
    now = times[-1] + pulse.LATEST_S - step_s
    assert all(pace.may_fetch(now) for _ in range(8))  # a short pause is made up for
    now += 60
    fetched = sum(pace.may_fetch(now) for _ in range(3_000))
    assert fetched * step_s <= pulse.LATEST_S + (pulse.PERIODS + 2) * step_s
    assert pace.may_fetch(now + 1)


def test_streams_leave_nothing_behind(server: SoundServer) -> None:
    def round_trip() -> None:
        recording = Recording("headset", 10)
        with playing("speaker", Player()):
            recording.pull()
        recording.close()
        with contextlib.suppress(PulseRefusedError):
            Playback("jabra", FRAME_MS)

    round_trip()
    before = open_files(), threading.active_count()
    for _ in range(10):
        round_trip()
    assert (open_files(), threading.active_count()) == before


# --- the way that is chosen, and the one that remains ---------------------------------------------


class SilentBridge(Bridge):
    def __init__(self) -> None:
        pass

    def register_thread(self, name: str) -> object:
        return name

    def put(self, spoken: bytes) -> None:
        pass

    def get(self) -> bytes:
        return bytes(FRAME_BYTES)


def found(name: str) -> tuple[Opener, Device]:
    opener = Opener("pulseaudio")
    devices = opener.find()
    both = (*devices.speakers, *devices.microphones)
    return opener, next(device for device in both if device.name == name)


def opened_both() -> tuple[object, object]:
    """The kinds of what speaker and microphone are opened with; both have begun by then."""
    clock, kinds = Clock(SilentBridge(), None), []
    opener, speaker = found("Speaker")
    pump = SpeakerPump(clock, period_ms=FRAME_MS)
    before = pump.called_at
    device = opener.speaker(speaker, pump, FRAME_MS)
    until(lambda: pump.called_at > before, "the speaker does not begin")
    kinds.append(type(device.handle))
    device.close()
    opener, microphone = found("Headset")
    heard = MicrophonePump(Meter())
    before = heard.called_at
    hears = opener.microphone(microphone, heard, 10)

    def begun() -> bool:
        heard.take()
        return heard.called_at > before

    until(begun, "the microphone does not begin")
    kinds.append(type(hears.handle))
    hears.close()
    return kinds[0], kinds[1]


def test_the_servers_own_library_is_used_where_it_is_the_sound_system(server: SoundServer) -> None:
    assert opened_both() == (Playback, Recording)


def test_without_the_library_the_portable_way_remains(
    server: SoundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libpulse, "FILE", "libpulse.so.none")
    assert opened_both() == (Portable, Portable)


def test_with_a_library_of_another_kind_the_portable_way_remains(
    server: SoundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libpulse, "FILE", "libc.so.6")
    assert opened_both() == (Portable, Portable)


def test_a_server_that_refuses_such_a_stream_is_asked_the_portable_way(
    server: SoundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_device: str, _period_ms: int) -> Playback:
        raise PulseRefusedError("Not supported")

    monkeypatch.setattr(opened, "Playback", refuse)
    assert opened_both() == (Portable, Recording)


def test_a_device_that_went_while_it_was_opened_is_named(server: SoundServer) -> None:
    jabra = server.plug_speaker("Jabra")
    opener, device = found("Jabra")
    jabra.unplug()
    pump = SpeakerPump(Clock(SilentBridge(), None), period_ms=FRAME_MS)
    with pytest.raises(SoundError, match=r"^Jabra: "):
        opener.speaker(device, pump, FRAME_MS)


def test_a_stream_that_ended_is_opened_anew_at_once_and_nobody_is_blamed(
    server: SoundServer,
) -> None:
    """A headset pulled out and put in again between two looks is called the same."""
    jabra = server.plug_speaker("Jabra")
    opener, device = found("Jabra")
    clock = Clock(SilentBridge(), None)
    slot = Slot[SpeakerPump](
        open_device=lambda device, period_ms: opener.speaker(
            device, SpeakerPump(clock, period_ms=period_ms), period_ms
        ),
        put_in_charge=lambda _pump: None,
    )
    try:
        slot.fill([device], FRAME_MS)
        first = slot.opened
        slot.fill([device], FRAME_MS)
        assert slot.opened is first
        jabra.unplug()
        server.plug_speaker("Jabra")
        until(lambda: first is not None and first.handle.ended, "it is not told")
        slot.fill([device], FRAME_MS)
        assert slot.opened is not None
        assert slot.opened is not first
        assert not slot.opened.handle.ended
        assert slot.complaint == ""
    finally:
        slot.empty()
