from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.sign_in.finding import found
from ui.starting.calm_bar import CalmBar
from ui.starting.window import StartingWindow
from ui.theme import Theme


@pytest.fixture
def window(theme: Theme, qtbot: QtBot) -> StartingWindow:
    window = StartingWindow(theme=theme)
    qtbot.addWidget(window)
    window.show()
    return window


def label(window: StartingWindow, name: str) -> QLabel:
    return found(window, QLabel, name)


def bar(window: StartingWindow) -> CalmBar:
    return found(window, CalmBar, "starting-bar")


def closings(window: StartingWindow) -> list[None]:
    heard: list[None] = []

    def hear() -> None:
        heard.append(None)

    window.closed.connect(hear)
    return heard


def test_it_says_what_is_happening_now_in_plain_text(window: StartingWindow) -> None:
    window.show_step("Filling <b>the</b> sample centre")
    assert label(window, "starting-heading").text() == "Preparing the practice centre …"
    assert label(window, "starting-step").text() == "Filling <b>the</b> sample centre"
    texts = window.findChildren(QLabel)
    assert {text.textFormat() for text in texts} == {Qt.TextFormat.PlainText}


def test_the_bar_moves_only_while_it_is_seen_and_work_goes_on(window: StartingWindow) -> None:
    assert bar(window).moving
    window.hide()
    assert not bar(window).moving
    window.show()
    assert bar(window).moving
    window.fail("no")
    assert not bar(window).moving


def test_a_failure_stands_there_with_a_button_to_close_it(window: StartingWindow) -> None:
    heard = closings(window)
    assert not found(window, QPushButton, "starting-close-button").isVisible()
    window.fail("Port 8000 is in use.\nClose the other program and start again.")
    assert label(window, "starting-heading").text() == "The practice centre could not be started"
    assert label(window, "starting-reason").text().startswith("Port 8000 is in use.")
    assert not label(window, "starting-step").isVisible()
    QTest.keyClick(found(window, QPushButton, "starting-close-button"), Qt.Key.Key_Return)
    assert len(heard) == 1
    assert not window.isVisible()


def test_escape_closes_a_failure_and_does_not_stop_the_work(window: StartingWindow) -> None:
    heard = closings(window)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.isVisible()
    window.fail("no")
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert len(heard) == 1


def test_closing_the_window_while_work_goes_on_is_told(window: StartingWindow) -> None:
    heard = closings(window)
    window.close()
    assert len(heard) == 1


def test_the_desk_opening_is_not_a_closing(window: StartingWindow) -> None:
    heard = closings(window)
    window.finish()
    assert not heard
    assert not window.isVisible()


def test_a_reason_of_any_length_leaves_the_button_on_the_screen(window: StartingWindow) -> None:
    window.fail("a long story about a file in /some/where " * 2_000)
    assert window.height() < 480


def test_the_title_and_the_banner_say_practice(window: StartingWindow) -> None:
    assert "PRACTICE" in window.windowTitle()
    assert "Practice centre" in {text.text() for text in window.findChildren(QLabel)}
