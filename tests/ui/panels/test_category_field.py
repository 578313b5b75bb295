"""A category by keyboard, in a few keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.panels.fakes_knowledge import planted
from tests.ui.panels.finding import find
from tests.ui.panels.typing import type_text
from ui.rows.list_view import RowList
from ui.summary.category_field import CategoryField

TREE = planted()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    layout = QVBoxLayout(window)
    layout.addWidget(CategoryField(rows_for=TREE.rows))
    other = QLineEdit()
    other.setObjectName("other")
    layout.addWidget(other)
    layout.addStretch(1)
    window.resize(500, 500)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=3000)
    field_in(window).setFocus()
    return window


def field_in(window: QWidget) -> CategoryField:
    return find(window, CategoryField, "category-field")


def list_in(window: QWidget) -> RowList:
    return find(window, RowList, "category-list")


def titles(window: QWidget) -> list[str]:
    return [row.title for row in list_in(window).row_model.rows]


def test_it_does_not_open_by_merely_being_reached(window: QWidget) -> None:
    assert not field_in(window).is_open
    assert not window.findChildren(RowList)


def test_nothing_of_it_stays_marked_when_the_cursor_leaves(window: QWidget) -> None:
    field = field_in(window)
    field.show_category("01", "个人所得税")
    field.selectAll()
    find(window, QLineEdit, "other").setFocus(Qt.FocusReason.PopupFocusReason)
    assert not field.hasSelectedText()


def test_typing_filters_and_enter_chooses(window: QWidget, qtbot: QtBot) -> None:
    field = field_in(window)
    type_text(field, "征收")
    assert titles(window) == ["税率与征收率"]
    with qtbot.waitSignal(field.chosen) as chosen:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert chosen.args == ["02.01"]
    assert not field.is_open


def test_down_opens_the_tree_at_what_is_chosen_and_moves_in_it(
    window: QWidget, qtbot: QtBot
) -> None:
    field = field_in(window)
    field.show_category("01.02", "个人所得税 › 综合所得汇算")
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert list_in(window).current_key == "01.02"
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Up)
    with qtbot.waitSignal(field.chosen) as chosen:
        QTest.keyClick(field, Qt.Key.Key_Enter)
    assert chosen.args == ["02"]


def test_enter_opens_a_closed_list(window: QWidget, qtbot: QtBot) -> None:
    QTest.keyClick(field_in(window), Qt.Key.Key_Return)
    assert field_in(window).is_open


def test_escape_gives_up_and_the_path_is_back(window: QWidget, qtbot: QtBot) -> None:
    field = field_in(window)
    field.show_category("02", "增值税")
    field.selectAll()
    QTest.keyClicks(field, "zzz")
    assert titles(window) == []
    with qtbot.assertNotEmitted(field.chosen):
        QTest.keyClick(field, Qt.Key.Key_Return)
        QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "增值税"


def test_tab_takes_the_marked_row_after_typing_and_nothing_without(
    window: QWidget, qtbot: QtBot
) -> None:
    field = field_in(window)
    QTest.keyClick(field, Qt.Key.Key_Down)
    with qtbot.assertNotEmitted(field.chosen):
        QTest.keyClick(field, Qt.Key.Key_Tab)
    assert window.focusWidget() is not field
    field.setFocus()
    type_text(field, "汇算")
    with qtbot.waitSignal(field.chosen) as chosen:
        QTest.keyClick(field, Qt.Key.Key_Tab)
    assert chosen.args == ["01.02"]


def test_a_click_opens_and_a_click_on_a_row_chooses_without_taking_the_focus(
    window: QWidget, qtbot: QtBot
) -> None:
    field = field_in(window)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert field.is_open
    rows = list_in(window)
    third = rows.visualRect(rows.row_model.index(2, 0)).center()
    with qtbot.waitSignal(field.chosen) as chosen:
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=third)
    assert chosen.args == ["01.02"]
    assert window.focusWidget() is field


def test_what_the_rules_choose_does_not_touch_what_she_is_typing(
    window: QWidget, qtbot: QtBot
) -> None:
    field = field_in(window)
    type_text(field, "税")
    field.show_category("01", "个人所得税")
    assert field.text() == "税"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "个人所得税"


def test_a_saved_summary_opens_no_list(window: QWidget, qtbot: QtBot) -> None:
    field = field_in(window)
    field.setReadOnly(True)
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert not field.is_open


def test_leaving_by_mouse_closes_the_list(window: QWidget, qtbot: QtBot) -> None:
    field = field_in(window)
    type_text(field, "税")
    other = next(w for w in window.findChildren(QLineEdit) if w is not field)
    other.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not field.is_open
    assert field.text() == ""
