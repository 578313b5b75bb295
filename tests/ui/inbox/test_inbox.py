"""Both values side by side, one key for each decision, and only those that make sense."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from agent_app.domain.ids import AgentId, OperationId
from agent_app.domain.inbox import EntryState, FieldPair
from agent_app.domain.summary import DraftState
from tests.desk.fakes_records import a_form, a_refused, an_entry
from tests.domain.examples import draft
from tests.ui.fakes import Rig
from tests.ui.panels.fakes_knowledge import CATEGORIES
from ui.inbox.model import InboxModel
from ui.inbox.pair import MarkedText
from ui.inbox.window import InboxWindow
from ui.keys import KeyMap
from ui.rows.list_view import RowList


@pytest.fixture
def window(rig: Rig, qtbot: QtBot) -> InboxWindow:
    model = InboxModel(rig.seat)
    window = InboxWindow(model, KeyMap())
    model.setParent(window)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    return window


def buttons(window: InboxWindow) -> list[str]:
    return [b.accessibleName() for b in window.findChildren(QPushButton) if b.isVisible()]


def text(window: InboxWindow, name: str) -> MarkedText:
    [found] = [one for one in window.findChildren(MarkedText, name) if not one.isHidden()]
    return found


def said(window: InboxWindow, name: str) -> str:
    label = window.findChild(QLabel, name)
    assert label is not None
    return label.text()


def test_an_empty_inbox_says_so_and_offers_nothing(window: InboxWindow) -> None:
    rows = window.findChild(RowList, "inbox-list")
    assert rows is not None
    assert "Nothing to decide" in rows.accessibleDescription()
    assert buttons(window) == []


def test_a_conflict_shows_both_values_with_the_differing_words_marked(
    rig: Rig, window: InboxWindow
) -> None:
    rig.set_aside(an_entry())
    QApplication.processEvents()
    mine, theirs = text(window, "inbox-mine-notes"), text(window, "inbox-theirs-notes")
    assert (mine.toPlainText(), theirs.toPlainText()) == ("下午三点以后回电", "上午回电")
    assert mine.marked == ("下", "三点以后")
    assert theirs.marked == ("上",)
    assert len(mine.extraSelections()) == 2
    assert buttons(window) == ["Keep mine", "Take the server's"]
    assert "Nothing was written over" in said(window, "inbox-explanation")


def test_a_category_is_named_in_the_language_of_the_screen(rig: Rig, window: InboxWindow) -> None:
    rig.seat.knowledge._categories = CATEGORIES
    rig.set_aside(
        an_entry(pairs=(FieldPair("category_id", "02.01", "01.01", differs=True, clash=True),))
    )
    QApplication.processEvents()
    assert text(window, "inbox-mine-category-id").toPlainText() == "Rates and levy rates"


@pytest.mark.parametrize(
    ("key", "asked"), [(Qt.Key.Key_M, "keep-mine"), (Qt.Key.Key_T, "take-theirs")]
)
def test_one_key_decides_a_conflict(
    rig: Rig, window: InboxWindow, qtbot: QtBot, key: Qt.Key, asked: str
) -> None:
    rig.set_aside(an_entry())
    QApplication.processEvents()
    QTest.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: rig.inbox.asked == [(asked, "o1")], timeout=5000)


@pytest.mark.parametrize(
    ("key", "asked"), [(Qt.Key.Key_S, "send-again"), (Qt.Key.Key_N, "set-aside")]
)
def test_one_key_decides_what_was_sent_back(
    rig: Rig, window: InboxWindow, qtbot: QtBot, key: Qt.Key, asked: str
) -> None:
    rig.set_aside(a_refused())
    QApplication.processEvents()
    assert buttons(window) == ["Correct", "Send again", "Do not send"]
    assert "s-9 is not known" in said(window, "inbox-explanation")
    assert text(window, "inbox-mine-segment-id").toPlainText() == "s-9"
    QTest.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)  # not offered here
    QTest.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: rig.inbox.asked == [(asked, "o2")], timeout=5000)


def test_a_customer_that_was_sent_back_is_corrected_in_the_form(
    rig: Rig, window: InboxWindow, qtbot: QtBot
) -> None:
    rig.customers.sent_back["o2"] = a_form()
    rig.set_aside(a_refused())
    QApplication.processEvents()
    QTest.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: rig.seat.customers.editing is not None, timeout=5000)
    editing = rig.seat.customers.editing
    assert editing is not None
    assert editing.replacing == "o2"


def test_a_summary_that_was_sent_back_is_a_draft_again(
    rig: Rig, window: InboxWindow, qtbot: QtBot
) -> None:
    rig.inbox.draft = draft(state=DraftState.OPEN)
    told: list[object] = []
    rig.seat.inbox.reopened.connect(told.append)
    rig.set_aside(a_refused(kind="interaction.save"))
    QApplication.processEvents()
    QTest.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: told == [rig.inbox.draft], timeout=5000)


def test_a_decision_is_undone_by_one_key(rig: Rig, window: InboxWindow, qtbot: QtBot) -> None:
    rig.set_aside(an_entry(state=EntryState.DECIDED, decisions=frozenset(), can_undo=True))
    QApplication.processEvents()
    assert buttons(window) == ["Undo"]
    QTest.keyClick(window, Qt.Key.Key_U, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: rig.inbox.asked == [("undo", "o1")], timeout=5000)


def test_a_note_can_be_read_brought_back_and_forgotten(rig: Rig, window: InboxWindow) -> None:
    pair = FieldPair("notes", "改到周三", None, differs=False, clash=False)
    rig.set_aside(
        an_entry(state=EntryState.NOTE, pairs=(pair,), decisions=frozenset(), can_undo=True)
    )
    QApplication.processEvents()
    assert text(window, "inbox-mine-notes").toPlainText() == "改到周三"
    assert buttons(window) == ["Undo", "Read, forget it"]
    button = window.findChild(QPushButton, "inbox-forget-button")
    assert button is not None
    button.click()
    assert rig.inbox.asked == [("forget", "o1")]


def test_a_colleagues_entry_is_read_only(rig: Rig, window: InboxWindow) -> None:
    rig.set_aside(an_entry(author=AgentId("a2")))
    QApplication.processEvents()
    assert buttons(window) == []
    assert "colleague" in said(window, "inbox-explanation")


def test_the_list_is_walked_by_keyboard_and_keeps_its_place(rig: Rig, window: InboxWindow) -> None:
    rig.set_aside(an_entry(), a_refused())
    QApplication.processEvents()
    rows = window.findChild(RowList, "inbox-list")
    assert rows is not None
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert buttons(window) == ["Correct", "Send again", "Do not send"]
    rig.set_aside(an_entry(operation_id=OperationId("o0")), an_entry(), a_refused())
    QApplication.processEvents()
    assert rows.current_key == "o2"
    rig.set_aside(an_entry())
    QApplication.processEvents()
    assert rows.current_key == "o1"


def test_external_text_stays_plain(rig: Rig, window: InboxWindow) -> None:
    pair = FieldPair("notes", "<b>x</b>", "y", differs=True, clash=True)
    rig.set_aside(an_entry(title="<i>t</i>", pairs=(pair,)))
    QApplication.processEvents()
    assert text(window, "inbox-mine-notes").toPlainText() == "<b>x</b>"
    assert said(window, "inbox-heading") == "Customer · <i>t</i>"
