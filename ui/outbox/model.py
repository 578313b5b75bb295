"""The outbox as a table: what waits, since when, how it stands and why (steps ⑦ and ⑧)."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from agent_app.desk.link import Link
from agent_app.domain.link import OutboxItem, OutboxState, ServerState
from agent_app.runtime.clock import Clock
from ui import words
from ui.formatting import moment, tooltip

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Column(IntEnum):
    WHAT = 0
    ABOUT = 1
    SINCE = 2
    STATE = 3
    ATTEMPTS = 4
    WHY = 5


class OutboxModel(QAbstractTableModel):
    """Rows of OutboxItem; replaced as a whole when the outbox changes."""

    def __init__(
        self, *, link: Link, clock: Clock, agent_id: str = "", parent: QObject | None = None
    ) -> None:
        """``agent_id`` is whose desk this is; a colleague's entries wait for the colleague."""
        super().__init__(parent)
        self._clock = clock
        self._link = link
        self._agent_id = agent_id
        self._items: tuple[OutboxItem, ...] = link.items
        link.items_changed.connect(self._take)

    def _take(self, items: tuple[OutboxItem, ...]) -> None:
        self.beginResetModel()
        self._items = items
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        text = self._text(self._items[index.row()], Column(index.column()))
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(text)
            case Qt.ItemDataRole.TextAlignmentRole if index.column() == Column.ATTEMPTS:
                return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation,
                   role: int = Qt.ItemDataRole.DisplayRole) -> object:  # fmt: skip
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == Column.ATTEMPTS else (
                Qt.AlignmentFlag.AlignLeft)  # fmt: skip
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        titles = {
            Column.WHAT: self.tr("What"),
            Column.ABOUT: self.tr("About"),
            Column.SINCE: self.tr("Since"),
            Column.STATE: self.tr("State"),
            Column.ATTEMPTS: self.tr("Attempts"),
            Column.WHY: self.tr("Why it is still here"),
        }
        return titles[Column(section)]

    def _text(self, item: OutboxItem, column: Column) -> str:
        match column:
            case Column.WHAT:
                return words.outbox_kind(item.kind)
            case Column.ABOUT:
                return item.title
            case Column.SINCE:
                return moment(item.made_at, self._clock.now())
            case Column.STATE:
                return self._state(item)
            case Column.ATTEMPTS:
                return str(item.attempts)
            case Column.WHY:
                return self._why(item)

    def _state(self, item: OutboxItem) -> str:
        """Being sent only as long as there is a server to send to."""
        if item.state.waits and self._agent_id and item.author not in ("", self._agent_id):
            return self.tr("Another agent's")
        reached = self._link.status.server in (ServerState.ONLINE, ServerState.FIRST_SYNC)
        if item.state is OutboxState.SENDING and not reached:
            return words.outbox_state(OutboxState.WAITING)
        return words.outbox_state(item.state)

    def _why(self, item: OutboxItem) -> str:
        if item.state.waits and self._agent_id and item.author not in ("", self._agent_id):
            return self.tr("It goes out when its author signs in on this seat.")
        before = next((one for one in self._items if one.record == item.after), None)
        if item.after and before is not None and not item.detail:
            return self.tr("After {who}, who was made here").format(who=before.title)
        return item.detail
