"""Says how far saving has come: typed, complete, waiting for the server, delivered (⑦, ⑧)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from agent_app.desk.seat import Seat
from agent_app.desk.summaries import SaveResult
from agent_app.domain.ids import InteractionId
from agent_app.domain.link import OutboxItem
from ui.formatting import clock_time
from ui.summary.save_trail import SaveNote, SaveStage, SaveTrail
from ui.summary.view_model import SummaryViewModel, called


class SaveStatusViewModel(QObject):
    """The status line below the summary; with no summary on the page, that of the last one saved.

    Signals:
        changed: the words may be different now.
    """

    changed = Signal()

    def __init__(
        self, seat: Seat, summary: SummaryViewModel, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._seat = seat
        self._summary = summary
        self._trail = SaveTrail()
        self._last: InteractionId | None = None
        self._last_who = ""
        self._fault = ""
        summary.changed.connect(self.changed)
        seat.summaries.finished.connect(self._on_finished)
        seat.summaries.fault.connect(self._on_fault)
        seat.link.items_changed.connect(self._on_items)
        self._trail.outbox(seat.link.items)

    @property
    def text(self) -> str:
        if self._fault:
            return self.tr("Not kept on disk: {reason}").format(reason=self._fault)
        note = self._note
        if self._summary.draft is None:
            if note is None:
                return ""
            return self.tr("{who}: {status}").format(who=self._last_who, status=self._words(note))
        if note is not None:
            return self._words(note)
        return self.tr("Kept as you type") if self._summary.editable else self.tr("Saving …")

    @property
    def kind(self) -> str:
        """good, warning, fault, or nothing: for the style sheet."""
        if self._fault:
            return "fault"
        if self._note is None:
            return ""
        kinds = {
            SaveStage.DELIVERED: "good",
            SaveStage.FAULT: "fault",
            SaveStage.SET_ASIDE: "fault",
            SaveStage.INCOMPLETE: "warning",
        }
        return kinds.get(self._note.stage, "")

    @property
    def _note(self) -> SaveNote | None:
        if self._summary.draft is None:
            return self._trail.note(self._last)
        note = self._trail.note(self._summary.selected)
        if note is not None and note.stage in _overtaken(self._summary):
            return None
        return note

    def _words(self, note: SaveNote) -> str:
        at = "" if note.at is None else clock_time(note.at, self._seat.clock.now())
        words = {
            SaveStage.INCOMPLETE: self.tr("Not saved yet: see above"),
            SaveStage.AT_HANG_UP: self.tr("Complete: saves itself when the call ends"),
            SaveStage.FAULT: self.tr("Not saved: {reason}"),
            SaveStage.WAITING: self.tr("Saved {time}, waiting for the server"),
            SaveStage.DELIVERED: self.tr("Saved {time}, delivered"),
            SaveStage.SET_ASIDE: self.tr("Saved {time}, the server did not take it: {reason}"),
        }
        return words[note.stage].format(time=at, reason=note.detail)

    def _on_finished(self, result: SaveResult) -> None:
        self._trail.finished(result, self._seat.clock.now())
        self._fault = ""
        draft = self._seat.summaries.draft(result.interaction_id)
        if result.saved and draft is not None:
            self._last, self._last_who = result.interaction_id, called(draft)
        self.changed.emit()

    def _on_fault(self, reason: str) -> None:
        self._fault = reason
        self.changed.emit()

    def _on_items(self, items: tuple[OutboxItem, ...]) -> None:
        self._trail.outbox(items)
        self.changed.emit()


def _overtaken(summary: SummaryViewModel) -> tuple[SaveStage, ...]:
    """What the last try to save found and is no longer so, as she has typed since."""
    incomplete = () if summary.missing else (SaveStage.INCOMPLETE,)
    at_hang_up = (SaveStage.AT_HANG_UP,) if summary.gaps else ()
    return incomplete + at_hang_up
