"""A whole seat as it is built for duty, with a store of its own; engine and server stay away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from agent_app.desk.faults import Faults
from agent_app.runtime.clock import SystemClock
from agent_app.runtime.identity import Identity
from agent_app.runtime.profile import Profile
from agent_app.runtime.secrets import NamedSecret, SessionSecrets
from agent_app.runtime.tasks import Tasks
from agent_app.settings import Settings
from agent_app.store.store import Store
from agent_app.wiring.ground import Ground
from agent_app.wiring.seat import RunningSeat, build_seat
from sip import messages as m
from sync.api import ServerApi
from sync.auth import Auth
from sync.remote import Remote
from sync.replication import LOOPBACK
from tests.store.rigs import KEY, NOW

NOWHERE = "http://127.0.0.1:9"
"""The discard port: nobody listens, and loopback says so at once."""


class StandingClock(SystemClock):
    """Tests of the wiring do not wait for times."""

    def now(self) -> datetime:
        return NOW


@asynccontextmanager
async def built_seat(folder: Path, *, role: str = "agent") -> AsyncIterator[RunningSeat]:
    """Built and connected as for ``role``; nothing of it runs but the store."""
    clock, api = StandingClock(), ServerApi(NOWHERE)
    auth = Auth(api=api, tokens=NamedSecret(SessionSecrets(), "session"), device="test")
    with Profile(folder / "profile") as profile:
        ground = Ground(
            identity=Identity("u-1", "1001", "李娜", "1001", role),
            practice=False,
            settings=Settings(),
            profile=profile,
            clock=clock,
            tasks=Tasks(),
            faults=Faults(clock=clock),
            store=await Store.open(profile.store, KEY, now=clock.now),
            api=api,
            auth=auth,
            asker=Remote(api=api, auth=auth),
            intervals=LOOPBACK,
            sound=m.SoundSettings(backend="null"),
            menus={},
        )
        running = build_seat(ground)
        try:
            yield running
        finally:
            await running.close()
