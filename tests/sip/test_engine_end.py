"""The engine never outlives its desk, and never leaves a caller in a dead call."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sip.codec import decode_event, encode
from sip.messages import (
    Account,
    CallEnded,
    CommandRefused,
    Configure,
    EngineReady,
    Event,
    IncomingCall,
    MakeCall,
    Ping,
    Pong,
    ShutDown,
    SoundSettings,
)
from tests.sip.seat import LIMIT_S, Seat, running

pytestmark = pytest.mark.processes
ROOT = Path(__file__).parents[2]


class BareEngine:
    """An engine without a client: its pipes in the test's own hands."""

    def __init__(self) -> None:
        self.child = subprocess.Popen(
            [sys.executable, "-m", "sip.engine"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
        )
        assert self.child.stdin is not None
        assert self.child.stdout is not None
        self.stdin, self.stdout = self.child.stdin, self.child.stdout

    def write(self, *lines: bytes) -> None:
        for line in lines:
            self.stdin.write(line)
        self.stdin.flush()

    def read(self) -> Event:
        return decode_event(self.stdout.readline())

    def end(self) -> int:
        """Close the pipes and return the exit code."""
        try:
            self.stdin.close()
            return self.child.wait(LIMIT_S)
        finally:
            self.child.kill()
            self.child.wait()
            self.stdout.close()


CONFIGURE = encode(Configure(1, Account("1001"), sound=SoundSettings(backend="null")))


def test_a_closed_pipe_ends_the_engine_and_tells_the_caller() -> None:
    async def play() -> None:
        caller = Seat("2001")
        async with running(caller):
            engine = BareEngine()
            engine.write(CONFIGURE)
            ready = engine.read()
            assert isinstance(ready, EngineReady)
            uri = f"sip:1001@127.0.0.1:{ready.ports[0][1]}"
            caller.client.send(MakeCall(caller.client.new_line(), uri))
            rings = await asyncio.to_thread(engine.read)
            assert isinstance(rings, IncomingCall)
            assert await asyncio.to_thread(engine.end) == 0
            assert (await caller.next(CallEnded)).status >= 400

    asyncio.run(play())


def test_asked_to_shut_down_it_exits_with_code_0() -> None:
    engine = BareEngine()
    engine.write(CONFIGURE)
    assert isinstance(engine.read(), EngineReady)
    engine.write(encode(ShutDown()))
    assert engine.child.wait(LIMIT_S) == 0
    assert engine.end() == 0


def test_an_engine_whose_exchange_is_silent_exits_with_code_0() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as exchange:
        exchange.bind(("127.0.0.1", 0))
        exchange.settimeout(LIMIT_S)
        engine = BareEngine()
        registrar = f"127.0.0.1:{exchange.getsockname()[1]}"
        account = Account("1001", registrar=registrar)
        engine.write(encode(Configure(1, account, sound=SoundSettings(backend="null"))))
        while not exchange.recv(65_535).startswith(b"OPTIONS "):
            """Nobody answers."""
        engine.write(encode(ShutDown()))
        assert engine.child.wait(LIMIT_S) == 0
        assert engine.end() == 0


def test_a_desk_killed_during_a_call_takes_the_engine_with_it_and_the_caller_hears_it() -> None:
    async def play() -> None:
        caller = Seat("2001")
        async with running(caller):
            desk = _start_desk()
            assert desk.stdout is not None
            with desk.stdout as said:
                facts = json.loads(await asyncio.to_thread(said.readline))
                caller.client.send(MakeCall(caller.client.new_line(), facts["uri"]))
                assert json.loads(await asyncio.to_thread(said.readline)) == {"talking": True}
                desk.kill()
                desk.wait()
            assert (await caller.next(CallEnded)).status == 200
            await asyncio.to_thread(_await_end, facts["pid"])

    asyncio.run(play())


def _start_desk() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.sip.desk_process"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)


def _await_end(pid: int) -> None:
    limit = time.monotonic() + LIMIT_S
    while _lives(pid):
        assert time.monotonic() < limit, "the engine outlived its desk"
        time.sleep(0.01)


def _lives(pid: int) -> bool:
    """Whether ``pid`` runs; an orphan that nobody reaps counts as ended."""
    try:
        return " Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2][:2]
    except FileNotFoundError:
        return False


def test_garbage_on_the_command_pipe_is_refused_and_the_engine_goes_on() -> None:
    engine = BareEngine()
    engine.write(CONFIGURE)
    assert isinstance(engine.read(), EngineReady)
    engine.write(b"\xff\x00garbage\n", b'{"is":"Answer","with":{}}\n', encode(Ping(7)))
    refused = [engine.read(), engine.read()]
    assert all(isinstance(event, CommandRefused) for event in refused)
    assert engine.read() == Pong(7)
    assert engine.end() == 0


def test_what_cannot_be_configured_ends_with_a_reason() -> None:
    engine = BareEngine()
    wish = Configure(1, Account('10"01\r\n', registrar="sip:x y"))
    engine.write(encode(wish))
    refused = engine.read()
    assert isinstance(refused, CommandRefused)
    assert refused.command == "Configure"
    assert engine.child.wait(LIMIT_S) == 3
    engine.end()


def test_a_first_command_that_is_not_configure_is_refused() -> None:
    engine = BareEngine()
    engine.write(encode(Ping(1)))
    refused = engine.read()
    assert isinstance(refused, CommandRefused)
    assert refused.command == "Ping"
    assert engine.child.wait(LIMIT_S) == 3
    engine.end()


def test_c_code_that_prints_does_not_reach_the_protocol() -> None:
    engine = BareEngine()
    engine.write(CONFIGURE)
    first = engine.stdout.readline()
    assert isinstance(decode_event(first), EngineReady)
    # The event pipe is a private descriptor; fd 1 of the engine is its stderr.
    link = f"/proc/{engine.child.pid}/fd"
    assert Path(f"{link}/1").readlink() == Path(f"{link}/2").readlink()
    assert engine.end() == 0
