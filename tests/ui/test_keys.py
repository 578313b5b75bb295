from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.key_binder import KeyBinder
from ui.keys import (
    STANDARD,
    KeyAction,
    KeyClashError,
    KeyMap,
    UnknownActionError,
    UnusableKeyError,
)


class Bench(QWidget):
    """A field, a button, and a count of what a key did."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.button = QPushButton("Answer")
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.button)
        self.pressed = 0
        self.button.clicked.connect(self._count)

    def _count(self) -> None:
        self.pressed += 1


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    bench = Bench()
    qtbot.addWidget(bench)
    bench.show()
    qtbot.waitExposed(bench)
    bench.activateWindow()
    bench.field.setFocus()
    qtbot.waitUntil(bench.field.hasFocus, timeout=3000)
    return bench


def test_the_standard_map_has_a_key_for_every_action_and_no_clash() -> None:
    assert set(STANDARD) == set(KeyAction)
    assert KeyMap().remapped({}) == KeyMap()


def test_a_key_can_be_remapped() -> None:
    keys = KeyMap().remapped({"hold": "ctrl+f9"})
    assert keys.text(KeyAction.HOLD) == "Ctrl+F9"
    assert keys.text(KeyAction.ANSWER) == "F2"


def test_two_keys_can_change_places() -> None:
    keys = KeyMap().remapped({"hold": "F9", "mute": "F10"})
    assert keys.text(KeyAction.HOLD) == "F9"


def test_a_clash_is_refused() -> None:
    with pytest.raises(KeyClashError, match="F8"):
        KeyMap().remapped({"hold": "F8"})


def test_the_two_enter_keys_are_one_key() -> None:
    with pytest.raises(KeyClashError, match="Return"):
        KeyMap().remapped({"hold": "Alt+Enter"})
    keys = KeyMap().remapped({"hold": "Ctrl+Alt+Enter"})
    assert keys.text(KeyAction.HOLD) == "Ctrl+Alt+Enter"


def test_the_enter_key_is_called_enter_everywhere() -> None:
    assert KeyMap().text(KeyAction.QUOTE) == "Ctrl+Enter"


@pytest.mark.parametrize("key", ["h", "Shift+H", "5", "Return", "Space", "", "Ctrl+C", "F2, F3"])
def test_a_key_that_is_pressed_while_typing_is_refused(key: str) -> None:
    with pytest.raises(UnusableKeyError):
        KeyMap().remapped({"hold": key})


def test_an_unknown_action_is_refused() -> None:
    with pytest.raises(UnknownActionError, match="teleport"):
        KeyMap().remapped({"teleport": "F4"})


def test_a_key_presses_its_button_and_the_button_shows_it(bench: Bench, qtbot: QtBot) -> None:
    KeyBinder(bench, KeyMap()).click(KeyAction.ANSWER, bench.button)
    assert bench.button.text() == "Answer  F2"
    QTest.keyClick(bench.field, Qt.Key.Key_F2)
    assert bench.pressed == 1


@pytest.mark.parametrize(
    ("key", "pad"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier),
    ],
)
def test_either_enter_key_is_meant(bench: Bench, key: Qt.Key, pad: Qt.KeyboardModifier) -> None:
    KeyBinder(bench, KeyMap()).click(KeyAction.SEND_FORM, bench.button)
    assert bench.button.text() == "Answer  Alt+Enter"
    QTest.keyClick(bench.field, key, Qt.KeyboardModifier.AltModifier | pad)
    assert bench.pressed == 1


def test_a_key_does_nothing_when_its_button_may_not(bench: Bench, qtbot: QtBot) -> None:
    KeyBinder(bench, KeyMap()).click(KeyAction.ANSWER, bench.button)
    bench.button.setEnabled(False)
    QTest.keyClick(bench.field, Qt.Key.Key_F2)
    assert bench.pressed == 0


def test_a_key_does_nothing_while_an_input_method_composes(bench: Bench, qtbot: QtBot) -> None:
    KeyBinder(bench, KeyMap()).click(KeyAction.ANSWER, bench.button)
    QApplication.sendEvent(bench.field, QInputMethodEvent("ni hao", []))
    QTest.keyClick(bench.field, Qt.Key.Key_F2)
    assert bench.pressed == 0
    finished = QInputMethodEvent("", [])
    finished.setCommitString("你好")
    QApplication.sendEvent(bench.field, finished)
    assert bench.field.text() == "你好"
    QTest.keyClick(bench.field, Qt.Key.Key_F2)
    assert bench.pressed == 1


def test_leaving_a_field_ends_its_composition(bench: Bench, qtbot: QtBot) -> None:
    KeyBinder(bench, KeyMap()).click(KeyAction.ANSWER, bench.button)
    QApplication.sendEvent(bench.field, QInputMethodEvent("ni", []))
    bench.button.setFocus()
    QTest.keyClick(bench.button, Qt.Key.Key_F2)
    assert bench.pressed == 1


def test_cleared_bindings_do_nothing_any_more(bench: Bench, qtbot: QtBot) -> None:
    binder = KeyBinder(bench, KeyMap())
    binder.click(KeyAction.ANSWER, bench.button)
    binder.clear()
    QTest.keyClick(bench.field, Qt.Key.Key_F2)
    assert bench.pressed == 0
    binder.click(KeyAction.ANSWER, bench.button)
    QTest.keyClick(bench.field, Qt.Key.Key_F2)
    assert bench.pressed == 1
