"""A phone that is not ours: baresip speaks a recorded voice and records what it hears."""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import subprocess
import threading
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sip.messages import Transport
from tests.exchange.asterisk import Agent, Exchange
from tests.exchange.microphone import RATE_HZ, write_microphone
from tests.exchange.ports import free_port
from tests.sip.voice import HEARD, likeness

LIMIT_S = 20.0
START_S = 6.0
ATTEMPTS = 3
KEY_S = 0.12
_RELEASED = b"\x04"  # what baresip takes for "the finger is off the key"
MODULES = ("ctrl_tcp", "cons", "g711", "srtp", "aufile", "aubridge", "sndfile")
FOLDERS = (
    "/usr/lib/baresip/modules",
    "/usr/lib64/baresip/modules",
    "/usr/local/lib/baresip/modules",
)
_CONFIG = """\
poll_method epoll
call_max_calls 8
sip_listen 127.0.0.1:{port}
sip_cafile {ca_file}
net_interface 127.0.0.1
audio_source {source}
audio_player aubridge,nobody
audio_alert aubridge,nobody
ausrc_format s16
auplay_format s16
auenc_format s16
audec_format s16
jitter_buffer_delay 2-5
ctrl_tcp_listen 127.0.0.1:{control}
cons_listen 127.0.0.1:{keys}
snd_path {folder}
module_path {modules}
{loads}
module_app account.so
module_app menu.so
"""
Event = dict[str, Any]


class Baresip:
    """One phone. Everything waits with a limit; call it from a thread when a loop is running."""

    def __init__(
        self, folder: Path, process: subprocess.Popen[bytes], ports: dict[str, int]
    ) -> None:
        self.folder = folder
        self.process = process
        self.port = ports["port"]
        self._keys = ("127.0.0.1", ports["keys"])
        self._control = _connect(ports["control"])
        self._events: list[Event] = []
        self._read = 0
        self._came = threading.Condition()
        self._reader = threading.Thread(target=self._read_events, daemon=True)
        self._reader.start()

    # --- what the person at the phone does ------------------------------------------------------

    def dial(self, uri: str) -> None:
        self._command("dial", uri)

    def call(self, uri: str) -> None:
        """Dial and wait until somebody answers."""
        self.dial(uri)
        self.wait("CALL_ESTABLISHED")

    def answer(self) -> None:
        self._command("accept")

    def hang_up(self) -> None:
        self._command("hangup")

    def hold(self) -> None:
        self._command("hold")

    def resume(self) -> None:
        self._command("resume")

    def transfer(self, uri: str) -> None:
        self._command("transfer", uri)

    def press(self, keys: str) -> None:
        """DTMF (RFC 4733); each key is held for a moment, as a finger does.

        Not before something was heard: a menu that does not speak yet does not listen either.
        """
        with self._came:
            assert self._came.wait_for(self._hears, LIMIT_S), "nothing was heard yet"
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as console:
            for key in keys:
                for code in (key.encode(), _RELEASED):
                    console.sendto(code, self._keys)
                    time.sleep(KEY_S)

    # --- what can be seen of it -----------------------------------------------------------------

    def wait(
        self,
        kind: str,
        when: Callable[[Event], bool] = lambda _event: True,
        *,
        limit_s: float = LIMIT_S,
    ) -> Event:
        """The next event of that type that was not passed yet (CALL_INCOMING, CALL_RINGING,
        CALL_ESTABLISHED, CALL_CLOSED …); fails after ``limit_s``."""
        limit = time.monotonic() + limit_s
        with self._came:
            while True:
                while self._read < len(self._events):
                    event = self._events[self._read]
                    self._read += 1
                    if event.get("type") == kind and when(event):
                        return event
                left = limit - time.monotonic()
                assert left > 0, f"baresip did not see {kind}, but {self._events}"
                self._came.wait(left)

    def seen(self, kind: str) -> list[Event]:
        with self._came:
            return [event for event in self._events if event.get("type") == kind]

    def heard(self, path: Path, *, call: int = -1) -> Path:
        """Write to ``path`` what its ear has heard so far in its ``call``-th call."""
        dumps = sorted(self.folder.glob("dump-*-dec.wav"), key=lambda f: f.stat().st_mtime_ns)
        assert dumps, "baresip has not heard anything"
        # While the call goes on the header does not know the length yet.
        sound = dumps[call].read_bytes().partition(b"data")[2][4:]
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(sound[: len(sound) // 2 * 2])
        return path

    def close(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._control.close()
        self._reader.join(5)

    def _hears(self) -> bool:
        kinds = [event.get("type") for event in self._events]
        return kinds.count("CALL_RTPESTAB") >= kinds.count("CALL_ESTABLISHED") > 0

    def _command(self, name: str, words: str = "") -> None:
        text = json.dumps({"command": name, "params": words, "token": name}).encode()
        self._control.sendall(b"%d:%s," % (len(text), text))

    def _read_events(self) -> None:
        """The control socket speaks JSON in netstrings."""
        pending = b""
        while True:
            try:
                received = self._control.recv(65_536)
            except OSError:
                return
            if not received:
                return
            pending += received
            while b":" in pending:
                length, _, rest = pending.partition(b":")
                if len(rest) <= int(length):
                    break
                message, pending = rest[: int(length)], rest[int(length) + 1 :]
                with self._came:
                    self._events.append(json.loads(message))
                    self._came.notify_all()


@contextlib.contextmanager
def baresip(
    folder: Path,
    account: str,
    *,
    says: Path | None = None,
    pause_s: float = 0.5,
    ca_file: Path | None = None,
) -> Iterator[Baresip]:
    """A phone with one line of baresip's accounts file; {port} in it is where the phone listens.

    ``says`` is a WAV file, 8 or 16 kHz mono, said again and again with a pause; without one the
    phone is silent.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_microphone(folder / "microphone.wav", says, pause_s)
    for attempt in range(ATTEMPTS):
        try:
            phone = _start(folder, account, ca_file)
            break
        except PortTakenError:
            if attempt == ATTEMPTS - 1:
                raise
    try:
        yield phone
    finally:
        phone.close()


def installed(module: str = "") -> tuple[str, str] | None:
    """The program and the folder of its modules, which has ``module``; None without them."""
    program = shutil.which("baresip")
    folder = next((name for name in FOLDERS if Path(name, module).exists()), None)
    return None if program is None or folder is None else (program, folder)


class PortTakenError(AssertionError):
    """It does not listen: somebody took one of its ports between the choice and the start."""


def _start(folder: Path, account: str, ca_file: Path | None) -> Baresip:
    found = installed()
    assert found is not None, "baresip is not installed"
    program, modules = found
    ports = {
        "port": free_port(),
        "control": free_port(socket.SOCK_STREAM),
        "keys": free_port(),
    }
    config = _CONFIG.format(
        **ports, folder=folder, modules=modules, source=f"aufile,{folder / 'microphone.wav'}",
        ca_file=ca_file or "", loads="\n".join(f"module {name}.so" for name in MODULES),
    )  # fmt: skip
    if ca_file is None:
        config = config.replace("sip_cafile \n", "")
    (folder / "config").write_text(config, "utf-8")
    (folder / "accounts").write_text(account.format(**ports) + "\n", "utf-8")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [program, "-f", folder], stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
    try:
        return Baresip(folder, process, ports)
    except BaseException:
        process.kill()
        process.wait()
        raise


@contextlib.contextmanager
def citizen(
    folder: Path,
    exchange: Exchange,
    *,
    number: str = "13800138000",
    name: str = "",
    says: Path | None = None,
) -> Iterator[Baresip]:
    """Somebody who calls the hotline from the public network."""
    account = (
        f"{_quoted(name)}<sip:{number}@{exchange.host()}>;regint=0;auth_user=citizens"
        f";auth_pass={exchange.passwords['citizens']}"
    )
    with baresip(folder, account, says=says) as phone:
        yield phone


@contextlib.contextmanager
def subscriber(
    folder: Path, exchange: Exchange, number: str, *, says: Path | None = None, auto: bool = False
) -> Iterator[Baresip]:
    """Somebody whom the centre calls: all numbers lead to this phone meanwhile."""
    mode = "auto" if auto else "manual"
    account = f"<sip:{number}@127.0.0.1:{{port}}>;regint=0;answermode={mode}"
    with baresip(folder, account, says=says) as phone:
        exchange.lead_numbers_to(f"127.0.0.1:{phone.port}")
        try:
            yield phone
        finally:
            exchange.lead_numbers_to("")


@contextlib.contextmanager
def colleague(
    folder: Path,
    exchange: Exchange,
    agent: Agent,
    *,
    says: Path | None = None,
    pause_s: float = 0.5,
    auto: bool = False,
    transport: Transport = Transport.UDP,
) -> Iterator[Baresip]:
    """An agent with another phone than ours, registered; with TLS it speaks SRTP only."""
    tls = transport is Transport.TLS
    account = (
        f"<sip:{agent.user}@{exchange.host(transport)};transport={transport.value}>"
        f";auth_pass={agent.password};regint=60;answermode={'auto' if auto else 'manual'}"
        + (";mediaenc=srtp-mand" if tls else "")
    )
    ca_file = exchange.ca_file if tls else None
    with baresip(folder, account, says=says, pause_s=pause_s, ca_file=ca_file) as phone:
        exchange.await_registered(agent)  # baresip may have said so before anyone listened
        yield phone


def _quoted(name: str) -> str:
    return f'"{name}" ' if name else ""


def _connect(port: int) -> socket.socket:
    limit = time.monotonic() + START_S
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port))
        except ConnectionRefusedError:
            if time.monotonic() > limit:
                raise PortTakenError("baresip did not start") from None
            time.sleep(0.02)


def await_heard(voice: Path, ear: Baresip, folder: Path) -> None:
    """Wait until ``ear`` has heard ``voice``; fails when it has not in time."""
    limit = time.monotonic() + LIMIT_S
    while (found := likeness(voice, ear.heard(folder / f"{ear.port}-heard.wav"))) < HEARD:
        assert time.monotonic() < limit, f"{voice.name} was not heard ({found:.2f})"
        time.sleep(0.5)
