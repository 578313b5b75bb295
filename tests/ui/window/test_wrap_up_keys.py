"""The keys of the summary at the window: park, continue, the parked, the category, a promise."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QWidget,
)

from agent_app.domain.agent_state import AgentState
from agent_app.domain.ids import CategoryId
from agent_app.domain.summary import DraftState, SummaryField
from sip import messages as m
from tests.desk.fakes import FakeCallers, a_candidate, a_customer
from tests.ui.fakes import Rig, a_rig
from tests.ui.window.hands import Open, child
from ui.window.desk_window import DeskWindow

F11 = Qt.Key.Key_F11
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def press(window: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    QTest.keyClick(window.focusWidget() or window, key, modifiers)


def state(rig: Rig) -> AgentState:
    return rig.seat.shift.status.state


def after_a_call(rig: Rig) -> None:
    rig.ring()
    rig.answered()
    rig.ended()
    assert state(rig) is AgentState.WRAP_UP


def test_when_the_time_is_over_it_says_what_it_waits_for_and_one_key_parks(
    desk: DeskWindow, rig: Rig
) -> None:
    after_a_call(rig)
    rig.clock.advance(31)
    rig.seat.shift.tick()
    assert state(rig) is AgentState.WRAP_UP
    overdue = child(desk, QLabel, "wrap-up-overdue")
    assert overdue.isVisible()
    assert "save or park" in overdue.text()
    assert "saved or parked" in child(desk, QWidget, "state-button").accessibleDescription()
    press(desk, F11, SHIFT)
    assert state(rig) is AgentState.READY
    assert not overdue.isVisible()
    assert child(desk, QPushButton, "parked-button").text() == "Parked 1"
    assert rig.seat.focus.selected is None


def test_the_next_call_is_answered_with_a_summary_parked_which_comes_back_by_key(
    desk: DeskWindow, rig: Rig
) -> None:
    after_a_call(rig)
    [parked] = [one.interaction_id for one in rig.seat.summaries.open_drafts]
    rig.seat.summaries.set_text(parked, SummaryField.QUESTION, "问到一半")
    press(desk, F11, SHIFT)
    rig.ring("1-2")
    rig.answered("1-2")
    assert state(rig) is AgentState.TALKING
    press(desk, F11, CTRL | SHIFT)
    rows = child(desk, QListView, "parked-list")
    assert rows.isVisible()
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert rig.seat.focus.selected == parked
    assert child(desk, QWidget, "question-field").property("plainText") == "问到一半"
    assert state(rig) is AgentState.TALKING, "the call is untouched"


def test_continue_and_save_by_key(desk: DeskWindow, rig: Rig) -> None:
    after_a_call(rig)
    rig.clock.advance(20)
    press(desk, F11, CTRL)
    assert rig.seat.shift.status.wrap_up_left_s == 30
    [draft] = rig.seat.summaries.open_drafts
    rig.seat.summaries.set_category(draft.interaction_id, CategoryId("01"))
    rig.seat.summaries.set_text(draft.interaction_id, SummaryField.QUESTION, "问")
    rig.seat.summaries.set_text(draft.interaction_id, SummaryField.ANSWER, "答")
    press(desk, F11, Qt.KeyboardModifier.NoModifier)
    assert state(rig) is AgentState.READY
    assert rig.seat.summaries.parked_drafts == ()


def test_category_and_promise_by_key(desk: DeskWindow, rig: Rig) -> None:
    rig.ring()
    rig.answered()
    press(desk, Qt.Key.Key_L, CTRL)
    assert desk.focusWidget() is child(desk, QLineEdit, "category-field")
    press(desk, Qt.Key.Key_B, CTRL)
    when = child(desk, QLineEdit, "promise-when")
    assert desk.focusWidget() is when
    QTest.keyClicks(when, "+30")
    QTest.keyClick(when, Qt.Key.Key_Return)
    [draft] = rig.seat.summaries.open_drafts
    assert draft.follow_up.startswith("Callback promised: 138 0013 8000, ")


def test_the_state_chosen_during_the_call_comes_after_saving_or_parking(
    desk: DeskWindow, rig: Rig
) -> None:
    rig.ring()
    rig.answered()
    rig.seat.shift.choose(AgentState.BREAK)
    rig.ended()
    press(desk, F11, SHIFT)
    assert state(rig) is AgentState.BREAK


def test_asking_whose_it_is_blocks_neither_the_phone_nor_the_next_call(
    open_desk: Open,
) -> None:
    people = tuple(
        replace(a_candidate(key, name), number="+8613800138000")
        for key, name in (("c1", "张伟"), ("c2", "李娜"))
    )
    known = {one.customer_id: a_customer(one.customer_id, one.name) for one in people}
    rig = a_rig(callers=FakeCallers({"+8613800138000": people}, known))
    desk = open_desk(rig)
    after_a_call(rig)
    [draft] = rig.seat.summaries.open_drafts
    rig.seat.summaries.set_category(draft.interaction_id, CategoryId("01"))
    rig.seat.summaries.set_text(draft.interaction_id, SummaryField.QUESTION, "问")
    rig.seat.summaries.set_text(draft.interaction_id, SummaryField.ANSWER, "答")
    press(desk, F11, Qt.KeyboardModifier.NoModifier)
    asked = child(desk, QListView, "whose-list")
    assert desk.focusWidget() is asked
    assert QApplication.activeModalWidget() is None
    rig.ring("1-2", number="13900139000")
    press(desk, Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier)
    assert any(isinstance(command, m.Answer) for command in rig.commands)
    rig.answered("1-2")
    assert state(rig) is AgentState.TALKING
    rig.ended("1-2")
    rig.seat.focus.select(draft.interaction_id)
    press(desk, F11, Qt.KeyboardModifier.NoModifier)
    QTest.keyClick(asked, Qt.Key.Key_Down)
    QTest.keyClick(asked, Qt.Key.Key_Return)
    saved = rig.seat.summaries.draft(draft.interaction_id)
    assert saved is not None
    assert (saved.state, saved.customer_name) == (DraftState.SAVED, "李娜")
