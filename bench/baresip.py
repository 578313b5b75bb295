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

MODULES = ("account", "g711", "aubridge", "menu")
FOLDERS = (
    "/usr/lib/baresip/modules",
    "/usr/lib64/baresip/modules",
    "/usr/local/lib/baresip/modules",
)
_CONFIG = """\
sip_listen 127.0.0.1:{port}
net_interface 127.0.0.1
module_path {modules}
{loads}
audio_player aubridge,echo
audio_source aubridge,echo
"""


@dataclass(frozen=True, slots=True)
class Peer:
    uri: str
    pid: int


@contextlib.contextmanager
def answering() -> Iterator[Peer | None]:
    """A baresip on loopback that says back what it hears; None where it is not installed."""
    program = shutil.which("baresip")
    modules = next((folder for folder in FOLDERS if Path(folder).is_dir()), None)
    if program is None or modules is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="zuoxi-bench-baresip-") as folder:
        port = _free_port()
        loads = "\n".join(f"module {name}.so" for name in MODULES)
        config = _CONFIG.format(port=port, modules=modules, loads=loads)
        Path(folder, "config").write_text(config, "ascii")
        account = f"<sip:peer@127.0.0.1:{port}>;regint=0;answermode=auto\n"
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
