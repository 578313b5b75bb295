"""The parts of the engine's sound that need no library."""

from __future__ import annotations

import threading
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from sip.engine.bridge import FRAME_BYTES, SILENCE, Bridge, BridgeError
from sip.engine.clock import Clock
from sip.engine.devices import (
    Device,
    SoundError,
    named,
    ranked,
    ringing,
    told_apart,
)
from sip.engine.levels import Meter, level_db
from sip.engine.portable import backend_named
from sip.engine.pumps import MicrophonePump, RingPump, SpeakerPump
from sip.engine.recorder import SpeakerRecorder
from sip.engine.ring import ring_cycle


class FakeBridge(Bridge):
    """Counts frames up on the way out and keeps those that came in."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.given = 0
        self._more = threading.Condition()

    def register_thread(self, name: str) -> object:
        return name

    def put(self, spoken: bytes) -> None:
        self.taken.append(spoken)

    def get(self) -> bytes:
        with self._more:
            self.given += 1
            self._more.notify_all()
        return bytes([self.given % 256]) * FRAME_BYTES

    def wait_for_more(self) -> None:
        with self._more:
            given = self.given
            assert self._more.wait_for(lambda: self.given > given + 3, 10), "it stands still"


@pytest.fixture
def bridge() -> FakeBridge:
    return FakeBridge()


@pytest.fixture
def clock(bridge: FakeBridge) -> Iterator[Clock]:
    clock = Clock(bridge, None)
    clock.start()
    yield clock
    clock.stop()


@pytest.mark.parametrize("block", [1, 160, 161, 320, 441, 1000])
def test_a_speaker_gets_every_sample_once_whatever_its_block_is(
    block: int, bridge: FakeBridge, clock: Clock
) -> None:
    pump = SpeakerPump(clock, period_ms=10)
    run = pump.run()
    next(run)
    clock.use_speaker(pump)
    before = bridge.given  # the clock was alone until then
    played = b"".join(run.send(block) for _ in range(10))
    assert len(played) == 20 * block
    count = bridge.given - before
    whole = b"".join(bytes([n % 256]) * FRAME_BYTES for n in range(before + 1, bridge.given + 1))
    assert played == whole[: len(played)]
    assert count - len(played) / FRAME_BYTES < 1  # no frame is fetched before its time
    assert bridge.taken == [SILENCE] * bridge.given  # nobody speaks


def test_a_speaker_that_is_not_in_charge_plays_silence_and_moves_nothing(
    bridge: FakeBridge, clock: Clock
) -> None:
    old, new = SpeakerPump(clock, period_ms=10), SpeakerPump(clock, period_ms=10)
    clock.use_speaker(new)
    before = bridge.given
    assert clock.fetch(old) is None
    assert bridge.given == before
    assert clock.fetch(new) is not None


class FakeMicrophone:
    """Says the same frame each time it is asked."""

    def __init__(self, frame: bytes, times: int = 1) -> None:
        self._frames = [frame] * times
        self.asked = 0

    def take(self) -> list[bytes]:
        self.asked += 1
        return self._frames


@pytest.mark.parametrize("times", [0, 1, 2])
def test_the_bridge_gets_what_the_microphone_has_before_the_speaker_fetches(
    times: int, bridge: FakeBridge, clock: Clock
) -> None:
    speaker, microphone = object(), FakeMicrophone(b"\2" * FRAME_BYTES, times)
    clock.use_speaker(speaker)
    clock.use_microphone(microphone)
    bridge.taken.clear()
    assert clock.fetch(speaker) is not None
    assert bridge.taken == [b"\2" * FRAME_BYTES] * times


def test_a_microphone_that_was_replaced_is_not_asked(bridge: FakeBridge, clock: Clock) -> None:
    speaker, old = object(), FakeMicrophone(b"\1" * FRAME_BYTES)
    clock.use_speaker(speaker)
    clock.use_microphone(old)
    clock.fetch(speaker)
    clock.use_microphone(FakeMicrophone(b"\2" * FRAME_BYTES))
    asked = old.asked
    bridge.taken.clear()
    clock.fetch(speaker)
    assert bridge.taken == [b"\2" * FRAME_BYTES]
    clock.use_microphone(None)
    clock.fetch(speaker)
    assert bridge.taken[-1] == SILENCE
    assert old.asked == asked


def test_a_microphone_with_a_thread_is_heard_and_measured_when_the_bridge_takes_it() -> None:
    meter = Meter()
    meter.on = True
    pump = MicrophonePump(meter)
    run = pump.run()
    next(run)
    before = pump.called_at
    for _ in range(4):
        run.send(b"\xff\x3f" * (FRAME_BYTES // 4))  # half a frame each
    assert pump.called_at >= before
    assert meter.take() == (-90.0, -90.0)
    assert _first_taken(pump) == b"\xff\x3f" * (FRAME_BYTES // 2)
    assert round(meter.take()[1]) == -6


def test_a_microphone_without_one_is_asked_when_the_bridge_takes_it() -> None:
    blocks = [b"", b"\5" * 3 * FRAME_BYTES]

    class Source:
        def pull(self) -> bytes:
            return blocks.pop(0) if blocks else b""

    pump = MicrophonePump(Meter())
    pump.source = Source()
    assert _first_taken(pump) == b"\5" * FRAME_BYTES
    assert not blocks


def _first_taken(pump: MicrophonePump) -> bytes:
    """The first frame: at first nothing is given, see Reservoir."""
    return next(frame for _ in range(5) for frame in pump.take())


def test_the_clock_moves_the_calls_on_while_no_speaker_does() -> None:
    bridge = FakeBridge()
    stalled = threading.Event()
    clock = Clock(bridge, None, on_stall=stalled.set)
    clock.start()
    try:
        bridge.wait_for_more()  # nobody is in charge
        assert not stalled.is_set()
        speaker = object()
        clock.use_speaker(speaker)
        assert clock.fetch(speaker) is not None
        assert stalled.wait(10)  # it fetched once and no more
        bridge.wait_for_more()
        assert clock.fetch(speaker) is not None  # it comes back
    finally:
        clock.stop()
    given = bridge.given
    assert clock.fetch(speaker) is None
    assert bridge.given == given


def test_a_ring_is_played_over_and_over_in_blocks_of_any_length() -> None:
    cycle = bytes(n % 251 for n in range(2 * 700))
    for block in (1, 160, 441, 1000):
        run = RingPump(cycle).run()
        next(run)
        played = b"".join(run.send(block) for _ in range(20))
        assert len(played) == 40 * block
        assert played == (cycle * (len(played) // len(cycle) + 1))[: len(played)]


def test_the_ring_sounds_one_second_in_five_as_loud_as_it_was_set() -> None:
    def peaks(volume: int) -> list[int]:
        samples = memoryview(ring_cycle(volume)).cast("h")
        assert len(samples) == 5 * 16_000
        return [max(map(abs, samples[n : n + 1600])) for n in range(0, len(samples), 1600)]

    full, half, none = peaks(100), peaks(50), peaks(0)
    assert min(full[:10]) > 25_000
    assert max(full[10:]) == 0
    assert 3_000 < max(half) < 8_000
    assert max(none) == 0


def test_the_meter_gives_the_loudest_of_what_was_heard_since_the_last_look() -> None:
    meter = Meter()
    loud = (b"\xff\x7f" + b"\x01\x80") * (FRAME_BYTES // 4)
    meter.feed(loud)
    assert meter.take() == (-90.0, -90.0)  # it is off
    meter.on = True
    meter.feed(SILENCE)
    meter.feed(loud)
    meter.feed(SILENCE)
    level, peak = meter.take()
    assert (round(level), round(peak)) == (0, 0)
    assert meter.take() == (-90.0, -90.0)


def test_a_library_that_hides_its_bridge_is_told_from_a_fault(tmp_path: Path) -> None:
    with pytest.raises(BridgeError, match="hides"):
        Bridge(str(tmp_path / "none.so"))


def test_a_recording_is_valid_at_every_moment_and_goes_on_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "heard.wav"
    for time, append in enumerate((False, True)):
        recorder = SpeakerRecorder(path, append=append)
        for _ in range(3):
            recorder.feed(b"\1\0" * 160)
            recorder.flush()
        with wave.open(str(path), "rb") as file:  # not closed: as after kill -9
            assert file.getframerate() == 16_000
            assert file.readframes(file.getnframes()) == b"\1\0" * 480 * (time + 1)
        recorder.close()


def test_a_new_recording_replaces_an_old_one(tmp_path: Path) -> None:
    path = tmp_path / "heard.wav"
    for _ in range(2):
        recorder = SpeakerRecorder(path, append=False)
        recorder.feed(bytes(320))
        recorder.close()
    assert path.stat().st_size == 44 + 320


def test_the_meter_reads_in_decibels() -> None:
    assert level_db(0) == -90.0
    assert -1 < level_db(100) <= 0
    readings = [level_db(percent) for percent in range(101)]
    assert readings == sorted(readings)


def _device(
    name: str, *, default: bool = False, monitor: bool = False, identity: str = ""
) -> Device:
    return Device(name, (identity or name).encode(), default, monitor)


def test_the_named_devices_come_first_then_the_default_and_never_a_monitor_unasked() -> None:
    monitor = _device("Monitor of Speaker", default=True, monitor=True)
    one, two = _device("One"), _device("Two", default=True)
    assert ranked([one, two], ()) == [two]
    assert ranked([one, two], ("One",)) == [one, two]
    assert ranked([one, two], ("Gone", "One")) == [one, two]
    assert ranked([one, two], ("Two", "One")) == [two, one]
    assert ranked([one, two], ("Gone",)) == [two]
    assert ranked([monitor, one], ()) == [one]
    assert ranked([monitor], ()) == []
    assert ranked([monitor], ("Monitor of Speaker",)) == [monitor]


def test_all_named_devices_that_are_there_ring_else_the_default_speaker() -> None:
    one, two, three = _device("One"), _device("Two"), _device("Three", default=True)
    assert ringing([one, two, three], ("Two", "Gone", "One", "Two")) == [two, one]
    assert ringing([one, two, three], ("Gone",)) == [three]
    assert ringing([one, two, three], ()) == [three]
    assert ringing([], ("One",)) == []


@pytest.mark.parametrize(
    ("wanted", "there", "meant"),
    [
        ("Jabra", ["Jabra", "Jabra (2)"], "Jabra"),
        ("Jabra (2)", ["Jabra", "Jabra (2)"], "Jabra (2)"),
        ("Jabra (2)", ["Jabra"], "Jabra"),  # one of two was taken away
        ("Jabra  EVOLVE", ["Other", "jabra Evolve"], "jabra Evolve"),
        ("Headset (Jabra)", ["Headset (2- Jabra)"], "Headset (2- Jabra)"),  # another socket
        ("Headset #2", ["Headset"], "Headset"),
        ("Jabra Evolve", ["Jabra Evolve Mono", "Other"], "Jabra Evolve Mono"),
        ("Jabra Evolve Analog Stereo", ["Jabra Evolve"], "Jabra Evolve"),
        ("Jabra Evolve", ["Jabra Evolve Mono", "Jabra Evolve Stereo"], None),  # which?
        ("USB", ["USB Audio"], None),  # says too little
        ("Jabra", ["Other"], None),
    ],
)
def test_a_device_is_known_again_when_its_name_changed_a_little(
    wanted: str, there: list[str], meant: str | None
) -> None:
    found = named([_device(name) for name in there], wanted)
    assert (found.name if found is not None else None) == meant


def test_devices_of_the_same_name_are_told_apart_and_keep_their_numbers() -> None:
    first, second = _device("USB", identity="a"), _device("USB", identity="b")
    other = _device("Other", identity="c")
    for order in ([first, second, other], [other, second, first]):
        found = told_apart(order)
        assert {device.identity: device.name for device in found} == {
            b"a": "USB",
            b"b": "USB (2)",
            b"c": "Other",
        }


def test_a_sound_system_nobody_knows_is_said_in_words() -> None:
    assert backend_named("auto") == []
    with pytest.raises(SoundError, match="gramophone"):
        backend_named("gramophone")
