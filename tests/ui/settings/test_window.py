from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSlider,
    QTableView,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from sip import messages as m
from tests.ui.fakes import Rig, a_rig
from ui.keys import KeyMap
from ui.language import Languages
from ui.level_bar import LevelBar
from ui.rows.list_view import RowList
from ui.settings.page_name import PageName
from ui.settings.phone_model import PhoneSettingsModel
from ui.settings.phone_page import PhonePage
from ui.settings.window import SettingsWindow
from ui.theme import Theme, ThemeChoice
from ui.window.desk_window import DeskWindow

Part = TypeVar("Part", bound=QObject)


@pytest.fixture
def desk(
    rig: Rig, qtbot: QtBot, theme: Theme, languages: Languages, memory: QSettings
) -> DeskWindow:
    window = DeskWindow(rig.seat, theme=theme, languages=languages, keys=KeyMap(), memory=memory)
    qtbot.addWidget(window, before_close_func=_let_close)
    window.resize(1366, 728)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=3000)
    return window


def _let_close(window: DeskWindow) -> None:
    window._leaving = True


def child(window: QWidget, kind: type[Part], name: str) -> Part:
    (found,) = window.findChildren(kind, name)
    return found


def settings(desk: DeskWindow, page: PageName) -> SettingsWindow:
    """Opened by its key, at a page."""
    QTest.keyClick(
        desk.focusWidget() or desk, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier
    )
    (window,) = [one for one in desk.findChildren(SettingsWindow) if one.isVisible()]
    window.show_page(page)
    assert window.page is page
    return window


def test_one_window_not_modal_with_every_control_named(desk: DeskWindow) -> None:
    window = settings(desk, PageName.PHONE)
    assert not window.isModal()
    desk._beside.show_settings(PageName.KEYS)
    assert len([one for one in desk.findChildren(QDialog) if one.isVisible()]) == 1
    kinds = (QAbstractButton, QLineEdit, RowList, QTableView, QSlider)
    nameless = [
        control for kind in kinds for control in window.findChildren(kind)
        if not control.objectName()
        and control.focusPolicy() is not Qt.FocusPolicy.NoFocus
    ]  # fmt: skip
    assert [type(one).__name__ for one in nameless] == []


def test_in_practice_nothing_of_the_phone_can_be_typed(qtbot: QtBot) -> None:
    rig = a_rig(practice=True)
    page = PhonePage(PhoneSettingsModel(rig.seat))
    qtbot.addWidget(page)
    fields = [*page.findChildren(QLineEdit), *page.findChildren(QComboBox)]
    assert len(fields) > 5
    assert not any(one.isEnabled() for one in fields)


def test_a_changed_key_stands_on_the_button_at_once_and_works(desk: DeskWindow, rig: Rig) -> None:
    window = settings(desk, PageName.KEYS)
    rows, capture = child(window, RowList, "key-list"), child(window, QLineEdit, "key-capture")
    rows.select(rows.row_model.position("hold"))
    rows.choose_current()
    QTest.keyClick(capture, Qt.Key.Key_F8)
    assert "F8 is taken" in child(window, QLabel, "key-refusal").text()
    QTest.keyClick(capture, Qt.Key.Key_F9, Qt.KeyboardModifier.ControlModifier)
    assert child(window, QLabel, "key-refusal").text() == ""
    assert rows.current_key == "hold"
    assert window.isVisible()
    QApplication.processEvents()
    (hold,) = [b for b in desk.findChildren(QPushButton, "hold-button") if b.isVisible()]
    assert hold.text() == "Hold Ctrl+F9"
    rig.ring()
    rig.answered()
    QTest.keyClick(desk, Qt.Key.Key_F9, Qt.KeyboardModifier.ControlModifier)
    assert rig.commands == [m.Hold(m.LineId("1-9"))]
    child(window, QPushButton, "key-reset-button").click()
    assert rig.seat.preferences.settings.keys == {}


def test_a_key_that_is_being_chosen_does_nothing_else(desk: DeskWindow, rig: Rig) -> None:
    rig.ring()
    window = settings(desk, PageName.KEYS)
    capture = child(window, QLineEdit, "key-capture")
    capture.setFocus()
    QTest.keyClick(capture, Qt.Key.Key_F2)
    QTest.keyClick(capture, Qt.Key.Key_Control)
    QTest.keyClick(capture, Qt.Key.Key_Tab)
    assert rig.commands == []


def test_the_sound_page_listens_moves_and_rings(desk: DeskWindow, rig: Rig) -> None:
    window = settings(desk, PageName.SOUND)
    assert rig.commands == [m.Listen(True)]
    rig.phone.handle(m.MicrophoneMeasured(-30.0, -20.0))
    assert child(window, LevelBar, "microphone-level").level == 0.5
    rows = child(window, RowList, "speakers-list")
    rows.select(rows.row_model.position("Loudspeaker"))
    child(window, QToolButton, "speakers-up-button").click()
    QTest.keyClick(child(window, RowList, "microphones-list"), Qt.Key.Key_Up,
                   Qt.KeyboardModifier.AltModifier)  # fmt: skip
    child(window, QCheckBox, "ring-device-2").click()
    child(window, QPushButton, "ring-test-button").click()
    child(window, QSlider, "ring-volume").triggerAction(QSlider.SliderAction.SliderSingleStepSub)
    sound = rig.seat.preferences.settings.sound
    assert (sound.speakers, sound.microphones) == (("Loudspeaker",), ("Headset",))
    assert (sound.rings, sound.ring_volume) == (("Loudspeaker",), 79)
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    assert rig.seat.preferences.settings.sound.speakers == ()
    rig.phone.handle(m.DevicesFound(("Headset",), ("Headset",), "Headset", "Headset", ()))
    window.grab()
    window.close()
    assert rig.commands[-2:] == [m.Listen(False), m.TestRing(False)]


def test_the_self_test_opens_from_the_sound_page(desk: DeskWindow) -> None:
    window = settings(desk, PageName.SOUND)
    child(window, QPushButton, "self-test-button").click()
    assert child(desk, QDialog, "self-test-window").isVisible()


def test_rules_are_made_and_tried(desk: DeskWindow, rig: Rig) -> None:
    window = settings(desk, PageName.DIALLING)
    child(window, QPushButton, "rule-add-button").click()
    table = child(window, QTableView, "rule-table")
    assert table.model().rowCount() == 1
    table.model().setData(table.model().index(0, 5), "x")
    assert "not possible" in child(window, QLabel, "rule-refusal").text()
    child(window, QLineEdit, "rule-try-field").setText("10086")
    assert child(window, QLabel, "rule-outcome").text() == "is dialled as 10086"
    child(window, QPushButton, "rule-up-button").click()
    child(window, QPushButton, "rule-remove-button").click()
    assert rig.seat.preferences.settings.dialling.rules == ()


def test_the_account_is_saved_by_its_button_only(
    desk: DeskWindow, rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved: list[object] = []
    monkeypatch.setattr(rig.seat.account, "save", lambda *said: saved.append(said[1]))
    window = settings(desk, PageName.PHONE)
    password = child(window, QLineEdit, "phone-password")
    assert password.echoMode() is QLineEdit.EchoMode.Password
    QTest.keyClicks(password, "s3cret")
    assert saved == []
    child(window, QPushButton, "phone-save-button").click()
    assert saved == ["s3cret"]
    assert password.text() == ""
    child(window, QPushButton, "phone-register-button").click()
    assert rig.commands == [m.Register()]


def test_look_and_language_change_at_once_and_the_page_stays(
    desk: DeskWindow, theme: Theme
) -> None:
    window = settings(desk, PageName.LOOK)
    child(window, QRadioButton, "settings-look-dark").click()
    assert theme.choice is ThemeChoice.DARK
    child(window, QRadioButton, "settings-language-zh").click()
    (again,) = [one for one in desk.findChildren(SettingsWindow) if one.isVisible()]
    assert again.page is PageName.LOOK
    assert again.windowTitle() == "设置"


def test_a_wrong_password_is_mended_from_the_line_at_the_foot(desk: DeskWindow, rig: Rig) -> None:
    cause = m.RegistrationCause.WRONG_PASSWORD
    rig.phone.handle(m.RegistrationChanged(False, 403, "Forbidden", 0, cause))
    child(desk, QPushButton, "trouble-remedy-button").click()
    (window,) = [one for one in desk.findChildren(SettingsWindow) if one.isVisible()]
    assert window.page is PageName.PHONE
    assert "password" in child(window, QLabel, "phone-state").text()
