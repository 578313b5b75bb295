"""baresip as another phone that answers: what a small C program needs for the same call."""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.exchange.baresip import installed
from tests.exchange.ports import free_port

MODULES = ("account", "g711", "aubridge", "menu")
_CONFIG = """\
sip_listen 127.0.0.1:{port}
net_interface 127.0.0.1
module_path {modules}
{lines}
"""
_ECHO = ("audio_player aubridge,echo", "audio_source aubridge,echo")


@dataclass(frozen=True, slots=True)
class Peer:
    uri: str
    pid: int


@contextlib.contextmanager
def answering() -> Iterator[Peer | None]:
    """A baresip on loopback that says back what it hears; None where it is not installed."""
    found = installed()
    if found is None:
        yield None
        return
    program, modules = found
    with tempfile.TemporaryDirectory(prefix="zuoxi-bench-baresip-") as folder:
        port = prepare(Path(folder), modules, (*loads(MODULES), *_ECHO), auto_answer=True)
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


def prepare(folder: Path, modules: str, lines: Sequence[str], *, auto_answer: bool) -> int:
    """Write the files of a baresip called peer, with more ``lines``; the port it listens at."""
    port = free_port()
    config = _CONFIG.format(port=port, modules=modules, lines="\n".join(lines))
    (folder / "config").write_text(config, "ascii")
    mode = "auto" if auto_answer else "manual"
    account = f"<sip:peer@127.0.0.1:{port}>;regint=0;answermode={mode}\n"
    (folder / "accounts").write_text(account, "ascii")
    return port


def loads(names: Sequence[str]) -> list[str]:
    return [f"module {name}.so" for name in names]
