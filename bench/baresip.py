"""baresip as another phone that answers: what a small C program needs for the same call."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MODULES = ("account", "g711", "ausine", "aufile", "menu")
FOLDERS = (
    "/usr/lib/baresip/modules",
    "/usr/lib64/baresip/modules",
    "/usr/local/lib/baresip/modules",
)
_CONFIG = """\
sip_listen 127.0.0.1:{port}
net_interface lo
module_path {modules}
{loads}
audio_player aufile,{folder}/heard.wav
audio_source ausine,440
"""


@dataclass(frozen=True, slots=True)
class Peer:
    uri: str
    pid: int


@contextlib.contextmanager
def answering() -> Iterator[Peer | None]:
    """A baresip on loopback that sends a tone and keeps what it hears; None where it is missing."""
    program = shutil.which("baresip")
    modules = next((folder for folder in FOLDERS if Path(folder).is_dir()), None)
    if program is None or modules is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="zuoxi-bench-baresip-") as folder:
        port = _free_port()
        loads = "\n".join(f"module {name}.so" for name in MODULES)
        config = _CONFIG.format(port=port, modules=modules, loads=loads, folder=folder)
        Path(folder, "config").write_text(config, "ascii")
        account = f"<sip:peer@127.0.0.1:{port}>;regint=0;answermode=auto;audio_codecs=pcma/8000/1\n"
        Path(folder, "accounts").write_text(account, "ascii")
        process = subprocess.Popen(
            [program, "-f", folder],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield Peer(f"sip:peer@127.0.0.1:{port}", process.pid)
        finally:
            process.terminate()
            process.wait(10)


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
