"""The numbers of a day as a table: hers, the centre's median and mean (M36, step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.my_day.model import FigureRow, MyDayModel

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class FiguresModel(QAbstractTableModel):
    """Rows of FigureRow; replaced as a whole when the day changes."""

    def __init__(self, model: MyDayModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._rows: tuple[FigureRow, ...] = model.rows
        model.changed.connect(self._take)

    def _take(self) -> None:
        rows = self._model.rows
        if len(rows) == len(self._rows):
            self._rows = rows
            last = self.index(len(rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        else:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else 4

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        texts = (("    " if row.part else "") + row.name, row.mine, row.median, row.mean)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return texts[index.column()]
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if index.column() else LEFT
        return None

    def headerData(self, section: int, orientation: Qt.Orientation,
                   role: int = Qt.ItemDataRole.DisplayRole) -> object:  # fmt: skip
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if section else LEFT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return ("", self.tr("You"), self.tr("Centre, median"), self.tr("Centre, mean"))[section]
