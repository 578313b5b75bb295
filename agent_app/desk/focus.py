"""Which interaction the page shows; live calls and unfinished summaries are its tabs."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from agent_app.desk.phone import Phone
from agent_app.desk.summaries import Summaries
from agent_app.domain.calls import Call, CallState
from agent_app.domain.ids import InteractionId
from agent_app.domain.summary import DraftState, SummaryDraft


class Focus(QObject):
    """Follows the calls, but never takes the page away from a call or summary she works on.

    Signals:
        changed: InteractionId or None, what the page shows now.
        tabs_changed: tuple of InteractionId, in the order they came.
    """

    changed = Signal(object)
    tabs_changed = Signal(object)

    def __init__(
        self, *, phone: Phone, summaries: Summaries, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._phone = phone
        self._summaries = summaries
        self._selected: InteractionId | None = None
        self._tabs: tuple[InteractionId, ...] = ()
        self._answered: set[InteractionId] = set()
        phone.call_changed.connect(self._on_call)
        summaries.changed.connect(self._on_draft)
        summaries.dropped.connect(self._on_dropped)

    @property
    def selected(self) -> InteractionId | None:
        return self._selected

    @property
    def tabs(self) -> tuple[InteractionId, ...]:
        return self._tabs

    def select(self, interaction_id: InteractionId | None) -> None:
        if interaction_id != self._selected:
            self._selected = interaction_id
            self.changed.emit(interaction_id)
            self._update_tabs()

    def _on_call(self, call: Call) -> None:
        self._update_tabs(call.interaction_id)
        if not call.was_answered:
            self._answered.discard(call.interaction_id)  # a call that was passed on may come back
        answered_now = call.was_answered and call.interaction_id not in self._answered
        if answered_now:
            self._answered.add(call.interaction_id)
        her_act = answered_now or call.state is CallState.DIALLING
        asking = call.consults_for is not None  # about the caller, whose page stays
        if call.live and not asking and (her_act or self._idle()):
            self.select(call.interaction_id)

    def _current_call(self) -> Call | None:
        return None if self._selected is None else self._phone.call(self._selected)

    def _idle(self) -> bool:
        """Nothing on the page is being worked on."""
        if self._selected is None:
            return True
        call = self._current_call()
        return (call is None or not call.live) and not self._unfinished(self._selected)

    def _unfinished(self, interaction_id: InteractionId) -> bool:
        draft = self._summaries.draft(interaction_id)
        return draft is not None and draft.state is DraftState.OPEN and not draft.parked

    def _on_draft(self, draft: SummaryDraft) -> None:
        if draft.parked and draft.interaction_id == self._selected:
            waiting = [one for one in self._tabs if one != self._selected]
            self.select(waiting[-1] if waiting else None)
        self._update_tabs(draft.interaction_id)

    def _on_dropped(self, interaction_id: InteractionId) -> None:
        if interaction_id == self._selected:
            self.select(None)
        self._update_tabs()

    def _update_tabs(self, newcomer: InteractionId | None = None) -> None:
        """Live calls, open summaries, and whatever is on the page."""
        live = {call.interaction_id for call in self._phone.calls}
        known = (
            self._tabs if newcomer is None or newcomer in self._tabs else (*self._tabs, newcomer)
        )
        tabs = tuple(i for i in known if i in live or self._unfinished(i) or i == self._selected)
        if tabs != self._tabs:
            self._tabs = tabs
            self.tabs_changed.emit(tabs)
