"""A private PulseAudio with a loudspeaker and a headset that exist only as sound."""

from __future__ import annotations

import array
import contextlib
import os
import shutil
import signal
import subprocess
import wave
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.sip.watching import until

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
class Plugged:
    """A device that can be taken away again."""

    server: str
    module: str

    def unplug(self) -> None:
        command = ["pactl", "-s", self.server, "unload-module", self.module]
        subprocess.run(command, capture_output=True, check=True)


@dataclass(frozen=True, slots=True)
class SoundServer:
    """What is played into ``room`` is what the Headset hears."""

    server: str
    process: subprocess.Popen[bytes]
    listeners: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def plug_speaker(self, name: str) -> Plugged:
        """Another loudspeaker, called ``name`` on screen and, in lower case, by the server."""
        sink = name.lower().replace(" ", "-")
        module = self._load("module-null-sink", f"sink_name={sink}", f"sink_{_called(name)}")
        self.listeners.append(_listen(self.server, f"{sink}.monitor"))
        return Plugged(self.server, module)

    def plug_microphone(self, name: str) -> Plugged:
        """Another microphone, which hears what is played into ``room``."""
        source = name.lower().replace(" ", "-")
        module = self._load("module-remap-source", "master=room.monitor",
                            f"source_name={source}", f"source_{_called(name)}")  # fmt: skip
        return Plugged(self.server, module)

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """It answers nothing for a while, and then goes on as if nothing had been."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def _load(self, *module: str) -> str:
        command = ["pactl", "-s", self.server, "load-module", *module]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    @contextlib.contextmanager
    def recording(self, path: Path, sink: str = "speaker") -> Iterator[None]:
        """Record what ``sink`` plays to ``path`` (16 kHz, mono); begins once it runs."""
        raw = path.with_suffix(".raw")
        command = ["parec", "-d", f"{sink}.monitor", "--rate=16000", "--channels=1",
                   "--format=s16le", "--latency-msec=20", "--raw", str(raw)]  # fmt: skip
        with self._running(command):
            until(lambda: raw.exists() and raw.stat().st_size > 0, "nothing is recorded")
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
def sound_server(
    folder: Path, more: str = HEADSET, *, shared_memory: bool = False
) -> Iterator[SoundServer]:
    """Run a PulseAudio of our own; it works for root and leaves the user's alone.

    ``shared_memory``: sound goes to its clients as on a desktop, not through the socket.
    """
    program = shutil.which("pulseaudio")
    assert program is not None, "pulseaudio is not installed"
    socket, script = folder / "native", folder / "start.pa"
    script.write_text(_SCRIPT.format(socket=socket, more=more))
    home = {name: str(folder) for name in ("HOME", "XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH")}
    child = subprocess.Popen(
        [program, "-n", "-F", str(script), "--daemonize=no", "--exit-idle-time=-1",
         f"--disable-shm={'no' if shared_memory else 'yes'}", "--use-pid-file=no",
         "--log-level=error"],
        env={**os.environ, **home},
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    started: SoundServer | None = None
    try:
        server = f"unix:{socket}"
        _await_answer(server)
        started = SoundServer(server, child)
        started.listeners.extend(_listen(server, f"{sink}.monitor") for sink in ("room", "speaker"))
        yield started
    finally:
        for process in [*(started.listeners if started is not None else ()), child]:
            process.terminate()
            process.wait()


def _listen(server: str, source: str) -> subprocess.Popen[bytes]:
    """Listen to ``source``: a null sink nobody listens to works in blocks of two seconds."""
    command = ["parec", "-s", server, "-d", source, "--latency-msec=10", "--raw"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _called(name: str) -> str:
    return f"properties='device.description=\"{name}\"'"


def _await_answer(server: str) -> None:
    asks = ["pactl", "-s", server, "info"]
    until(
        lambda: subprocess.run(asks, capture_output=True, check=False).returncode == 0,
        "pulseaudio did not start",
    )


def until_loud(path: Path) -> None:
    """Wait until something is heard in what is being recorded to ``path``."""
    raw = path.with_suffix(".raw")
    until(lambda: _loudest(raw) > 3000, f"nothing is heard in {path.name}")


def _loudest(raw: Path) -> int:
    samples = array.array("h", raw.read_bytes()[: raw.stat().st_size // 2 * 2])
    return max(map(abs, samples), default=0)
