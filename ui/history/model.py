"""The calls of this seat as rows: which way, who, when, how long, and what was missed (step ⑥)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from agent_app.desk.seat import Seat
from agent_app.domain.call_log import CallEntry
from agent_app.domain.calls import Direction
from ui import words
from ui.formatting import duration, joined, moment, phone_number
from ui.rows.row import Row


@dataclass(frozen=True, slots=True)
class HistoryView:
    rows: tuple[Row, ...] = ()
    more_to_come: bool = False


class HistoryModel(QObject):
    """View-model of the history list; rows are made while it is open only.

    Signals:
        changed: HistoryView.
        missed_changed: how many missed calls she has not looked at.
    """

    changed = Signal(object)
    missed_changed = Signal(int)

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._open = False
        self._missed = self.missed
        self._view = HistoryView()
        seat.history.changed.connect(self._on_history)

    @property
    def view(self) -> HistoryView:
        return self._view

    @property
    def missed(self) -> int:
        """Missed calls that she has not looked at."""
        return self._seat.history.missed

    def open(self) -> None:
        self._open = True
        self._refresh()

    def close(self) -> None:
        """Looked at: the missed ones are no news any more."""
        self._open = False
        self._seat.history.mark_seen()

    def load_more(self) -> None:
        self._seat.history.load_more()

    def number(self, key: str) -> str:
        """What goes into the dial field for this row; "" for a withheld number."""
        found = (entry for entry in self._seat.history.entries if entry.entry_id == key)
        entry = next(found, None)
        return "" if entry is None else entry.number

    def _on_history(self, _entries: object) -> None:
        if self.missed != self._missed:
            self._missed = self.missed
            self.missed_changed.emit(self._missed)
        if self._open:
            self._refresh()

    def _refresh(self) -> None:
        history = self._seat.history
        view = HistoryView(tuple(self._row(entry) for entry in history.entries),
                           history.more_to_come)  # fmt: skip
        if view != self._view:
            self._view = view
            self.changed.emit(view)

    def _row(self, entry: CallEntry) -> Row:
        number = phone_number(entry.number)
        title = entry.name or number or self.tr("Number withheld")
        shape, tone = "incoming", "talking"
        if entry.direction is Direction.OUTGOING:
            shape, tone = "outgoing", "neutral"
        if entry.missed:
            shape, tone = "missed", "fault"
        return Row(
            entry.entry_id,
            title,
            lines=(joined(*self._details(entry, number)),),
            trail=moment(entry.started_at, self._seat.clock.now()),
            badge=self.tr("missed") if entry.missed and not entry.seen else "",
            shape=shape,
            tone=tone,
        )

    def _details(self, entry: CallEntry, number: str) -> tuple[str, ...]:
        direction = self.tr("in") if entry.direction is Direction.INCOMING else self.tr("out")
        end = "" if entry.end_reason is None else words.end_reason(entry.end_reason)
        by = self._seat.directory.called(entry.transferred_by)
        to = self.tr("to {who}").format(who=entry.transferred_to)
        return (
            direction,
            number if entry.name else "",
            entry.queue,
            duration(entry.talked_s) if entry.answered_at is not None else "",
            "" if entry.missed and not entry.seen else end,
            self.tr("from {extension}").format(extension=by) if by else "",
            to if entry.transferred_to else "",
        )
