"""Opens a practice centre for a story and ends it, whatever the story does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from agent_app.demo import listening
from agent_app.demo.driver import Driver
from agent_app.demo.one_call import HEARD
from agent_app.desk.door import Door
from agent_app.desk.faults import Faults
from agent_app.desk.scenarios import Scenario
from agent_app.desk.seat import Seat
from agent_app.domain.agent_state import AgentState
from agent_app.domain.link import ServerState
from agent_app.runtime.clock import SystemClock
from agent_app.runtime.loop import run_desk
from agent_app.runtime.profile import Profile
from agent_app.runtime.tasks import Tasks
from agent_app.settings import CallSettings, PracticeSettings, Settings
from agent_app.wiring.practice import Occasion, server_command
from agent_app.wiring.practice_session import OpenPractice, close_practice, open_practice
from agent_app.wiring.session import Session
from sync.wire import Json
from ui.application import DeskApplication

STORY_LIMIT_S = 120
DELIVERY_LIMIT_S = 20
VOICE_LIMIT_S = 30
SMALL_CENTRE = Settings(practice=PracticeSettings(customers=50), call=CallSettings(wrap_up_s=60))


class Desk:
    """An open desk, its hands and eyes, and a way to ask the server behind its back."""

    def __init__(self, practice: OpenPractice, folder: Path) -> None:
        self.practice = practice
        self.driver = Driver(practice.window)
        self.speaker = folder / "speaker.wav"

    @property
    def seat(self) -> Seat:
        return self.practice.centre.running.seat

    @property
    def engine_pid(self) -> int:
        engine = self.practice.centre.running.engine.engine
        assert engine is not None, "the engine is not ready"
        return engine.pid

    def scenario(self, scenario_id: str) -> Scenario:
        assert self.seat.practice is not None
        return next(s for s in self.seat.practice.scenarios if s.scenario_id == scenario_id)

    def state_is(self, state: AgentState) -> bool:
        return self.seat.shift.status.state is state

    async def ready(self) -> None:
        """Server reached, knowledge here, phone up."""
        seat = self.seat
        await self.driver.until(
            "the desk is ready",
            lambda: seat.link.status.server is ServerState.ONLINE and seat.knowledge.ready,
            60,
        )
        await self.driver.until("the phone is up", lambda: bool(seat.phone.status.address))

    async def ring(self, scenario_id: str) -> None:
        """Let a simulated caller ring, by key."""
        self.driver.choose("scenario-chooser", self.scenario(scenario_id).title_en)
        self.driver.press("Ctrl+R")
        await self.driver.until("the desk rings", lambda: self.driver.enabled("answer-button"))

    async def talk(self, scenario_id: str) -> None:
        await self.ring(scenario_id)
        self.driver.press("F2")
        await self.driver.until("talking", lambda: self.state_is(AgentState.TALKING))

    async def hears(self, recording: Path) -> None:
        """Wait until the speaker has played it. Listening takes a processor: now and then only."""
        spoken = await asyncio.to_thread(listening.loudness, recording)
        async with asyncio.timeout(VOICE_LIMIT_S):
            while True:
                match = await asyncio.to_thread(listening.found_so_far, spoken, self.speaker)
                if match.correlation > HEARD:
                    return
                await asyncio.sleep(0.5)

    def type_into(self, field: str, text: str) -> None:
        self.driver.click(field)
        self.driver.type(text)

    async def delivered(self, interaction_id: str) -> dict[str, Json]:
        """The interaction as the server has it, as soon as it has it."""
        async with asyncio.timeout(DELIVERY_LIMIT_S):
            while True:
                if (row := await self.server_row(interaction_id)) is not None:
                    return row
                await asyncio.sleep(0.05)

    async def server_row(self, interaction_id: str) -> dict[str, Json] | None:
        """The interaction as the server has it, asked over REST."""
        ground, api = self.practice.centre.running.ground, self.practice.centre.api
        row = await asyncio.to_thread(
            lambda: ground.auth.call(lambda token: api.get_interaction(interaction_id, token))
        )
        return None if row is None else dict(row)


def an_occasion(profile: Profile, settings: Settings, tasks: Tasks) -> Occasion:
    """What a run of the desk is given, with the computer's own clocks."""
    clock = SystemClock()
    return Occasion(profile, settings, clock, tasks, Faults(clock=clock), Door())


Story = Callable[[Desk], Awaitable[None]]


def play(
    qapp: DeskApplication,
    folder: Path,
    story: Story,
    *,
    settings: Settings = SMALL_CENTRE,
    command: Callable[[Path, int, int], list[str]] = server_command,
) -> None:
    """Open a practice centre in ``folder``, play ``story``, close everything again."""

    async def main(stop: asyncio.Event) -> int:
        tasks = Tasks()
        with Profile(folder / "profile") as profile:
            occasion = replace(
                an_occasion(profile, settings, tasks),
                speaker_record=str(folder / "speaker.wav"),
                server_command=command,
            )
            practice = await open_practice(Session(qapp, occasion, stop))
            assert practice is not None, "the practice centre did not open"
            try:
                desk = Desk(practice, folder)
                await desk.ready()
                async with asyncio.timeout(STORY_LIMIT_S):
                    await story(desk)
            finally:
                await close_practice(practice)
        return 0

    faults: list[object] = []
    assert run_desk(qapp, main, on_error=lambda _loop, context: faults.append(context)) == 0
    assert not faults
