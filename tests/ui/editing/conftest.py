"""The window of an editor, open at her page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from agent_app.domain.editing import ArticleDraft
from tests.desk.fakes_editing import FakeDrafts
from tests.ui.editing.hands import Open
from tests.ui.fakes import Rig, a_rig
from tests.ui.window.hands import child
from ui.editing.page import EditingPage
from ui.keys import KeyMap
from ui.language import Languages
from ui.theme import Theme
from ui.window.desk_window import DeskWindow


@pytest.fixture
def open_page(qtbot: QtBot, theme: Theme, languages: Languages, memory: QSettings) -> Open:
    def open_it(
        *drafts: ArticleDraft, role: str = "knowledge-editor", people: int = 2
    ) -> tuple[Rig, EditingPage]:
        rig = a_rig(role=role, drafts=FakeDrafts(*drafts, people=people))
        rig.seat.editing.refresh()
        window = DeskWindow(
            rig.seat, theme=theme, languages=languages, keys=KeyMap(), memory=memory
        )
        qtbot.addWidget(window)
        window.resize(1366, 728)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=5000)
        button = window.findChild(QAbstractButton, "page-editing-button")
        assert isinstance(button, QAbstractButton)
        button.click()
        return rig, child(window, EditingPage, "editing-page")

    return open_it
