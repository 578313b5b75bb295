"""A desk as an agent has it, with a store of the bench's own and no server (steps ① to ⑥)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from agent_app.desk.faults import Faults
from agent_app.desk.seat import Seat
from agent_app.runtime.clock import SystemClock
from agent_app.runtime.garbage import leave_alone
from agent_app.runtime.identity import Identity
from agent_app.runtime.profile import Profile
from agent_app.runtime.secrets import NamedSecret, SessionSecrets
from agent_app.runtime.tasks import Tasks
from agent_app.settings import Settings
from agent_app.store.store import Store
from agent_app.wiring.ground import Ground
from agent_app.wiring.practice import sample_menus
from agent_app.wiring.screen import open_window
from agent_app.wiring.seat import RunningSeat, build_seat
from bench.key import KEY
from bench.sheet import BenchError
from sip import messages as m
from sync.api import ServerApi
from sync.auth import Auth
from sync.remote import Remote
from sync.replication import REMOTE
from ui.application import DeskApplication, create_application
from ui.keys import KeyMap
from ui.language import Language
from ui.theme import ThemeChoice
from ui.window.desk_window import DeskWindow

NOWHERE = "http://127.0.0.1:9"
"""The discard port: nobody listens, and loopback says so at once."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A window on the screen and everything behind it but a server."""

    running: RunningSeat
    window: DeskWindow

    @property
    def seat(self) -> Seat:
        return self.running.seat

    async def close(self) -> None:
        self.window.hide()
        await self.running.close()


NO_SOUND = m.SoundSettings(backend="null")


def desk_application() -> DeskApplication:
    """As the program makes it."""
    application = create_application(["bench"], Language.CHINESE, ThemeChoice.LIGHT)
    leave_alone()
    return application


async def open_desk(
    application: DeskApplication,
    profile: Profile,
    *,
    before_window: Callable[[Seat], None],
    sound: m.SoundSettings = NO_SOUND,
) -> Desk:
    """Build, show and wait until a call can come and the knowledge base can be searched.

    ``before_window`` connects what shall hear of something before the screen does.
    """
    clock, tasks = SystemClock(), Tasks()
    api = ServerApi(NOWHERE)
    auth = Auth(api=api, tokens=NamedSecret(SessionSecrets(), "session"), device="bench")
    ground = Ground(
        identity=Identity("agent-1001", "1001", "坐席", "1001"),
        practice=False,
        settings=Settings(),
        profile=profile,
        clock=clock,
        tasks=tasks,
        faults=Faults(clock=clock),
        store=await Store.open(profile.store, KEY, now=clock.now),
        api=api,
        auth=auth,
        asker=Remote(api=api, auth=auth),
        intervals=REMOTE,
        sound=sound,
        menus=sample_menus(),
    )
    running = build_seat(ground)
    before_window(running.seat)
    window = open_window(application, running.seat, profile, KeyMap())
    window.show()
    running.begin()
    desk = Desk(running, window)
    await until("the engine is ready", lambda: running.engine.ready)
    await until("the knowledge base is ready", lambda: running.seat.knowledge.ready, 600)
    await until("the window is active", window.isActiveWindow)
    return desk


async def until(what: str, condition: Callable[[], bool], limit_s: float = 20) -> None:
    """Wait for something that is not measured. Raises BenchError."""
    end = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() > end:
            raise BenchError(f"waited {limit_s:g} s in vain: {what}")
        await asyncio.sleep(0.005)
