"""The summaries that were put by, as a list to go on from (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from agent_app.desk.seat import Seat
from agent_app.domain.ids import InteractionId
from agent_app.domain.summary import SummaryDraft
from ui.formatting import count, moment
from ui.rows.row import Row
from ui.summary.view_model import called


class ParkedViewModel(QObject):
    """Signals:
    changed: other summaries are parked now, or say something else.
    """

    changed = Signal()

    def __init__(self, seat: Seat, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._rows = self._compose()
        seat.summaries.changed.connect(self._on_draft)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The one that waits longest first."""
        return self._rows

    @property
    def text(self) -> str:
        """``Parked 2``; empty when there is none."""
        if not self._rows:
            return ""
        return self.tr("Parked {number}").format(number=count(len(self._rows)))

    def open(self, key: str) -> None:
        """Go on with one, on the page."""
        interaction_id = InteractionId(key)
        self._seat.summaries.unpark(interaction_id)
        self._seat.focus.select(interaction_id)

    def _on_draft(self, _draft: SummaryDraft) -> None:
        rows = self._compose()
        if rows != self._rows:
            self._rows = rows
            self.changed.emit()

    def _compose(self) -> tuple[Row, ...]:
        return tuple(map(self._row, self._seat.summaries.parked_drafts))

    def _row(self, draft: SummaryDraft) -> Row:
        what = " ".join(draft.question.split()) or self.tr("Nothing is written yet")
        return Row(
            key=draft.interaction_id,
            title=called(draft),
            lines=(what,),
            trail=moment(draft.call.started_at, self._seat.clock.now()),
        )
