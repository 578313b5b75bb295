"""What is plugged into a real sound server, as its own library tells it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from sip.engine import libpulse, portable, pulse_server
from sip.engine.devices import Devices, NoDeviceError, SoundError
from sip.engine.opened import Opener
from sip.engine.plugged import Plugged
from sip.engine.pulse_server import Plugs, PulseRefusedError
from tests.sip.sound_server import HEADSET, SoundServer, sound_server
from tests.sip.watching import open_files, until

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="pulseaudio is not installed"),
]
LOOKS = 50


class Told:
    """Counts what is told."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


def names(devices: Devices) -> list[str]:
    return [device.name for device in devices.speakers]


def test_it_finds_what_miniaudio_finds_by_the_same_names(server: SoundServer) -> None:
    """Names are what her settings say: they must not depend on which library was asked."""
    server.plug_speaker("Jabra Evolve 2")
    server.plug_speaker("Jabra Evolve 2 ")  # told apart
    found, other = pulse_server.find_devices(), portable.find_devices("pulseaudio")
    both = [
        [
            (d.name, d.identity, d.default, d.monitor, d.pulse)
            for d in (*of.speakers, *of.microphones)
        ]
        for of in (found, other)
    ]
    assert both[0] == both[1]
    assert {"Speaker", "Headset", "Jabra Evolve 2", "Jabra Evolve 2 (2)"} <= {d[0] for d in both[0]}
    assert [d.name for d in found.speakers if d.default] == ["Speaker"]
    assert [d.name for d in found.microphones if d.default] == ["Headset"]


def test_a_plug_an_unplug_and_another_default_are_told_and_a_volume_is_not(
    server: SoundServer,
) -> None:
    told = Told()
    plugs = Plugs(told)
    try:
        jabra = server.plug_speaker("Jabra")
        until(lambda: told.times > 0, "a plug is not told")
        _settled(told)
        before = told.times
        _pactl(server, "set-sink-volume", "jabra", "50%")
        _pactl(server, "set-sink-mute", "jabra", "1")
        _settled(told)
        assert told.times == before
        _pactl(server, "set-default-sink", "jabra")
        until(lambda: told.times > before, "another default is not told")
        _settled(told)
        before = told.times
        jabra.unplug()
        until(lambda: told.times > before, "an unplug is not told")
        assert not plugs.ended
    finally:
        plugs.close()
    assert plugs.ended
    plugs.close()  # may be done twice


def _settled(told: Told) -> None:
    """Wait until nothing more is told."""
    seen = -1
    while seen != told.times:
        seen = told.times
        time.sleep(0.3)


def _pactl(server: SoundServer, *order: str) -> None:
    subprocess.run(["pactl", "-s", server.server, *order], check=True, capture_output=True)


def test_a_server_that_dies_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told()
    with sound_server(tmp_path, HEADSET) as server:
        monkeypatch.setenv("PULSE_SERVER", server.server)
        plugs = Plugs(told)
    until(lambda: plugs.ended and told.times > 0, "nobody says that the server is dead")
    plugs.close()
    with pytest.raises(PulseRefusedError, match="onnection"):
        Plugs(told)
    with pytest.raises(PulseRefusedError, match="onnection"):
        pulse_server.find_devices()


def test_a_server_that_hangs_is_waited_for_a_moment_only(
    server: SoundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse_server, "ANSWER_S", 0.2)
    plugs = Plugs(Told())
    with server.frozen():
        for ask in (pulse_server.find_devices, lambda: Plugs(Told())):
            with pytest.raises(SoundError, match="does not answer") as raised:
                ask()
            assert not isinstance(raised.value, PulseRefusedError)  # nor any other way, then
        plugs.close()  # waits for nobody either


def test_connections_leave_nothing_behind(
    server: SoundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def round_trip() -> None:
        pulse_server.find_devices()
        Plugs(Told()).close()

    round_trip()
    before = open_files(), threading.active_count()
    for _ in range(10):
        round_trip()
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent")
    for _ in range(10):
        with pytest.raises(PulseRefusedError):
            Plugs(Told())
    assert (open_files(), threading.active_count()) == before


# --- when it is looked at anew --------------------------------------------------------------------


def test_it_is_looked_at_anew_when_something_changed_and_only_then(server: SoundServer) -> None:
    told, opener = Told(), Opener("auto")
    plugged = Plugged(told)
    try:
        first = plugged.look(opener)
        assert all(plugged.look(opener) is first for _ in range(LOOKS))
        jabra = server.plug_speaker("Jabra")
        until(lambda: "Jabra" in names(plugged.look(opener)), "the new one is not seen")
        assert told.times > 0
        jabra.unplug()
        until(lambda: names(plugged.look(opener)) == names(first), "it is still seen")
    finally:
        plugged.close()


def test_a_server_that_was_started_again_is_found_and_tells_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, opener = Told(), Opener("pulseaudio")
    plugged = Plugged(told)
    try:
        with sound_server(tmp_path, HEADSET) as server:
            monkeypatch.setenv("PULSE_SERVER", server.server)
            assert "Speaker" in names(plugged.look(opener))
        until(lambda: told.times > 0, "its end is not told")
        for _ in range(2):
            with pytest.raises(SoundError):
                plugged.look(opener)
        with sound_server(tmp_path, HEADSET) as server:
            first = plugged.look(opener)
            assert plugged.look(opener) is first
            server.plug_speaker("Jabra")
            until(lambda: "Jabra" in names(plugged.look(opener)), "the new one is not seen")
    finally:
        plugged.close()


def test_where_nobody_tells_of_changes_each_look_is_a_new_one(
    server: SoundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libpulse, "FILE", "libpulse.so.none")
    plugged = Plugged(Told())
    first = plugged.look(Opener("pulseaudio"))
    assert plugged.look(Opener("pulseaudio")) is not first
    server.plug_speaker("Jabra")
    assert "Jabra" in names(plugged.look(Opener("pulseaudio")))
    plugged.close()


def test_an_old_look_is_not_trusted_for_ever(
    server: SoundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sip.engine.plugged.LOOK_ANYWAY_S", 0.0)
    plugged = Plugged(Told())
    first = plugged.look(Opener("auto"))
    assert plugged.look(Opener("auto")) is not first
    plugged.close()


def test_no_sound_is_said_as_such() -> None:
    with pytest.raises(NoDeviceError):
        Plugged(Told()).look(Opener("null"))


def test_with_pulseaudio_an_engine_leaves_miniaudio_and_what_it_brings_alone(
    server: SoundServer,
) -> None:
    """5 MiB of each seat's memory: the standard library's HTTP, e-mail and TLS."""
    program = (
        "import sys, sip.engine.engine\n"
        "from sip.engine.opened import Opener\n"
        "print([d.name for d in Opener('auto').find().speakers])\n"
        "print([m for m in ('miniaudio', 'ssl', 'http', 'email', 'hashlib')"
        " if m in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True,
        env={**os.environ, "PULSE_SERVER": server.server},
    )  # fmt: skip
    assert done.stdout.splitlines() == ["['Room', 'Speaker']", "[]"]
