"""Starts the engine, watches it, brings it back (steps ① and ②).

The desk holds one EngineClient. The window outlives its engine: one that dies or no longer answers
is ended, reported as EngineLost and started again with a pause that grows. Each start is an
incarnation with a number, and nothing an earlier one said is passed on after its EngineLost.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sip.messages import (
    Account,
    Command,
    CommandRefused,
    Configure,
    EngineLost,
    EngineReady,
    Event,
    HeaderNames,
    LineId,
    Ping,
    ShutDown,
    SoundSettings,
    Transport,
    UseSound,
)
from sip.process import EngineProcess, engine_command
from sip.text import sip_uri

LOOKS_PER_PING = 4
"""An engine that speaks by itself, as in a call, is asked so much less often whether it obeys."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the client waits for what. A silent engine is ended at the second look."""

    ping_every_s: float = 1.0
    silent_s: float = 0.9
    start_s: float = 10.0
    stop_s: float = 2.5
    retry_s: tuple[float, ...] = (0.2, 1.0, 3.0, 10.0)
    healthy_s: float = 10.0


class EngineClient:
    """One seat's engine. Everything belongs to the loop in which ``start`` was awaited.

    ``on_event`` gets every event in order, in the loop, never inside one of the methods here.
    EngineLost ends all lines of its incarnation: no CallEnded is made up for them.
    """

    def __init__(  # noqa: PLR0913 - what Configure holds, and three seams
        self,
        *,
        account: Account,
        sound: SoundSettings,
        on_event: Callable[[Event], None],
        bind_address: str = "127.0.0.1",
        port: int = 0,
        transports: tuple[Transport, ...] = (Transport.UDP,),
        headers: HeaderNames = HeaderNames(),  # noqa: B008 - frozen
        exchange: tuple[str, ...] = (),
        ring_tone: bool = True,
        call_tones: bool = True,
        command: Sequence[str] | None = None,
        patience: Patience = Patience(),
    ) -> None:
        self._wish = Configure(
            incarnation=0,
            account=account,
            bind_address=bind_address,
            port=port,
            transports=transports,
            sound=sound,
            headers=headers,
            exchange=exchange,
            ring_tone=ring_tone,
            call_tones=call_tones,
        )
        self._on_event = on_event
        self._command = tuple(command) if command is not None else engine_command()
        self._patience = patience
        self._incarnation = 0
        self._lines = 0
        self._port = port
        self._process: EngineProcess | None = None
        self._ready: EngineReady | None = None
        self._refusal = ""
        self._failures = 0
        self._suspected = False
        self._unasked = 0
        self._stopping = False
        self._launched_at = self._ready_at = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._settled: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    # --- for the desk ----------------------------------------------------------------------------

    @property
    def incarnation(self) -> int:
        """The number of the engine that runs or is being started; 0 before the first."""
        return self._incarnation

    @property
    def ready(self) -> bool:
        return self._ready is not None

    @property
    def engine(self) -> EngineReady | None:
        """What the running engine said of itself, None while there is none."""
        return self._ready

    @property
    def local_uri(self) -> str:
        """Where this engine can be called directly, over its first transport; "" without one."""
        if self._ready is None:
            return ""
        name, port = self._ready.ports[0]
        suffix = "" if name == Transport.UDP else f";transport={name}"
        return sip_uri(self._wish.account.user, f"{self._ready.address}:{port}{suffix}")

    def new_line(self) -> LineId:
        """Return a name for an outgoing call of the running engine, never used before."""
        self._lines += 1
        return LineId(f"{self._incarnation}-o{self._lines}")

    def send(self, command: Command) -> None:
        """Hand ``command`` to the engine; never waits. Without one it comes back CommandRefused.

        UseSound holds for the engines that follow, too.
        """
        if isinstance(command, UseSound):
            self._wish = replace(self._wish, sound=command.sound)
        if self._process is not None and self._ready is not None:
            self._process.send(command)
            return
        line = getattr(command, "line", None)
        refusal = CommandRefused(type(command).__name__, line, "the engine is not ready")
        self._the_loop().call_soon(self._on_event, refusal)

    async def start(self) -> None:
        """Start the engine and return when it is ready or was lost for the first time."""
        if self._process is not None or self._timer is not None:
            raise RuntimeError("the engine was started already")
        self._stopping = False
        self._loop = asyncio.get_running_loop()
        self._settled = asyncio.Event()
        self._launch()
        await self._settled.wait()

    async def stop(self) -> None:
        """End the engine: politely, then at once. Ends in EngineLost with no retry, if one ran."""
        self._stopping = True
        self._cancel_timer()
        process = self._process
        if process is None:
            return
        self._settled = asyncio.Event()
        process.send(ShutDown())
        process.close_pipe()
        try:
            await asyncio.wait_for(self._settled.wait(), self._patience.stop_s)
        except TimeoutError:
            self._lose("the engine did not end by itself")

    # --- one incarnation -------------------------------------------------------------------------

    def _the_loop(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            raise RuntimeError("the engine was not started")
        return self._loop

    def _launch(self) -> None:
        loop = self._the_loop()
        self._incarnation += 1
        number = self._incarnation
        self._refusal, self._suspected, self._unasked = "", False, 0
        self._launched_at = time.monotonic()

        def hear(event: Event) -> None:
            _post(loop, self._hear, number, event)

        def gone(reason: str) -> None:
            _post(loop, self._gone, number, reason)

        self._process = EngineProcess(self._command, on_event=hear, on_exit=gone)
        self._process.start()
        self._process.send(self._configure())
        self._timer = loop.call_later(self._patience.ping_every_s, self._look)

    def _configure(self) -> Configure:
        wish = self._wish
        return Configure(
            incarnation=self._incarnation,
            account=wish.account,
            bind_address=wish.bind_address,
            port=self._port,
            transports=wish.transports,
            sound=wish.sound,
            headers=wish.headers,
            exchange=wish.exchange,
            ring_tone=wish.ring_tone,
            call_tones=wish.call_tones,
        )

    def _hear(self, number: int, event: Event) -> None:
        if number != self._incarnation or self._process is None:
            return  # said by an engine that was given up
        if isinstance(event, EngineReady):
            self._ready, self._ready_at = event, time.monotonic()
            self._port = event.ports[0][1]  # a successor is found where this one was
            self._settle()
        elif isinstance(event, CommandRefused) and event.command == Configure.__name__:
            self._refusal = event.reason
            self._port = self._wish.port
        self._on_event(event)

    def _gone(self, number: int, reason: str) -> None:
        if number == self._incarnation and self._process is not None:
            self._lose(f"{reason} ({self._refusal})" if self._refusal else reason)

    def _look(self) -> None:
        """Once per ping: end an engine that is silent, or that has not come up."""
        self._timer = None
        if (process := self._process) is None:
            return
        if self._ready is None:
            if time.monotonic() - self._launched_at > self._patience.start_s:
                self._lose("the engine did not start in time")
                return
        else:
            # Twice, because after the machine slept the answer may be waiting behind this look.
            silent = process.silent_s > self._patience.silent_s
            if silent and self._suspected:
                self._lose("the engine did not answer")
                return
            self._suspected = silent
            self._unasked += 1
            speaks = process.heard_s < self._patience.ping_every_s / 2
            if not speaks or self._unasked >= LOOKS_PER_PING:
                self._unasked = 0
                process.send(Ping(0))
        self._timer = self._the_loop().call_later(self._patience.ping_every_s, self._look)

    def _lose(self, reason: str) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
        if self._ready is not None and self._was_healthy():
            self._failures = 0
        self._ready = None
        self._cancel_timer()
        retry_in_s = None if self._stopping else self._next_pause()
        level = logging.INFO if self._stopping else logging.WARNING
        _log.log(level, "engine %d lost: %s", self._incarnation, reason)
        if retry_in_s is not None:
            self._timer = self._the_loop().call_later(retry_in_s, self._launch)
        self._settle()
        self._on_event(EngineLost(self._incarnation, reason, retry_in_s))

    def _was_healthy(self) -> bool:
        return time.monotonic() - self._ready_at >= self._patience.healthy_s

    def _next_pause(self) -> float:
        pauses = self._patience.retry_s
        pause = pauses[min(self._failures, len(pauses) - 1)]
        self._failures += 1
        return pause

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _settle(self) -> None:
        if self._settled is not None and not (self._stopping and self._process is not None):
            self._settled.set()


def _post(
    loop: asyncio.AbstractEventLoop, function: Callable[..., None], *arguments: object
) -> None:
    try:
        loop.call_soon_threadsafe(function, *arguments)
    except RuntimeError:  # the loop is closed: nobody is left to be told
        _log.debug("an event came after the end")
