"""When a ringing call must show itself outside the window (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from agent_app.desk.seat import Seat
from agent_app.domain.calls import Call, CallState
from ui.call_bar.facts import CallFacts
from ui.call_bar.view import call_facts

TICK_MS = 500


class ToastModel(QObject):
    """The oldest ringing call while the agent works in another program, else None.

    Signals:
        changed: CallFacts, or None when there is nothing to show.
    """

    changed = Signal(object)

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._window_active = True
        self._facts: CallFacts | None = None
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._refresh)
        seat.phone.call_changed.connect(self._on_change)
        seat.cards.changed.connect(self._on_change)

    @property
    def facts(self) -> CallFacts | None:
        return self._facts

    def follow_application(self, state: Qt.ApplicationState) -> None:
        """Told by Qt when the program comes to the front or leaves it."""
        self._window_active = state is Qt.ApplicationState.ApplicationActive
        self._refresh()

    def answer(self) -> None:
        if self._facts is not None:
            self._seat.phone.answer(self._facts.interaction_id)

    def _on_change(self, _value: object) -> None:
        self._refresh()

    def _ringing(self) -> Call | None:
        calls = (call for call in self._seat.phone.calls if call.state is CallState.RINGING)
        return next(calls, None)

    def _refresh(self) -> None:
        call = None if self._window_active else self._ringing()
        facts = None
        if call is not None:
            facts = call_facts(self._seat, call)
        if facts is None:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
        if facts != self._facts:
            self._facts = facts
            self.changed.emit(facts)
