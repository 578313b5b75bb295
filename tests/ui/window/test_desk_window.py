from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTabBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from agent_app.domain.summary import SummaryField
from sip import messages as m
from tests.ui.fakes import Rig, an_item
from tests.ui.window.hands import Open, child, press
from ui.call_bar.call_button import CallButton
from ui.language import Language
from ui.rows.list_view import RowList
from ui.rows.row import Row
from ui.scrolled import Scrolled
from ui.theme import Theme, ThemeChoice
from ui.window import memory as layout_memory
from ui.window.desk_window import DeskWindow

FIRST = m.LineId("1-9")


def beside(window: DeskWindow) -> list[str]:
    return [w.objectName() for w in window.findChildren(QDialog) if w.isVisible()]


def test_the_keys_of_a_call_work_from_the_answer_to_the_hang_up(desk: DeskWindow, rig: Rig) -> None:
    rig.ring()
    press(Qt.Key.Key_F2, desk)
    rig.answered()
    press(Qt.Key.Key_F10, desk)
    press(Qt.Key.Key_F9, desk)
    press(Qt.Key.Key_F8, desk)
    assert rig.commands == [
        m.Answer(FIRST), m.Hold(FIRST), m.SetMute(FIRST, True), m.HangUp(FIRST),
    ]  # fmt: skip


def test_a_key_that_comes_before_the_ring_is_on_the_screen_answers_it(
    desk: DeskWindow, rig: Rig
) -> None:
    with rig.seat.phone.rounds.round():
        rig.ring()
        assert not child(desk, QPushButton, "answer-button").isEnabled()
        press(Qt.Key.Key_F2, desk)
    assert rig.commands == [m.Answer(FIRST)]


def test_f3_and_f7_go_to_their_fields(desk: DeskWindow) -> None:
    press(Qt.Key.Key_F3, desk)
    assert desk.focusWidget().objectName() == "dial-field"
    press(Qt.Key.Key_F7, desk)
    assert desk.focusWidget().objectName() == "search-field"


def test_f7_brings_a_hidden_knowledge_base_back(desk: DeskWindow) -> None:
    dock = child(desk, QDockWidget, "knowledge-dock")
    dock.hide()
    press(Qt.Key.Key_F7, desk)
    assert dock.isVisible()


def test_the_knowledge_base_can_stand_in_its_own_window_and_keys_work_there(
    desk: DeskWindow, rig: Rig
) -> None:
    dock = child(desk, QDockWidget, "knowledge-dock")
    child(desk, QAction, "menu-float").trigger()
    assert dock.isFloating()
    rig.ring()
    QTest.keyClick(child(desk, QLineEdit, "search-field"), Qt.Key.Key_F2)
    assert rig.commands == [m.Answer(FIRST)]
    child(desk, QAction, "menu-float").trigger()
    assert not dock.isFloating()


def test_f11_is_the_save_button_and_shows_its_key(desk: DeskWindow) -> None:
    assert child(desk, QPushButton, "save-button").text() == "Save  F11"


def test_an_incoming_call_takes_no_focus_and_moves_nothing(desk: DeskWindow, rig: Rig) -> None:
    field = child(desk, QLineEdit, "search-field")
    field.setFocus()
    splitter = child(desk, QSplitter, "desk-splitter")
    before = (splitter.geometry(), field.mapTo(desk, field.rect().topLeft()))
    rig.ring()
    QApplication.processEvents()
    assert field.hasFocus()
    assert (splitter.geometry(), field.mapTo(desk, field.rect().topLeft())) == before


def test_a_lost_call_moves_nothing_either(desk: DeskWindow, rig: Rig) -> None:
    rig.ring()
    rig.answered()
    QApplication.processEvents()
    splitter = child(desk, QSplitter, "desk-splitter")
    before = splitter.geometry()
    rig.phone.handle(m.EngineLost(1, "killed", 0.2))
    QApplication.processEvents()
    assert "was lost at" in child(desk, QLabel, "trouble-text").text()
    assert splitter.geometry() == before


def test_calling_back_a_lost_call_fills_the_field_and_dials_nothing(
    desk: DeskWindow, rig: Rig
) -> None:
    rig.ring()
    rig.phone.handle(m.EngineLost(1, "killed", 0.2))
    child(desk, QPushButton, "trouble-remedy-button").click()
    assert child(desk, QLineEdit, "dial-field").text() == "13800138000"
    assert rig.commands == []


def test_duty_has_no_practice_banner(desk: DeskWindow) -> None:
    assert desk.findChild(QWidget, "practice-banner") is None
    assert desk.windowTitle() == "陈静 · 1001 — Zuoxi"


def test_practice_has_its_banner_its_title_and_its_key(open_desk: Open, trainee: Rig) -> None:
    window = open_desk(trainee)
    assert child(window, QWidget, "practice-banner").isVisible()
    assert window.windowTitle().startswith("PRACTICE")
    QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert trainee.practice.asked == [None]
    assert "Ctrl+R" in child(window, QLabel, "trouble-text").text()


def test_f1_shows_the_keys_once_and_not_modally(desk: DeskWindow) -> None:
    press(Qt.Key.Key_F1, desk)
    press(Qt.Key.Key_F1, desk)
    assert beside(desk) == ["keys-window"]
    keys = child(desk, QDialog, "keys-window")
    assert not keys.isModal()
    assert keys.height() < keys.screen().availableSize().height()
    for label in keys.findChildren(QLabel):
        assert label.width() >= label.minimumSizeHint().width(), label.text()
        assert label.height() >= label.heightForWidth(label.width()), label.text()


def test_the_outbox_opens_beside_the_work(desk: DeskWindow, rig: Rig) -> None:
    rig.waiting(an_item())
    child(desk, QAbstractButton, "outbox-button").click()
    assert beside(desk) == ["outbox-window"]


def test_closing_during_a_call_asks_and_ends_nothing(
    desk: DeskWindow, rig: Rig, qtbot: QtBot
) -> None:
    rig.ring()
    rig.answered()
    assert not desk.close()
    assert desk.isVisible()
    question = child(desk, QDialog, "close-question")
    assert question.isVisible()
    assert not question.isModal()
    assert rig.commands == []
    child(question, QPushButton, "close-stay-button").click()
    assert not question.isVisible()
    desk.close()
    with qtbot.waitSignal(desk.quit_wanted, timeout=1000):
        child(beside_question(desk), QPushButton, "close-quit-button").click()


def beside_question(desk: DeskWindow) -> QDialog:
    (shown,) = [q for q in desk.findChildren(QDialog, "close-question") if q.isVisible()]
    return shown


def test_the_window_can_be_hidden_during_a_call(desk: DeskWindow, rig: Rig) -> None:
    rig.ring()
    desk.close()
    child(desk, QPushButton, "close-hide-button").click()
    assert not desk.isVisible()
    desk.bring_up()
    assert desk.isVisible()


def test_closing_without_call_and_tray_leaves(desk: DeskWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.quit_wanted, timeout=1000):
        desk.close()


def test_quitting_from_the_menu_asks_during_a_call(desk: DeskWindow, rig: Rig) -> None:
    rig.ring()
    child(desk, QAction, "menu-quit").trigger()
    assert beside(desk) == ["close-question"]


def test_she_signs_out_from_the_menu_but_not_during_a_call(desk: DeskWindow, rig: Rig) -> None:
    left: list[str] = []
    desk.sign_out_wanted.connect(lambda: left.append("out"))
    rig.ring()
    child(desk, QAction, "menu-sign-out").trigger()
    assert (left, beside(desk)) == ([], ["close-question"])
    rig.ended()
    child(desk, QAction, "menu-sign-out").trigger()
    assert left == ["out"]


def test_the_language_is_switched_under_the_agents_hands(
    desk: DeskWindow, rig: Rig, memory: QSettings
) -> None:
    first = rig.ring()
    rig.answered()
    rig.seat.summaries.set_text(first, SummaryField.ANSWER, "已经写下的话")
    child(desk, QLineEdit, "dial-field").setText("0571")
    child(desk, QAction, "language-zh").trigger()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert child(desk, QPushButton, "hang-up-button").text() == "挂断 F8"
    assert child(desk, QLineEdit, "dial-field").text() == "0571"
    assert child(desk, QPlainTextEdit, "answer-field").toPlainText() == "已经写下的话"
    press(Qt.Key.Key_F8, desk)
    assert rig.commands == [m.HangUp(FIRST)]
    assert layout_memory.remembered_language(memory) is Language.CHINESE


def test_the_look_is_switched_and_remembered(
    desk: DeskWindow, theme: Theme, memory: QSettings
) -> None:
    assert layout_memory.remembered_theme(memory) is None
    child(desk, QAction, "look-dark").trigger()
    assert theme.choice is ThemeChoice.DARK
    assert layout_memory.remembered_theme(memory) is ThemeChoice.DARK


def test_the_window_comes_back_where_it_was(open_desk: Open, rig: Rig, memory: QSettings) -> None:
    window = open_desk(rig)
    window.resize(1201, 701)
    child(window, QSplitter, "desk-splitter").setSizes([260, 500])
    QApplication.processEvents()
    sizes = child(window, QSplitter, "desk-splitter").sizes()
    window.close()
    again = open_desk(rig)
    again.resize(1201, 701)
    QApplication.processEvents()
    assert child(again, QSplitter, "desk-splitter").sizes() == sizes


def test_a_broken_memory_is_no_reason_not_to_open(
    open_desk: Open, rig: Rig, memory: QSettings
) -> None:
    memory.setValue("window/geometry", "rubbish")
    memory.setValue("choices/language", "tlh")
    assert open_desk(rig).isVisible()
    assert layout_memory.remembered_language(memory) is None


def test_the_toast_follows_the_application(desk: DeskWindow, rig: Rig) -> None:
    toast = desk.toast
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    rig.ring(name="张伟")
    assert toast.isVisible()
    application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert not toast.isVisible()


@pytest.mark.parametrize("size", [(1366, 728), (1920, 1040), (960, 508)])
def test_nothing_is_cut_at_the_sides(desk: DeskWindow, rig: Rig, size: tuple[int, int]) -> None:
    rig.ring(name="杭州市西湖区灵隐街道办事处社区卫生服务中心财务管理科王建国")
    rig.answered()
    desk.resize(*size)
    QApplication.processEvents()
    assert (desk.width(), desk.height()) == size
    for button in desk.findChildren(QPushButton):
        if button.isVisibleTo(desk):
            needed = (
                button.needed_width if isinstance(button, CallButton)
                else button.fontMetrics().horizontalAdvance(button.text())
            )  # fmt: skip
            assert button.width() >= needed, button.objectName()
    bar = child(desk, QWidget, "call-bar")
    end = child(desk, QPushButton, "hang-up-button")
    assert end.mapTo(bar, end.rect().bottomRight()).x() <= bar.width()
    for place in desk.findChildren(Scrolled):
        panel = place.widget()
        assert panel is not None
        assert panel.width() <= place.width()


def test_external_text_is_plain_text_everywhere(desk: DeskWindow, rig: Rig) -> None:
    rig.ring(name="<b>张伟</b>")
    rig.answered()
    labels = desk.findChildren(QLabel)
    assert len(labels) > 20
    for label in labels:
        assert label.textFormat() is Qt.TextFormat.PlainText, label.objectName()
        assert "<b>" not in label.toolTip(), label.objectName()


def test_the_tab_key_follows_the_work(desk: DeskWindow, rig: Rig) -> None:
    rig.ring()
    ringing = ["state-button", "dial-field", "call-tabs", "answer-button", "hang-up-button"]
    assert walked_by_tab(desk, "state-button", ringing) == ringing
    rig.answered()
    for name in ("history-list", "suggestions-list"):  # without rows Tab passes them by
        child(desk, RowList, name).row_model.show_rows((Row("1", "one"),))
    work = ["number-list", "history-list", "category-field", "answer-field", "save-button",
            "search-field", "suggestions-list"]  # fmt: skip
    talking = ["state-button", "dial-field", "call-tabs", "hold-button", "hang-up-button", *work]
    assert walked_by_tab(desk, "state-button", talking) == talking
    rig.phone.handle(m.EngineLost(1, "killed", 0.2))
    lost = ["state-button", "dial-field", "call-tabs", *work, "trouble-remedy-button"]
    assert walked_by_tab(desk, "state-button", lost) == lost


def walked_by_tab(desk: DeskWindow, first: str, stops: list[str]) -> list[str]:
    """Those of ``stops`` that Tab comes to from ``first`` until it is there again, in its order."""
    start = child(desk, QWidget, first)
    start.setFocus()
    order: list[str] = []
    while not order or desk.focusWidget() is not start:
        order.append(desk.focusWidget().objectName())
        QTest.keyClick(desk.focusWidget(), Qt.Key.Key_Tab)
    return [name for name in order if name in stops]


def test_the_first_window_fits_the_screen(desk: DeskWindow) -> None:
    splitter, dock = child(desk, QSplitter, "desk-splitter"), child(
        desk, QDockWidget, "knowledge-dock")  # fmt: skip
    layout_memory.lay_out(desk, splitter, dock)
    area = desk.screen().availableSize()
    assert desk.width() <= area.width() or desk.width() == desk.minimumWidth()
    assert desk.height() <= area.height() or desk.height() == desk.minimumHeight()


def test_every_control_has_a_name_for_tests_and_one_for_the_ear(
    open_desk: Open, trainee: Rig
) -> None:
    window = open_desk(trainee)
    controls = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QTextEdit, QListView,
                QTabBar)  # fmt: skip
    nameless = []
    for kind in controls:
        for control in window.findChildren(kind):
            of_qt = isinstance(control.parent(), QTabBar) or control.window() is not window
            if of_qt or control.isHidden() or control.focusPolicy() is Qt.FocusPolicy.NoFocus:
                continue
            spoken = control.accessibleName() or getattr(control, "text", str)()
            if not control.objectName() or not spoken:
                nameless.append((type(control).__name__, control.objectName(), spoken))
    assert not nameless
