"""A private PulseAudio with a loudspeaker and a headset that exist only as sound."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

_SCRIPT = """
load-module module-native-protocol-unix socket={socket} auth-anonymous=1
load-module module-null-sink sink_name=speaker rate=48000 sink_properties=device.description=Speaker
load-module module-null-sink sink_name=room rate=48000 sink_properties=device.description=Room
set-default-sink speaker
{more}
"""
HEADSET = (
    "load-module module-remap-source master=room.monitor source_name=headset"
    " source_properties=device.description=Headset\nset-default-source headset"
)


@dataclass(frozen=True, slots=True)
class SoundServer:
    """What is played into ``room`` is what the Headset hears."""

    server: str

    @contextlib.contextmanager
    def recording(self, path: Path) -> Iterator[None]:
        """Record what the Speaker plays to ``path`` (16 kHz, mono); begins once it runs."""
        raw = path.with_suffix(".raw")
        command = ["parec", "-d", "speaker.monitor", "--rate=16000", "--channels=1",
                   "--format=s16le", "--latency-msec=20", "--raw", str(raw)]  # fmt: skip
        with self._running(command):
            _await(lambda: raw.exists() and raw.stat().st_size > 0, "nothing is recorded")
            yield
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(16_000)
            file.writeframes(raw.read_bytes())

    @contextlib.contextmanager
    def speaking(self, path: Path) -> Iterator[None]:
        """Say ``path`` into the Headset."""
        with self._running(["paplay", "-d", "room", str(path)]):
            yield

    @contextlib.contextmanager
    def _running(self, command: list[str]) -> Iterator[None]:
        child = subprocess.Popen(command, env={**os.environ, "PULSE_SERVER": self.server})
        try:
            yield
        finally:
            child.terminate()
            child.wait()


@contextlib.contextmanager
def sound_server(folder: Path, more: str = HEADSET) -> Iterator[SoundServer]:
    """Run a PulseAudio of our own; it works for root and leaves the user's alone."""
    program = shutil.which("pulseaudio")
    assert program is not None, "pulseaudio is not installed"
    socket, script = folder / "native", folder / "start.pa"
    script.write_text(_SCRIPT.format(socket=socket, more=more))
    home = {name: str(folder) for name in ("HOME", "XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH")}
    child = subprocess.Popen(
        [program, "-n", "-F", str(script), "--daemonize=no", "--exit-idle-time=-1",
         "--disable-shm=yes", "--use-pid-file=no", "--log-level=error"],
        env={**os.environ, **home},
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        server = f"unix:{socket}"
        _await_answer(server)
        with _kept_awake(server, "room.monitor"), _kept_awake(server, "speaker.monitor"):
            yield SoundServer(server)
    finally:
        child.terminate()
        child.wait()


@contextlib.contextmanager
def _kept_awake(server: str, source: str) -> Iterator[None]:
    """Listen to ``source``: a null sink nobody listens to works in blocks of two seconds."""
    command = ["parec", "-s", server, "-d", source, "--latency-msec=10", "--raw"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as child:
        try:
            yield
        finally:
            child.terminate()


def _await_answer(server: str) -> None:
    asks = ["pactl", "-s", server, "info"]
    _await(
        lambda: subprocess.run(asks, capture_output=True, check=False).returncode == 0,
        "pulseaudio did not start",
    )


def _await(condition: Callable[[], bool], complaint: str) -> None:
    limit = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < limit, complaint
        time.sleep(0.02)
