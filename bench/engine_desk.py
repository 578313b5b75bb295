"""The engine seen from a desk's event loop: start, one command and back, the cost of a call (②).

Prints one JSON object.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication

from agent_app.runtime.loop import leave, run_desk
from bench.process_tree import processor_s
from bench.sheet import BenchError
from sip import messages as m
from sip.client import EngineClient

E = TypeVar("E", bound=object)
LIMIT_S = 15.0
UNKNOWN_LINE = m.LineId("0-o0")


class Seat:
    """One engine and a way to wait for what it says."""

    def __init__(self, user: str) -> None:
        self._wanted: type[object] | None = None
        self._heard: asyncio.Future[Any] | None = None
        self.client = EngineClient(
            account=m.Account(user=user),
            sound=m.SoundSettings(backend="null"),
            on_event=self._on_event,
            ring_tone=False,
        )

    @property
    def pid(self) -> int:
        assert self.client.engine is not None, "it is not ready"
        return self.client.engine.pid

    async def after(self, act: Callable[[], None], kind: type[E]) -> E:
        """Do ``act`` and return the next event of this kind. Raises BenchError."""
        self._wanted = kind
        self._heard = asyncio.get_running_loop().create_future()
        act()
        try:
            heard: E = await asyncio.wait_for(self._heard, LIMIT_S)
        except TimeoutError:
            raise BenchError(f"the engine did not say {kind.__name__}") from None
        return heard

    def _on_event(self, event: m.Event) -> None:
        if self._wanted is not None and isinstance(event, self._wanted) and self._heard is not None:
            self._wanted = None
            if not self._heard.done():
                self._heard.set_result(event)


async def start_ms() -> float:
    seat = Seat("1001")
    began = time.monotonic_ns()
    await seat.client.start()
    taken = (time.monotonic_ns() - began) / 1e6
    if not seat.client.ready:
        raise BenchError("the engine did not come up")
    await seat.client.stop()
    return taken


async def round_trips(seat: Seat, count: int) -> list[float]:
    """Milliseconds for a command that changes nothing and its answer, through both pipes."""
    command = m.RequestStatistics(UNKNOWN_LINE)
    chance = random.Random(count)
    taken = []
    for _ in range(count):
        began = time.monotonic_ns()
        await seat.after(lambda: seat.client.send(command), m.CommandRefused)
        taken.append((time.monotonic_ns() - began) / 1e6)
        await asyncio.sleep(chance.uniform(0, 0.025))  # in step with no timer of the engine
    return taken


def pipe_round_trips(count: int) -> list[float]:
    """The floor: a line of the same length to ``cat`` and back, without threads or a loop."""
    line = b"x" * 80 + b"\n"
    taken = []
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as cat:
        assert cat.stdin is not None
        assert cat.stdout is not None
        for _ in range(count):
            began = time.monotonic_ns()
            cat.stdin.write(line)
            cat.stdout.read(len(line))
            taken.append((time.monotonic_ns() - began) / 1e6)
        cat.stdin.close()
    return taken


async def call_cost(desk: Seat, caller: Seat, lasts_s: float) -> dict[str, Any]:
    """Percent of one processor that the called engine takes: before, and while the call is up."""
    idle = await _percent(desk.pid, lasts_s)
    line = caller.client.new_line()
    call = m.MakeCall(line, desk.client.local_uri)
    rang = await desk.after(lambda: caller.client.send(call), m.IncomingCall)
    answered = m.Answer(rang.line)
    up = await desk.after(lambda: desk.client.send(answered), m.CallAnswered)
    talking = await _percent(desk.pid, lasts_s)
    await desk.after(lambda: caller.client.send(m.HangUp(line)), m.CallEnded)
    return {"idle": idle, "in_call": talking, "codec": up.codec}


async def peer_cost(caller: Seat, uri: str, pid: int, lasts_s: float) -> dict[str, Any]:
    """The same for another program that answers by itself."""
    idle = await _percent(pid, lasts_s)
    line = caller.client.new_line()
    call = m.MakeCall(line, uri)
    up = await caller.after(lambda: caller.client.send(call), m.CallAnswered)
    talking = await _percent(pid, lasts_s)
    await caller.after(lambda: caller.client.send(m.HangUp(line)), m.CallEnded)
    return {"idle": idle, "in_call": talking, "codec": up.codec}


async def _percent(pid: int, lasts_s: float) -> float:
    await asyncio.sleep(min(1.0, lasts_s))  # what the change itself cost
    before, began = processor_s(pid), time.monotonic()
    await asyncio.sleep(lasts_s)
    return round(100 * (processor_s(pid) - before) / (time.monotonic() - began), 2)


async def measure(given: argparse.Namespace) -> dict[str, Any]:
    starts = [await start_ms() for _ in range(given.starts)]
    desk, caller = Seat("1001"), Seat("2001")
    await desk.client.start()
    await caller.client.start()
    found = {
        "starts": starts,
        "trips": await round_trips(desk, given.trips),
        "pipe": pipe_round_trips(given.trips),
        "call": await call_cost(desk, caller, given.call_s),
    }
    if given.peer_uri:
        found["peer"] = await peer_cost(caller, given.peer_uri, given.peer_pid, given.call_s)
    await caller.client.stop()
    await desk.client.stop()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=10)
    parser.add_argument("--trips", type=int, default=1_000)
    parser.add_argument("--call-s", type=float, default=10.0)
    parser.add_argument("--peer-uri", default="", help="another program that answers calls")
    parser.add_argument("--peer-pid", type=int, default=0)
    given = parser.parse_args()

    async def work(_stop: asyncio.Event) -> int:
        sys.stdout.write(json.dumps(await measure(given)) + "\n")
        return 0

    leave(run_desk(QCoreApplication(["bench"]), work))


if __name__ == "__main__":
    main()
