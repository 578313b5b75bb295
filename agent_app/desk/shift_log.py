"""What she was doing and how long, written down as it turns, for her day (M36, steps ③ and ⑦)."""

from __future__ import annotations

from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from agent_app.desk.shift import Shift
from agent_app.domain.agent_state import AgentState, AgentStatus
from agent_app.runtime.clock import Clock
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError

BEAT_MS = 30_000
JUMP_S = 60.0
"""When the clock on the wall went so far from the monotonic one, the computer slept or was set."""


class SpanKeeper(Protocol):
    """What this needs of ``agent_app.store.days``; all raise StoreError."""

    async def turn(self, state: AgentState, began_at: datetime, *, before_s: float) -> None: ...

    async def beat(self, lasted_s: float) -> None: ...

    async def end(self, lasted_s: float | None = ...) -> None: ...


class ShiftLog(QObject):
    """Follows the shift; lengths are the monotonic clock's. GUI thread.

    Signals:
        turned: another state is written down.
        fault: str, the disk did not take it.
    """

    turned = Signal()
    fault = Signal(str)

    def __init__(
        self,
        *,
        keeper: SpanKeeper,
        shift: Shift,
        clock: Clock,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._shift = shift
        self._clock = clock
        self._tasks = tasks
        self._state: AgentState | None = None
        self._began_at = clock.now()
        self._began_s = 0.0
        self._beat_s = 0.0
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.timeout.connect(self.beat)
        shift.changed.connect(self._on_status)

    def begin(self) -> None:
        """The desk is open: what lasted when it was killed ended with its last sign of life."""
        status = self._shift.status
        self._do(self._keeper.end())
        self._turn(status.state, self._clock.now(), self._clock.monotonic_s())
        self._timer.start()

    def beat(self) -> None:
        """A sign of life; after a sleep the state begins anew at the time it is."""
        if self._state is None:
            return
        now, now_s = self._clock.now(), self._clock.monotonic_s()
        here = self._began_at + timedelta(seconds=now_s - self._began_s)
        if abs((now - here).total_seconds()) > JUMP_S:
            self._turn(self._state, now, now_s, lasted_s=self._beat_s)
            return
        self._beat_s = now_s - self._began_s
        self._do(self._keeper.beat(self._beat_s))

    async def close(self) -> None:
        """She leaves; nothing is written down afterwards."""
        self._timer.stop()
        if self._state is not None:
            self._state = None
            await self._guarded(self._keeper.end(self._clock.monotonic_s() - self._began_s))

    def _on_status(self, status: AgentStatus) -> None:
        if self._state is not None and status.state is not self._state:
            self._turn(status.state, self._clock.now(), self._clock.monotonic_s())

    def _turn(
        self, state: AgentState, at: datetime, at_s: float, *, lasted_s: float | None = None
    ) -> None:
        before_s = at_s - self._began_s if lasted_s is None else lasted_s
        self._state, self._began_at, self._began_s, self._beat_s = state, at, at_s, 0.0
        self._do(self._keeper.turn(state, at, before_s=before_s))
        self.turned.emit()

    def _do(self, work: Coroutine[object, object, None]) -> None:
        self._tasks.spawn(self._guarded(work))

    async def _guarded(self, work: Coroutine[object, object, None]) -> None:
        try:
            await work
        except StoreError as error:
            self.fault.emit(str(error))
