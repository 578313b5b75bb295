"""A simulated caller: a second engine that rings the desk by real SIP and speaks its turns (①).

The caller waits for the answer, speaks, listens until the agent has been silent for a while,
speaks on, and hangs up after its last turn. It ends when the agent hangs up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from agent_app.desk.phone import Engine
from agent_app.desk.scenarios import Scenario, Turn
from agent_app.runtime.clock import Clock
from sip import messages as m

SPEECH_DB = -45.0
"""Louder than this, the agent is speaking."""

PATIENCE_S = 60.0
"""How long the caller lets it ring, and how long it listens to the longest answer."""

GOODBYE_S = 1.0


class CallerHungUpError(Exception):
    """The call ended under the caller; the message says why."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the caller perceives of the line: an event, and when."""

    event: m.Event
    at_s: float


class SimulatedCaller:
    """Plays one scenario over a running engine. Lives in the event loop's thread."""

    def __init__(
        self,
        *,
        engine: Engine,
        scenario: Scenario,
        target: str,
        headers: m.HeaderNames,
        call_id: str,
        clock: Clock,
        on_turn: Callable[[int], None],
    ) -> None:
        self._engine = engine
        self._scenario = scenario
        self._target = target
        self._headers = headers
        self._call_id = call_id
        self._clock = clock
        self._on_turn = on_turn
        self._line = engine.new_line()
        self._heard: asyncio.Queue[Heard] = asyncio.Queue()

    def hear(self, event: m.Event) -> None:
        """Take an event of the caller's engine."""
        self._heard.put_nowait(Heard(event, self._clock.monotonic_s()))

    async def run(self) -> str:
        """Make the call and play it to its end; returns in words how it ended."""
        try:
            self._ring()
            await self._wait_for_answer()
            for number, turn in enumerate(self._scenario.turns, start=1):
                self._on_turn(number)
                await self._speak(turn)
                await self._listen(turn.pause_s)
            await self._listen(GOODBYE_S)
        except CallerHungUpError as ended:
            return str(ended)
        except asyncio.CancelledError:
            self._engine.send(m.HangUp(self._line))
            raise
        self._engine.send(m.HangUp(self._line))
        return ""

    def _ring(self) -> None:
        scenario, names = self._scenario, self._headers
        headers = (
            (names.call_id, self._call_id),
            (names.queue, scenario.queue),
            (names.menu_path, scenario.menu_path),
            (names.waited_s, str(scenario.waited_s)),
            (names.dialled, scenario.dialled),
        )
        self._engine.send(
            m.MakeCall(
                self._line,
                self._target,
                headers,
                from_name=scenario.caller_name,
                from_user=scenario.number or "anonymous",
            )
        )

    async def _wait_for_answer(self) -> None:
        deadline_s = self._clock.monotonic_s() + PATIENCE_S
        while True:
            heard = await self._next(deadline_s)
            if heard is None:
                self._engine.send(m.HangUp(self._line))
                raise CallerHungUpError("not answered")
            if isinstance(heard.event, m.CallAnswered):
                return

    async def _speak(self, turn: Turn) -> None:
        self._engine.send(m.PlayFile(self._line, str(turn.recording)))
        while True:
            heard = await self._next(None)
            if heard is not None and isinstance(heard.event, m.PlaybackFinished):
                return

    async def _listen(self, pause_s: float) -> None:
        """Until the agent was silent for ``pause_s``, or patience runs out."""
        now_s = self._clock.monotonic_s()
        silent_until_s, enough_s = now_s + pause_s, now_s + PATIENCE_S
        while True:
            heard = await self._next(min(silent_until_s, enough_s))
            if heard is None:
                return
            event = heard.event
            if isinstance(event, m.LevelsMeasured) and event.received_db > SPEECH_DB:
                silent_until_s = heard.at_s + pause_s

    async def _next(self, deadline_s: float | None) -> Heard | None:
        """The next event of this call, or None at the deadline."""
        left_s = None if deadline_s is None else deadline_s - self._clock.monotonic_s()
        if left_s is not None and left_s <= 0:
            return None
        try:
            async with asyncio.timeout(left_s):
                heard = await self._heard.get()
        except TimeoutError:
            return None
        if isinstance(heard.event, m.CallEnded) and heard.event.line == self._line:
            raise CallerHungUpError(heard.event.reason or str(heard.event.status))
        if isinstance(heard.event, m.EngineLost):
            raise CallerHungUpError(heard.event.reason)
        if isinstance(heard.event, m.CommandRefused):
            raise CallerHungUpError(heard.event.reason)
        return heard
