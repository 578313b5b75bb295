"""How the tests of the window find its parts and press its keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui.fakes import Rig
from ui.window.desk_window import DeskWindow

Open = Callable[[Rig], DeskWindow]
Part = TypeVar("Part", bound=QObject)


def child(window: QWidget, kind: type[Part], name: str) -> Part:
    (found,) = window.findChildren(kind, name)
    return found


def press(key: Qt.Key, window: QWidget) -> None:
    QTest.keyClick(window.focusWidget() or window, key)
