"""Names of ten thousand characters and hostile words, wherever the card shows them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel
from pytestqt.qtbot import QtBot

from agent_app.domain.customers import (
    CandidateReason,
    CardState,
    CustomValue,
    ReasonKind,
)
from agent_app.domain.ids import CustomerId
from tests.ui.panels.fakes import NOW, ONE, Desk, candidate, card, customer
from tests.ui.panels.finding import find
from ui.caller import CallerPanel
from ui.rows.list_view import RowList

WORDS = (
    "张" * 10_000,
    "x" * 10_000,
    "词 " * 5_000,
    "<img src=x onerror=alert(1)>'; DROP TABLE customers; --",
    "javascript:alert(1) ../../../etc/passwd file:///c:/ {name} %s",
    "\u202e\u05d0\u05d1 عبد الله",
)


def shown(desk: Desk, qtbot: QtBot) -> CallerPanel:
    panel = CallerPanel(desk.seat)
    panel.resize(300, 720)
    qtbot.addWidget(panel)
    panel.show()
    desk.begin()
    return panel


def keeps_its_place(panel: CallerPanel) -> None:
    panel.grab()
    assert panel.width() == 300
    for label in panel.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText, label.objectName()
        if label.isVisible():
            assert label.width() <= 300, label.objectName()
    for view in panel.findChildren(QAbstractItemView):
        assert not view.isVisible() or view.width() <= 300, view.objectName()


@pytest.mark.parametrize("words", WORDS)
def test_a_candidates_words_keep_their_place(desk: Desk, qtbot: QtBot, words: str) -> None:
    panel = shown(desk, qtbot)
    reasons = (
        CandidateReason(ReasonKind.SAME_NUMBER, words),
        CandidateReason(ReasonKind.SPOKE_TO_COLLEAGUE, words, NOW),
    )
    people = tuple(
        candidate(n, name=words, region=words, segment=words, reasons=reasons) for n in (1, 2)
    )
    desk.cards.put(card(CardState.SEVERAL, candidates=people, shown_name=words))
    [first, _] = find(panel, RowList, "candidate-list").row_model.rows
    assert first.title == words
    assert words in first.lines[0]
    keeps_its_place(panel)


@pytest.mark.parametrize("words", WORDS)
def test_the_persons_words_keep_their_place(desk: Desk, qtbot: QtBot, words: str) -> None:
    panel = shown(desk, qtbot)
    person = customer(
        name=words, company=words, address=words, warning=words, notes=words, id_number=words,
        custom=(CustomValue("f", words, words, words, sensitive=True),),
    )  # fmt: skip
    known = candidate(
        1, customer_id=CustomerId("c1"), reasons=(CandidateReason(ReasonKind.SWITCHBOARD, words),)
    )
    desk.cards.put(card(customer=person, candidates=(known,)))
    assert words in find(panel, QLabel, "caller-reason").text()
    assert [row.title for row in find(panel, RowList, "particular-list").row_model.rows] == [
        f"ID number: {words}", f"{words}: {words}",
    ]  # fmt: skip
    keeps_its_place(panel)


@pytest.mark.parametrize("words", WORDS)
def test_the_sentence_of_a_move_keeps_its_place(desk: Desk, qtbot: QtBot, words: str) -> None:
    panel = shown(desk, qtbot)
    desk.cards.put(card(customer=customer(name=words)))
    desk.cards.put(
        card(customer=customer(customer_id=CustomerId("c2"), name=words), chosen=ReasonKind.CHOSEN)
    )
    assert words in find(panel, QLabel, "caller-moved-text").text()
    keeps_its_place(panel)


@pytest.mark.parametrize("words", WORDS)
def test_whoever_is_found_keeps_his_place(desk: Desk, qtbot: QtBot, words: str) -> None:
    panel = shown(desk, qtbot)
    desk.cards.put(card(customer=customer()))
    desk.focus.select(ONE)
    desk.caller.people.names = {"c2": words}
    panel.finder.want()
    desk.caller_desk.search.look_for(words[:1])
    [row] = find(panel, RowList, "person-list").row_model.rows
    assert row.title == words
    keeps_its_place(panel)
