"""Pairs that may be one and the same, one after the other (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from agent_app.desk.customer_merging import Asked, CustomerMerging, Duplicates
from agent_app.domain.duplicates import Twin, TwinPair
from ui.buttons import push_button
from ui.customers.pair_view import PairView
from ui.customers.words import duplicate_reason
from ui.formatting import joined
from ui.labels import plain_label
from ui.rows.clipped import ClippedLabel
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.rows.row import Row
from ui.theme import set_style_state

LIST_ROWS = 4


class DuplicatesPanel(QFrame):
    """What the server proposes, or two that she chose.

    Signals:
        closed: back to the details.
    """

    closed = Signal()

    def __init__(self, merging: CustomerMerging, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("customer-duplicates")
        self.setProperty("role", "scrolled")
        self._merging = merging
        self._chosen: TwinPair | None = None
        self._title = plain_label(self.tr("Duplicates"), name="duplicates-title", role="title")
        self._again = push_button(self, "duplicates-again-button", self.tr("Ask again"))
        self._close = push_button(self, "duplicates-close-button", self.tr("Back"))
        self._status = ClippedLabel(lines=2, name="duplicates-status", role="muted")
        self._rows = RowModel(self)
        self._list = RowList(self._rows, lines=1, parent=self)
        self._list.setObjectName("duplicates-list")
        self._list.setAccessibleName(self.tr("Pairs"))
        self._pair = PairView(self)
        self._pair.hide()
        self._lay_out()
        self._again.clicked.connect(merging.look)
        self._close.clicked.connect(self.closed)
        self._list.chosen.connect(self._choose)
        self._pair.merge_wanted.connect(self._merge)
        self._pair.left.connect(self._leave)
        merging.changed.connect(self._show)
        self._show(merging.duplicates)

    def open(self) -> None:
        """Of the whole centre, asked anew."""
        self._chosen = None
        self._pair.hide()
        self._merging.look()

    def compare(self, pair: TwinPair) -> None:
        """Two that she chose herself."""
        self._chosen = pair
        self._pair.show_pair(pair)
        self._pair.show()
        self._show(self._merging.duplicates)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self._again)
        head.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._status)
        layout.addWidget(self._list)
        layout.addWidget(self._pair)
        layout.addStretch(1)

    def _show(self, duplicates: Duplicates) -> None:
        own = self._chosen is not None
        rows = tuple(_row(pair) for pair in duplicates.pairs)
        self._rows.show_rows(rows)
        self._list.setFixedHeight(self._list.height_of(min(LIST_ROWS, max(1, len(rows)))))
        self._list.setVisible(bool(rows) and not own)
        self._status.setText("" if own else self._words(duplicates))
        self._status.setVisible(bool(self._status.text()))
        fault = duplicates.asked in (Asked.OFFLINE, Asked.REFUSED)
        set_style_state(self._status, "state", "fault" if fault else "")
        self._again.setVisible(not own)
        self._again.setEnabled(duplicates.asked is not Asked.ASKING)

    def _words(self, duplicates: Duplicates) -> str:
        match duplicates.asked:
            case Asked.NOT:
                return ""
            case Asked.ASKING:
                return self.tr("The server looks for customers that are there twice …")
            case Asked.OFFLINE:
                return self.tr("Only the server knows them, and it cannot be reached now.")
            case Asked.REFUSED:
                return self.tr("The server did not answer this: {reason}").format(
                    reason=duplicates.problem
                )
            case Asked.ANSWERED if not duplicates.pairs:
                return self.tr("Nobody is there twice, as far as the server can tell.")
        return self.tr("Pairs that may be one and the same: {count}. Choose one.").format(
            count=len(duplicates.pairs)
        )

    def _choose(self, key: str) -> None:
        pair = next((one for one in self._merging.duplicates.pairs if one.key == key), None)
        if pair is not None:
            self._pair.show_pair(pair)
            self._pair.show()

    def _merge(self, kept: Twin, gone: Twin) -> None:
        self._merging.merge(kept, gone)
        self._leave()

    def _leave(self) -> None:
        self._pair.hide()
        if self._chosen is not None:
            self._chosen = None
            self.closed.emit()


def _row(pair: TwinPair) -> Row:
    reasons = ", ".join(duplicate_reason(reason) for reason in pair.reasons)
    regions = " · ".join(dict.fromkeys(one.region for one in (pair.first, pair.second)))
    return Row(
        key=pair.key,
        title=f"{pair.first.name} — {pair.second.name}",
        lines=(joined(reasons, regions),),
        shape="people",
        tone="neutral",
    )
