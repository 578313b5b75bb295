"""The text cursor blinks for who types, and then wakes nobody."""

from __future__ import annotations

import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from tests.ui.seen import Seen
from ui.application import DeskApplication
from ui.resting_cursor import REST_AFTER_MS, RestingCursor

FLASH_MS = 40
SOON_MS = 120


class Form(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.line, self.text = QLineEdit(), QPlainTextEdit()
        layout = QVBoxLayout(self)
        layout.addWidget(self.line)
        layout.addWidget(self.text)


def painted(field: QWidget) -> Seen:
    return Seen(field, QEvent.Type.Paint)


@pytest.fixture
def form(qtbot: QtBot, cursor: RestingCursor) -> Form:
    form = Form()
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    form.line.setFocus()
    qtbot.waitUntil(form.line.hasFocus, timeout=5000)
    return form


@pytest.fixture
def cursor(qapp: DeskApplication) -> Iterator[RestingCursor]:
    """The application's own one, in more of a hurry."""
    hints, cursor = qapp.styleHints(), qapp.cursor_rest
    before = hints.cursorFlashTime()
    wake(cursor)
    hints.setCursorFlashTime(FLASH_MS)
    cursor.timer.setInterval(SOON_MS)
    yield cursor
    wake(cursor)
    cursor.timer.setInterval(REST_AFTER_MS)
    hints.setCursorFlashTime(before)


def show_and_focus(qtbot: QtBot, field: QWidget) -> None:
    field.show()
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus, timeout=5000)


def wake(cursor: RestingCursor) -> None:
    """As another focus does, and at once."""
    cursor.focus_moved()
    QApplication.processEvents()


def rests(qapp: DeskApplication) -> bool:
    return qapp.styleHints().cursorFlashTime() == 0


def stands_still(qtbot: QtBot, blinks: Seen) -> bool:
    """Whether it is not painted for the time of five blinks; a window is shown when X likes."""
    for _ in range(20):
        blinks.times = 0
        qtbot.wait(5 * FLASH_MS)
        if blinks.times == 0:
            return True
    return False


def test_a_cursor_nobody_types_at_stands_still(
    qtbot: QtBot, qapp: DeskApplication, form: Form, cursor: RestingCursor
) -> None:
    blinks = painted(form.line)
    cursor.timer.setInterval(REST_AFTER_MS)
    wake(cursor)  # it may be at rest already
    qtbot.waitUntil(lambda: blinks.times > 3, timeout=5000)
    cursor.timer.setInterval(SOON_MS)
    qtbot.waitUntil(lambda: rests(qapp), timeout=5000)
    assert stands_still(qtbot, blinks)


@pytest.mark.parametrize("what", ["key", "click", "composition", "other field"])
def test_it_blinks_again_for_who_types(
    qtbot: QtBot, qapp: DeskApplication, form: Form, cursor: RestingCursor, what: str
) -> None:
    qtbot.waitUntil(lambda: rests(qapp), timeout=5000)
    cursor.timer.setInterval(REST_AFTER_MS)
    match what:
        case "key":
            QTest.keyClicks(form.line, "a")
        case "click":
            QTest.mouseClick(form.line, Qt.MouseButton.LeftButton)
        case "composition":
            QApplication.sendEvent(form.line, QInputMethodEvent("ni", []))
        case "other field":
            form.text.setFocus()
    qtbot.waitUntil(lambda: not rests(qapp), timeout=5000)
    assert qapp.styleHints().cursorFlashTime() == FLASH_MS
    cursor.timer.setInterval(SOON_MS)
    qtbot.waitUntil(lambda: rests(qapp), timeout=5000)


def test_a_field_of_many_lines_rests_as_well(
    qtbot: QtBot, qapp: DeskApplication, form: Form, cursor: RestingCursor
) -> None:
    form.text.setFocus()
    qtbot.waitUntil(lambda: rests(qapp), timeout=5000)
    blinks = painted(form.text.viewport())
    assert stands_still(qtbot, blinks)
    cursor.timer.setInterval(REST_AFTER_MS)
    QTest.keyClicks(form.text, "a")
    qtbot.waitUntil(lambda: blinks.times > 3, timeout=5000)


def test_who_has_turned_blinking_off_never_sees_it(
    qtbot: QtBot, qapp: DeskApplication, form: Form, cursor: RestingCursor
) -> None:
    qapp.styleHints().setCursorFlashTime(0)
    blinks = painted(form.line)
    qtbot.waitUntil(lambda: not cursor.timer.isActive(), timeout=5000)
    QTest.keyClicks(form.line, "a")
    assert rests(qapp)
    assert stands_still(qtbot, blinks)


def test_a_field_that_nobody_keeps_is_not_kept_for_its_focus(
    qtbot: QtBot, cursor: RestingCursor
) -> None:
    field = QLineEdit()
    show_and_focus(qtbot, field)
    kept = weakref.ref(field)
    del field
    assert kept() is None
    qtbot.wait(FLASH_MS)


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_a_field_may_die_with_the_focus_while_its_cursor_rests(
    qtbot: QtBot, qapp: DeskApplication, cursor: RestingCursor, kind: type[QWidget]
) -> None:
    field = kind()
    show_and_focus(qtbot, field)
    qtbot.waitUntil(lambda: rests(qapp), timeout=5000)
    cursor.timer.setInterval(REST_AFTER_MS)
    delete(field)
    qtbot.waitUntil(lambda: not rests(qapp), timeout=5000)
