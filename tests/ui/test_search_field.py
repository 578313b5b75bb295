"""The search field says at a glance whether the cursor is in it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from ui.search_field import SearchField


def test_nothing_stays_marked_beside_a_flyout_but_for_the_menu_that_copies_it(
    qtbot: QtBot,
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field, other = SearchField(window), QLineEdit(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=3000)
    field.setText("zxfjkc")
    field.setFocus()
    field.selectAll()
    menu = field.createStandardContextMenu()
    qtbot.addWidget(menu)
    menu.popup(window.mapToGlobal(window.rect().center()))
    qtbot.waitUntil(menu.isVisible, timeout=3000)
    assert field.hasSelectedText()
    menu.close()
    other.setFocus(Qt.FocusReason.PopupFocusReason)
    assert not field.hasSelectedText()


def test_the_cross_that_clears_it_has_a_name(qtbot: QtBot) -> None:
    field = SearchField()
    qtbot.addWidget(field)
    [cross] = field.findChildren(QToolButton)
    assert cross.accessibleName() == "Clear the search"
    field.setText("税")
    cross.click()
    assert field.text() == ""
