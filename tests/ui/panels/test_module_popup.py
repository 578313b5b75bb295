"""A stroke and a few letters put a ready-made sentence where she is writing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.ui.panels.fakes import ONE, Desk
from tests.ui.panels.finding import find
from tests.ui.panels.typing import compose, type_text
from ui.rows.list_view import RowList
from ui.summary import SummaryPanel


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> SummaryPanel:
    panel = SummaryPanel(desk.seat)
    qtbot.addWidget(panel)
    panel.resize(600, 620)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is panel, timeout=5000)
    desk.begin(ONE, customer_name="张伟")
    find(panel, QPlainTextEdit, "answer-field").setFocus()
    return panel


def answer(panel: SummaryPanel) -> QPlainTextEdit:
    return find(panel, QPlainTextEdit, "answer-field")


def popup(panel: SummaryPanel) -> RowList | None:
    """The list that is open."""
    lists = panel.findChildren(RowList, "text-module-list")
    return next((one for one in lists if one.isVisible()), None)


def test_no_list_is_built_before_the_first_stroke(panel: SummaryPanel) -> None:
    type_text(answer(panel), "a1/")
    assert not panel.findChildren(RowList, "text-module-list")
    type_text(answer(panel), " /")
    assert popup(panel) is not None
    assert len(panel.findChildren(RowList, "text-module-list")) == 1


def test_letters_narrow_the_list_and_enter_puts_the_sentence_there(panel: SummaryPanel) -> None:
    field = answer(panel)
    type_text(field, "/")
    shown = popup(panel)
    assert shown is not None
    assert [row.title for row in shown.row_model.rows] == ["稍后回电", "已解答清楚"]
    type_text(field, "hd")
    assert [row.title for row in shown.row_model.rows] == ["稍后回电"]
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.toPlainText() == "已告知张伟，由李娜回电。"
    assert popup(panel) is None
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.toPlainText() == "/hd"


def test_what_an_input_method_makes_of_the_key_opens_it_too(panel: SummaryPanel) -> None:
    field = answer(panel)
    type_text(field, "核实。 ")
    compose(field, "", commit="、")
    assert popup(panel) is not None
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert field.toPlainText() == "核实。 来电人表示清楚。"
    assert field.hasFocus()


def test_escape_leaves_what_was_typed_and_the_list_stays_away(panel: SummaryPanel) -> None:
    field = answer(panel)
    type_text(field, "/h")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert popup(panel) is None
    type_text(field, "d")
    assert popup(panel) is None
    assert field.toPlainText() == "/hd"
    type_text(field, " /")
    assert popup(panel) is not None


@pytest.mark.parametrize("text", ["1/2", "税/费", "3、", "甲、乙", "/nothing like this", "//"])
def test_a_stroke_within_words_is_a_stroke(panel: SummaryPanel, text: str) -> None:
    field = answer(panel)
    type_text(field, text)
    assert popup(panel) is None
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.toPlainText() == f"{text}\n"


def test_leaving_the_field_closes_the_list(panel: SummaryPanel) -> None:
    type_text(answer(panel), "/")
    find(panel, QPlainTextEdit, "question-field").setFocus()
    assert popup(panel) is None
