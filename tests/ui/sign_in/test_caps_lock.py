from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.sign_in.password_field import PasswordField, caps_lock_after


@pytest.mark.parametrize(
    ("before", "toggled", "text", "shift", "after"),
    [
        (None, False, "a", False, False),
        (None, False, "A", False, True),
        (None, False, "A", True, False),
        (None, False, "a", True, True),
        (True, False, "7", False, True),
        (False, False, "", True, False),
        (True, False, "É", False, True),
        (None, True, "", False, None),
        (True, True, "", False, False),
        (False, True, "", False, True),
    ],
)
def test_a_letter_tells_the_state_of_caps_lock(
    before: bool | None, toggled: bool, text: str, shift: bool, after: bool | None
) -> None:
    assert caps_lock_after(before, toggled=toggled, text=text, shift=shift) is after


def test_the_field_says_when_caps_lock_comes_and_goes(qtbot: QtBot) -> None:
    field = PasswordField(name="field")
    qtbot.addWidget(field)
    said: list[bool] = []
    field.caps_lock_changed.connect(said.append)
    QTest.sendKeyEvent(
        QTest.KeyAction.Click, field, Qt.Key.Key_A, "A", Qt.KeyboardModifier.NoModifier
    )
    QTest.sendKeyEvent(
        QTest.KeyAction.Click, field, Qt.Key.Key_B, "B", Qt.KeyboardModifier.NoModifier
    )
    QTest.keyClick(field, Qt.Key.Key_CapsLock)
    assert said == [True, False]


def test_the_field_knows_nothing_of_caps_lock_while_it_is_away(qtbot: QtBot) -> None:
    field = PasswordField(name="field")
    qtbot.addWidget(field)
    said: list[bool] = []
    field.caps_lock_changed.connect(said.append)
    QTest.sendKeyEvent(
        QTest.KeyAction.Click, field, Qt.Key.Key_A, "A", Qt.KeyboardModifier.NoModifier
    )
    field.focusOutEvent(QFocusEvent(QEvent.Type.FocusOut))
    assert said == [True, False]
