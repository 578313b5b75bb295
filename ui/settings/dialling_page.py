"""What is done to a number before it is dialled, and a number to try it on (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui.buttons import push_button
from ui.labels import ElidedLabel, plain_label
from ui.settings.dialling_model import Column, DiallingModel
from ui.theme import set_style_state

WIDTHS = {
    Column.STARTS_WITH: 96, Column.MIN_DIGITS: 88, Column.MAX_DIGITS: 52, Column.INSIDE: 88,
    Column.OUTSIDE: 108, Column.STRIP: 76, Column.PREFIX: 72,
}  # fmt: skip


class DiallingPage(QWidget):
    """The first rule that fits is used; a number that none fits is dialled as it is."""

    def __init__(self, model: DiallingModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setObjectName("dialling-page")
        self._table = QTableView(self)
        self._add = push_button(self, "rule-add-button", self.tr("Add"))
        self._up = push_button(self, "rule-up-button", self.tr("Earlier"))
        self._remove = push_button(self, "rule-remove-button", self.tr("Remove"))
        self._why = ElidedLabel(name="rule-refusal", role="caption")
        set_style_state(self._why, "state", "fault")
        self._number = QLineEdit(self)
        self._outcome = plain_label(name="rule-outcome", role="value")
        self._set_up_table()
        self._lay_out()
        self._add.clicked.connect(self._on_add)
        self._up.clicked.connect(self._on_up)
        self._remove.clicked.connect(self._on_remove)
        self._number.textChanged.connect(self._try)
        model.refused.connect(self._why.setText)
        model.tried.connect(self._try)

    def _set_up_table(self) -> None:
        table = self._table
        table.setObjectName("rule-table")
        table.setAccessibleName(self.tr("Rules of dialling"))
        table.setModel(self._model)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.verticalHeader().setDefaultSectionSize(32)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft
                                                     | Qt.AlignmentFlag.AlignVCenter)  # fmt: skip
        table.horizontalHeader().setStretchLastSection(True)
        for column, width in WIDTHS.items():
            table.setColumnWidth(column, width)

    def _lay_out(self) -> None:
        explanation = plain_label(
            self.tr("The first rule that fits a number is used. Numbers are compared in their "
                    "full form, +86 and so on; short numbers as they are."),
            role="caption")  # fmt: skip
        explanation.setWordWrap(True)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for button in (self._add, self._up, self._remove):
            acts.addWidget(button)
        acts.addWidget(self._why, 1)
        self._number.setObjectName("rule-try-field")
        self._number.setPlaceholderText(self.tr("Try a number"))
        self._number.setAccessibleName(self.tr("Try a number"))
        self._number.setMaxLength(40)
        attempt = QHBoxLayout()
        attempt.setSpacing(8)
        attempt.addWidget(self._number, 1)
        attempt.addWidget(self._outcome, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(explanation)
        layout.addWidget(self._table, 1)
        layout.addLayout(acts)
        layout.addLayout(attempt)

    def _on_add(self) -> None:
        self._table.setCurrentIndex(self._model.index(self._model.add(), Column.STARTS_WITH))
        self._table.edit(self._table.currentIndex())

    def _on_up(self) -> None:
        row = self._table.currentIndex().row()
        self._model.raise_rule(row)
        self._table.setCurrentIndex(self._model.index(max(0, row - 1), Column.STARTS_WITH))

    def _on_remove(self) -> None:
        self._model.remove(self._table.currentIndex().row())

    def _try(self) -> None:
        self._outcome.setText(self._model.would_dial(self._number.text()))
