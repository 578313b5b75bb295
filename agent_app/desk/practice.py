"""The practice centre's bell: one key lets a simulated caller ring this desk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.desk.phone import Engine, EngineState, Phone, PhoneStatus
from agent_app.desk.scenarios import Scenario
from agent_app.desk.simulated_caller import SimulatedCaller
from agent_app.domain.ids import new_interaction_id
from agent_app.runtime.clock import Clock
from agent_app.runtime.tasks import Tasks
from sip import messages as m


class PracticeState(StrEnum):
    IDLE = "idle"
    STARTING = "starting"
    RINGING = "ringing"
    TALKING = "talking"
    FAULT = "fault"


class PracticeFault(StrEnum):
    PHONE_NOT_READY = "phone-not-ready"  # the desk's own
    CALLER_NOT_READY = "caller-not-ready"  # the simulated caller's did not start


@dataclass(frozen=True, slots=True)
class PracticeStatus:
    """``turn`` counts from 1 while the caller talks; ``detail`` says how the last call ended.

    ``fault`` is set in state FAULT only.
    """

    state: PracticeState = PracticeState.IDLE
    scenario_id: str = ""
    turn: int = 0
    turns: int = 0
    detail: str = ""
    fault: PracticeFault | None = None


class CallerEngine(Engine, Protocol):
    """The simulated caller's engine: a child process of its own."""

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


class Practice(QObject):
    """One simulated caller at a time.

    Signals:
        changed: PracticeStatus.
    """

    changed = Signal(object)

    def __init__(
        self,
        *,
        scenarios: tuple[Scenario, ...],
        phone: Phone,
        make_engine: Callable[[Callable[[m.Event], None]], CallerEngine],
        headers: m.HeaderNames,
        clock: Clock,
        tasks: Tasks,
        start_limit_s: float = 10.0,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._start_limit_s = start_limit_s
        self._scenarios = scenarios
        self._phone = phone
        self._make_engine = make_engine
        self._headers = headers
        self._clock = clock
        self._tasks = tasks
        self._status = PracticeStatus()
        self._next = 0
        self._caller: SimulatedCaller | None = None
        self._ready = asyncio.Event()
        self._call: asyncio.Task[None] | None = None
        phone.status_changed.connect(self._on_phone)

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        return self._scenarios

    @property
    def status(self) -> PracticeStatus:
        return self._status

    def let_caller_ring(self, scenario_id: str | None = None) -> None:
        """Start a call, the next scenario in turn unless one is named; one call at a time."""
        busy = self._status.state not in (PracticeState.IDLE, PracticeState.FAULT)
        if busy or not self._scenarios:
            return
        if self._phone.status.engine is not EngineState.READY:
            self._put(PracticeStatus(PracticeState.FAULT, fault=PracticeFault.PHONE_NOT_READY))
            return
        scenario = self._pick(scenario_id)
        self._put(PracticeStatus(PracticeState.STARTING, scenario.scenario_id))
        self._call = self._tasks.spawn(self._play(scenario))

    def _pick(self, scenario_id: str | None) -> Scenario:
        for index, scenario in enumerate(self._scenarios):
            if scenario.scenario_id == scenario_id:
                self._next = index
        scenario = self._scenarios[self._next % len(self._scenarios)]
        self._next += 1
        return scenario

    async def _play(self, scenario: Scenario) -> None:
        self._ready.clear()
        engine = self._make_engine(self._hear)
        try:
            await engine.start()
            async with asyncio.timeout(self._start_limit_s):
                await self._ready.wait()
            self._caller = SimulatedCaller(
                engine=engine,
                scenario=scenario,
                target=f"sip:{self._phone.status.extension}@{self._phone.status.address}",
                headers=self._headers,
                call_id=f"practice-{new_interaction_id()}",
                clock=self._clock,
                on_turn=self._on_turn,
            )
            self._step(PracticeState.RINGING, scenario, 0)
            detail = await self._caller.run()
        except TimeoutError:
            self._put(PracticeStatus(PracticeState.FAULT, fault=PracticeFault.CALLER_NOT_READY))
        except asyncio.CancelledError:
            self._put(PracticeStatus(detail="the desk's phone was lost"))
            raise
        else:
            self._put(PracticeStatus(detail=detail))
        finally:
            self._caller = None
            await engine.stop()

    def _on_phone(self, status: PhoneStatus) -> None:
        """A call whose desk is gone is over for its caller, too; the next one may ring at once."""
        if status.engine is EngineState.LOST and self._call is not None:
            self._call.cancel()

    def _hear(self, event: m.Event) -> None:
        if isinstance(event, m.EngineReady):
            self._ready.set()
        if self._caller is not None:
            self._caller.hear(event)

    def _on_turn(self, number: int) -> None:
        for scenario in self._scenarios:
            if scenario.scenario_id == self._status.scenario_id:
                self._step(PracticeState.TALKING, scenario, number)

    def _step(self, state: PracticeState, scenario: Scenario, turn: int) -> None:
        self._put(PracticeStatus(state, scenario.scenario_id, turn, len(scenario.turns)))

    def _put(self, status: PracticeStatus) -> None:
        self._status = status
        self.changed.emit(status)
