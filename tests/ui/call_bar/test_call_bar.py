from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from sip import messages as m
from tests.ui.fakes import Rig
from tests.ui.seen import Seen
from tests.ui.ticking import tick
from ui.call_bar.call_bar import CallBar
from ui.call_bar.model import CallBarModel
from ui.keys import KeyMap
from ui.theme import Theme

FIRST = m.LineId("1-9")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bar(qtbot: QtBot, rig: Rig, theme: Theme) -> CallBar:
    bar = CallBar(CallBarModel(rig.seat), keys=KeyMap(), theme=theme)
    qtbot.addWidget(bar)
    bar.resize(1366, 60)
    bar.show()
    return bar


@pytest.fixture
def button(bar: CallBar) -> Callable[[str], QPushButton]:
    def find(name: str) -> QPushButton:
        found = bar.findChild(QPushButton, name)
        assert found is not None
        return found

    return find


def shown(bar: CallBar, name: str) -> str:
    label = bar.findChild(QLabel, name)
    assert label is not None
    return label.text() if label.isVisible() else ""


def test_the_bar_is_no_higher_than_sixty_pixels(bar: CallBar, rig: Rig) -> None:
    rig.ring()
    assert bar.height() <= 60


def test_buttons_show_their_keys(button: Callable[[str], QPushButton]) -> None:
    assert button("answer-button").text() == "Answer F2"
    assert button("hang-up-button").text() == "Hang up F8"
    assert button("hold-button").text() == "Hold F10"
    assert button("mute-button").text() == "Mute F9"


def test_the_buttons_answer_hold_mute_and_hang_up(
    bar: CallBar, rig: Rig, qtbot: QtBot, button: Callable[[str], QPushButton]
) -> None:
    rig.ring()
    assert button("hang-up-button").text() == "Reject F8"
    QTest.mouseClick(button("answer-button"), LEFT)
    rig.answered()
    assert not button("answer-button").isEnabled()
    for name in ("hold-button", "mute-button", "hang-up-button"):
        QTest.mouseClick(button(name), LEFT)
    assert rig.commands == [
        m.Answer(FIRST), m.Hold(FIRST), m.SetMute(FIRST, True), m.HangUp(FIRST),
    ]  # fmt: skip


def test_no_button_moves_while_the_call_changes(
    bar: CallBar, rig: Rig, button: Callable[[str], QPushButton]
) -> None:
    names = ("answer-button", "hold-button", "mute-button", "transfer-button",
             "conference-button", "keypad-button", "hang-up-button")  # fmt: skip
    before = [button(name).geometry() for name in names]
    rig.ring()
    rig.answered()
    rig.phone.handle(m.CallHeld(FIRST, by_agent=True, by_caller=False))
    rig.phone.handle(m.CallMuted(FIRST, True))
    QApplication.processEvents()
    assert button("mute-button").text() == "Muted F9"
    assert button("hold-button").text() == "Resume F10"
    assert [button(name).geometry() for name in names] == before


def test_a_number_put_into_the_field_is_not_dialled(bar: CallBar, rig: Rig) -> None:
    bar.dial_box.fill("0571 8512 3456")
    assert bar.dial_box.field.text() == "0571 8512 3456"
    assert rig.commands == []


def test_enter_dials_and_empties_the_field(bar: CallBar, rig: Rig, qtbot: QtBot) -> None:
    bar.dial_box.fill("13800138000")
    QTest.keyClick(bar.dial_box.field, Qt.Key.Key_Return)
    assert [type(command) for command in rig.commands] == [m.MakeCall]
    assert bar.dial_box.field.text() == ""


def test_a_refused_number_stays_and_is_explained(
    bar: CallBar, qtbot: QtBot, button: Callable[[str], QPushButton]
) -> None:
    QTest.keyClicks(bar.dial_box.field, "abc")
    QTest.mouseClick(button("dial-button"), LEFT)
    assert bar.dial_box.field.text() == "abc"
    assert shown(bar, "call-refusal") == "This is not a number that can be dialled."
    assert bar.dial_box.field.property("state") == "fault"
    QTest.keyClick(bar.dial_box.field, Qt.Key.Key_Backspace)
    assert shown(bar, "call-refusal") == "No call"


def test_a_click_on_a_tab_puts_that_call_on_the_page(bar: CallBar, rig: Rig, qtbot: QtBot) -> None:
    rig.ring()
    second = rig.ring("1-10", number="057185123456", name="")
    assert bar.tabs.count() == 2
    QTest.mouseClick(bar.tabs, LEFT, pos=bar.tabs.tabRect(1).center())
    assert rig.seat.focus.selected == second
    assert bar.tabs.currentIndex() == 1


def test_the_wheel_changes_no_call(bar: CallBar, rig: Rig) -> None:
    first = rig.ring()
    rig.ring("1-10")
    turn = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(bar.tabs, turn)
    assert rig.seat.focus.selected == first


def test_a_short_name_is_read_whole_beside_a_long_one(bar: CallBar, rig: Rig) -> None:
    rig.ring(name="张伟")
    rig.answered()
    long_name = "阿依古丽·买买提江·艾合买提·吐尔逊·努尔买买提"
    rig.ring("1-10", name=long_name, number="057185123456")
    bar.tabs.setFixedWidth(300)
    QApplication.processEvents()
    assert bar.tabs.tabRect(0).width() == bar.tabs.tabSizeHint(0).width()
    assert bar.tabs.tabRect(1).right() < 300


def test_names_in_tabs_are_plain_text(bar: CallBar, rig: Rig) -> None:
    rig.ring(name="<b>A & B</b>", number="110")
    assert bar.tabs.tabText(0) == "Ringing · <b>A && B</b>"
    assert "<b>" not in bar.tabs.tabToolTip(0)


def test_the_keypad_sends_what_is_pressed(
    bar: CallBar, rig: Rig, qtbot: QtBot, button: Callable[[str], QPushButton]
) -> None:
    rig.ring()
    rig.answered()
    QTest.mouseClick(button("keypad-button"), LEFT)
    pad = bar.call_actions.keypad.get()
    assert pad.isVisible()
    field = bar.findChild(QLineEdit, "keypad-sent")
    assert field is not None
    QTest.mouseClick(button("keypad-5"), LEFT)
    QTest.mouseClick(button("keypad-hash"), LEFT)
    QTest.keyClick(field, Qt.Key.Key_7)
    QTest.keyClick(field, Qt.Key.Key_A)
    assert rig.commands == [
        m.SendDtmf(FIRST, "5"), m.SendDtmf(FIRST, "#"), m.SendDtmf(FIRST, "7"),
    ]  # fmt: skip
    rig.ended()
    assert not pad.isVisible()


def test_the_meter_shows_what_is_heard_and_sent(bar: CallBar, rig: Rig) -> None:
    rig.ring()
    assert not bar.marks.meter.isVisible()
    rig.answered()
    assert bar.marks.meter.isVisible()
    rig.phone.handle(m.LevelsMeasured(FIRST, -30.0, -15.0))
    assert bar.marks.meter.levels == (0.5, 0.75)
    bar.marks.meter.grab()
    rig.phone.handle(m.CallHeld(FIRST, by_agent=True, by_caller=False))
    assert bar.marks.meter.levels == (0.0, 0.0)


def test_a_meter_that_would_look_the_same_is_not_painted_again(
    bar: CallBar, rig: Rig, qtbot: QtBot
) -> None:
    paints = Seen(bar.marks.meter, QEvent.Type.Paint)
    rig.ring()
    rig.answered()
    qtbot.waitUntil(lambda: paints.times > 0)  # X shows a window when it likes
    settle(paints)
    for received, painted in ((-30.0, True), (-29.9, False), (-20.0, True), (-20.0, False)):
        before = paints.times
        rig.phone.handle(m.LevelsMeasured(FIRST, received, -90.0))
        QApplication.processEvents()
        assert (paints.times > before) is painted, received


def test_another_second_lays_nothing_out_anew(bar: CallBar, rig: Rig) -> None:
    rig.ring()
    rig.answered()
    rig.clock.advance(41)
    tick(bar._model)
    layouts = Seen(QApplication.instance(), QEvent.Type.LayoutRequest)
    settle(layouts)  # the call came this very moment
    before = layouts.times
    for second in ("00:42", "00:43", "00:44"):
        rig.clock.advance(1)
        tick(bar._model)
        QApplication.processEvents()
        assert shown(bar, "call-timer") == second
    assert layouts.times == before
    rig.clock.advance(3600)
    tick(bar._model)
    assert shown(bar, "call-timer") == "01:00:44"
    label = bar.findChild(QLabel, "call-timer")
    assert label is not None
    assert label.width() > label.fontMetrics().horizontalAdvance("01:00:44")


def settle(seen: Seen) -> None:
    """Until a round of the event loop brings no more of them."""
    before = -1
    while seen.times != before:
        before = seen.times
        QApplication.processEvents()


def test_in_a_narrow_window_words_and_keys_stay(
    bar: CallBar, rig: Rig, button: Callable[[str], QPushButton], qtbot: QtBot
) -> None:
    rig.ring()
    bar.resize(900, 60)
    qtbot.waitUntil(lambda: button("answer-button").icon().isNull())  # X resizes when it likes
    assert button("answer-button").text() == "Answer F2"
    assert button("hang-up-button").geometry().right() <= bar.call_actions.width()
    bar.resize(1366, 60)
    qtbot.waitUntil(lambda: not button("answer-button").icon().isNull())
