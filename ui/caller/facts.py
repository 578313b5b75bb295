"""Warning, arrears, segment with its rule, region, notes: what an agent reads first (⑤)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.caller.fitted_text import FittedText
from ui.caller.view_model import CallerViewModel
from ui.formatting import tooltip
from ui.labels import plain_label
from ui.rows.clipped import ClippedLabel
from ui.rows.model import LONGEST_TIP

SEGMENT_WIDTH = 144


class Facts(QWidget):
    """The lines of the card that only some callers have; an empty one takes no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._segment = plain_label(name="caller-segment")
        self._segment.setProperty("chip", "accent")
        self._region = ClippedLabel(lines=1, name="caller-region", role="muted")
        self._about = ClippedLabel(lines=2, name="caller-about", role="muted")
        self._rule = ClippedLabel(lines=4, name="caller-rule")
        self._arrears = ClippedLabel(lines=1, name="caller-arrears", role="value")
        self._arrears.setProperty("state", "warning")
        self._warning = ClippedLabel(lines=4, name="caller-warning")
        self._warning.setProperty("chip", "warning")
        self._notes = FittedText(name="caller-notes", spoken=self.tr("Notes"), least=3, most=3)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._segment)
        first.addWidget(self._region, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.setSpacing(8)
        layout.addWidget(self._warning)
        layout.addWidget(self._arrears)
        layout.addLayout(first)
        layout.addWidget(self._about)
        layout.addWidget(self._rule)
        layout.addWidget(self._notes)

    def show_facts(self, view: CallerViewModel) -> None:
        for label, text in (
            (self._segment, self._cut(view.segment)),
            (self._region, view.region),
            (self._about, view.about),
            (self._rule, view.segment_rule),
            (self._arrears, view.arrears),
            (self._warning, view.warning),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self._segment.setToolTip(tooltip(view.segment[:LONGEST_TIP]))
        if self._notes.toPlainText() != view.notes:
            self._notes.setPlainText(view.notes)
        self._notes.setVisible(bool(view.notes))
        self.setVisible(view.customer is not None)

    def _cut(self, segment: str) -> str:
        """A chip hugs its word; one that is no word must not widen the card."""
        return self._segment.fontMetrics().elidedText(
            segment[:SEGMENT_WIDTH], Qt.TextElideMode.ElideRight, SEGMENT_WIDTH
        )
