from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from agent_app.domain.agent_state import AgentState
from agent_app.domain.link import ServerState
from tests.ui.fakes import Rig, an_item
from ui.keys import KeyMap
from ui.state_bar.model import StateBarModel
from ui.state_bar.state_bar import StateBar


@pytest.fixture
def bar(qtbot: QtBot, rig: Rig) -> StateBar:
    bar = StateBar(StateBarModel(rig.seat), QToolButton(), KeyMap())
    qtbot.addWidget(bar)
    return bar


def words_of(bar: StateBar, name: str) -> str:
    label = bar.findChild(QLabel, name)
    assert label is not None
    return label.text()


def open_menu(bar: StateBar) -> dict[str, QAction]:
    """The entries by name, as they are when the menu opens."""
    menu = bar.findChild(QMenu, "state-menu")
    assert menu is not None
    menu.aboutToShow.emit()
    return {action.objectName() or action.text(): action for action in menu.actions()}


def test_the_state_is_a_word_and_reaches_the_style_sheet(bar: StateBar, rig: Rig) -> None:
    assert words_of(bar, "state-word") == "Ready"
    assert bar.state_button.property("state") == "ready"
    rig.ring()
    assert words_of(bar, "state-word") == "Ringing"
    assert bar.state_button.property("state") == "ringing"
    assert bar.state_button.accessibleName() == "Agent state: Ringing"


def test_choosing_in_the_menu_changes_the_state(bar: StateBar, rig: Rig) -> None:
    open_menu(bar)["choose-break"].trigger()
    assert rig.seat.shift.status.state is AgentState.BREAK
    assert words_of(bar, "state-word") == "Break"


def test_during_a_call_the_menu_says_that_it_chooses_what_follows(bar: StateBar, rig: Rig) -> None:
    assert "Afterwards:" not in open_menu(bar)
    rig.ring()
    rig.answered()
    entries = open_menu(bar)
    assert not entries["Afterwards:"].isEnabled()
    entries["choose-not-ready"].trigger()
    assert open_menu(bar)["choose-not-ready"].isChecked()
    assert rig.seat.shift.status.state is AgentState.TALKING


def test_wrap_up_can_be_ended_from_the_menu(bar: StateBar, rig: Rig) -> None:
    rig.ring()
    rig.answered()
    rig.ended()
    open_menu(bar)["End wrap-up now"].trigger()
    assert rig.seat.shift.status.state is AgentState.READY


def test_the_outbox_button_shows_the_count_and_asks_for_the_list(
    bar: StateBar, rig: Rig, qtbot: QtBot
) -> None:
    button = bar.findChild(QToolButton, "outbox-button")
    assert button is not None
    rig.waiting(an_item())
    assert button.text() == "Outbox 1"
    assert button.property("health") == "warning"
    with qtbot.waitSignal(bar.outbox_wanted, timeout=1000):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_server_going_away_is_said(bar: StateBar, rig: Rig) -> None:
    rig.server(ServerState.OFFLINE, "<b>refused</b>")
    assert words_of(bar, "server-indicator-text") == "Server: offline"
    indicator = bar.findChild(QLabel, "server-indicator-text")
    assert indicator is not None
    assert indicator.property("health") == "warning"
