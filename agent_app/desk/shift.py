"""What the agent is doing: derived from her calls, her wrap-up and her choice."""

from __future__ import annotations

from datetime import datetime
from math import ceil

from PySide6.QtCore import QObject, QTimer, Signal

from agent_app.desk.phone import Phone
from agent_app.desk.summaries import SaveResult, Summaries
from agent_app.domain.agent_state import CHOOSABLE, AgentState, AgentStatus, derive_state
from agent_app.domain.calls import Call, CallState
from agent_app.domain.ids import InteractionId
from agent_app.runtime.clock import Clock

TICK_MS = 1000


class Shift(QObject):
    """Agent state and the wrap-up timer.

    Wrap-up begins when an answered call ends and its summary is not saved, and ends by saving it,
    by key, or by the timer; the summary then stays open as a tab (parked), nothing is thrown away.

    Signals:
        changed: AgentStatus; also once a second while wrap-up counts down.
    """

    changed = Signal(object)

    def __init__(
        self,
        *,
        phone: Phone,
        summaries: Summaries,
        clock: Clock,
        wrap_up_s: int,
        practice: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._phone = phone
        self._summaries = summaries
        self._clock = clock
        self._wrap_up_s = wrap_up_s
        self._free = AgentState.PRACTICE if practice else AgentState.READY
        self._chosen = self._free
        self._next: AgentState | None = None
        self._wrapping: InteractionId | None = None
        self._wrap_up_until_s = 0.0
        self._calls: dict[InteractionId, Call] = {}
        self._state = self._chosen
        self._since: datetime = clock.now()
        self._since_monotonic_s = clock.monotonic_s()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        phone.call_changed.connect(self._on_call)
        summaries.finished.connect(self._on_finished)

    @property
    def choices(self) -> tuple[AgentState, ...]:
        """What she may choose; the first one is free for the next call."""
        return (self._free, *(state for state in CHOOSABLE if state is not AgentState.READY))

    @property
    def status(self) -> AgentStatus:
        left = None
        if self._state is AgentState.WRAP_UP:
            left = max(0, ceil(self._wrap_up_until_s - self._clock.monotonic_s()))
        return AgentStatus(
            state=self._state,
            since=self._since,
            since_monotonic_s=self._since_monotonic_s,
            next_state=self._next or self._chosen,
            wrap_up_left_s=left,
        )

    def choose(self, state: AgentState) -> None:
        """Now when she is free, else what comes after the call or wrap-up."""
        if state not in self.choices:
            return
        if self._state in (AgentState.SIGNED_OUT, *self.choices):
            self._chosen = state
        else:
            self._next = state
        self._update(force=True)

    def end_wrap_up(self) -> None:
        """Go on to the next state; an unsaved summary stays open in its tab."""
        if self._wrapping is not None:
            self._wrapping = None
            self._update()

    def continue_wrap_up(self) -> None:
        """Add another period, counted from now."""
        if self._wrapping is not None:
            self._wrap_up_until_s = self._clock.monotonic_s() + self._wrap_up_s
            self._update(force=True)

    def _on_call(self, call: Call) -> None:
        before = self._calls.get(call.interaction_id)
        if call.live:
            self._calls[call.interaction_id] = call
        else:
            self._calls.pop(call.interaction_id, None)
            asked = call.consults_for is not None  # about a caller, who has the summary
            if before is not None and call.was_answered and not asked:
                self._wrapping = call.interaction_id
                self._wrap_up_until_s = self._clock.monotonic_s() + self._wrap_up_s
        if call.state in (CallState.TALKING, CallState.DIALLING):
            self._wrapping = None
        self._update()

    def _on_finished(self, result: SaveResult) -> None:
        if result.saved and result.interaction_id == self._wrapping:
            self.end_wrap_up()

    def tick(self) -> None:
        """Once a second during wrap-up: count down, or end it."""
        if self._wrapping is not None and self._clock.monotonic_s() >= self._wrap_up_until_s:
            self.end_wrap_up()
        else:
            self.changed.emit(self.status)

    def _update(self, *, force: bool = False) -> None:
        wrapping = self._wrapping is not None
        state = derive_state(chosen=self._chosen, calls=self._calls.values(), wrapping_up=wrapping)
        if state is self._chosen and self._next is not None:
            self._chosen, self._next = self._next, None
            state = self._chosen
        if state is not self._state:
            self._state = state
            self._since = self._clock.now()
            self._since_monotonic_s = self._clock.monotonic_s()
        elif not force:
            return
        if state is AgentState.WRAP_UP:
            self._timer.start()
        else:
            self._timer.stop()
        self.changed.emit(self.status)
