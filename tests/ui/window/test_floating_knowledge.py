"""The knowledge base in a window of its own: keys reach it, and it is there again tomorrow."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.fakes import Rig
from tests.ui.window.hands import Open, child
from ui.rows.list_view import RowList
from ui.window.desk_window import DeskWindow

PLACE = QRect(120, 90, 460, 520)


def floating(window: DeskWindow) -> QDockWidget:
    dock = child(window, QDockWidget, "knowledge-dock")
    if not dock.isFloating():
        child(window, QAction, "menu-float").trigger()
    dock.setGeometry(PLACE)
    return dock


def test_a_floating_knowledge_base_is_there_again_where_it_was(
    open_desk: Open, rig: Rig, qtbot: QtBot
) -> None:
    first = open_desk(rig)
    floating(first)
    first.close()
    again = child(open_desk(rig), QDockWidget, "knowledge-dock")
    assert again.isFloating()
    qtbot.waitUntil(again.isVisible, timeout=5000)
    assert again.size() == PLACE.size()


def test_docked_again_it_is_docked_tomorrow(open_desk: Open, rig: Rig) -> None:
    first = open_desk(rig)
    floating(first)
    child(first, QAction, "menu-float").trigger()
    first.close()
    assert not child(open_desk(rig), QDockWidget, "knowledge-dock").isFloating()


def test_searching_reading_and_going_back_need_no_mouse_there(desk: DeskWindow, rig: Rig) -> None:
    floating(desk)
    QTest.keyClick(desk, Qt.Key.Key_F7)
    field = child(desk, QLineEdit, "search-field")
    QApplication.processEvents()
    QTest.keyClicks(field, "znjy")
    results = child(desk, RowList, "results-list")
    assert [row.title for row in results.row_model.rows] == ["znjy"]
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
