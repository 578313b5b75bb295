"""When a ringing call must show itself outside the window (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from agent_app.desk.seat import Seat
from agent_app.domain.calls import Call, CallState
from ui.call_bar.facts import CallFacts, counted_from
from ui.call_bar.view import call_facts
from ui.second_hand import SecondHand


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
        self._second_hand = SecondHand(seat.clock.monotonic_s, self)
        self._second_hand.moved.connect(self._refresh)
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
        self._second_hand.follow(None if call is None else counted_from(call))
        facts = None if call is None else call_facts(self._seat, call)
        if facts != self._facts:
            self._facts = facts
            self.changed.emit(facts)
