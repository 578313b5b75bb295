"""Runs SIPp, the SIP test tool of Debian's sip-tester, against an engine (tests only).

A scenario is an XML file in ``scenarios`` that says, message by message, what SIPp sends and what
it insists on receiving; its exit code is the verdict. Each run has a folder and ports of its own,
is bounded in time, and shows what went over the wire when it failed.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import random
import re
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path

from tests.sip.seat import Seat
from tests.sipp.fragments import filled

SCENARIOS = Path(__file__).parent / "scenarios"
LIMIT_S = 25
_LOG_TAIL = 3_000
_runs = itertools.count(1)
_anywhere = random.SystemRandom()  # the suite seeds the other one alike in every process


class Sipp:
    """One SIPp process at work. ``uri`` is where it can be called."""

    def __init__(self, process: asyncio.subprocess.Process, folder: Path, port: int) -> None:
        self._process = process
        self._folder = folder
        self.port = port
        self.uri = f"sip:2001@127.0.0.1:{port}"

    async def finished(self) -> None:
        """Wait for the end of the scenario; fails unless every message was as it says."""
        try:
            code = await asyncio.wait_for(self._process.wait(), LIMIT_S)
        except TimeoutError:
            code = -1
        assert code == 0, f"SIPp ended with {code}"

    def received(self, first_line: str) -> int:
        """Return how many messages that begin with ``first_line`` came, repetitions too."""
        log = (self._folder / "messages").read_text(errors="replace")
        return len(re.findall(rf"^UDP message received .*\n\n{re.escape(first_line)}", log, re.M))

    def log(self) -> str:
        """Return what SIPp did not expect, and the last messages of the wire."""
        logs = [self._folder / name for name in ("errors", "messages")]
        return "\n".join(
            log.read_text(errors="replace")[-_LOG_TAIL:] for log in logs if log.exists()
        )

    def await_listening(self) -> None:
        """Wait until SIPp has bound its port (or has ended: ``finished`` tells why)."""
        limit = time.monotonic() + LIMIT_S
        while _lives(self._process.pid) and not _is_bound(self.port):
            assert time.monotonic() < limit, "SIPp does not listen"
            time.sleep(0.005)

    async def end(self) -> None:
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()


@contextlib.asynccontextmanager
async def sipp(scenario: str, folder: Path, *, target: int = 9, **keys: str) -> AsyncIterator[Sipp]:
    """Run ``scenario`` against UDP port ``target`` of loopback, to its end: it must succeed.

    ``keys`` fill ``{{name}}`` in it.
    """
    home = folder / f"{scenario}-{next(_runs)}"
    home.mkdir()
    text = filled((SCENARIOS / f"{scenario}.xml").read_text(encoding="ascii"), **keys)
    (home / "scenario.xml").write_text(text, encoding="ascii")
    port = _free_port()
    command = [
        "sipp", f"127.0.0.1:{target}", "-sf", "scenario.xml", "-m", "1", "-l", "1",
        "-i", "127.0.0.1", "-mi", "127.0.0.1", "-bind_local",
        "-p", str(port), "-mp", str(port + 2), "-nd", "-nostdin",
        "-timeout", str(LIMIT_S - 5), "-timeout_error", "-recv_timeout", "15000",
        "-trace_err", "-error_file", "errors", "-trace_msg", "-message_file", "messages",
    ]  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=home,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    run = Sipp(process, home, port)
    try:
        await asyncio.to_thread(run.await_listening)
        yield run
        await run.finished()
    except AssertionError as problem:
        problem.add_note(f"SIPp's scenario: {scenario}\n{run.log()}")
        raise
    finally:
        await run.end()


def udp_port(seat: Seat) -> int:
    """Return the port at which ``seat``'s engine listens."""
    assert seat.client.engine is not None
    return dict(seat.client.engine.ports)["udp"]


def _free_port() -> int:
    """Return a port that is free like those behind it: SIPp takes up to six, from this one on.

    Below the ports that the system gives away by itself, which somebody may get in between.
    """
    while True:
        port = _anywhere.randrange(20_000, 32_000, 8)
        if all(map(_is_free, range(port, port + 8))):
            return port


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _is_bound(port: int) -> bool:
    """Looked up, not tried: who tries has it for a moment, which is when SIPp may want it."""
    bound = Path("/proc/net/udp").read_text(encoding="ascii")
    return f":{port:04X} 00000000:0000" in bound


def _lives(pid: int) -> bool:
    try:
        return " Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2][:2]
    except FileNotFoundError:
        return False
