"""Whose summary it is, asked when she saves and several people may be meant (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from agent_app.domain.summary import SummaryField
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.summary.labelled import Labelled
from ui.summary.view_model import SummaryViewModel

SHOWN_ROWS = 4


class WhoseBlock(Labelled):
    """Not there until it is asked; one Enter answers, and saving goes on by itself.

    Signals:
        answered: she chose.
    """

    answered = Signal()

    def __init__(self, view: SummaryViewModel, parent: QWidget | None = None) -> None:
        self._list = RowList(RowModel(), lines=0)
        self._list.setObjectName("whose-list")
        self._list.setProperty("role", "field")
        super().__init__(self.tr("Whose summary is it?"), self._list, parent)
        self._list.setAccessibleName(self.tr("Whose summary is it?"))
        self._list.row_model.setParent(self)
        self._view = view
        self._list.chosen.connect(self._choose)
        self.hide()

    def ask(self) -> None:
        """The cursor goes to the first of them."""
        self._list.select(0)
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_people(self) -> None:
        """Whom the view asks about now; nobody hides it."""
        rows = self._view.people
        self._list.row_model.show_rows(rows)
        self.show_remark(self._view.missing_text(SummaryField.CUSTOMER))
        if rows:
            self._list.setFixedHeight(self._list.height_of(min(len(rows), SHOWN_ROWS)))
            self._list.select(0)
        self.setVisible(bool(rows))

    def _choose(self, key: str) -> None:
        self._view.set_person(key)
        self.answered.emit()
