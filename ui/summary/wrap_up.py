"""The countdown after a call, apart from the summary so that a tick repaints one label (⑥)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from agent_app.desk.shift import Shift
from agent_app.domain.agent_state import AgentState, AgentStatus
from agent_app.domain.ids import InteractionId
from ui.formatting import duration


class WrapUpViewModel(QObject):
    """Signals:
    changed: once a second while it counts, and when it begins and ends.
    """

    changed = Signal()

    def __init__(self, shift: Shift, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shift = shift
        shift.changed.connect(self._on_status)

    @property
    def running(self) -> bool:
        return self._shift.status.state is AgentState.WRAP_UP

    @property
    def text(self) -> str:
        """``Wrap-up 00:27``; empty outside wrap-up."""
        left = self._shift.status.wrap_up_left_s
        if not self.running or left is None:
            return ""
        return self.tr("Wrap-up {time}").format(time=duration(left))

    def overdue_text(self, name_of: Callable[[InteractionId], str]) -> str:
        """Why she is not ready again although the time is over; empty while it is not."""
        status = self._shift.status
        if not status.overdue or status.waiting_for is None:
            return ""
        text = self.tr("Time is over: save or park {who} to be ready")
        return text.format(who=name_of(status.waiting_for))

    def end(self) -> None:
        self._shift.end_wrap_up()

    def go_on(self) -> None:
        """Add another period."""
        self._shift.continue_wrap_up()

    def _on_status(self, _status: AgentStatus) -> None:
        self.changed.emit()
