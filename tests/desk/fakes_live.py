"""A centre in memory for live calls, presence and the directory, which can be away."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import cast

from agent_app.runtime.tasks import Tasks
from sync.errors import SyncError, Unreachable
from sync.legs import AgentLeg, DirectoryPage, Leg, LegState


class FakeLive:
    """One seat's door to a centre; ``others`` are colleagues' legs, the newest first."""

    def __init__(self) -> None:
        self.told: list[Leg] = []
        self.flushed: list[str | None] = []
        self.woken = 0
        self.others: tuple[AgentLeg, ...] = ()
        self.page = DirectoryPage()
        self.presence: list[tuple[str, str]] = []
        self.asked: list[str] = []
        self.away: SyncError | None = None
        self.gate = asyncio.Event()
        self.gate.set()

    def go(self, *, away: bool = True) -> None:
        self.away = Unreachable("nobody answers") if away else None

    def publish(self, leg: Leg) -> None:
        self.told.append(leg)

    async def flush(self, interaction_id: str | None = None) -> bool:
        self.flushed.append(interaction_id)
        return self.away is None

    def wake(self) -> None:
        self.woken += 1

    async def legs_of_call(self, call_id: str) -> tuple[AgentLeg, ...]:
        self.asked.append(call_id)
        await self._answer()
        return tuple(one for one in self.others if one.leg.call_id == call_id)

    async def ringing(self) -> tuple[AgentLeg, ...]:
        self.asked.append("ringing")
        await self._answer()
        return tuple(one for one in self.others if one.leg.state is LegState.RINGING)

    async def directory(self) -> DirectoryPage:
        self.asked.append("directory")
        await self._answer()
        return self.page

    async def report_presence(self, state: str, since: str) -> None:
        await self._answer()
        self.presence.append((state, since))

    async def _answer(self) -> None:
        await self.gate.wait()
        if self.away is not None:
            raise self.away


class NoTasks(Tasks):
    """Begins nothing: for a screen that only asks what is there already."""

    def spawn(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        work.close()
        return cast("asyncio.Task[None]", None)
