"""The window over notices in memory."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from tests.ui.fakes import Rig, a_rig, known_callers
from ui.keys import KeyMap
from ui.language import Languages
from ui.theme import Theme
from ui.window.desk_window import DeskWindow

Open = Callable[[Rig], DeskWindow]


@pytest.fixture
def agent() -> Rig:
    """A front-line agent."""
    return a_rig(callers=known_callers(), role="agent")


@pytest.fixture
def lead() -> Rig:
    """Who writes notices."""
    return a_rig(callers=known_callers(), role="supervisor")


@pytest.fixture
def open_desk(qtbot: QtBot, theme: Theme, languages: Languages, memory: QSettings) -> Open:
    def open_it(rig: Rig) -> DeskWindow:
        window = DeskWindow(
            rig.seat, theme=theme, languages=languages, keys=KeyMap(), memory=memory
        )
        qtbot.addWidget(window)
        window.resize(1366, 728)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=5000)
        return window

    return open_it
