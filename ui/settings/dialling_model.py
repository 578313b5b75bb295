"""The rules of dialling as a table to edit, with a number to try them on (step ⑥)."""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from agent_app.desk.seat import Seat
from agent_app.settings import DiallingSettings, DialRuleSettings, Settings

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Column(IntEnum):
    STARTS_WITH = 0
    MIN_DIGITS = 1
    MAX_DIGITS = 2
    INSIDE = 3
    OUTSIDE = 4
    STRIP = 5
    PREFIX = 6


_NUMBERS = (Column.MIN_DIGITS, Column.MAX_DIGITS, Column.STRIP)


class DiallingModel(QAbstractTableModel):
    """One row a rule, the first that fits is used; every edit is in force at once.

    Signals:
        refused: why an edit was not taken, "" when it was.
        tried: what would be dialled may be something else now.
    """

    refused = Signal(str)
    tried = Signal()

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._rules = seat.preferences.settings.dialling.rules
        seat.preferences.changed.connect(self._on_settings)

    # --- what the page does ----------------------------------------------------------------------

    def would_dial(self, text: str) -> str:
        """In words: what goes to the exchange for a number as it is typed."""
        if not text.strip():
            return ""
        dialled = self._seat.phone.dial_string(text)
        if not dialled:
            return self.tr("This is not a number that can be dialled.")
        return self.tr("is dialled as {number}").format(number=dialled)

    def add(self) -> int:
        """A rule at the end that fits nothing yet; returns its place."""
        self._put((*self._rules, DialRuleSettings(starts_with="0000000000")))
        return len(self._rules) - 1

    def remove(self, row: int) -> None:
        if 0 <= row < len(self._rules):
            self._put((*self._rules[:row], *self._rules[row + 1 :]))

    def raise_rule(self, row: int) -> None:
        """One place to the front: the first rule that fits is the one."""
        if 0 < row < len(self._rules):
            rules = list(self._rules)
            rules[row - 1], rules[row] = rules[row], rules[row - 1]
            self._put(tuple(rules))

    # --- Qt's table ------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rules)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        column = Column(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return str(getattr(self._rules[index.row()], column.name.lower()))
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _NUMBERS:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        column, text = Column(index.column()), str(value).strip()
        try:
            changed = int(text or "0") if column in _NUMBERS else text
            rule = replace(self._rules[index.row()],
                           **{column.name.lower(): changed})  # type: ignore[arg-type]  # fmt: skip
        except ValueError:
            self.refused.emit(self.tr("“{text}” is not possible there.").format(text=text))
            return False
        rules = list(self._rules)
        rules[index.row()] = rule
        self._put(tuple(rules))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation,
                   role: int = Qt.ItemDataRole.DisplayRole) -> object:  # fmt: skip
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1)
        titles = {
            Column.STARTS_WITH: self.tr("Begins with"),
            Column.MIN_DIGITS: self.tr("Digits from"),
            Column.MAX_DIGITS: self.tr("to"),
            Column.INSIDE: self.tr("In region"),
            Column.OUTSIDE: self.tr("Not in region"),
            Column.STRIP: self.tr("Take off"),
            Column.PREFIX: self.tr("Put before"),
        }
        return titles[Column(section)]

    # --- inside ----------------------------------------------------------------------------------

    def _put(self, rules: tuple[DialRuleSettings, ...]) -> None:
        self.refused.emit("")
        self._seat.preferences.put(DiallingSettings(rules))

    def _on_settings(self, settings: Settings) -> None:
        rules = settings.dialling.rules
        if rules == self._rules:
            return
        same_rows = len(rules) == len(self._rules)
        if not same_rows:
            self.beginResetModel()
        self._rules = rules
        if same_rows:
            last = self.index(len(rules) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        else:
            self.endResetModel()
        self.tried.emit()
