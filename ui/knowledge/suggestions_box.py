"""The lower part of the knowledge base: articles proposed for this call (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_app.desk.seat import Seat
from ui.keys import SUGGESTIONS, KeyMap
from ui.knowledge.suggestions_view_model import SHOWN, SuggestionsViewModel
from ui.labels import plain_label
from ui.rows.list_view import RowList
from ui.rows.model import RowModel

FEWEST = 3


class SuggestionsBox(QWidget):
    """Room for three to five rows by the height of the window, never by what is in them.

    Signals:
        chosen: the article's key.
    """

    chosen = Signal(str)

    def __init__(self, seat: Seat, keys: KeyMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = SuggestionsViewModel(knowledge=seat.knowledge, focus=seat.focus, parent=self)
        self._rows = RowList(RowModel(self), lines=1)
        self._rows.setObjectName("suggestions-list")
        self._rows.setAccessibleName(self.tr("Suggested for this call"))
        self._rows.setMinimumHeight(self._rows.height_of(FEWEST))
        self._rows.want(FEWEST)
        self._keys = keys
        self._fitting = FEWEST
        self._keys_label = plain_label(name="suggestions-keys", role="caption")
        caption = QHBoxLayout()
        caption.setContentsMargins(8, 0, 8, 0)
        caption.addWidget(
            plain_label(self.tr("Suggested"), name="suggestions-title", role="heading"), 1
        )
        caption.addWidget(self._keys_label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(caption)
        layout.addWidget(self._rows)
        self._rows.chosen.connect(self.chosen)
        self._rows.hovered.connect(self._view.hover)
        self._view.changed.connect(self._show)
        self._show()

    def fit(self, room: int) -> None:
        """Take as many whole rows as ``room`` pixels hold, at least three, at most five."""
        around = self.minimumSizeHint().height() - self._rows.minimumHeight()
        fitting = [n for n in range(FEWEST, SHOWN + 1) if self._rows.height_of(n) + around <= room]
        self._fitting = max(fitting, default=FEWEST)
        self._rows.want(self._fitting)
        self._show()

    def hold_still(self) -> None:
        """She types: the rows stay."""
        self._view.hold_still()

    def choose(self, place: int) -> None:
        """Its number key was pressed."""
        self._rows.choose_at(place - 1)

    def _show(self) -> None:
        """Only whole rows: the last ones of five are the weakest, and scrolling costs more."""
        self._rows.row_model.show_rows(self._view.rows[: self._fitting])
        first, last = (self._keys.text(SUGGESTIONS[at]) for at in (0, self._fitting - 1))
        self._keys_label.setText(f"{first} … {last[-1]}")
        self._rows.set_empty_text(self._view.advice)
