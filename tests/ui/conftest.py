"""A seat without a loop, the two looks and the two languages; nothing stays on the application."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDir, QLocale, QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.fakes import Rig, a_rig, known_callers
from tests.ui.window.hands import Open
from ui.keys import KeyMap
from ui.language import Language, Languages
from ui.theme import Theme, ThemeChoice
from ui.window.desk_window import DeskWindow

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def rig(qapp: QApplication) -> Rig:
    """On duty."""
    return a_rig(callers=known_callers())


@pytest.fixture
def trainee(qapp: QApplication) -> Rig:
    """In the practice centre."""
    return a_rig(practice=True, callers=known_callers())


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    sheet, palette = qapp.styleSheet(), qapp.palette()
    QDir.setSearchPaths("icons", ["resources/icons"])
    theme = Theme(qapp, ThemeChoice.LIGHT)
    yield theme
    theme.deleteLater()
    if qapp.styleSheet() != sheet:  # each time Qt looks at every widget again: half of these tests
        qapp.setStyleSheet(sheet)
        qapp.setPalette(palette)


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[Languages]:
    """English until a test chooses."""
    before = QLocale()
    languages = Languages(qapp, Language.ENGLISH)
    yield languages
    languages.choose(Language.ENGLISH)
    languages.deleteLater()
    QLocale.setDefault(before)


@pytest.fixture
def open_desk(qtbot: QtBot, theme: Theme, languages: Languages, memory: QSettings) -> Open:
    """Puts the window of a seat on the screen."""

    def open_it(rig: Rig) -> DeskWindow:
        window = DeskWindow(
            rig.seat, theme=theme, languages=languages, keys=KeyMap(), memory=memory
        )
        qtbot.addWidget(window, before_close_func=_let_close)
        window.resize(1366, 728)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=5000)
        return window

    return open_it


def _let_close(window: DeskWindow) -> None:
    window._leaving = True


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """Something for a flyout to unfold over."""
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    return page


@pytest.fixture
def memory(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
