"""The countdown after a call, apart from the summary so that a tick repaints one label (⑥)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from agent_app.desk.shift import Shift
from agent_app.domain.agent_state import AgentState, AgentStatus
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

    def end(self) -> None:
        self._shift.end_wrap_up()

    def go_on(self) -> None:
        """Add another period."""
        self._shift.continue_wrap_up()

    def _on_status(self, _status: AgentStatus) -> None:
        self.changed.emit()
