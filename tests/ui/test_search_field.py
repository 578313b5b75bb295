"""The search field says at a glance whether the cursor is in it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.search_field import SearchField


@pytest.mark.parametrize(
    ("reason", "marked"),
    [(Qt.FocusReason.ShortcutFocusReason, False), (Qt.FocusReason.PopupFocusReason, True)],
)
def test_what_is_marked_stays_so_for_its_menu_only(
    qtbot: QtBot, reason: Qt.FocusReason, marked: bool
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field, other = SearchField(window), QLineEdit(window)
    with qtbot.waitExposed(window):
        window.show()
    field.setText("zxfjkc")
    field.setFocus()
    field.selectAll()
    other.setFocus(reason)
    assert field.hasSelectedText() is marked
