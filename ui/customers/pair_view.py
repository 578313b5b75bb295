"""Two customers side by side: which is kept is chosen, what moves is said (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from agent_app.domain.duplicates import Twin, TwinPair, plan
from ui.customers.words import duplicate_reason
from ui.formatting import phone_number
from ui.labels import plain_label
from ui.record_words import part_name
from ui.rows.clipped import ClippedLabel
from ui.theme import set_style_state

PARTS = ("name", "phones", "segment", "region", "company", "address", "id_number", "warning",
         "notes")  # fmt: skip


class PairView(QWidget):
    """Nothing is merged before she said which one stays.

    Signals:
        merge_wanted: the Twin that is kept, and the one that goes.
        left: she leaves both as they are.
    """

    merge_wanted = Signal(object, object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("customer-pair")
        self._pair: TwinPair | None = None
        self._reasons = ClippedLabel(lines=2, name="pair-reasons", role="muted")
        self._keeps = (self._keep("pair-keep-first"), self._keep("pair-keep-second"))
        self._grid = QGridLayout()
        self._cells = {part: (self._cell(part, 1), self._cell(part, 2)) for part in PARTS}
        self._captions = {part: plain_label(_caption(part), role="caption") for part in PARTS}
        self._moves = ClippedLabel(lines=5, name="pair-moves")
        self.merge_button = QPushButton(self.tr("Merge"), self)
        self.merge_button.setObjectName("pair-merge-button")
        self.merge_button.setProperty("kind", "primary")
        self._leave = QPushButton(self.tr("Leave them as they are"), self)
        self._leave.setObjectName("pair-leave-button")
        self._lay_out()
        for button in self._keeps:
            button.toggled.connect(self._say)
        self.merge_button.clicked.connect(self._merge)
        self._leave.clicked.connect(self.left)

    def _keep(self, name: str) -> QRadioButton:
        button = QRadioButton(self)
        button.setObjectName(name)
        return button

    def _cell(self, part: str, side: int) -> ClippedLabel:
        return ClippedLabel(lines=3, name=f"pair-{part.replace('_', '-')}-{side}")

    def _lay_out(self) -> None:
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        for side, button in enumerate(self._keeps, 1):
            self._grid.addWidget(button, 0, side)
        for row, part in enumerate(PARTS, 1):
            self._grid.addWidget(self._captions[part], row, 0, Qt.AlignmentFlag.AlignTop)
            for side, cell in enumerate(self._cells[part], 1):
                self._grid.addWidget(cell, row, side)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self._leave)
        foot.addWidget(self.merge_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._reasons)
        layout.addLayout(self._grid)
        layout.addWidget(self._moves)
        layout.addLayout(foot)

    def show_pair(self, pair: TwinPair) -> None:
        """Nobody is chosen yet: the choice is hers each time."""
        self._pair = pair
        reasons = ", ".join(duplicate_reason(reason) for reason in pair.reasons)
        self._reasons.setText(self.tr("Perhaps one and the same: {reasons}").format(
            reasons=reasons))  # fmt: skip
        for button, twin in zip(self._keeps, (pair.first, pair.second), strict=True):
            button.setAutoExclusive(False)
            button.setChecked(False)
            button.setAutoExclusive(True)
            button.setText(self.tr("Keep this one"))
            button.setAccessibleName(self.tr("Keep {name}").format(name=twin.name))
        for part in PARTS:
            texts = _text(pair.first, part), _text(pair.second, part)
            for cell, text in zip(self._cells[part], texts, strict=True):
                cell.setText(text or "—")
                set_style_state(cell, "role", "value" if texts[0] != texts[1] else "muted")
            shown = any(texts)
            for widget in (*self._cells[part], self._captions[part]):
                widget.setVisible(shown)
        self._say()

    def _chosen(self) -> tuple[Twin, Twin] | None:
        if self._pair is None:
            return None
        first, second = self._pair.first, self._pair.second
        if self._keeps[0].isChecked():
            return first, second
        return (second, first) if self._keeps[1].isChecked() else None

    def _say(self, _checked: bool = False) -> None:
        chosen = self._chosen()
        self.merge_button.setEnabled(chosen is not None)
        if chosen is None:
            self._moves.setText(self.tr("Choose which of the two stays."))
            return
        kept, gone = chosen
        moves = plan(kept, gone)
        parts = [self.tr("all conversations")]
        parts += [phone_number(phone.number) for phone in moves.numbers]
        parts += [_caption(part) for part in moves.filled]
        if moves.notes:
            parts.append(self.tr("the notes, below the others"))
        self._moves.setText(
            self.tr(
                "It gets from the other: {parts}. The other is not found any more. This cannot be"
                " undone."
            ).format(parts=", ".join(parts))
        )

    def _merge(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.merge_wanted.emit(*chosen)


def _caption(part: str) -> str:
    return part_name("segment_id" if part == "segment" else part)


def _text(twin: Twin, part: str) -> str:
    if part != "phones":
        return str(getattr(twin, part))
    return ", ".join(f"{phone_number(one.number)} {one.label}".rstrip() for one in twin.phones)
