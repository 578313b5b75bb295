"""The parts of the engine's sound that need no library."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from sip.engine.bridge import FRAME_BYTES, SILENCE, Bridge, BridgeError
from sip.engine.devices import Device, SoundError, backend_named, choose
from sip.engine.levels import level_db
from sip.engine.pumps import MicrophonePump, SpeakerPump
from sip.engine.recorder import SpeakerRecorder


class FakeBridge(Bridge):
    """Counts frames up on the way out and keeps those that came in."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.given = 0

    def register_thread(self, name: str) -> object:
        return name

    def put(self, spoken: bytes) -> None:
        self.taken.append(spoken)

    def get(self) -> bytes:
        self.given += 1
        return bytes([self.given % 256]) * FRAME_BYTES


@pytest.mark.parametrize("block", [1, 160, 161, 320, 441, 1000])
def test_a_speaker_gets_every_sample_once_whatever_its_block_is(block: int) -> None:
    bridge = FakeBridge()
    pump = SpeakerPump(bridge, None, period_ms=10, fills_microphone=True).run()
    next(pump)
    played = b"".join(pump.send(block) for _ in range(10))
    assert len(played) == 20 * block
    whole = b"".join(bytes([n % 256]) * FRAME_BYTES for n in range(1, bridge.given + 1))
    assert played == whole[: len(played)]
    assert bridge.given - len(played) / FRAME_BYTES < 1  # no frame is fetched before its time
    assert bridge.taken == [SILENCE] * bridge.given


@pytest.mark.parametrize("block", [1, 160, 161, 441, 1000])
def test_a_microphones_samples_all_arrive_in_whole_frames(block: int) -> None:
    bridge = FakeBridge()
    pump = MicrophonePump(bridge).run()
    next(pump)
    said = bytes(n % 251 for n in range(2 * block * 10))
    for start in range(0, len(said), 2 * block):
        pump.send(said[start : start + 2 * block])
    assert b"".join(bridge.taken) == said[: len(said) // FRAME_BYTES * FRAME_BYTES]


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


def _device(name: str, *, default: bool = False, monitor: bool = False) -> Device:
    return Device(name, None, default, monitor)


def test_the_named_device_is_used_else_the_default_and_never_a_monitor_unasked() -> None:
    monitor = _device("Monitor of Speaker", default=True, monitor=True)
    one, two = _device("One"), _device("Two", default=True)
    assert choose([one, two], ()) == (two, "")
    assert choose([one, two], ("One",)) == (one, "")
    assert choose([monitor, one], ()) == (one, "")
    assert choose([monitor], ()) == (None, "")
    assert choose([monitor], ("Monitor of Speaker",)) == (monitor, "")
    device, complaint = choose([one, two], ("Gone",))
    assert device is two
    assert "Gone" in complaint


def test_a_sound_system_nobody_knows_is_said_in_words() -> None:
    assert backend_named("auto") == []
    with pytest.raises(SoundError, match="gramophone"):
        backend_named("gramophone")
