"""Ready-made sentences by a stroke and a few letters, where she is writing (step ⑥).

A stroke (/ or 、) at the beginning of a line or after a space opens a list at the cursor; letters
narrow it, Enter or Tab puts the sentence there, Esc leaves what was typed. The list is a child of
the window: no window of its own, so that nothing takes the focus from the field.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from agent_app.domain.text_modules import TextModule, matching
from ui.on_demand import OnDemand
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.rows.row import Row

_STROKE = re.compile(r"(?:^|\s)([/／、])([^\s/／、]{0,12})$")
SHOWN_ROWS = 6
WIDTH = 360
_LEAVING = frozenset({QEvent.Type.FocusOut, QEvent.Type.Hide})


class ModulePopup(QObject):
    """Watches one text field. ``text_of`` fills a sentence in for the summary on the page."""

    def __init__(
        self,
        field: QPlainTextEdit,
        *,
        modules: Callable[[], tuple[TextModule, ...]],
        text_of: Callable[[TextModule], str],
    ) -> None:
        super().__init__(field)
        self._field = field
        self._modules = modules
        self._text_of = text_of
        self._found: tuple[TextModule, ...] = ()
        self._given_up = -1  # the stroke that Esc left as it is
        self._list = OnDemand(self._build_list, self)
        field.installEventFilter(self)
        field.textChanged.connect(self._look)
        field.cursorPositionChanged.connect(self._look)

    @property
    def is_open(self) -> bool:
        return self._list.built is not None and self._list.built.isVisible()

    def _build_list(self) -> RowList:
        rows = RowList(RowModel(self), lines=1, focusable=False, parent=self._field)
        rows.setObjectName("text-module-list")
        rows.setAccessibleName(self.tr("Ready-made sentences"))
        rows.setProperty("role", "popup")
        rows.hide()
        rows.chosen.connect(self._put)
        return rows

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _LEAVING:
            self._close()
        elif (
            self.is_open
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and self._steer(event.key(), self._list.get())
        ):
            return True
        return super().eventFilter(watched, event)

    def _steer(self, key: int, rows: RowList) -> bool:
        """Keys that belong to the list while it is open; True when this was one."""
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            rows.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            rows.choose_current()
        elif key == Qt.Key.Key_Escape:
            self._given_up = self._stroke_place()
            self._close()
        else:
            return False
        return True

    def _look(self) -> None:
        """What stands before the cursor: a stroke with letters, or nothing of ours."""
        typed = self._typed()
        place = self._stroke_place()
        if place < 0:
            self._given_up = -1
        if typed is None or place == self._given_up or not self._field.hasFocus():
            self._close()
            return
        self._found = matching(typed, self._modules())
        if not self._found:
            self._close()
            return
        rows = self._list.get()
        rows.row_model.show_rows(
            tuple(
                Row(key=one.module_id, title=one.name, lines=(one.text,), trail=one.shortcut)
                for one in self._found
            )
        )
        rows.select(0)
        self._place(rows)

    def _typed(self) -> str | None:
        """The letters after the stroke, None when there is no stroke before the cursor."""
        if self._field.isReadOnly() or self._field.textCursor().hasSelection():
            return None
        found = _STROKE.search(self._before())
        return None if found is None else found[2]

    def _stroke_place(self) -> int:
        found = _STROKE.search(self._before())
        block = self._field.textCursor().block().position()
        return -1 if found is None else block + found.start(1)

    def _before(self) -> str:
        """The line up to the cursor."""
        cursor = self._field.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText()

    def _put(self, key: str) -> None:
        """Replace stroke and letters by the sentence; one undo takes it back."""
        found = _STROKE.search(self._before())
        module = next((one for one in self._found if one.module_id == key), None)
        self._close()
        if found is None or module is None:
            return
        cursor = self._field.textCursor()
        cursor.movePosition(
            QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(found[2]) + 1
        )
        cursor.insertText(self._text_of(module))
        self._field.setTextCursor(cursor)

    def _place(self, rows: RowList) -> None:
        window = self._field.window()
        rows.setParent(window)
        cursor = self._field.cursorRect()
        below = self._field.viewport().mapTo(window, cursor.bottomLeft() + QPoint(0, 4))
        height = rows.height_of(min(len(self._found), SHOWN_ROWS))
        if below.y() + height > window.height() - 8:  # no room below the line: above it
            above = self._field.viewport().mapTo(window, cursor.topLeft())
            below.setY(max(8, above.y() - height - 4))
        left = max(8, min(below.x(), window.width() - WIDTH - 8))
        rows.setGeometry(left, below.y(), WIDTH, height)
        rows.show()
        rows.raise_()

    def _close(self) -> None:
        """Hidden and a child of the field again, so that it lives no longer than the field."""
        rows = self._list.built
        if rows is not None and rows.parent() is not self._field:
            rows.hide()
            rows.setParent(self._field)
