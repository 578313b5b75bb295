"""The page of notices: all of them, the chosen one in full, who has read it, writing one (⑥)."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.caller.fitted_text import FittedText
from ui.keys import KeyAction
from ui.labels import ElidedLabel
from ui.notices.model import NoticesModel
from ui.notices.write_box import WriteBox
from ui.rail.spec import PageGround
from ui.rows.clipped import ClippedLabel
from ui.rows.list_view import RowList
from ui.rows.model import RowModel

LIST_WIDTH_PX, WIDEST_PX = 360, 1_000_000
MOST_LINES = 24


class NoticesPage(QWidget):
    """At the left the notices, at the right the chosen one or the one that is written."""

    def __init__(self, ground: PageGround, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notices-page")
        self.setProperty("role", "page")
        self._ground = ground
        self._model = NoticesModel(ground.seat, self)
        self._rows = RowModel(self)
        self._list = RowList(self._rows, lines=1, parent=self)
        self._list.setObjectName("notices-list")
        self._list.setAccessibleName(self.tr("Notices"))
        self._list.set_empty_text(self.tr("There are no notices. New ones come by themselves."))
        self._write = self._button("notices-write-button", KeyAction.WRITE_NOTICE)
        self._title = ClippedLabel(lines=3, name="notices-title", role="title")
        self._facts = ClippedLabel(lines=2, name="notices-facts", role="muted")
        self._body = FittedText(
            name="notices-body", spoken=self.tr("Notice"), least=1, most=MOST_LINES
        )
        self._read = self._button("notices-read-button", KeyAction.READ_NOTICE)
        self._read.setProperty("kind", "primary")
        self._edit = QPushButton(self.tr("Change it"), self)
        self._edit.setObjectName("notices-edit-button")
        self._readers_line = ElidedLabel(name="notices-readers-line", role="caption")
        self._readers = RowList(RowModel(self), lines=0)
        self._readers.setObjectName("notices-readers")
        self._readers.setAccessibleName(self.tr("Who has read it"))
        self.write_box = WriteBox(ground.seat.notice_form, ground.keys, self)
        self._right = QStackedWidget()
        self._left, self._detail = QFrame(), QFrame()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self._list)
        self._show()
        self.write_box.take_up()

    def _button(self, name: str, key: KeyAction) -> QPushButton:
        word = {
            KeyAction.WRITE_NOTICE: self.tr("Write a notice"),
            KeyAction.READ_NOTICE: self.tr("Read"),
        }[key]
        button = QPushButton(f"{word}  {self._ground.keys.text(key)}", self)
        button.setObjectName(name)
        button.setAccessibleName(word)
        return button

    def _lay_out(self) -> None:
        left = self._left
        left.setProperty("role", "panel")
        column = QVBoxLayout(left)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self._write)
        column.addWidget(self._list, 1)
        right = self._detail
        right.setProperty("role", "panel")
        inside = QVBoxLayout(right)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._right)
        self._right.addWidget(self._reading())
        self._right.addWidget(self.write_box)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(left, 1)
        layout.addWidget(right, 3)

    def _reading(self) -> QWidget:
        reading = QWidget()
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addStretch(1)
        acts.addWidget(self._edit)
        acts.addWidget(self._read)
        column = QVBoxLayout(reading)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._facts)
        column.addWidget(self._body)
        column.addLayout(acts)
        column.addWidget(self._readers_line)
        column.addWidget(self._readers, 100)
        column.addStretch(1)
        return reading

    def _connect(self) -> None:
        self._list.selectionModel().currentChanged.connect(self._on_current)
        self._write.clicked.connect(self._model.write)
        self._read.clicked.connect(self._model.read)
        self._edit.clicked.connect(self._model.edit)
        self._model.changed.connect(self._show)
        self.write_box.opened.connect(self._show_writing)
        self.write_box.left.connect(self._show_reading)
        self._ground.binder.run(KeyAction.WRITE_NOTICE, self._write_by_key)

    def read_by_key(self) -> bool:
        """The key: the notice on the page is read; False where there is none to be read."""
        if not self.isVisible() or not self._model.can_read:
            return False
        self._model.read()
        return True

    def _show(self) -> None:
        model = self._model
        self._rows.show_rows(model.rows)
        self._list.select(self._rows.position(model.selected))
        notice = model.notice
        self._share_out()
        self._title.setText("" if notice is None else notice.title)
        self._title.setAccessibleName(self._title.text())
        self._facts.setText(model.facts)
        body = "" if notice is None else notice.body
        if self._body.toPlainText() != body:
            self._body.setPlainText(body)
        self._body.setVisible(bool(body))
        self._read.setVisible(model.can_read)
        self._write.setVisible(model.may_write)
        for widget in (self._edit, self._readers_line, self._readers):
            widget.setVisible(model.may_write and notice is not None)
        self._readers_line.setText(model.readers_line)
        self._readers.row_model.show_rows(model.readers)

    def showEvent(self, event: QShowEvent) -> None:
        """Who has read it may be others by now."""
        super().showEvent(event)
        self._model.ask_readers()

    def _on_current(self) -> None:
        if self._list.current_key:
            self._model.select(self._list.current_key)

    def _share_out(self) -> None:
        """Where nothing is chosen or written the list has the page for itself."""
        empty = self._model.notice is None and self._right.currentIndex() == 0
        self._detail.setVisible(not empty)
        self._left.setMinimumWidth(LIST_WIDTH_PX)
        self._left.setMaximumWidth(WIDEST_PX if empty else LIST_WIDTH_PX)

    def _show_writing(self) -> None:
        self._right.setCurrentIndex(1)
        self._share_out()

    def _show_reading(self) -> None:
        self._right.setCurrentIndex(0)
        self._share_out()
        self._list.setFocus()

    def _write_by_key(self) -> None:
        if self.isVisible():
            self._model.write()
