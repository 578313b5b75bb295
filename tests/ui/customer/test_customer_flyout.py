"""The form is filled by keyboard, keeps what is typed, and says what is wrong beside the field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from agent_app.domain.customer_edit import CustomerFields, Phone
from tests.desk.fakes_records import a_form
from tests.ui.fakes import Rig
from tests.ui.window.hands import child
from ui.customer.flyout import CustomerFlyout
from ui.keys import KeyMap
from ui.language import Language, Languages
from ui.theme import Theme
from ui.window.desk_window import DeskWindow

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(
    rig: Rig, theme: Theme, languages: Languages, memory: QSettings, qtbot: QtBot
) -> DeskWindow:
    window = DeskWindow(rig.seat, theme=theme, languages=languages, keys=KeyMap(), memory=memory)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    rig.ring(number="13800138000")
    rig.answered()
    return window


def press(window: DeskWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = CTRL) -> None:
    QTest.keyClick(window.focusWidget() or window, key, modifier)


def opened(window: DeskWindow) -> CustomerFlyout:
    press(window, Qt.Key.Key_P)
    form = child(window, CustomerFlyout, "customer")
    assert form.isVisible()
    return form


def now(rig: Rig) -> CustomerFields:
    assert rig.seat.customers.editing is not None
    return rig.seat.customers.editing.form.now


def test_the_key_opens_the_callers_form_with_the_name_ready_to_type(
    rig: Rig, window: DeskWindow
) -> None:
    form = opened(window)
    name = child(form, QLineEdit, "customer-name")
    assert name.hasFocus()
    assert name.text() == "张伟"
    phones = child(form, QPlainTextEdit, "customer-phones")
    assert phones.toPlainText() == "138 0013 8000  手机\n0571 8888 6666  单位"
    assert child(form, QComboBox, "customer-segment-id").currentText() == "重点企业"
    assert child(form, QComboBox, "customer-custom-level").currentText() == "A"
    press(window, Qt.Key.Key_P)
    assert not form.isVisible()


def test_what_is_typed_is_kept_and_saved_by_one_key(rig: Rig, window: DeskWindow) -> None:
    form = opened(window)
    QTest.keyClicks(child(form, QPlainTextEdit, "customer-notes"), "Mon ")
    QTest.keyClicks(child(form, QLineEdit, "customer-custom-staff"), "12")
    assert now(rig).notes == "Mon 下午回电"
    assert [one.now.notes for one in rig.customers.kept.values()] == ["Mon 下午回电"]
    press(window, Qt.Key.Key_S)
    assert not form.isVisible()
    [(saved, _)] = rig.customers.saved
    assert saved.now.custom == {"level": "A", "staff": 12}
    assert saved.now.phones == (Phone("+8613800138000", "手机"), Phone("+8657188886666", "单位"))


def test_esc_leaves_and_the_words_are_there_again(rig: Rig, window: DeskWindow) -> None:
    form = opened(window)
    QTest.keyClicks(child(form, QLineEdit, "customer-warning"), "careful")
    press(window, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert not form.isVisible()
    assert rig.seat.customers.editing is None
    opened(window)
    assert child(form, QLineEdit, "customer-warning").text() == "careful"
    assert "not saved it" in child(form, QLabel, "customer-note").text()
    child(form, QPushButton, "customer-discard-button").click()
    assert rig.customers.kept == {}
    assert not form.isVisible()


def test_what_is_wrong_stands_beside_its_field(rig: Rig, window: DeskWindow) -> None:
    form = opened(window)
    number = child(form, QLineEdit, "customer-id-number")
    QTest.keyClicks(number, "9")
    press(window, Qt.Key.Key_S)
    assert form.isVisible()
    assert number.hasFocus()
    assert "whole number" in child(form, QLabel, "customer-id-number-remark").text()
    number.selectAll()
    QTest.keyClicks(number, "330102199001011234")
    press(window, Qt.Key.Key_S)
    [(saved, _)] = rig.customers.saved
    assert saved.now.id_number == "330102199001011234"


def test_choices_are_made_and_unmade(rig: Rig, window: DeskWindow) -> None:
    form = opened(window)
    segment = child(form, QComboBox, "customer-segment-id")
    segment.setFocus()
    QTest.keyClick(segment, Qt.Key.Key_Down)
    assert now(rig).segment_id == "s-2"
    small = child(form, QComboBox, "customer-custom-small")
    small.setFocus()
    QTest.keyClick(small, Qt.Key.Key_Down)
    assert now(rig).custom["small"] is True


def test_a_value_that_is_no_choice_any_more_is_shown_and_kept(rig: Rig, window: DeskWindow) -> None:
    odd = CustomerFields(name="张伟", segment_id="s-old", custom={"level": "Z"})
    rig.customers.forms.clear()
    form_of = a_form(before=odd, now=odd)
    rig.customers.forms[form_of.customer_id] = form_of
    form = opened(window)
    assert child(form, QComboBox, "customer-segment-id").currentText() == "s-old"
    assert child(form, QComboBox, "customer-custom-level").currentText() == "Z"
    assert now(rig) == odd


def test_a_full_disk_is_said_in_the_form(rig: Rig, window: DeskWindow) -> None:
    form = opened(window)
    rig.customers.fault = "The disk is full."
    QTest.keyClicks(child(form, QLineEdit, "customer-name"), "x")
    assert "The disk is full." in child(form, QLabel, "customer-note").text()


def test_the_bars_and_the_foot_stay_in_sight(window: DeskWindow) -> None:
    form = opened(window)
    assert form.y() >= 90
    assert form.y() + form.height() <= window.height() - 32


def test_an_unknown_caller_becomes_a_customer(rig: Rig, window: DeskWindow) -> None:
    rig.ended()
    rig.ring("2", number="13900139000", name="", call_id="exchange-2")
    rig.answered("2")
    button = child(window, QPushButton, "caller-edit-button")
    assert button.text().startswith("New customer")
    form = opened(window)
    assert child(form, QPlainTextEdit, "customer-phones").toPlainText() == "139 0013 9000"


def test_another_language_closes_the_form_and_keeps_the_words(
    rig: Rig, window: DeskWindow, languages: Languages
) -> None:
    QTest.keyClicks(child(opened(window), QLineEdit, "customer-warning"), "careful")
    languages.choose(Language.CHINESE)
    for _ in range(2):  # the old page goes, and then what lay over it
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert rig.seat.customers.editing is None
    assert child(opened(window), QLineEdit, "customer-warning").text() == "careful"
