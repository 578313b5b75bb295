from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from sip import messages as m
from tests.ui.fakes import Rig
from ui.keys import KeyMap
from ui.language import Languages
from ui.rows.list_view import RowList
from ui.theme import Theme
from ui.transfer.flyout import TransferFlyout
from ui.window.desk_window import DeskWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
CALLER, TARGET = m.LineId("1-9"), m.LineId("1-1")


@pytest.fixture
def desk(
    rig: Rig, qtbot: QtBot, theme: Theme, languages: Languages, memory: QSettings
) -> DeskWindow:
    """Talking, and with two colleagues."""
    rig.colleagues(("王芳", "1005", "ready"), ("李娜", "1004", "ready"))
    window = DeskWindow(rig.seat, theme=theme, languages=languages, keys=KeyMap(), memory=memory)
    qtbot.addWidget(window, before_close_func=_let_close)
    window.resize(1366, 728)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=3000)
    rig.ring()
    rig.answered()
    return window


def _let_close(window: DeskWindow) -> None:
    window._leaving = True


def flyout(desk: DeskWindow) -> TransferFlyout:
    (found,) = desk.findChildren(TransferFlyout)
    return found


def press(desk: DeskWindow, key: Qt.Key, *, ctrl: bool = False) -> None:
    modifier = CONTROL if ctrl else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(desk.focusWidget() or desk, key, modifier)


def shown(desk: DeskWindow, name: str) -> str:
    label = desk.findChild(QLabel, name)
    assert label is not None
    return label.text() if label.isVisible() else ""


def marked(desk: DeskWindow) -> str:
    rows = desk.findChild(RowList, "transfer-list")
    assert rows is not None
    return rows.current_key


def test_f4_opens_the_list_and_f4_again_passes_on(desk: DeskWindow, rig: Rig) -> None:
    press(desk, Qt.Key.Key_F4)
    assert flyout(desk).isVisible()
    assert desk.focusWidget().objectName() == "transfer-field"
    assert rig.commands == []
    press(desk, Qt.Key.Key_F4)
    assert not flyout(desk).isVisible()
    assert rig.commands == [m.Transfer(CALLER, "sip:1004@pbx")]
    assert shown(desk, "call-progress") == "Passing on to 李娜 …"


def test_ctrl_enter_passes_on_the_marked_one(desk: DeskWindow, rig: Rig) -> None:
    press(desk, Qt.Key.Key_F4)
    press(desk, Qt.Key.Key_Down)
    press(desk, Qt.Key.Key_Return, ctrl=True)
    assert rig.commands == [m.Transfer(CALLER, "sip:1005@pbx")]


def test_the_colleague_is_asked_and_then_gets_the_caller(desk: DeskWindow, rig: Rig) -> None:
    caller = rig.phone.calls[0].interaction_id
    press(desk, Qt.Key.Key_F5)
    QTest.keyClicks(desk.focusWidget(), "wang")
    press(desk, Qt.Key.Key_Return)
    assert rig.commands == [m.Hold(CALLER), m.MakeCall(TARGET, "sip:1005@pbx", CALL_ID)]
    assert shown(desk, "call-progress") == "Asking 王芳 …"
    assert rig.seat.focus.selected == caller, "the page stays with the caller"
    rig.held()
    rig.answered("1-1")
    assert shown(desk, "call-progress") == "王芳 is on the line"
    press(desk, Qt.Key.Key_F4)
    assert rig.commands[-1] == m.CompleteTransfer(CALLER, TARGET)


CALL_ID = (("X-Zuoxi-Call-ID", "exchange-1"),)


def test_f5_goes_back_to_the_caller(desk: DeskWindow, rig: Rig) -> None:
    press(desk, Qt.Key.Key_F5)
    press(desk, Qt.Key.Key_F5)
    rig.held()
    rig.answered("1-1")
    back = desk.findChild(QPushButton, "consult-back-button")
    assert back is not None
    assert back.isVisible()
    press(desk, Qt.Key.Key_F5)
    assert rig.commands[-1] == m.HangUp(TARGET)
    rig.ended("1-1", m.EndedBy.AGENT)
    assert rig.commands[-1] == m.Resume(CALLER)
    assert not back.isVisible()


def test_hanging_up_while_she_asks_ends_the_question_and_not_the_caller(
    desk: DeskWindow, rig: Rig
) -> None:
    press(desk, Qt.Key.Key_F5)
    press(desk, Qt.Key.Key_F5)
    rig.held()
    rig.answered("1-1")
    press(desk, Qt.Key.Key_F8)
    assert rig.commands[-1] == m.HangUp(TARGET)


def test_a_refusal_is_said_with_its_reason_and_the_caller_is_back(
    desk: DeskWindow, rig: Rig
) -> None:
    press(desk, Qt.Key.Key_F4)
    press(desk, Qt.Key.Key_F4)
    rig.phone.handle(m.TransferProgressed(CALLER, 486, "Busy Here", True))
    assert shown(desk, "call-progress") == "Not passed on: busy"
    sentence = "张伟 was not passed on to 1004 李娜: busy. The call is still yours."
    assert shown(desk, "trouble-text") == sentence


def test_the_list_updates_without_moving_the_marked_row(desk: DeskWindow, rig: Rig) -> None:
    press(desk, Qt.Key.Key_F4)
    press(desk, Qt.Key.Key_Down)
    assert marked(desk) == "colleague:1005"
    rig.colleagues(("王芳", "1005", "talking"), ("李娜", "1004", "ready"), ("陈", "1001", "ready"))
    assert marked(desk) == "colleague:1005"
    assert desk.focusWidget().objectName() == "transfer-field"


def test_esc_closes_the_list_and_she_types_on_where_she_was(desk: DeskWindow, rig: Rig) -> None:
    field = desk.findChild(QLineEdit, "search-field")
    assert field is not None
    field.setFocus()
    press(desk, Qt.Key.Key_F4)
    press(desk, Qt.Key.Key_Escape)
    assert not flyout(desk).isVisible()
    assert field.hasFocus()
    assert rig.commands == []


def test_the_keys_of_the_call_stay_live_while_the_list_is_open(desk: DeskWindow, rig: Rig) -> None:
    press(desk, Qt.Key.Key_F4)
    press(desk, Qt.Key.Key_F9)
    press(desk, Qt.Key.Key_F8)
    assert rig.commands == [m.SetMute(CALLER, True), m.HangUp(CALLER)]


def test_a_click_on_a_row_only_marks_it(desk: DeskWindow, rig: Rig) -> None:
    press(desk, Qt.Key.Key_F4)
    rows = desk.findChild(RowList, "transfer-list")
    assert rows is not None
    place = rows.visualRect(rows.model().index(1, 0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert marked(desk) == "colleague:1005"
    assert rig.commands == []
    button = desk.findChild(QPushButton, "transfer-now-button")
    assert button is not None
    button.click()
    assert rig.commands == [m.Transfer(CALLER, "sip:1005@pbx")]
