"""Which person it is: typed, walked through and chosen, without the mouse and with it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from agent_app.domain.customers import CardState
from tests.ui.panels.fakes import ONE, TWO, Desk, card, customer
from tests.ui.panels.finding import find
from ui.caller import CallerPanel
from ui.rows.list_view import RowList


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> CallerPanel:
    desk.caller.people.names = {"c2": "李娜", "c3": "李{梅}", "c4": "<b>李</b>"}
    desk.cards.put(card(customer=customer()))
    desk.focus.select(ONE)
    panel = CallerPanel(desk.seat)
    panel.resize(300, 900)
    qtbot.addWidget(panel)
    panel.show()
    panel.activateWindow()
    panel.finder.want()
    return panel


def field(panel: CallerPanel) -> QLineEdit:
    return find(panel, QLineEdit, "person-field")


def people(panel: CallerPanel) -> RowList:
    return find(panel, RowList, "person-list")


def unfolded(panel: CallerPanel) -> bool:
    return panel.finder.built is not None and panel.finder.built.isVisible()


def status(panel: CallerPanel) -> str:
    return find(panel, QLabel, "person-status").text()


def test_it_is_folded_until_it_is_wanted(desk: Desk, qtbot: QtBot) -> None:
    panel = CallerPanel(desk.seat)
    qtbot.addWidget(panel)
    panel.show()
    assert not unfolded(panel)
    panel.finder.want()
    assert not unfolded(panel), "there is no call of which it could be said"


def test_the_keyboard_alone_finds_and_chooses(desk: Desk, panel: CallerPanel) -> None:
    assert "Type a name" in status(panel)
    field(panel).insert("李")
    assert [row.title for row in people(panel).row_model.rows] == ["李娜", "李{梅}", "<b>李</b>"]
    assert people(panel).row_model.rows[0].lines == ("139 0013 9000 · 远山公司 · 浙江 杭州",)
    assert status(panel) == ""
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return):
        QTest.keyClick(field(panel), key)
    assert desk.cards.chosen == [(ONE, "c3")]
    assert not unfolded(panel)
    assert field(panel).text() == ""


def test_the_first_who_fits_is_one_enter_away_and_a_click_chooses(
    desk: Desk, panel: CallerPanel
) -> None:
    field(panel).insert("娜")
    QTest.keyClick(field(panel), Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    panel.finder.want()
    field(panel).insert("梅")
    listed = people(panel)
    first = listed.visualRect(listed.model().index(0, 0)).center()
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=first)
    assert desk.cards.chosen == [(ONE, "c2"), (ONE, "c3")]


def test_it_can_be_nobody_known_as_long_as_somebody_is_shown(
    desk: Desk, panel: CallerPanel
) -> None:
    nobody = find(panel, QPushButton, "person-nobody")
    assert nobody.isVisible()
    nobody.click()
    assert desk.cards.chosen == [(ONE, None)]
    desk.cards.put(card(CardState.UNKNOWN))
    panel.finder.want()
    assert not nobody.isVisible()


def test_escape_and_the_key_fold_it_and_choose_nobody(desk: Desk, panel: CallerPanel) -> None:
    field(panel).insert("李")
    QTest.keyClick(field(panel), Qt.Key.Key_Escape)
    assert not unfolded(panel)
    panel.finder.want()
    assert field(panel).text() == ""
    panel.finder.want()
    assert not unfolded(panel)
    assert desk.cards.chosen == []


def test_enter_with_nobody_found_does_nothing(desk: Desk, panel: CallerPanel) -> None:
    field(panel).insert("zz")
    assert "Nobody fits" in status(panel)
    QTest.keyClick(field(panel), Qt.Key.Key_Return)
    QTest.keyClick(field(panel), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.cards.chosen == []
    assert unfolded(panel)


def test_a_copy_that_cannot_be_read_is_said(desk: Desk, panel: CallerPanel) -> None:
    desk.caller.people.fault = "disk on fire"
    field(panel).insert("李")
    assert status(panel) == "The customer data cannot be read: disk on fire"


def test_more_than_are_shown_are_said(desk: Desk, panel: CallerPanel) -> None:
    desk.caller.people.names = {f"c{n}": f"王{n}" for n in range(9)}
    field(panel).insert("王")
    assert len(people(panel).row_model.rows) == 8
    assert "There are more" in status(panel)


def test_who_is_on_the_card_is_marked(desk: Desk, panel: CallerPanel) -> None:
    desk.caller.people.names = {"c1": "张伟", "c9": "张炜"}
    field(panel).insert("张")
    assert [row.trail for row in people(panel).row_model.rows] == ["on the card", "自然人"]


def test_another_call_on_the_page_folds_it(desk: Desk, panel: CallerPanel) -> None:
    field(panel).insert("李")
    desk.focus.select(TWO)
    assert not unfolded(panel)


def test_the_button_says_what_it_is_for(desk: Desk, panel: CallerPanel) -> None:
    assert panel.other_button.text() == "Another person  Alt+P"
    desk.cards.put(card(CardState.UNKNOWN))
    assert panel.other_button.text() == "Known already?  Alt+P"
