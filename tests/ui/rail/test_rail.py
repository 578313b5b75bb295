"""The rail: marked, spoken, walked with the arrows, low windows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from tests.ui.fakes import Rig
from tests.ui.rail.pages import Book
from ui.keys import KeyMap
from ui.rail.rail import WIDTH_PX, Rail


def a_rail(qtbot: QtBot, *names: str, height: int = 600) -> Rail:
    book = Book()
    rail = Rail([book.page(name) for name in names], KeyMap())
    qtbot.addWidget(rail)
    rail.resize(WIDTH_PX, height)
    rail.show()
    return rail


def buttons(rail: Rail) -> list[QToolButton]:
    return rail.findChildren(QToolButton)


def test_a_page_has_word_key_and_spoken_name(qtbot: QtBot) -> None:
    rail = a_rail(qtbot, "desk", "customers")
    second = buttons(rail)[1]
    assert second.objectName() == "page-customers-button"
    assert (second.text(), second.toolTip()) == ("Customers", "Customers  Alt+2")
    assert (second.accessibleName(), second.accessibleDescription()) == ("Customers", "Alt+2")


def test_the_shown_page_is_marked_and_the_arrows_choose_the_next(qtbot: QtBot) -> None:
    rail = a_rail(qtbot, "desk", "customers")
    rail.show_current("desk")
    chosen: list[str] = []
    rail.chosen.connect(chosen.append)
    first = buttons(rail)[0]
    rail.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus, timeout=3000)
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert chosen == ["customers"]
    assert [button.isChecked() for button in buttons(rail)] == [False, True]


def test_a_low_window_keeps_the_icons_and_lets_the_words_go(qtbot: QtBot) -> None:
    rail = a_rail(qtbot, *(f"page{number}" for number in range(8)))
    style = Qt.ToolButtonStyle
    assert all(b.toolButtonStyle() is style.ToolButtonTextUnderIcon for b in buttons(rail))
    rail.resize(WIDTH_PX, 340)
    assert all(b.toolButtonStyle() is style.ToolButtonIconOnly for b in buttons(rail))
    assert buttons(rail)[-1].geometry().bottom() <= 340
    assert rail.width() <= 64


@pytest.mark.parametrize(
    ("role", "practice", "has"),
    [
        ("supervisor", False, True),
        ("agent", False, False),
        ("", False, True),
        ("agent", True, True),
    ],
)
def test_a_page_is_for_the_roles_that_may(rig: Rig, role: str, practice: bool, has: bool) -> None:
    agent = replace(rig.seat.agent, role=role, practice=practice)
    assert Book().page("reports", "supervisor").is_for(agent) is has
    assert Book().page("desk").is_for(agent)
