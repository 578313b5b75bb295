"""A Qt list model over a tuple of rows: the one way a panel fills a list (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.formatting import tooltip
from ui.rows.row import Row

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
LONGEST_TIP = 2000
"""Characters; more would not fit a screen."""
Index = QModelIndex | QPersistentModelIndex


class RowModel(QAbstractListModel):
    """Rows as Qt items; ``data()`` is a look-up, a change is one reset, or rows at the end."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    def show_rows(self, rows: tuple[Row, ...]) -> bool:
        """Replace all rows, which is what True says; the same ones stay, with more at their end."""
        same = len(self._rows)
        if same and rows[:same] == self._rows:
            if len(rows) > same:
                self.beginInsertRows(QModelIndex(), same, len(rows) - 1)
                self._rows = rows
                self.endInsertRows()
            return False
        if rows == self._rows:
            return False
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        return True

    def position(self, key: str) -> int:
        """Where the row with this key stands, or -1."""
        return next((at for at, row in enumerate(self._rows) if row.key == key), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(row.tip[:LONGEST_TIP]) if row.tip else None
        return None
