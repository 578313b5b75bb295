"""Where the window was and how it was divided, kept between days."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow, QSplitter

GEOMETRY, DOCKS, SPLITTER = "window/geometry", "window/docks", "window/splitter"


def restore(memory: QSettings, window: QMainWindow, splitter: QSplitter) -> bool:
    """Put window and splitter where they were; False when nothing usable is remembered."""
    return (
        window.restoreGeometry(_bytes(memory, GEOMETRY))
        and window.restoreState(_bytes(memory, DOCKS))
        and splitter.restoreState(_bytes(memory, SPLITTER))
    )


def remember(memory: QSettings, window: QMainWindow, splitter: QSplitter) -> None:
    memory.setValue(GEOMETRY, window.saveGeometry())
    memory.setValue(DOCKS, window.saveState())
    memory.setValue(SPLITTER, splitter.saveState())


def _bytes(memory: QSettings, key: str) -> QByteArray:
    value = memory.value(key)
    return value if isinstance(value, QByteArray) else QByteArray()
