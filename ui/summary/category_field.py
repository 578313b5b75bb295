"""Choosing a category by typing a few characters of its path (step ⑥).

The list opens inside the window, over the fields below: no window of its own, so that no window
manager and no input method loses the keyboard focus to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ui.on_demand import OnDemand
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.rows.row import Row

SHOWN_ROWS = 8
_BETWEEN_SYLLABLES = re.compile(r"['’\s]+")
"""What input methods put between the syllables that they show."""


class CategoryField(QLineEdit):
    """Shows the chosen path; typing filters, Up and Down move, Enter chooses, Esc gives up.

    While an input method composes, the letters it was given filter already, and every key is the
    input method's.

    Signals:
        chosen: key of the category.
    """

    chosen = Signal(str)

    def __init__(
        self, *, rows_for: Callable[[str], tuple[Row, ...]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows_for = rows_for
        self._path = ""
        self._key = ""
        self._composing = False
        self._list = OnDemand(self._build_list, self)
        self.setObjectName("category-field")
        self.setAccessibleName(self.tr("Category"))
        self.setPlaceholderText(self.tr("Type a few characters, or press ↓ for the whole tree"))
        self.textEdited.connect(self._open)

    @property
    def is_open(self) -> bool:
        return self._list.built is not None and self._list.built.isVisible()

    def show_category(self, key: str, path: str) -> None:
        """What the draft has; a list that is open stays as it is."""
        self._key, self._path = key, path
        if not self.is_open and self.text() != path:
            self.setText(path)
            self.setCursorPosition(0)

    def open_list(self) -> None:
        """The whole tree, standing at the chosen category."""
        if not self.isReadOnly():
            self._open("")
            self.selectAll()

    def close_list(self) -> None:
        self._put_away()
        if self.text() != self._path:
            self.setText(self._path)
            self.setCursorPosition(0)

    def _build_list(self) -> RowList:
        rows = RowList(RowModel(self), lines=0, focusable=False, parent=self)
        rows.setObjectName("category-list")
        rows.setAccessibleName(self.tr("Categories"))
        rows.setProperty("role", "popup")
        rows.set_empty_text(self.tr("No category matches."))
        rows.hide()
        rows.chosen.connect(self._choose)
        return rows

    def _put_away(self) -> None:
        """Hidden and a child of the field again, so that it lives no longer than the field."""
        if (shown := self._list.built) is not None:
            shown.hide()
            shown.setParent(self)

    def _open(self, typed: str) -> None:
        rows, shown = self._rows_for(typed), self._list.get()
        shown.row_model.show_rows(rows)
        at = shown.row_model.position(self._key) if not typed.strip() else 0
        shown.select(at if rows else -1)
        self._place(shown)

    def _place(self, shown: RowList) -> None:
        window = self.window()
        shown.setParent(window)
        below = self.mapTo(window, QPoint(0, self.height() + 2))
        wanted = shown.height_of(min(max(shown.row_model.rowCount(), 1), SHOWN_ROWS))
        height = max(shown.height_of(1), min(wanted, window.height() - below.y() - 8))
        shown.setGeometry(below.x(), below.y(), self.width(), height)
        shown.show()
        shown.raise_()
        shown.scrollTo(shown.currentIndex())

    def _choose(self, key: str) -> None:
        self._put_away()
        self.chosen.emit(key)
        self.close_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._composing or not self._steer(event.key()):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if self.isReadOnly():
            return
        composed = "".join(_BETWEEN_SYLLABLES.split(event.preeditString()))
        was, self._composing = self._composing, bool(composed)
        if composed:
            at = self.cursorPosition()
            self._open(self.text()[:at] + composed + self.text()[at:])
        elif was and not event.commitString():  # it was given up
            self._open(self.text())

    def _steer(self, key: int) -> bool:
        """Keys that move in the list; True when this was one."""
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if self.is_open:
                self._list.get().step(1 if key == Qt.Key.Key_Down else -1)
            else:
                self.open_list()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.is_open:
                self._list.get().choose_current()
            else:
                self.open_list()
        elif key == Qt.Key.Key_Escape and self.is_open:
            self.close_list()
        else:
            return False
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab takes the marked row when she has typed, as completion does elsewhere."""
        if self.is_open and self.text() not in ("", self._path) and self._list.get().current_key:
            self._list.get().choose_current()
        return super().focusNextPrevChild(forward)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
        ):
            self.close_list()
        away = event.reason() is Qt.FocusReason.ActiveWindowFocusReason
        if not away and QApplication.activePopupWidget() is None:
            self.deselect()  # Qt keeps it for a flyout as for a menu: two fields looked marked

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.is_open:
            self.open_list()
