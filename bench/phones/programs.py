"""The other softphones: how each is told to use our sound server, to answer, and to be quiet."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.baresip import loads, prepare
from bench.sheet import BenchError
from tests.exchange.baresip import installed
from tests.exchange.ports import free_port

START_S = 20.0


@dataclass(frozen=True, slots=True)
class Running:
    """A phone that listens on 127.0.0.1. ``answer`` returns the monotonic second of the order."""

    name: str
    pid: int
    port: int
    uri: str
    answer: Callable[[], float] | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a phone lives while it is measured."""

    folder: Path
    server: str

    @property
    def environment(self) -> dict[str, str]:
        """A user who reads Chinese, as ours does, also where no such locale was made."""
        home = str(self.folder)
        xdg = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), home)
        language = {"LANG": "zh_CN.UTF-8", "LC_CTYPE": "C.UTF-8", "LC_ALL": "", "LANGUAGE": ""}
        return {**os.environ, "HOME": home, "PULSE_SERVER": self.server, **xdg, **language}


_BARESIP = (
    *loads(("account", "g711", "pulse", "menu", "ctrl_tcp")),
    "audio_player pulse,speaker",
    "audio_source pulse,headset",
    "audio_alert pulse,speaker",
    "ring_aufile none",
)


@contextlib.contextmanager
def baresip(place: Place, *, auto_answer: bool) -> Iterator[Running]:
    _program("baresip")
    found = installed("pulse.so")
    if found is None:
        raise BenchError("baresip's module for PulseAudio is missing (Debian: baresip-x11)")
    program, modules = found
    control = free_port(socket.SOCK_STREAM)
    lines = (*_BARESIP, f"ctrl_tcp_listen 127.0.0.1:{control}")
    port = prepare(place.folder, modules, lines, auto_answer=auto_answer)

    def answer() -> float:
        command = b'{"command":"accept"}'
        with socket.create_connection(("127.0.0.1", control), 5) as pipe:
            at = time.monotonic()
            pipe.sendall(b"%d:%s," % (len(command), command))
            pipe.recv(1000)
        return at

    with _process([program, "-f", str(place.folder)], place) as child:
        _await_port(port)
        yield Running("baresip", child.pid, port, f"sip:peer@127.0.0.1:{port}", answer)


_TWINKLE_SYSTEM = """\
dev_ringtone=alsa:pulse
dev_speaker=alsa:pulse
dev_mic=alsa:pulse
validate_audio_dev=no
sip_port={port}
rtp_port={rtp}
gui_hide_on_startup=no
gui_use_systray=no
start_user_profile=bench
play_ringtone=no
play_ringback=no
allow_sdp_change=yes
"""
_TWINKLE_USER = """\
user_name=bench
user_domain=127.0.0.1
user_display=bench
register_at_startup=no
codecs=g711a
ptime=20
enable_stun=no
"""


@contextlib.contextmanager
def twinkle(place: Place, *, auto_answer: bool) -> Iterator[Running]:
    program = _program("twinkle")
    port = free_port()
    folder = place.folder / ".twinkle"
    folder.mkdir()
    system = _TWINKLE_SYSTEM.format(port=port, rtp=free_port() & ~1)
    (folder / "twinkle.sys").write_text(system, "ascii")
    (folder / "bench.cfg").write_text(_TWINKLE_USER, "ascii")
    auto = "yes" if auto_answer else "no"
    (folder / "bench.svc").write_text(f"auto_answer={auto}\n", "ascii")
    (place.folder / ".asoundrc").write_text(
        "pcm.pulse { type pulse }\nctl.pulse { type pulse }\n", "ascii"
    )

    def answer() -> float:
        at = time.monotonic()
        command = [program, "--cmd", "answer", "--immediate"]
        subprocess.run(command, env=place.environment, capture_output=True, timeout=10, check=True)
        return at

    with _process([program, "-f", "bench", "--force"], place) as child:
        _await_port(port)
        yield Running("twinkle", child.pid, port, f"sip:bench@127.0.0.1:{port}", answer)


_LINPHONE = """\
[sip]
sip_port={port}
sip_tcp_port=0
sip_tls_port=0
default_proxy=-1
guess_hostname=1
contact=sip:bench@127.0.0.1
use_ipv6=0
[net]
firewall_policy=none
[sound]
playback_dev_id=PulseAudio: Speaker
capture_dev_id=PulseAudio: Headset
ringer_dev_id=PulseAudio: Speaker
echocancellation=0
local_ring=/nonexistent
[video]
enabled=0
capture=0
display=0
[ui]
auto_answer={auto}
auto_answer_delay=0
check_for_update_enabled=0
[misc]
version_check_url_root=
[rtp]
audio_adaptive_jitt_comp_enabled=1
"""


@contextlib.contextmanager
def linphone(place: Place, *, auto_answer: bool) -> Iterator[Running]:
    program = _program("linphone")
    port = free_port()
    folder = place.folder / "linphone"
    folder.mkdir()
    text = _LINPHONE.format(port=port, auto=int(auto_answer))
    (folder / "linphonerc").write_text(text, "ascii")
    with _process(["dbus-run-session", "--", program], place) as child:
        _await_port(port)
        yield Running("linphone-desktop", child.pid, port, f"sip:bench@127.0.0.1:{port}", None)


# --- what they have in common ---------------------------------------------------------------------


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise BenchError(f"{name} is not installed")
    return found


@contextlib.contextmanager
def _process(command: list[str], place: Place) -> Iterator[subprocess.Popen[bytes]]:
    log = (place.folder / "output").open("wb")
    child = subprocess.Popen(
        command,
        env=place.environment,
        cwd=place.folder,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        yield child
    finally:
        log.close()
        for sent in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, sent)
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(5)
                break


def _await_port(port: int) -> None:
    """Until the kernel has a UDP socket there. Raises BenchError."""
    limit = time.monotonic() + START_S
    while time.monotonic() < limit:
        for table in ("udp", "udp6"):
            for row in Path(f"/proc/net/{table}").read_text("ascii").splitlines()[1:]:
                if int(row.split()[1].rpartition(":")[2], 16) == port:
                    return
        time.sleep(0.05)
    raise BenchError(f"nothing listens on port {port}")
