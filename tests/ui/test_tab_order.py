from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.rows.row import Row
from ui.tab_order import put_after


def line(name: str, page: QWidget) -> QLineEdit:
    field = QLineEdit(page)
    field.setObjectName(name)
    field.show()
    return field


def walked(page: QWidget, first: QWidget, steps: int) -> list[str]:
    first.setFocus()
    stops = []
    for _ in range(steps):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        stops.append(page.focusWidget().objectName())
    return stops


def test_what_is_built_late_is_walked_through_where_it_stands(page: QWidget, qtbot: QtBot) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow, timeout=3000)
    first, last = line("first", page), line("last", page)
    rows = RowList(RowModel(page), parent=page)
    rows.setObjectName("rows")
    rows.show()
    put_after(first, line("late", page), rows, line("later", page))
    assert walked(page, first, 3) == ["late", "later", "last"]
    rows.row_model.show_rows((Row("1", "one"),))
    assert walked(page, first, 4) == ["late", "rows", "later", "last"]
    assert walked(page, last, 1) == ["first"]
