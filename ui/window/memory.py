"""Where the window was, how it was divided, and what the menu chose, kept between days."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QSplitter

from ui.language import Language
from ui.rail.rail import WIDTH_PX as RAIL_PX
from ui.theme import ThemeChoice

USUAL_PX = (1600, 960)
FRAME_PX = 32
"""What a window manager may add above; the first window must not reach under the task bar."""

GEOMETRY, DOCKS, SPLITTER = "window/geometry", "window/docks", "window/splitter"

LANGUAGE, THEME = "choices/language", "choices/theme"


def remembered_language(memory: QSettings) -> Language | None:
    """What the agent chose in the menu; None when she never did."""
    value = memory.value(LANGUAGE)
    return Language(value) if value in set(Language) else None


def remembered_theme(memory: QSettings) -> ThemeChoice | None:
    value = memory.value(THEME)
    return ThemeChoice(value) if value in set(ThemeChoice) else None


def remember_language(memory: QSettings, choice: Language) -> None:
    memory.setValue(LANGUAGE, choice.value)


def remember_theme(memory: QSettings, choice: ThemeChoice) -> None:
    memory.setValue(THEME, choice.value)


def restore(memory: QSettings, window: QMainWindow, splitter: QSplitter) -> bool:
    """Put window and splitter where they were; False when nothing usable is remembered."""
    return (
        window.restoreGeometry(_bytes(memory, GEOMETRY))
        and window.restoreState(_bytes(memory, DOCKS))
        and splitter.restoreState(_bytes(memory, SPLITTER))
    )


def lay_out(window: QMainWindow, splitter: QSplitter, dock: QDockWidget) -> None:
    """The first time: as large as the screen allows, divided as the work needs it."""
    area = window.screen().availableSize()
    window.resize(min(area.width(), USUAL_PX[0]), min(area.height() - FRAME_PX, USUAL_PX[1]))
    width = window.width() - RAIL_PX
    knowledge, caller = _between(280, width * 32 // 100, 560), _between(208, width * 22 // 100, 360)
    window.resizeDocks([dock], [knowledge], Qt.Orientation.Horizontal)
    splitter.setSizes([caller, width - knowledge - caller])


def _between(least: int, wanted: int, most: int) -> int:
    return max(least, min(wanted, most))


def remember(
    memory: QSettings, window: QMainWindow, splitter: QSplitter, docks: QByteArray
) -> None:
    memory.setValue(GEOMETRY, window.saveGeometry())
    memory.setValue(DOCKS, docks)
    memory.setValue(SPLITTER, splitter.saveState())


def _bytes(memory: QSettings, key: str) -> QByteArray:
    value = memory.value(key)
    return value if isinstance(value, QByteArray) else QByteArray()
