"""Many calls in a row through the hotline's queue with two desks on duty.

A real exchange, a real server, a real sound server, two whole desks; citizens (baresip) call 12366,
pass the menu, wait in the queue, are answered by key, hang up or are hung up on, and the summary is
saved. After every call the memory of its own (anonymous pages) and the open handles of each desk
and engine are taken; told are the first and the last tenth, after the first calls warmed everything
up: the median of the memory, the least of the rest, because after a caller has hung up a tone says
so, and the speaker is open still.
"""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.process_tree import usage
from bench.sheet import BenchError, Findings, Options, note, run
from tests.contract.centre import PASSWORD
from tests.exchange.asterisk import Agent, Exchange, exchange
from tests.exchange.baresip import Baresip, citizen
from tests.sip.sound_server import sound_server

CALLS, QUICK_CALLS = 300, 6
QUEUE, KEYS = "7003", "3"
LIMIT_S = 90.0
PATIENCE_S = 6.0
TELL_EVERY = 25
ON_A_SCREEN = (sys.executable, "-m", "installer.screen", "--private", "--no-vnc", "--")
"""A screen for each desk: keys go to the window that has the keyboard, and each has it here."""
Sample = dict[str, float]


@dataclass(slots=True)
class Desk:
    """One desk's process, and what it used after each of its calls."""

    child: subprocess.Popen[str]
    pid: int = 0
    engine_pid: int = 0
    samples: list[Sample] = field(default_factory=list)
    calls: int = 0

    def hear(self) -> dict[str, Any]:
        assert self.child.stdout is not None
        line = self.child.stdout.readline()
        if not line:
            raise BenchError(f"a desk ended with {self.child.wait()}")
        said: dict[str, Any] = json.loads(line)
        return said

    def sample(self) -> None:
        found: Sample = {}
        for name, pid in (("desk", self.pid), ("engine", self.engine_pid)):
            found[f"{name}_mib"] = round(usage(pid).own_mib, 2)
            found[f"{name}_handles"] = len(list(Path(f"/proc/{pid}/fd").iterdir()))
            found[f"{name}_threads"] = len(list(Path(f"/proc/{pid}/task").iterdir()))
        self.samples.append(found)

    def follow(self) -> None:
        """Read what the desk says until it ends, taking a sample after each call."""
        assert self.child.stdout is not None
        for line in self.child.stdout:
            if json.loads(line)["answered"]:
                self.calls += 1
                self.sample()

    def end(self) -> int:
        assert self.child.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self.child.stdin.write("end\n")
            self.child.stdin.close()
        return self.child.wait(LIMIT_S)


def measure(options: Options) -> Findings:
    calls = QUICK_CALLS if options.quick else CALLS
    with tempfile.TemporaryDirectory(prefix="zuoxi-soak-") as name, exchange() as centre:
        folder = Path(name)
        (folder / "sound").mkdir()
        with (
            _server(folder) as url,
            sound_server(folder / "sound", shared_memory=True) as sound,
        ):
            heard = {**os.environ, "PULSE_SERVER": sound.server}
            desks = [_desk(folder, centre, url, number, heard) for number in (1, 2)]
            agents = [agent for _, agent in desks]
            running = [desk for desk, _ in desks]
            try:
                with centre.serving(QUEUE, *agents):
                    took_s, codes = _call_all(folder, centre, running, calls)
            finally:
                for desk in running:
                    desk.child.kill()
            complaints = [(folder / f"desk-{n}.log").read_text("utf-8") for n in (1, 2)]
    results = _results(running, calls, codes, took_s, complaints)
    return Findings(results, _lines(results))


@contextlib.contextmanager
def _server(folder: Path) -> Iterator[str]:
    data = folder / "server"
    data.mkdir()
    command = [
        sys.executable, "-m", "server", "serve", "--data", str(data), "--sample", "200",
        "--port", "0", "--exit-with-stdin",
    ]  # fmt: skip
    with (folder / "server.log").open("wb") as log:
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                 stderr=log, text=True)  # fmt: skip
        try:
            assert child.stdout is not None
            yield _address(child.stdout.readline())
        finally:
            child.terminate()
            child.wait(LIMIT_S)


def _address(line: str) -> str:
    try:
        found: str = json.loads(line)["listening"]
    except (ValueError, KeyError) as error:
        raise BenchError(f"the server said {line!r}") from error
    return found


def _desk(
    folder: Path, centre: Exchange, url: str, number: int, environment: dict[str, str]
) -> tuple[Desk, Agent]:
    agent = centre.agent()
    root = folder / f"profile-{number}"
    command = [
        *ON_A_SCREEN, sys.executable, "-m", "bench.soak_desk", str(root), "--url", url,
        "--login", str(1000 + number), "--password", PASSWORD, "--extension", agent.user,
        "--registrar", centre.host(), "--sip-password", agent.password,
    ]  # fmt: skip
    with (folder / f"desk-{number}.log").open("wb") as log:
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                 stderr=log, text=True, env=environment)  # fmt: skip
    desk = Desk(child)
    try:
        said = desk.hear()
        desk.pid, desk.engine_pid = said["pid"], said["engine_pid"]
    except BenchError as error:
        log_text = (folder / f"desk-{number}.log").read_text("utf-8")[-1500:]
        raise BenchError(f"{error}: {log_text}") from error
    return desk, agent


def _call_all(
    folder: Path, centre: Exchange, desks: list[Desk], calls: int
) -> tuple[float, list[int]]:
    """Two citizens call until ``calls`` were made; seconds it took, the desks' exit codes."""
    began = time.monotonic()
    with ThreadPoolExecutor(2 * len(desks)) as pool:
        followers = [pool.submit(desk.follow) for desk in desks]
        lanes = [
            pool.submit(_lane, folder / f"citizen-{n}", centre, f"1380013800{n}", calls // 2)
            for n in range(len(desks))
        ]
        for lane in lanes:
            lane.result()
        took_s = time.monotonic() - began
        codes = [desk.end() for desk in desks]
        for follower in followers:
            follower.result()
    return took_s, codes


def _lane(folder: Path, centre: Exchange, number: str, calls: int) -> None:
    with citizen(folder, centre, number=number) as phone:
        for call in range(1, calls + 1):
            _one_call(phone, centre)
            if call % TELL_EVERY == 0:
                note(f"soak: {number} has made {call} of {calls} calls")


def _one_call(phone: Baresip, centre: Exchange) -> None:
    """Through the menu to an agent; whoever hangs up first."""
    phone.call(centre.uri("12366"))
    phone.press(KEYS)
    try:
        phone.wait("CALL_CLOSED", limit_s=PATIENCE_S)
    except AssertionError:  # the agent leaves every other call to the caller to end
        phone.hang_up()
        phone.wait("CALL_CLOSED")


def _results(
    desks: list[Desk], calls: int, codes: list[int], took_s: float, complaints: list[str]
) -> dict[str, Any]:
    return {
        "calls": calls,
        "answered": sum(desk.calls for desk in desks),
        "exit_codes": codes,
        "took_s": round(took_s, 1),
        "complaints": [text[-500:] for text in complaints],
        "desks": [_growth(desk.samples) for desk in desks],
    }


def _growth(samples: list[Sample]) -> dict[str, Any]:
    """Of the first and of the last tenth, leaving out the first calls of all."""
    warm = samples[min(len(samples) // 5, 20) :]
    tenth = max(1, len(warm) // 10)
    found: dict[str, Any] = {"calls": len(samples)}
    for name in warm[0] if warm else ():
        of = statistics.median if name.endswith("_mib") else min
        first = of(one[name] for one in warm[:tenth])
        last = of(one[name] for one in warm[-tenth:])
        found[name] = {"first": first, "last": last, "growth": round(last - first, 2)}
    return found


def _lines(results: dict[str, Any]) -> list[str]:
    rows = [
        f"Soak: {results['answered']} of {results['calls']} calls answered and saved in "
        f"{results['took_s']} s; the desks ended with {results['exit_codes']}",
    ]
    for number, desk in enumerate(results["desks"], 1):
        for name, one in desk.items():
            if isinstance(one, dict):
                rows.append(
                    f"  desk {number} {name:<16} {one['first']:>8} → {one['last']:>8}  "
                    f"({one['growth']:+})"
                )
    return rows


if __name__ == "__main__":
    run("soak", __doc__, measure)
