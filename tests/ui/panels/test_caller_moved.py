"""The sentence that a call is another person's now, and the way back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from agent_app.desk.relinking import MoveCause, PersonMoved
from agent_app.domain.customers import Customer, ReasonKind
from agent_app.domain.ids import CustomerId
from agent_app.domain.summary import DraftState
from tests.ui.panels.fakes import ONE, TWO, Desk, card, customer
from tests.ui.panels.finding import find
from ui.caller import CallerPanel
from ui.caller.moved import sentence_of

ZHANG = customer()
LI = customer(customer_id=CustomerId("c2"), name="李{娜}<b>")


def shown(desk: Desk, qtbot: QtBot) -> CallerPanel:
    panel = CallerPanel(desk.seat)
    panel.resize(300, 900)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def move(desk: Desk, to: Customer | None = LI) -> None:
    """The card is somebody else's, as it is after she chose."""
    desk.begin()
    desk.cards.put(card(customer=ZHANG))
    desk.cards.put(card(customer=to, chosen=ReasonKind.CHOSEN))


def text(panel: CallerPanel) -> QLabel:
    return find(panel, QLabel, "caller-moved-text")


def test_nothing_is_said_while_nothing_moved(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    desk.cards.put(card(customer=ZHANG))
    assert not text(panel).isVisible()
    panel.moved.undo()
    panel.moved.dismiss()


def test_it_is_said_with_the_way_back(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    move(desk)
    assert text(panel).text() == (
        "This call is now: 李{娜}<b> (was: 张伟). The summary goes along."
    )
    assert text(panel).isVisible()
    find(panel, QPushButton, "caller-moved-undo").click()
    assert desk.cards.chosen == [(ONE, "c1")]


def test_it_stays_until_it_is_read_and_with_its_call(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    move(desk)
    desk.focus.select(TWO)
    assert not text(panel).isVisible()
    desk.focus.select(ONE)
    assert text(panel).isVisible()
    find(panel, QPushButton, "caller-moved-close").click()
    assert not text(panel).isVisible()


def test_a_saved_summary_is_said_to_have_moved_along(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    desk.begin(state=DraftState.SAVED)
    desk.cards.put(card(customer=ZHANG))
    desk.cards.put(card(customer=LI, chosen=ReasonKind.CHOSEN))
    assert "The saved summary moved along." in text(panel).text()
    assert [wish.name for wish in desk.caller.records.moves] == ["李{娜}<b>"]


def test_a_disk_that_refuses_is_a_fault_without_a_way_back(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    desk.caller.records.fault = "the disk is {full}"
    desk.begin(state=DraftState.SAVED)
    desk.cards.put(card(customer=ZHANG))
    desk.cards.put(card(customer=LI, chosen=ReasonKind.CHOSEN))
    assert text(panel).text() == "Not moved, still 张伟: the disk is {full}"
    assert text(panel).property("state") == "fault"
    assert not find(panel, QPushButton, "caller-moved-undo").isVisible()


@pytest.mark.parametrize(
    ("cause", "after", "sentence"),
    [
        (
            MoveCause.YOU,
            None,
            "This call is now: nobody known (was: 张伟). The summary goes",
        ),
        (MoveCause.COLLEAGUE, LI, "Your colleague says who it is. This call is now: 李{娜}<b>"),
        (MoveCause.OTHER_NUMBER, LI, "The exchange names another number. This call is now:"),
        (MoveCause.MERGED, LI, "The centre merged 张伟 into 李{娜}<b>."),
        (MoveCause.GONE, None, "张伟 is no customer any more; the summary keeps the number."),
    ],
)
def test_each_cause_has_its_words(cause: MoveCause, after: Customer | None, sentence: str) -> None:
    assert sentence_of(PersonMoved(ONE, ZHANG, after, cause)).startswith(sentence)
