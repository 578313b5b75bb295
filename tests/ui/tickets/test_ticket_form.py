"""A ticket is made by keyboard during the call: what is known is there, Enter sends it (M21)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from agent_app.domain.ids import InteractionId, TicketId
from agent_app.domain.summary import SummaryField
from agent_app.domain.tickets import TicketForm, TicketKind, TicketUnit
from tests.desk.fakes_tickets import INCOME, RULES, a_ticket_desk
from tests.ui.fakes import InstantTasks, Rig, a_rig, known_callers
from tests.ui.window.hands import Open, child
from ui.formatting import appointment
from ui.gaps.flyout import GapFlyout
from ui.language import Language, Languages
from ui.tickets.flyout import TicketFlyout
from ui.window.desk_window import DeskWindow

ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


def press(window: DeskWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


def opened(window: DeskWindow) -> TicketFlyout:
    press(window, Qt.Key.Key_F12)
    form = child(window, TicketFlyout, "ticket")
    assert form.isVisible()
    return form


def line(form: QWidget, name: str) -> QLineEdit:
    return child(form, QLineEdit, name)


def read(form: QWidget, name: str) -> str:
    return child(form, QLabel, name).text()


def talking(agent: Rig, question: str = "退税什么时候到账？") -> str:
    """A known caller is on the line and has asked."""
    selected = agent.ring(number="13800138000")
    agent.answered()
    if question:
        agent.seat.summaries.set_text(selected, SummaryField.QUESTION, question)
    return selected


def with_units(rig: Rig, *units: TicketUnit) -> Rig:
    """The same desk where the centre names these units."""
    rules = replace(RULES, units=units)
    desk = a_ticket_desk(rig.tickets, rig.seat.summaries, rig.seat.clock, InstantTasks(), rules)
    return replace(rig, seat=replace(rig.seat, ticket_form=desk))


def test_a_ticket_is_made_by_keyboard_alone_and_stands_in_the_summary(
    agent: Rig, open_desk: Open
) -> None:
    window = open_desk(agent)
    call = talking(agent)
    agent.seat.summaries.set_text(agent.seat.phone.calls[0].interaction_id,
                                  SummaryField.ANSWER, "一般十五个工作日。")  # fmt: skip
    form = opened(window)
    assert child(form, QComboBox, "ticket-unit").hasFocus()
    assert line(form, "ticket-subject").text() == "退税什么时候到账？"
    assert child(form, QPlainTextEdit, "ticket-body").toPlainText() == (
        "退税什么时候到账？\n\n一般十五个工作日。"
    )
    assert line(form, "ticket-contact").text() == "138 0013 8000"
    assert read(form, "ticket-title") == "Ticket for 张伟"
    assert line(form, "ticket-due").text() == ""
    press(window, Qt.Key.Key_Down)  # the first unit
    due = line(form, "ticket-due").text()
    assert due.endswith("17:30")
    assert read(form, "ticket-meant").endswith("17:30 · 2 working days")
    press(window, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    press(window, Qt.Key.Key_Down)  # a complaint
    press(window, Qt.Key.Key_Return)
    [sent] = agent.tickets.sent
    assert (sent.form.kind, sent.holder, sent.customer_name) == (
        TicketKind.COMPLAINT, "所得税科", "张伟")  # fmt: skip
    assert (sent.form.interaction_id, sent.form.contact) == (call, "+8613800138000")
    assert f"{sent.due_at.astimezone():%Y-%m-%d %H:%M}" == due
    assert not form.isVisible()
    draft = agent.seat.summaries.draft(sent.form.interaction_id)
    assert draft is not None
    when = appointment(sent.due_at.astimezone())
    assert draft.follow_up == f"Ticket “退税什么时候到账？” → 所得税科, due {when}"
    assert SummaryField.FOLLOW_UP not in draft.hers
    assert agent.seat.phone.calls[0].live


def test_enter_of_the_number_pad_sends_too(agent: Rig, open_desk: Open) -> None:
    window = open_desk(agent)
    talking(agent)
    opened(window)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert len(agent.tickets.sent) == 1


def test_the_promise_and_the_ticket_stand_side_by_side(agent: Rig, open_desk: Open) -> None:
    window = open_desk(agent)
    talking(agent)
    for _ in range(2):
        press(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(child(window, QLineEdit, "promise-when"), "mt 9")
        press(window, Qt.Key.Key_Return)
        form = opened(window)
        press(window, Qt.Key.Key_Down)
        press(window, Qt.Key.Key_Return)
        assert not form.isVisible()
    field = child(window, QPlainTextEdit, "follow-up-field").toPlainText()
    assert [row.split()[0] for row in field.splitlines()] == [
        "Callback", "Ticket", "Callback",
    ], "the same ticket's line does not stand there twice"  # fmt: skip
    assert len(agent.tickets.sent) == 2


def test_what_is_missing_is_said_where_it_is_missing(agent: Rig, open_desk: Open) -> None:
    window = open_desk(agent)
    talking(agent, question="")
    form = opened(window)
    assert line(form, "ticket-subject").hasFocus()
    press(window, Qt.Key.Key_Return)
    assert read(form, "ticket-subject-remark") == "say what it is about"
    QTest.keyClicks(line(form, "ticket-subject"), "refund")
    press(window, Qt.Key.Key_Return, ALT)
    assert read(form, "ticket-unit-remark") == "choose who must answer"
    assert child(form, QComboBox, "ticket-unit").hasFocus()
    press(window, Qt.Key.Key_Down)
    due = line(form, "ticket-due")
    due.selectAll()
    due.setFocus()
    QTest.keyClicks(due, "yesterday")
    assert read(form, "ticket-meant").startswith("Not a time to come")
    press(window, Qt.Key.Key_Return)
    assert read(form, "ticket-due-remark") == "not a time to come"
    assert not agent.tickets.sent
    due.selectAll()
    QTest.keyClicks(due, "+2d")
    press(window, Qt.Key.Key_Return)
    assert len(agent.tickets.sent) == 1


def test_a_typed_deadline_stays_when_another_unit_is_chosen(agent: Rig, open_desk: Open) -> None:
    window = open_desk(agent)
    talking(agent)
    form = opened(window)
    unit, due = child(form, QComboBox, "ticket-unit"), line(form, "ticket-due")
    QTest.keyClick(unit, Qt.Key.Key_Down)
    proposed = due.text()
    QTest.keyClick(unit, Qt.Key.Key_Down)
    assert due.text() != proposed
    due.selectAll()
    QTest.keyClicks(due, "mt 12")
    QTest.keyClick(unit, Qt.Key.Key_Up)
    assert due.text() == "mt 12"
    assert read(form, "ticket-meant").endswith("12:00")


def test_a_proposal_that_has_aged_is_proposed_anew(agent: Rig, open_desk: Open) -> None:
    window = open_desk(agent)
    talking(agent)
    form = opened(window)
    press(window, Qt.Key.Key_Down)
    due = line(form, "ticket-due")
    proposed = due.text()
    agent.clock.advance(5 * 24 * 3600)  # it stood open over the weekend
    QTest.keyClicks(line(form, "ticket-subject"), "!")
    assert due.text() > proposed
    typing = agent.seat.ticket_form.typing
    assert typing is not None
    assert typing.form.due == "", "she has typed none"
    assert due.text() == f"{agent.seat.ticket_form.due_at(typing.form):%Y-%m-%d %H:%M}"


def test_esc_keeps_what_was_typed_and_the_key_brings_it_back(agent: Rig, open_desk: Open) -> None:
    window = open_desk(agent)
    talking(agent)
    form = opened(window)
    QTest.keyClicks(child(form, QPlainTextEdit, "ticket-body"), "half a word")
    QTest.keyClick(child(form, QPlainTextEdit, "ticket-body"), Qt.Key.Key_Return)
    assert form.isVisible(), "in the details, Enter is a new line"
    press(window, Qt.Key.Key_Escape)
    assert not form.isVisible()
    assert opened(window) is form
    assert "half a word" in child(form, QPlainTextEdit, "ticket-body").toPlainText()
    assert read(form, "ticket-note") == "You had typed this and not sent it."
    discard = child(form, QPushButton, "ticket-discard-button")
    discard.setFocus()
    QTest.keyClick(discard, Qt.Key.Key_Return)
    assert not agent.tickets.sent, "Enter on another button does not send"
    discard.click()
    assert not form.isVisible()
    assert not agent.tickets.forms


def test_a_disk_that_is_full_is_said_and_nothing_is_lost(agent: Rig, open_desk: Open) -> None:
    window = open_desk(agent)
    talking(agent)
    form = opened(window)
    press(window, Qt.Key.Key_Down)
    agent.tickets.fault = "The disk is full."
    press(window, Qt.Key.Key_Return)
    assert form.isVisible()
    assert read(form, "ticket-note") == "Not kept on disk: The disk is full."
    agent.tickets.fault = ""
    press(window, Qt.Key.Key_Return)
    assert len(agent.tickets.sent) == 1


def test_without_a_call_or_the_right_there_is_no_form(open_desk: Open) -> None:
    rig = a_rig(callers=known_callers(), role="quality", practice=False)
    window = open_desk(rig)
    assert not child(window, QPushButton, "ticket-button").isVisible()
    other = a_rig(callers=known_callers(), role="agent")
    window = open_desk(other)
    assert not child(window, QPushButton, "ticket-button").isEnabled()
    press(window, Qt.Key.Key_F12)
    assert not window.findChildren(TicketFlyout)


def test_one_form_is_open_at_a_time_and_the_key_sends_that_one(agent: Rig, open_desk: Open) -> None:
    window = open_desk(agent)
    talking(agent)
    form = opened(window)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert child(window, GapFlyout, "gap").isVisible()
    assert not form.isVisible()
    press(window, Qt.Key.Key_Return, ALT)
    assert (len(agent.gaps.sent), len(agent.tickets.sent)) == (1, 0)


def test_a_centre_that_names_no_units_says_so(agent: Rig, open_desk: Open) -> None:
    rig = with_units(agent)
    window = open_desk(rig)
    talking(rig)
    form = opened(window)
    assert child(form, QComboBox, "ticket-unit").currentText() == (
        "none set up: ask the administrator"
    )
    press(window, Qt.Key.Key_Return)
    assert read(form, "ticket-unit-remark") == "choose who must answer"


def test_the_only_unit_is_there_already(agent: Rig, open_desk: Open) -> None:
    rig = with_units(agent, INCOME)
    window = open_desk(rig)
    talking(rig)
    unit = child(opened(window), QComboBox, "ticket-unit")
    assert (unit.count(), unit.currentData()) == (1, INCOME.unit_id)
    press(window, Qt.Key.Key_Return)
    assert [one.holder for one in rig.tickets.sent] == [INCOME.name]


@pytest.mark.parametrize("before", ["", "gone"])
def test_no_unit_is_shown_as_chosen_that_is_not(agent: Rig, open_desk: Open, before: str) -> None:
    """The form was begun before the centre named this unit, or for one that is gone."""
    rig = with_units(agent, INCOME)
    window = open_desk(rig)
    call = talking(rig)
    rig.tickets.forms[call] = TicketForm(
        TicketId("t1"), InteractionId(call), title="退税", unit_id=before
    )
    form = opened(window)
    unit = child(form, QComboBox, "ticket-unit")
    assert unit.currentText() == "choose …"
    press(window, Qt.Key.Key_Return)
    assert read(form, "ticket-unit-remark") == "choose who must answer"
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)
    assert [one.holder for one in rig.tickets.sent] == [INCOME.name]


@pytest.mark.parametrize("language", Language)
def test_nothing_of_the_form_is_cut_off(
    agent: Rig, open_desk: Open, languages: Languages, language: Language
) -> None:
    languages.choose(language)
    window = open_desk(agent)
    talking(agent)
    form = opened(window)
    press(window, Qt.Key.Key_Down)
    for label in form.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert label.width() >= label.fontMetrics().horizontalAdvance("…"), label.objectName()
    assert window.rect().contains(form.geometry())
    chinese = read(form, "ticket-title") == "登记工单：张伟"
    assert chinese is (language is Language.CHINESE)
