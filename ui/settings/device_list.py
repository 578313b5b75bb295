"""One ordered list of devices with the buttons that move the marked one (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from ui.icons import icon_for
from ui.labels import plain_label
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.rows.row import Row
from ui.settings.sound_model import Move

ROWS = 4


class MovableList(RowList):
    """Alt+Up and Alt+Down move the marked row.

    Signals:
        moved: Move.
    """

    moved = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Up: Move.UP, Qt.Key.Key_Down: Move.DOWN}
        move = moves.get(Qt.Key(event.key()))
        if move is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(move)
        elif event.key() == Qt.Key.Key_Delete:
            self.moved.emit(Move.FORGET)
        else:
            super().keyPressEvent(event)


class DeviceList(QWidget):
    """The first one that is plugged in is used.

    Signals:
        move_wanted: name of the device and Move.
    """

    move_wanted = Signal(str, object)

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._rows = RowModel(self)
        self._list = MovableList(self._rows, lines=0, parent=self)
        self._list.setObjectName(f"{name}-list")
        self._list.setProperty("role", "field")
        self._list.setAccessibleName(title)
        self._list.set_empty_text(self.tr("Nothing is plugged in."))
        self._list.setMinimumHeight(self._list.height_of(3))
        self._list.want(ROWS)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(plain_label(title, role="heading"), 1)
        texts = {
            Move.UP: ("up", self.tr("Prefer (Alt+Up)")),
            Move.DOWN: ("down", self.tr("Less (Alt+Down)")),
            Move.FORGET: ("close", self.tr("No preference (Del)")),
        }
        for move, (icon, text) in texts.items():
            head.addWidget(self._button(f"{name}-{move}-button", icon, text, move))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._list, 1)
        self._list.moved.connect(self._move)

    def _button(self, name: str, icon: str, text: str, move: Move) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setProperty("move", move.value)
        button.setAccessibleName(text)
        button.setToolTip(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        icon_for(button, icon, size=14)
        button.clicked.connect(self._on_button)
        return button

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        marked = self._list.current_key
        self._rows.show_rows(rows)
        self._list.select(max(0, self._rows.position(marked)) if rows else -1)

    def _on_button(self) -> None:
        button = self.sender()
        if isinstance(button, QToolButton):
            self._move(Move(button.property("move")))

    def _move(self, move: Move) -> None:
        self.move_wanted.emit(self._list.current_key, move)
