"""The simulated caller waits, speaks, listens and hangs up; one at a time; faults in words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from agent_app.desk.phone import Phone
from agent_app.desk.practice import Practice, PracticeState, PracticeStatus
from agent_app.desk.scenarios import Scenario, Turn
from agent_app.desk.simulated_caller import PATIENCE_S
from agent_app.runtime.tasks import Tasks
from sip import messages as m
from tests.desk.fakes import FakeEngine, HandClock
from tests.desk.rigs import run_with_tasks, settle

READY = m.EngineReady(1, 1, "127.0.0.1", (("udp", 5070),), "")


def scenario(
    scenario_id: str = "a", number: str = "+8613800138000", pause_s: float = 0
) -> Scenario:
    turns = tuple(Turn("你好", Path(f"{n}.wav"), pause_s) for n in (1, 2))
    return Scenario(
        scenario_id=scenario_id,
        order=1,
        title="题",
        title_en="Title",
        level="1",
        caller_name="张伟",
        number=number,
        queue="咨询",
        menu_path="2-1",
        dialled="12366",
        waited_s=42,
        turns=turns,
        answer_articles=(),
        category="01",
    )


class CallerEngine(FakeEngine):
    """An engine child in memory: starts when told, its other end is played by the test."""

    def __init__(self, hear: Callable[[m.Event], None], *, starts: bool) -> None:
        super().__init__()
        self.hear = hear
        self.starts = starts
        self.stopped = False

    async def start(self) -> None:
        if self.starts:
            self.hear(READY)

    async def stop(self) -> None:
        self.stopped = True

    @property
    def line(self) -> m.LineId:
        return m.LineId("1-1")


class Rig:
    def __init__(
        self, tasks: Tasks, *scenarios: Scenario, starts: bool = True, limit_s: float = 10
    ) -> None:
        self.clock = HandClock()
        self.phone = Phone(extension="1001", dial_domain="", normalise=str, clock=self.clock)
        self.engines: list[CallerEngine] = []
        self.starts = starts
        self.practice = Practice(
            scenarios=scenarios or (scenario(),),
            phone=self.phone,
            make_engine=self._make,
            headers=m.HeaderNames(),
            clock=self.clock,
            tasks=tasks,
            start_limit_s=limit_s,
        )
        self.seen: list[PracticeStatus] = []
        self.practice.changed.connect(self.seen.append)

    def _make(self, hear: Callable[[m.Event], None]) -> CallerEngine:
        self.engines.append(CallerEngine(hear, starts=self.starts))
        return self.engines[-1]

    @property
    def engine(self) -> CallerEngine:
        return self.engines[-1]

    async def ring(self, scenario_id: str | None = None) -> m.MakeCall:
        self.phone.handle(READY)
        self.practice.let_caller_ring(scenario_id)
        await settle()
        command = self.engine.sent[0]
        assert isinstance(command, m.MakeCall)
        return command

    async def answer(self) -> None:
        self.engine.hear(m.CallAnswered(self.engine.line, "PCMA"))
        await settle()


def test_the_caller_rings_with_what_an_exchange_would_say() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        call = await rig.ring()
        assert call.uri == "sip:1001@127.0.0.1:5070"
        names = m.HeaderNames()
        headers = dict(call.headers)
        assert headers[names.queue] == "咨询"
        assert headers[names.menu_path] == "2-1"
        assert headers[names.waited_s] == "42"
        assert headers[names.dialled] == "12366"
        assert headers[names.call_id].startswith("practice-")
        assert (call.from_name, call.from_user) == ("张伟", "+8613800138000")
        assert rig.seen[-1].state is PracticeState.RINGING

    run_with_tasks(story)


def test_a_caller_may_withhold_the_number() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks, scenario(number=""))
        assert (await rig.ring()).from_user == "anonymous"

    run_with_tasks(story)


def test_the_caller_speaks_its_turns_and_hangs_up() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        await rig.ring()
        await rig.answer()
        assert rig.seen[-1] == PracticeStatus(PracticeState.TALKING, "a", 1, 2)
        rig.engine.hear(m.PlaybackFinished(rig.engine.line, "1.wav"))
        await settle()
        assert rig.seen[-1].turn == 2
        rig.clock.advance(60)
        rig.engine.hear(m.PlaybackFinished(rig.engine.line, "2.wav"))
        await settle()
        rig.clock.advance(60)
        rig.engine.hear(m.LevelsMeasured(rig.engine.line, -90, -90))
        await settle()
        played = [c.path for c in rig.engine.sent if isinstance(c, m.PlayFile)]
        assert played == ["1.wav", "2.wav"]
        assert isinstance(rig.engine.sent[-1], m.HangUp)
        assert rig.engine.stopped
        assert rig.seen[-1].state is PracticeState.IDLE

    run_with_tasks(story)


def test_the_caller_does_not_interrupt_the_agent() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks, scenario(pause_s=5))
        await rig.ring()
        await rig.answer()
        rig.engine.hear(m.PlaybackFinished(rig.engine.line, "1.wav"))
        await settle()
        for _ in range(4):
            rig.clock.advance(2)
            rig.engine.hear(m.LevelsMeasured(rig.engine.line, -20, -90))
            await settle()
        assert rig.seen[-1].turn == 1
        rig.clock.advance(6)
        rig.engine.hear(m.LevelsMeasured(rig.engine.line, -90, -90))
        await settle()
        assert rig.seen[-1].turn == 2

    run_with_tasks(story)


def test_the_caller_stops_when_the_agent_hangs_up() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        await rig.ring()
        await rig.answer()
        rig.engine.hear(m.CallEnded(rig.engine.line, 200, "Normal", m.EndedBy.CALLER))
        await settle()
        assert rig.seen[-1] == PracticeStatus(detail="Normal")
        assert rig.engine.stopped

    run_with_tasks(story)


def test_a_caller_nobody_answers_gives_up() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        await rig.ring()
        rig.clock.advance(PATIENCE_S + 1)
        rig.engine.hear(m.CallProgressed(rig.engine.line, 180, "Ringing"))
        await settle()
        assert isinstance(rig.engine.sent[-1], m.HangUp)
        assert rig.seen[-1].detail == "not answered"

    run_with_tasks(story)


def test_a_caller_whose_engine_dies_says_so() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        await rig.ring()
        rig.engine.hear(m.EngineLost(1, "killed by signal 9", None))
        await settle()
        assert rig.seen[-1].detail == "killed by signal 9"
        await rig.ring()
        rig.engine.hear(m.CommandRefused("MakeCall", rig.engine.line, "no line"))
        await settle()
        assert rig.seen[-1].detail == "no line"

    run_with_tasks(story)


def test_one_caller_at_a_time_and_the_next_scenario_in_turn() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks, scenario("a"), scenario("b"))
        await rig.ring("b")
        rig.practice.let_caller_ring()
        await settle()
        assert len(rig.engines) == 1
        assert rig.practice.status.scenario_id == "b"
        rig.engine.hear(m.CallEnded(rig.engine.line, 486, "", m.EndedBy.CALLER))
        await settle()
        assert rig.practice.status.detail == "486"
        await rig.ring()
        assert rig.practice.status.scenario_id == "a"

    run_with_tasks(story)


def test_without_a_phone_nobody_can_ring() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.practice.let_caller_ring()
        assert rig.seen[-1].state is PracticeState.FAULT
        assert rig.engines == []

    run_with_tasks(story)


def test_the_desk_s_end_ends_the_caller() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        await rig.ring()
        await tasks.cancel_all()
        assert isinstance(rig.engine.sent[-1], m.HangUp)
        assert rig.engine.stopped

    run_with_tasks(story)


def test_a_caller_whose_desk_lost_its_phone_goes_away() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.phone.handle(m.EngineLost(1, "killed", 0.2))
        await rig.ring()
        await rig.answer()
        rig.phone.handle(m.EngineLost(1, "killed", 0.2))
        await settle()
        assert rig.engine.stopped
        assert rig.seen[-1].state is PracticeState.IDLE

    run_with_tasks(story)


def test_a_caller_engine_that_never_starts_is_a_fault() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks, starts=False, limit_s=0)
        rig.phone.handle(READY)
        rig.practice.let_caller_ring()
        await asyncio.sleep(0.01)
        await settle()
        assert rig.seen[-1].state is PracticeState.FAULT
        assert rig.engine.stopped

    run_with_tasks(story)
