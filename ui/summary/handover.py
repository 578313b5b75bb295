"""What came with the call from a colleague: who had it before, and her words (step ⑥)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from agent_app.desk.seat import Seat
from agent_app.domain.handover import HandoverCard
from agent_app.domain.ids import InteractionId
from agent_app.domain.summary import SummaryField


@dataclass(frozen=True, slots=True)
class HandoverView:
    """``text`` is who passed it on, ``words`` what she wrote that is not in the summary."""

    text: str = ""
    words: str = ""


class HandoverViewModel(QObject):
    """Of the interaction on the page.

    Signals:
        changed: HandoverView.
    """

    changed = Signal(object)

    def __init__(self, seat: Seat, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._view = self._compose()
        seat.handover.arrived.connect(self._on_arrived)
        seat.focus.changed.connect(self._on_focus)

    @property
    def view(self) -> HandoverView:
        return self._view

    def _on_arrived(self, _card: HandoverCard) -> None:
        self._refresh()

    def _on_focus(self, _selected: InteractionId | None) -> None:
        self._refresh()

    def _refresh(self) -> None:
        view = self._compose()
        if view != self._view:
            self._view = view
            self.changed.emit(view)

    def _compose(self) -> HandoverView:
        selected = self._seat.focus.selected
        card = None if selected is None else self._seat.handover.card(selected)
        if card is None:
            return HandoverView()
        text = self.tr("From {name} {extension}").format(
            name=card.from_agent_name, extension=card.from_extension
        )
        return HandoverView(text, self._words(card))

    def _words(self, card: HandoverCard) -> str:
        """Only what stands beside; the rest is in the fields already."""
        came = card.attachment
        texts = (
            (SummaryField.QUESTION, self.tr("Question"), came.question),
            (SummaryField.ANSWER, self.tr("Answer"), came.answer),
            (SummaryField.BASIS, self.tr("Basis"), came.basis),
            (SummaryField.FOLLOW_UP, self.tr("Follow-up"), came.follow_up),
        )
        return "\n\n".join(
            f"{caption}\n{text}" for field, caption, text in texts if field in card.beside and text
        )
