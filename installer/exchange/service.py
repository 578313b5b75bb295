"""A rendered exchange as a process: started, asked, stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

from installer.exchange.program import Program
from installer.exchange.render import run_folder

START_S = 30.0
STOP_S = 10.0


class ServiceError(Exception):
    """The exchange does not start or stop; the text is a sentence to show."""


def launch(program: Program, folder: Path) -> subprocess.Popen[bytes]:
    """Start the exchange in a session of its own; ready() says when it answers."""
    with (folder / "log" / "console").open("wb") as console:
        return subprocess.Popen(
            [*_command(program, folder), "-f"],
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=subprocess.STDOUT,
            cwd=folder,
            start_new_session=True,
        )


def ask(program: Program, folder: Path, command: str) -> str:
    """What the exchange's console answers to a command. Raises ServiceError when it does not."""
    answer = subprocess.run(
        [*_command(program, folder), "-rx", command],
        capture_output=True, text=True, errors="replace", check=False, timeout=START_S,
        env={**os.environ, "TERM": "dumb"},
    )  # fmt: skip
    if answer.returncode:
        raise ServiceError(f"The exchange in {folder} does not answer: {answer.stdout.strip()}")
    return answer.stdout


def wait_until_ready(program: Program, folder: Path, process: subprocess.Popen[bytes]) -> None:
    """Raises ServiceError, with what it said, when it ends or is not up in time."""
    limit = time.monotonic() + START_S
    while process.poll() is None and time.monotonic() < limit:
        if (run_folder(folder) / "asterisk.ctl").exists():
            try:
                ask(program, folder, "core waitfullybooted")
            except ServiceError:
                pass  # the socket is there before anyone listens
            else:
                return
        time.sleep(0.05)
    said = (folder / "log" / "console").read_text(encoding="utf-8", errors="replace")
    raise ServiceError(f"The exchange does not start:\n{said[-2000:]}")


def running_pid(folder: Path) -> int | None:
    """The process of this folder's exchange, None when there is none."""
    try:
        pid = int((run_folder(folder) / "asterisk.pid").read_text(encoding="ascii"))
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError):
        return None
    return pid if str(_conf(folder)).encode() in words else None


def stop(folder: Path) -> bool:
    """End this folder's exchange and wait for it; False when there was none."""
    pid = running_pid(folder)
    if pid is None:
        return False
    os.kill(pid, signal.SIGTERM)
    limit = time.monotonic() + STOP_S
    while running_pid(folder) == pid:
        if time.monotonic() > limit:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)
    return True


def _command(program: Program, folder: Path) -> tuple[str, ...]:
    return (*program.command, "-C", str(_conf(folder)))


def _conf(folder: Path) -> Path:
    return folder / "etc" / "asterisk.conf"
