from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from agent_app.domain.handover import Attachment, HandoverCard
from agent_app.domain.ids import AgentId
from agent_app.domain.summary import SummaryField
from tests.ui.panels.fakes import ONE, TWO, Desk
from ui.summary import SummaryPanel
from ui.summary.handover import HandoverView, HandoverViewModel


def a_card(*beside: SummaryField) -> HandoverCard:
    attachment = Attachment(question="问了什么", answer="<b>答了什么</b>", follow_up="")
    return HandoverCard(ONE, AgentId("a2"), "陈静", "1002", attachment, frozenset(beside))


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.begin(ONE)
    return desk


def test_a_call_that_nobody_had_before_says_nothing(desk: Desk) -> None:
    assert HandoverViewModel(desk.seat).view == HandoverView()


def test_who_had_the_call_before_is_named(desk: Desk) -> None:
    model = HandoverViewModel(desk.seat)
    told: list[object] = []
    model.changed.connect(told.append)
    desk.handover.put(a_card())
    desk.handover.put(a_card())
    assert told == [HandoverView("From 陈静 1002", "")]
    desk.focus.select(TWO)
    assert model.view == HandoverView()
    desk.focus.select(None)
    assert model.view == HandoverView()


def test_words_that_found_no_place_stand_beside_as_plain_text(desk: Desk, qtbot: QtBot) -> None:
    panel = SummaryPanel(desk.seat)
    qtbot.addWidget(panel)
    panel.resize(700, 600)
    panel.show()
    button = panel.findChild(QPushButton, "summary-handover-button")
    text = panel.findChild(QLabel, "summary-handover-text")
    assert button is not None
    assert text is not None
    assert not button.isVisible()
    desk.handover.put(a_card(SummaryField.QUESTION, SummaryField.ANSWER, SummaryField.FOLLOW_UP))
    assert text.text() == "From 陈静 1002"
    button.click()
    words = panel.findChild(QPlainTextEdit, "handover-words")
    assert words is not None
    assert words.isVisible()
    assert words.isReadOnly()
    assert words.toPlainText() == "Question\n问了什么\n\nAnswer\n<b>答了什么</b>"
    desk.handover.put(a_card())
    assert not words.isVisible()
