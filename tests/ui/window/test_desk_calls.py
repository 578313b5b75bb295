"""Numbers and calls at the window: links, redial, last calls, pick-up, pasted codes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QListView, QWidget

from sip import messages as m
from tests.ui.fakes import Rig
from tests.ui.window.hands import Open, child, press
from ui.window.desk_window import DeskWindow

FIRST = m.LineId("1-9")


def test_a_link_fills_the_dial_field_and_dials_nothing(desk: DeskWindow, rig: Rig) -> None:
    rig.seat.door.knock("tel:0571-8512-3456")
    assert child(desk, QLineEdit, "dial-field").text() == "057185123456"
    assert rig.commands == []
    rig.seat.door.knock("mailto:nobody")
    assert child(desk, QLabel, "call-refusal").text() == "There is no number in the link."


def test_a_number_that_came_before_the_window_waits_in_the_field(open_desk: Open, rig: Rig) -> None:
    rig.seat.door.knock("12366")
    assert child(open_desk(rig), QLineEdit, "dial-field").text() == "12366"


def test_enter_in_the_empty_dial_field_brings_the_last_number_and_dials_only_then(
    desk: DeskWindow, rig: Rig
) -> None:
    field = child(desk, QLineEdit, "dial-field")
    field.setText("13900139000")
    QTest.keyClick(field, Qt.Key.Key_Return)
    rig.ended("1-1")
    dialled = len(rig.commands)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "13900139000"
    assert len(rig.commands) == dialled
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert len(rig.commands) == dialled + 1


def test_down_in_the_dial_field_unfolds_the_last_calls(desk: DeskWindow, rig: Rig) -> None:
    rig.ring()
    rig.ended()
    button = child(desk, QAbstractButton, "history-button")
    assert button.accessibleName() == "Last calls  Ctrl+H · 1 missed"
    field = child(desk, QLineEdit, "dial-field")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Down)
    rows = child(desk, QListView, "call-history-list")
    assert rows.isVisible()
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert field.text() == "13800138000"
    assert button.property("health") == ""


def test_f6_unfolds_what_rings_at_colleagues(desk: DeskWindow) -> None:
    press(Qt.Key.Key_F6, desk)
    assert child(desk, QWidget, "pick-up").isVisible()
    press(Qt.Key.Key_Escape, desk)
    assert not child(desk, QWidget, "pick-up").isVisible()


def test_a_code_can_be_pasted_into_the_keypad(desk: DeskWindow, rig: Rig) -> None:
    rig.ring()
    rig.answered()
    QTest.keyClick(desk, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    field = child(desk, QLineEdit, "keypad-sent")
    QApplication.clipboard().setText("12 34-5#")
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert rig.commands == [m.SendDtmf(FIRST, "12345#")]
    assert field.text() == "12345#"
    QApplication.clipboard().setText("secret")
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert child(desk, QLabel, "keypad-refusal").text() == "Only digits, * and # can be sent."
    assert len(rig.commands) == 1
