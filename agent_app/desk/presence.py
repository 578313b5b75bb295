"""Tells the centre what this agent is doing, so that colleagues see who is free (M01, M03)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from agent_app.desk.handover_legs import as_text
from agent_app.desk.shift import Shift
from agent_app.domain.agent_state import AgentState, AgentStatus
from agent_app.domain.link import LinkStatus, ServerState
from agent_app.runtime.clock import Clock
from agent_app.runtime.tasks import Tasks
from sync.errors import SyncError

LEAVE_LIMIT_S = 1.0
SAY_AGAIN_MS = 30_000
"""The server takes an agent for signed out when it has heard nothing for 90 s."""


class Reports(Protocol):
    """What this needs of ``sync.live.LiveCalls``."""

    def report_presence(self, state: str, since: str) -> Awaitable[None]:
        """Raises SyncError."""


class Presence(QObject):
    """Follows the shift. One report is under way at a time, and the last one said is the newest."""

    def __init__(
        self,
        *,
        reports: Reports,
        shift: Shift,
        clock: Clock,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._reports = reports
        self._clock = clock
        self._tasks = tasks
        self._wanted = (shift.status.state, shift.status.since)
        self._again = False
        self._saying = False
        self._online = False
        self._left = False
        self._timer = QTimer(self, interval=SAY_AGAIN_MS)
        self._timer.timeout.connect(self.say_again)
        shift.changed.connect(self._on_status)

    def on_link(self, status: LinkStatus) -> None:
        """There is a server (again): it wants to know."""
        online = status.server is ServerState.ONLINE
        if online and not self._online and not self._left:
            self.say_again()
        self._online = online

    def say_again(self) -> None:
        """Now, and every half minute from now on."""
        self._timer.start()
        self._again = True
        if not self._saying:
            self._saying = True
            self._tasks.spawn(self._say())

    async def leave(self) -> None:
        """The desk closes; told within a second or not at all."""
        self._left = True
        self._timer.stop()
        self._wanted = (AgentState.SIGNED_OUT, self._clock.now())
        self._again = True
        if not self._saying:
            self._saying = True
            with suppress(TimeoutError):
                async with asyncio.timeout(LEAVE_LIMIT_S):
                    await self._say()

    def _on_status(self, status: AgentStatus) -> None:
        wanted = (status.state, status.since)
        if wanted != self._wanted and not self._left:
            self._wanted = wanted
            self.say_again()

    async def _say(self) -> None:
        try:
            while self._again:
                self._again = False
                state, since = self._wanted
                with suppress(SyncError):  # said again in half a minute
                    await self._reports.report_presence(state.value, as_text(since))
        finally:
            self._saying = False
