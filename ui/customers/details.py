"""The details at the right of the page: fields, numbers, everything that was said (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.buttons import push_button
from ui.caller.fitted_text import FittedText
from ui.customers.details_model import CustomerDetailsModel, Fact
from ui.keys import KeyAction, KeyMap
from ui.labels import plain_label
from ui.particulars import Particulars
from ui.rows.clipped import ClippedLabel
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.theme import set_style_state

NUMBERS_SHOWN = 4
MARGIN_PX = 16
WIDE = frozenset({"warning", "segment_id", "address", "notes"})
"""Facts that need a line of their own."""


class CustomerDetails(QFrame):
    """Paints a CustomerDetailsModel.

    Signals:
        number_clicked: the number to put into the dial field; never dials.
        twin_wanted: she takes this one for somebody else's double.
    """

    number_clicked = Signal(str)
    twin_wanted = Signal()

    def __init__(
        self, model: CustomerDetailsModel, keys: KeyMap, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("customer-details")
        self.setProperty("role", "scrolled")
        self._model = model
        self._name = ClippedLabel(lines=2, name="customer-details-name", role="title")
        self._provisional = plain_label(name="customer-details-provisional")
        self._provisional.setProperty("chip", "warning")
        key = keys.text(KeyAction.CUSTOMER)
        self.edit_button = push_button(self, "customer-edit-button", self.tr("Edit"), key)
        self.twin_button = push_button(self, "customer-twin-button", self.tr("Merge …"))
        self._facts = QGridLayout()
        self.secrets = Particulars(model.secrets, keys, where="customer-")
        self._numbers = self._list("customer-number-list",
                                   self.tr("Numbers; fills the dial field"), lines=0)  # fmt: skip
        self._history_title = plain_label(name="customer-history-title", role="caption")
        self._history = self._list("customer-history-list", self.tr("History"), lines=2)
        self._history.setMinimumHeight(self._history.height_of(2))
        self._history.set_empty_text(self.tr("Nothing was said yet."))
        self._whole = FittedText(name="customer-history-text",
                                 spoken=self.tr("The chosen conversation in full"),
                                 least=2, most=8)  # fmt: skip
        self._shown_facts: tuple[Fact, ...] | None = None
        self._lay_out()
        self.edit_button.clicked.connect(model.edit)
        self.twin_button.clicked.connect(self.twin_wanted)
        self._numbers.chosen.connect(self.number_clicked)
        self._history.chosen.connect(self._show_whole)
        model.changed.connect(self._show)
        self._show()

    def allow(self, *, edit: bool, merge: bool) -> None:
        """What her role may do."""
        self.edit_button.setVisible(edit)
        self.twin_button.setVisible(merge)

    def _list(self, name: str, spoken: str, *, lines: int) -> RowList:
        rows = RowList(RowModel(self), lines=lines, parent=self)
        rows.setObjectName(name)
        rows.setAccessibleName(spoken)
        return rows

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._name, 1)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for widget in (self._provisional, self.twin_button, self.edit_button):
            acts.addWidget(widget, alignment=Qt.AlignmentFlag.AlignVCenter)
        head.addLayout(acts)
        head.setAlignment(acts, Qt.AlignmentFlag.AlignTop)
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(4)
        for column in (1, 3):
            self._facts.setColumnStretch(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._numbers)
        layout.addLayout(self._facts)
        layout.addWidget(self.secrets)
        layout.addSpacing(8)
        layout.addWidget(self._history_title)
        layout.addWidget(self._history, 1)
        layout.addWidget(self._whole)

    def _show(self) -> None:
        model = self._model
        self._name.setText(model.title)
        self._name.setAccessibleName(model.title)
        self._provisional.setText(model.provisional)
        self._provisional.setVisible(bool(model.provisional))
        self._fill(self._numbers, min(NUMBERS_SHOWN, len(model.numbers)))
        self._numbers.setVisible(bool(model.numbers))
        self._show_facts(model.facts)
        self._history_title.setText(model.timeline_title)
        self._history.row_model.show_rows(model.timeline)
        if self._history.row_model.position(self._history.current_key) < 0:
            self._whole.hide()

    def _fill(self, rows: RowList, shown: int) -> None:
        rows.row_model.show_rows(self._model.numbers)
        rows.setFixedHeight(rows.height_of(max(1, shown)))

    def _show_facts(self, facts: tuple[Fact, ...]) -> None:
        """Anew only when one of them changed: nothing flickers while news come."""
        if facts == self._shown_facts:
            return
        self._shown_facts = facts
        while (item := self._facts.takeAt(0)) is not None:
            if old := item.widget():
                old.hide()
                old.deleteLater()
        row = column = 0
        for fact in facts:
            wide = fact.name in WIDE
            if wide and column:
                row, column = row + 1, 0
            caption = plain_label(fact.caption, role="caption")
            value = ClippedLabel(fact.value, lines=6, name=f"customer-fact-{_name(fact)}")
            value.setAccessibleName(f"{fact.caption}: {fact.value}")
            state = "warning" if fact.waits or fact.name in ("warning", "arrears_cents") else ""
            set_style_state(value, "state", state)
            self._facts.addWidget(caption, row, column, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(value, row, column + 1, 1, 3 if wide else 1)
            row, column = (row + 1, 0) if wide or column else (row, 2)

    def _show_whole(self, key: str) -> None:
        text = self._model.full_text(key)
        self._whole.setPlainText(text)
        self._whole.setVisible(bool(text))


def _name(fact: Fact) -> str:
    return fact.name.replace("_", "-")
