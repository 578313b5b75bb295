"""Which call a search and its article were for, so that the next caller starts afresh (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from agent_app.desk.seat import Seat
from agent_app.domain.ids import InteractionId
from agent_app.domain.summary import DraftState


class Lookup(QObject):
    """What she looks up between calls is for no call and stays when the next one rings.

    Signals:
        outdated: the page is with another call now.
    """

    outdated = Signal()

    def __init__(self, seat: Seat, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._for: InteractionId | None = None
        seat.focus.changed.connect(self._on_focus)

    def note(self) -> None:
        """She searched or opened something now."""
        selected = self._seat.focus.selected
        draft = None if selected is None else self._seat.summaries.draft(selected)
        working = draft is not None and draft.state is DraftState.OPEN
        self._for = selected if working else None

    def _on_focus(self, selected: InteractionId | None) -> None:
        if None not in (self._for, selected) and selected != self._for:
            self._for = None
            self.outdated.emit()
