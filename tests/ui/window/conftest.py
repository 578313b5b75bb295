"""The window on the screen, over a seat without a loop."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from tests.ui.fakes import Rig
from tests.ui.window.hands import Open
from ui.keys import KeyMap
from ui.language import Languages
from ui.theme import Theme
from ui.window.desk_window import DeskWindow


@pytest.fixture
def open_desk(qtbot: QtBot, theme: Theme, languages: Languages, memory: QSettings) -> Open:
    def open_it(rig: Rig) -> DeskWindow:
        window = DeskWindow(
            rig.seat, theme=theme, languages=languages, keys=KeyMap(), memory=memory
        )
        qtbot.addWidget(window, before_close_func=_let_close)
        window.resize(1366, 728)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=3000)
        return window

    return open_it


def _let_close(window: DeskWindow) -> None:
    window._leaving = True


@pytest.fixture
def desk(open_desk: Open, rig: Rig) -> DeskWindow:
    return open_desk(rig)
