"""The inbox in words: what was refused, both values, and what can be done (step ⑧)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from agent_app.desk.seat import Seat
from agent_app.domain.difference import Span, differing
from agent_app.domain.ids import OperationId
from agent_app.domain.inbox import Decision, EntryState, FieldPair, InboxEntry
from agent_app.domain.link import SAVE_CUSTOMER
from ui import words
from ui.formatting import moment
from ui.record_words import Names, category_name, part_name, value_text
from ui.rows.row import Row


@dataclass(frozen=True, slots=True)
class PairView:
    """One part with both texts; ``mine_marks`` and ``theirs_marks`` are where they differ."""

    key: str
    title: str
    mine: str
    theirs: str
    mine_marks: tuple[Span, ...] = ()
    theirs_marks: tuple[Span, ...] = ()


class InboxModel(QObject):
    """View-model of the inbox.

    Signals:
        changed: something shown changed; read the properties again.
    """

    changed = Signal()

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._selected = ""
        seat.inbox.changed.connect(self._on_entries)
        self._on_entries(seat.inbox.entries)

    # --- what is shown ---------------------------------------------------------------------------

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self._row(entry) for entry in self._seat.inbox.entries)

    @property
    def selected(self) -> str:
        return self._selected

    @property
    def entry(self) -> InboxEntry | None:
        return self._seat.inbox.entry(self._selected)

    @property
    def heading(self) -> str:
        entry = self.entry
        if entry is None:
            return ""
        return f"{words.outbox_kind(entry.kind)} · {entry.title}"

    @property
    def explanation(self) -> str:
        """What happened and what her choice means, in one or two sentences."""
        entry = self.entry
        if entry is None:
            return ""
        if entry.author != self._seat.agent.agent_id:
            return self.tr("A colleague's, made on this seat; the decision is not yours.")
        texts = {
            EntryState.CONFLICT: self.tr(
                "Somebody changed the same meanwhile. Nothing was written over: decide which "
                "value stays."
            ),
            EntryState.REJECTED: self.tr("The server did not take it: {reason}"),
            EntryState.DECIDED: self.tr("Decided. It goes out in a moment."),
            EntryState.NOTE: self.tr("Not sent. Your words are kept here to be read."),
        }
        return texts[entry.state].format(reason=entry.reason)

    @property
    def pairs(self) -> tuple[PairView, ...]:
        """What differs; of an entry without the server's values, all that she wrote."""
        entry = self.entry
        if entry is None:
            return ()
        compared = any(pair.differs for pair in entry.pairs)
        shown = (p for p in entry.pairs if part_name(p.name) and (p.differs or not compared))
        views = (self._pair(pair, compared=compared) for pair in shown)
        return tuple(view for view in views if view.mine or view.theirs)

    @property
    def compares(self) -> bool:
        """Whether there are the server's values beside hers."""
        return self.entry is not None and any(pair.differs for pair in self.entry.pairs)

    def offers(self, decision: Decision) -> bool:
        return self.entry is not None and decision in self.entry.decisions

    @property
    def can_edit(self) -> bool:
        return self.entry is not None and self.entry.can_edit

    @property
    def can_undo(self) -> bool:
        return self.entry is not None and self.entry.can_undo

    @property
    def can_forget(self) -> bool:
        return self.entry is not None and self.entry.state is EntryState.NOTE

    # --- what she does ---------------------------------------------------------------------------

    def select(self, key: str) -> None:
        if key != self._selected:
            self._selected = key
            self.changed.emit()

    def decide(self, decision: Decision) -> None:
        if self.offers(decision):
            self._seat.inbox.decide(OperationId(self._selected), decision)

    def undo(self) -> None:
        if self.can_undo:
            self._seat.inbox.undo(OperationId(self._selected))

    def forget(self) -> None:
        if self.can_forget:
            self._seat.inbox.forget(OperationId(self._selected))

    def correct(self) -> None:
        """Open what was sent back: a customer in the editor, a summary as a draft."""
        entry = self.entry
        if entry is None or not entry.can_edit:
            return
        if entry.kind == SAVE_CUSTOMER:
            self._seat.customers.open_returned(entry.operation_id)
        else:
            self._seat.inbox.reopen(entry.operation_id)

    # --- inside ----------------------------------------------------------------------------------

    def _on_entries(self, entries: tuple[InboxEntry, ...]) -> None:
        """Stay at the entry; where it is gone, go to the first that is to be decided."""
        if all(entry.operation_id != self._selected for entry in entries):
            self._selected = entries[0].operation_id if entries else ""
        self.changed.emit()

    def _row(self, entry: InboxEntry) -> Row:
        states = {
            EntryState.CONFLICT: (self.tr("two values"), "warning", "attention"),
            EntryState.REJECTED: (self.tr("sent back"), "fault", "fault"),
            EntryState.DECIDED: (self.tr("decided"), "check", "ready"),
            EntryState.NOTE: (self.tr("kept to read"), "info", "neutral"),
        }
        word, shape, tone = states[entry.state]
        now = self._seat.clock.now()
        return Row(
            key=entry.operation_id,
            title=entry.title or words.outbox_kind(entry.kind),
            lines=(f"{words.outbox_kind(entry.kind)} · {moment(entry.made_at, now)} · {word}",),
            muted=entry.state is EntryState.NOTE,
            shape=shape,
            tone=tone,
        )

    def _pair(self, pair: FieldPair, *, compared: bool) -> PairView:
        names = Names(
            self._seat.inbox.choices,
            {one.category_id: category_name(one) for one in self._seat.knowledge.categories},
        )
        mine = value_text(pair.name, pair.mine, names)
        theirs = value_text(pair.name, pair.theirs, names)
        marks = differing(mine, theirs) if compared else ((), ())
        return PairView(pair.name, part_name(pair.name), mine, theirs, *marks)
