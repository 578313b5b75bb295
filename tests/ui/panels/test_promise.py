"""A callback is promised by keyboard, and stands in the follow-up in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from agent_app.domain.summary import DraftState, SummaryField
from tests.ui.panels.fakes import ONE, TWO, Desk
from tests.ui.panels.finding import find
from ui.summary.panel import SummaryPanel
from ui.summary.promise import PromiseViewModel
from ui.summary.view_model import SummaryViewModel


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> SummaryPanel:
    panel = SummaryPanel(desk.seat)
    panel.resize(600, 640)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def read(panel: SummaryPanel, name: str) -> str:
    return find(panel, QLabel, name).text()


def test_it_begins_with_the_callers_number_and_enter_keeps_it(
    desk: Desk, panel: SummaryPanel
) -> None:
    desk.begin(follow_up="已登记。\n")
    find(panel, QPushButton, "promise-button").click()
    when = find(panel, QLineEdit, "promise-when")
    assert find(panel, QLineEdit, "promise-number").text() == "138 0013 8000"
    assert panel.focusWidget() is when
    QTest.keyClicks(when, "mt 9:30")
    meant = read(panel, "promise-meant")
    assert meant.endswith("09:30")
    QTest.keyClick(when, Qt.Key.Key_Return)
    draft = desk.summaries.drafts[ONE]
    assert draft.follow_up == f"已登记。\nCallback promised: 138 0013 8000, {meant}"
    assert SummaryField.FOLLOW_UP in draft.hers
    assert not when.isVisible()
    shown = panel.focusWidget()
    assert shown is not None
    assert shown.objectName() == "follow-up-field"
    assert shown.property("plainText") == draft.follow_up


def test_what_is_no_time_to_come_is_said_and_nothing_is_kept(
    desk: Desk, panel: SummaryPanel
) -> None:
    desk.begin()
    find(panel, QPushButton, "promise-button").click()
    when = find(panel, QLineEdit, "promise-when")
    keep = find(panel, QPushButton, "promise-keep-button")
    assert not keep.isEnabled()
    QTest.keyClicks(when, "25:00")
    assert "Not a time" in read(panel, "promise-meant")
    QTest.keyClick(when, Qt.Key.Key_Return)
    assert when.isVisible()
    assert desk.summaries.drafts[ONE].follow_up == ""
    when.setText("+30")
    assert keep.isEnabled()
    find(panel, QLineEdit, "promise-number").setText("his mobile")
    assert "number" in read(panel, "promise-meant")
    assert not keep.isEnabled()


def test_a_summary_saved_meanwhile_takes_no_promise_and_says_so(
    desk: Desk, panel: SummaryPanel
) -> None:
    draft = desk.begin()
    find(panel, QPushButton, "promise-button").click()
    when = find(panel, QLineEdit, "promise-when")
    desk.summaries.put(replace(draft, state=DraftState.SAVED))
    QTest.keyClicks(when, "+30")
    assert "saved already" in read(panel, "promise-meant")
    QTest.keyClick(when, Qt.Key.Key_Return)
    assert when.isVisible()


def test_the_button_closes_it_again_and_every_opening_begins_anew(
    desk: Desk, panel: SummaryPanel
) -> None:
    desk.begin()
    button = find(panel, QPushButton, "promise-button")
    button.click()
    when = find(panel, QLineEdit, "promise-when")
    when.setText("+30")
    button.click()
    assert not when.isVisible()
    button.click()
    assert when.text() == ""


def test_without_a_summary_there_is_nothing_to_promise(desk: Desk, panel: SummaryPanel) -> None:
    assert not find(panel, QPushButton, "promise-button").isEnabled()
    model = PromiseViewModel(SummaryViewModel(desk.seat))
    assert (model.begin(), model.who) == ("", "")
    model.type("110", "+30")
    assert not model.keep()
    assert desk.summaries.drafts == {}


def test_a_call_that_takes_the_page_does_not_take_the_promise(
    desk: Desk, panel: SummaryPanel
) -> None:
    desk.begin(customer_name="张伟")
    find(panel, QPushButton, "promise-button").click()
    assert read(panel, "promise-title") == "Promise 张伟 a callback"
    when = find(panel, QLineEdit, "promise-when")
    when.setText("+30")
    desk.begin(TWO, customer_name="李娜")
    assert desk.focus.selected == TWO
    QTest.keyClick(when, Qt.Key.Key_Return)
    assert desk.summaries.drafts[ONE].follow_up.startswith("Callback promised")
    assert desk.summaries.drafts[TWO].follow_up == ""
