"""What the agent is doing: derived from her calls, her wrap-up and her choice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from math import ceil

from PySide6.QtCore import QObject, QTimer, Signal

from agent_app.desk.phone import Phone
from agent_app.desk.summaries import SaveResult, Summaries
from agent_app.domain.agent_state import CHOOSABLE, AgentState, AgentStatus, derive_state
from agent_app.domain.calls import Call
from agent_app.domain.centre_rules import WrapUpRule
from agent_app.domain.ids import InteractionId
from agent_app.domain.summary import DraftState, SummaryDraft
from agent_app.runtime.clock import Clock

TICK_MS = 1000


class Shift(QObject):
    """Agent state and the wrap-up timer.

    Wrap-up begins when an answered call ends and lasts until its summary is saved or parked: by
    her, or by the timer where the centre wants that. Else the timer only says that it is over. A
    call taken meanwhile comes first; then the summary is waited for again.

    Signals:
        changed: AgentStatus; also once a second during wrap-up.
    """

    changed = Signal(object)

    def __init__(
        self,
        *,
        phone: Phone,
        summaries: Summaries,
        clock: Clock,
        wrap_up: Callable[[], WrapUpRule],
        practice: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._phone = phone
        self._summaries = summaries
        self._clock = clock
        self._wrap_up = wrap_up
        self._free = AgentState.PRACTICE if practice else AgentState.READY
        self._chosen = self._free
        self._next: AgentState | None = None
        self._unsaved: list[InteractionId] = []
        self._wrap_up_until_s = 0.0
        self._calls: dict[InteractionId, Call] = {}
        self._state = self._chosen
        self._since: datetime = clock.now()
        self._since_monotonic_s = clock.monotonic_s()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        phone.call_changed.connect(self._on_call)
        summaries.changed.connect(self._on_draft)
        summaries.finished.connect(self._on_finished)

    @property
    def choices(self) -> tuple[AgentState, ...]:
        """What she may choose; the first one is free for the next call."""
        return (self._free, *(state for state in CHOOSABLE if state is not AgentState.READY))

    @property
    def status(self) -> AgentStatus:
        left = waiting_for = None
        if self._state is AgentState.WRAP_UP:
            left = max(0, ceil(self._wrap_up_until_s - self._clock.monotonic_s()))
            waiting_for = self._unsaved[-1]
        return AgentStatus(
            state=self._state,
            since=self._since,
            since_monotonic_s=self._since_monotonic_s,
            next_state=self._next or self._chosen,
            wrap_up_left_s=left,
            waiting_for=waiting_for,
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
        """Park the summary that is waited for, and go on."""
        if self._unsaved:
            waited_for = self._unsaved[-1]
            self._summaries.park(waited_for)
            self._done_with(waited_for)

    def continue_wrap_up(self) -> None:
        """Add another period, counted from now."""
        if self._unsaved:
            self._begin_period()
            self._update(force=True)

    def _on_call(self, call: Call) -> None:
        before = self._calls.get(call.interaction_id)
        if call.live:
            self._calls[call.interaction_id] = call
            if call.interaction_id in self._unsaved:  # it was passed on and is back
                self._unsaved.remove(call.interaction_id)
        else:
            self._calls.pop(call.interaction_id, None)
            asked = call.consults_for is not None  # about a caller, who has the summary
            if before is not None and call.was_answered and not asked and self._open(call):
                self._unsaved.append(call.interaction_id)
                self._begin_period()
        self._update()

    def _open(self, call: Call) -> bool:
        """There is something to save: a call that came back may have its summary already."""
        draft = self._summaries.draft(call.interaction_id)
        return draft is not None and draft.state is DraftState.OPEN

    def _on_draft(self, draft: SummaryDraft) -> None:
        if draft.parked:
            self._done_with(draft.interaction_id)

    def _on_finished(self, result: SaveResult) -> None:
        if result.saved:
            self._done_with(result.interaction_id)

    def _done_with(self, interaction_id: InteractionId) -> None:
        """The summary is saved or parked; one that waited before it has its turn."""
        if interaction_id not in self._unsaved:
            return
        self._unsaved.remove(interaction_id)
        if self._unsaved:
            self._begin_period()
        elif not self._wrap_up().auto_ready and self._next is None and self._chosen is self._free:
            self._next = AgentState.NOT_READY
        self._update(force=bool(self._unsaved))

    def _begin_period(self) -> None:
        self._wrap_up_until_s = self._clock.monotonic_s() + self._wrap_up().seconds

    def tick(self) -> None:
        """Once a second during wrap-up: count down, or park where the centre wants that."""
        over = self._clock.monotonic_s() >= self._wrap_up_until_s
        if self._unsaved and over and self._wrap_up().park_at_end:
            self.end_wrap_up()
        else:
            self.changed.emit(self.status)

    def _update(self, *, force: bool = False) -> None:
        wrapping = bool(self._unsaved)
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
