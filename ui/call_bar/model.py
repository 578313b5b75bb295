"""What the call bar shows and allows; allowed is what the table of legal moves has (step ⑥)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from agent_app.desk.phone import DialOutcome, EngineState, Levels
from agent_app.desk.seat import Seat
from agent_app.domain.calls import Call, CallMove, CallState, Direction, allowed
from agent_app.domain.ids import InteractionId
from sip.messages import SILENCE_DB
from ui.call_bar.facts import CallFacts, CallTab, compose_facts, compose_tab

TICK_MS = 500

_URGENCY = (CallState.TALKING, CallState.DIALLING, CallState.RINGING, CallState.HELD)
"""Which live call the bar acts on while the page shows none."""


@dataclass(frozen=True, slots=True)
class CallBarView:
    """``selected`` is the place of the page's tab, -1 for none."""

    tabs: tuple[CallTab, ...] = ()
    selected: int = -1
    facts: CallFacts | None = None
    can_answer: bool = False
    can_hang_up: bool = False
    rejecting: bool = False
    can_hold: bool = False
    held: bool = False
    can_mute: bool = False
    muted: bool = False
    can_send_digits: bool = False
    refusal: str = ""


class CallBarModel(QObject):
    """View-model of the call bar.

    Signals:
        changed: the new CallBarView.
        levels_changed: (received, sent) of the call shown, each 0.0 (silence) to 1.0.
    """

    changed = Signal(object)
    levels_changed = Signal(float, float)

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._refused = ""
        self._view = self._compose()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        seat.phone.call_changed.connect(self._on_change)
        seat.phone.status_changed.connect(self._on_change)
        seat.phone.levels_changed.connect(self._on_levels)
        seat.focus.changed.connect(self._on_change)
        seat.focus.tabs_changed.connect(self._on_change)
        seat.cards.changed.connect(self._on_change)

    @property
    def view(self) -> CallBarView:
        return self._view

    def select(self, position: int) -> None:
        if 0 <= position < len(self._view.tabs):
            self._seat.focus.select(self._view.tabs[position].interaction_id)

    def dial(self, text: str) -> bool:
        """Dial what was typed; False when nothing was dialled, and ``view.refusal`` says why."""
        outcome = self._seat.phone.dial(text)
        self._refused = self._refusal(outcome)
        self.refresh()
        return outcome is DialOutcome.DIALLED

    def clear_refusal(self) -> None:
        if self._refused:
            self._refused = ""
            self.refresh()

    def answer(self) -> None:
        call = self._to_answer()
        if call is not None:
            self._seat.phone.answer(call.interaction_id)

    def hang_up(self) -> None:
        call = self._shown()
        if call is not None and call.live:
            self._seat.phone.hang_up(call.interaction_id)

    def toggle_hold(self) -> None:
        call = self._shown()
        if call is None:
            return
        if allowed(call.state, CallMove.RESUME):
            self._seat.phone.resume(call.interaction_id)
        elif allowed(call.state, CallMove.HOLD):
            self._seat.phone.hold(call.interaction_id)

    def toggle_mute(self) -> None:
        call = self._shown()
        if call is not None and self._view.can_mute:
            self._seat.phone.set_mute(call.interaction_id, not call.muted)

    def send_digits(self, digits: str) -> None:
        call = self._shown()
        if call is not None and self._view.can_send_digits:
            self._seat.phone.send_dtmf(call.interaction_id, digits)

    def refresh(self) -> None:
        view = self._compose()
        if view != self._view:
            self._view = view
            self.changed.emit(view)

    def _on_change(self, _value: object) -> None:
        self.refresh()

    def _on_levels(self, levels: Levels) -> None:
        if self._view.facts and levels.interaction_id == self._view.facts.interaction_id:
            self.levels_changed.emit(_share(levels.received_db), _share(levels.sent_db))

    # --- which call ------------------------------------------------------------------------------

    def _call(self, interaction_id: InteractionId) -> Call | None:
        call = self._seat.phone.call(interaction_id)
        draft = self._seat.summaries.draft(interaction_id)
        return call or (None if draft is None else draft.call)

    def _shown(self) -> Call | None:
        """The page's call while it lives, else the live one that matters most, else the page's."""
        selected = self._seat.focus.selected
        call = None if selected is None else self._call(selected)
        if call is not None and call.live:
            return call
        live = sorted(self._seat.phone.calls, key=lambda other: _URGENCY.index(other.state))
        return live[0] if live else call

    def _to_answer(self) -> Call | None:
        """The shown call if it can be answered, else the one that rings longest."""
        shown = self._shown()
        calls = self._seat.phone.calls if shown is None else (shown, *self._seat.phone.calls)
        ringing = (
            call for call in calls
            if allowed(call.state, CallMove.ANSWER) and call.direction is Direction.INCOMING
        )  # fmt: skip
        return next(ringing, None)

    # --- composing the view ----------------------------------------------------------------------

    def _compose(self) -> CallBarView:
        tabs = tuple(self._tab(i) for i in self._seat.focus.tabs)
        places = [tab.interaction_id for tab in tabs]
        selected = self._seat.focus.selected
        place = places.index(selected) if selected in places else -1
        call = self._shown()
        if call is None:
            return CallBarView(tabs=tabs, selected=place, refusal=self._refused)
        ready = self._seat.phone.status.engine is EngineState.READY
        can_hold = allowed(call.state, CallMove.HOLD)
        held = allowed(call.state, CallMove.RESUME)
        return CallBarView(
            tabs=tabs,
            selected=place,
            facts=self._facts(call),
            can_answer=ready and self._to_answer() is not None,
            can_hang_up=ready and allowed(call.state, CallMove.END),
            rejecting=call.state is CallState.RINGING,
            can_hold=ready and (can_hold or held),
            held=held,
            can_mute=ready and (can_hold or held),
            muted=call.muted and call.live,
            can_send_digits=ready and can_hold,
            refusal=self._refused,
        )

    def _tab(self, interaction_id: InteractionId) -> CallTab:
        call = self._call(interaction_id)
        card = self._seat.cards.card(interaction_id)
        return compose_tab(interaction_id, call, card)

    def _facts(self, call: Call) -> CallFacts:
        card = self._seat.cards.card(call.interaction_id)
        return compose_facts(call, card, self._seat.clock.monotonic_s())

    def _refusal(self, outcome: DialOutcome) -> str:
        texts = {
            DialOutcome.DIALLED: "",
            DialOutcome.EMPTY: self.tr("Type a number first."),
            DialOutcome.NOT_A_NUMBER: self.tr("This is not a number that can be dialled."),
            DialOutcome.NO_PHONE: self.tr("The phone is not ready yet; try again in a moment."),
            DialOutcome.NO_EXCHANGE: self.tr("There is no exchange here to dial through."),
            DialOutcome.NO_LINE: self.tr("All four lines are in use; end one first."),
        }
        return texts[outcome]


def _share(level_db: float) -> float:
    """The part of a meter from silence (-60 dB and below is empty) to full scale."""
    floor = max(SILENCE_DB, -60.0)
    return min(1.0, max(0.0, (level_db - floor) / -floor))
