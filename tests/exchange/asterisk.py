"""A private exchange for tests: real Asterisk, our own configuration, free ports on loopback.

It starts in half a second; a session shares one, and each test takes agents of its own.
"""

from __future__ import annotations

import contextlib
import csv
import itertools
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from installer.exchange import service
from installer.exchange.plan import AGENTS, Plan, Ports
from installer.exchange.program import Program, find_program
from installer.exchange.render import render
from sip.messages import Account, Transport
from tests.exchange.manager import ManagerInterface
from tests.exchange.ports import free_port, sound_ports

LIMIT_S = 20.0
LINES_TOLD = 150
PLAIN = AGENTS[:60]
"""Agents who speak without SRTP; the others speak only with it."""


@dataclass(frozen=True, slots=True)
class Agent:
    user: str
    password: str


class Exchange:
    """One running Asterisk. ``folder`` holds everything of it, ``recordings`` among it."""

    def __init__(self, program: Program, plan: Plan) -> None:
        self.plan = plan
        self.address = plan.address
        self.ports = plan.ports
        self.folder = plan.folder
        self.ca_file = plan.folder / "tls" / "ca.pem"
        self.recordings = plan.folder / "recordings"
        self._program = program
        self._process: subprocess.Popen[bytes] | None = None
        self._guard: subprocess.Popen[bytes] | None = None
        render(plan, program)
        with (plan.folder / "passwords.csv").open(encoding="ascii", newline="") as rows:
            self.passwords = {row["user"]: row["password"] for row in csv.DictReader(rows)}
        self._free = {False: itertools.cycle(PLAIN), True: itertools.cycle(AGENTS[len(PLAIN) :])}

    # --- who and where -----------------------------------------------------------------------

    def agent(self, *, encrypted: bool = False) -> Agent:
        """An extension that no test used lately: no registration or call of another is on it."""
        user = next(self._free[encrypted])
        return Agent(user, self.passwords[user])

    def host(self, transport: Transport = Transport.UDP) -> str:
        """HOST:PORT of the exchange."""
        ports = {
            Transport.UDP: self.ports.udp,
            Transport.TCP: self.ports.tcp,
            Transport.TLS: self.ports.tls,
        }
        return f"{self.address}:{ports[transport]}"

    def uri(self, number: str, transport: Transport = Transport.UDP) -> str:
        """What an engine dials to reach ``number``."""
        kind = "" if transport is Transport.UDP else f";transport={transport.value}"
        return f"sip:{number}@{self.host(transport)}{kind}"

    def account(self, agent: Agent, transport: Transport = Transport.UDP) -> Account:
        """What the engine's Configure takes to be that agent."""
        return Account(
            user=agent.user,
            domain=self.address,
            registrar=self.host(transport),
            password=agent.password,
            ca_file=str(self.ca_file) if transport is Transport.TLS else "",
        )

    # --- its life ----------------------------------------------------------------------------

    def start(self) -> None:
        assert self._process is None
        self._process = service.launch(self._program, self.folder)
        # Killed tests must not leave it behind: it goes when the pipe to this process closes.
        self._guard = subprocess.Popen(
            ["sh", "-c", 'read -r _; kill -KILL "$0"; rm -rf "$1"',
             str(self._process.pid), str(self.folder)],
            stdin=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        service.wait_until_ready(self._program, self.folder, self._process)
        self.console("logger add channel calls verbose(3),dtmf,notice,warning,error")

    def stop(self) -> None:
        """End it in order."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it without a word to anyone."""
        self._end(signal.SIGKILL)

    def restart(self, *, forget: bool = False) -> None:
        """Kill it if it runs and start it again; ``forget`` who was registered.

        Killed, it may have forgotten who registered in its last second.
        """
        self.kill()
        if forget:
            (self.folder / "lib" / "astdb.sqlite3").unlink(missing_ok=True)
        self.start()

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """It answers nothing for a while, and then goes on as if nothing had been."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self._process.pid, signal.SIGCONT)

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        if self._guard is not None:
            self._guard.kill()
            self._guard.communicate()
        self._process.send_signal(how)
        try:
            self._process.wait(LIMIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    # --- what it does ------------------------------------------------------------------------

    def console(self, command: str) -> str:
        """What ``asterisk -rx`` says."""
        return service.ask(self._program, self.folder, command)

    def manager(self) -> ManagerInterface:
        """A new connection, from which events can be awaited from now on."""
        return ManagerInterface(self.ports.manager, self.passwords["manager"])

    def await_registered(self, agent: Agent) -> None:
        """Wait until some phone is registered as ``agent``."""
        self.await_console("pjsip show contacts", lambda said: f" {agent.user}/sip:" in said)

    def await_talking(self, agent: Agent) -> None:
        """Wait until a call that ``agent`` answered is connected here as well.

        Asterisk refuses to transfer one that is answered and not connected yet (400).
        """
        connected = re.compile(rf"^PJSIP/{agent.user}-(?:[^!]*!){{12}}[^!]+!", re.MULTILINE)
        self.await_console(
            "core show channels concise", lambda said: connected.search(said) is not None
        )

    def await_console(self, command: str, when: Callable[[str], bool]) -> str:
        """Ask until the answer is right; fails with the last one."""
        limit = time.monotonic() + LIMIT_S
        while not when(said := self.console(command)):
            assert time.monotonic() < limit, said
            time.sleep(0.1)
        return said

    @contextlib.contextmanager
    def serving(self, queue: str, *agents: Agent) -> Iterator[None]:
        """``agents`` serve ``queue`` (7001 …) meanwhile, and nobody else."""
        for agent in agents:
            self.console(f"queue add member PJSIP/{agent.user} to {queue}")
        try:
            yield
        finally:
            for agent in agents:
                self.console(f"queue remove member PJSIP/{agent.user} from {queue}")

    def lead_numbers_to(self, target: str) -> None:
        """Calls to numbers of the public network go to ``target``, HOST:PORT; "" for none."""
        self.console(f'dialplan set global TRUNK "{target}"')

    @contextlib.contextmanager
    def changed(self, **values: str) -> Iterator[None]:
        """Other values of the dialplan's globals meanwhile: changed(RING_TRANSFER="2")."""
        listed = self.console("dialplan show globals")
        before = {name: re.findall(rf"{name}=(\S*)", listed)[0] for name in values}
        for name, value in values.items():
            self.console(f"dialplan set global {name} {value}")
        try:
            yield
        finally:
            for name, value in before.items():
                self.console(f"dialplan set global {name} {value}")

    def recordings_of(self, call_id: str) -> list[Path]:
        """The files in which a call was recorded, the oldest first."""
        return sorted(self.recordings.glob(f"*/{call_id}_*.wav"), key=lambda f: f.stat().st_mtime)

    def account_of_itself(self) -> str:
        """For the report of a test that failed: who is there, who talks, and what was done last."""
        asked = ("core show channels concise", "queue show", "pjsip show contacts")
        told = [f"{command}\n{self.console(command)}" for command in asked]
        done = (self.folder / "log" / "calls").read_text(encoding="utf-8", errors="replace")
        return "\n".join([*told, *done.splitlines()[-LINES_TOLD:]])

    def complaints(self) -> list[str]:
        """Warnings and errors in its log so far."""
        log = self.folder / "log" / "messages"
        text = log.read_text(encoding="utf-8", errors="replace")
        return [line for line in text.splitlines() if "WARNING[" in line or "ERROR[" in line]


@contextlib.contextmanager
def exchange(plan: Callable[[Plan], Plan] = lambda plan: plan) -> Iterator[Exchange]:
    """A running exchange of one's own; ``plan`` may change what is rendered."""
    folder = Path(tempfile.mkdtemp(prefix="zuoxi-exchange-"))  # short: sockets' paths are
    running = None
    try:
        running = Exchange(
            find_program(),
            plan(Plan(folder=folder, ports=free_ports(), plain=frozenset(PLAIN))),
        )
        running.start()
        yield running
    finally:
        if running is not None:
            running.kill()  # in order it would wait for calls that a failed test left behind
        shutil.rmtree(folder, ignore_errors=True)


def free_ports() -> Ports:
    """Ports that nobody listens on now."""
    sip = free_port(socket.SOCK_DGRAM, socket.SOCK_STREAM)
    tls, manager = free_port(socket.SOCK_STREAM), free_port(socket.SOCK_STREAM)
    first, last = sound_ports()
    return Ports(udp=sip, tcp=sip, tls=tls, manager=manager, rtp_first=first, rtp_last=last)
