"""A pair of hands and eyes for the window: keys, clicks, typing and reading by object name."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QWidget

from agent_app.demo.report import StepFailedError

POLL_S = 0.01

W = TypeVar("W", bound=QWidget)


class Driver:
    """Works one window as a person would: only through its widgets, only what is visible.

    Every method belongs to the GUI thread. A widget that is not there, not visible or not enabled
    raises StepFailedError, as it would stop a person.
    """

    def __init__(self, window: QWidget) -> None:
        self.window = window

    def find(self, kind: type[W], name: str) -> W:
        """The visible widget with this object name."""
        for widget in self.window.findChildren(kind, name):
            if widget.isVisible():
                return widget
        raise StepFailedError(f"there is no visible {name}")

    def shown(self, name: str) -> bool:
        return any(widget.isVisible() for widget in self.window.findChildren(QWidget, name))

    def enabled(self, name: str) -> bool:
        return self.shown(name) and self.find(QWidget, name).isEnabled()

    def read(self, name: str) -> str:
        """The text of a label, button or field."""
        widget = self.find(QWidget, name)
        for getter in ("fullText", "toPlainText", "text", "currentText"):
            if hasattr(widget, getter):
                return str(getattr(widget, getter)())
        raise StepFailedError(f"{name} has no text")

    def rows(self, name: str) -> list[str]:
        """The rows of a list as a screen reader or a person reads them."""
        model = self._model(name)
        roles = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
        rows = []
        for number in range(model.rowCount(QModelIndex())):
            index = model.index(number, 0)
            texts = (model.data(index, role) for role in roles)
            rows.append(next((str(text) for text in texts if text), ""))
        return rows

    def click(self, name: str) -> None:
        widget = self.find(QWidget, name)
        if not widget.isEnabled():
            raise StepFailedError(f"{name} is not enabled")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def click_row(self, name: str, row: int) -> None:
        view = self.find(QAbstractItemView, name)
        centre = view.visualRect(view.model().index(row, 0)).center()
        left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(view.viewport(), left, plain, centre)

    def choose(self, name: str, text: str) -> None:
        """Choose an entry of a closed combo box by keyboard."""
        box = self.find(QComboBox, name)
        position = box.findText(text)
        if position < 0:
            raise StepFailedError(f"{name} does not offer {text}")
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Home)
        for _ in range(position):
            QTest.keyClick(box, Qt.Key.Key_Down)

    def press(self, key: str) -> None:
        """Press a key or chord (``"F2"``, ``"Ctrl+R"``) where the keyboard is."""
        target = QApplication.focusWidget() or self.window
        QTest.keySequence(target, QKeySequence(key))

    def type(self, text: str) -> None:
        """Type where the keyboard is; what has no key arrives as an input method commits it."""
        target = QApplication.focusWidget()
        if target is None:
            raise StepFailedError("no field has the keyboard")
        for character in text:
            if character.isascii():
                QTest.keyClicks(target, character)
            else:
                commit = QInputMethodEvent("", [])
                commit.setCommitString(character)
                QApplication.sendEvent(target, commit)

    async def until(self, what: str, condition: Callable[[], bool], limit_s: float = 10) -> None:
        """Wait until something is so; says ``what`` was waited for when it never is."""
        end = time.monotonic() + limit_s
        while not condition():
            if time.monotonic() > end:
                raise StepFailedError(f"waited {limit_s:g} s in vain: {what}")
            await asyncio.sleep(POLL_S)

    def shoot(self, path: Path) -> None:
        """A picture of the window as it is."""
        if not self.window.grab().save(str(path)):
            raise StepFailedError(f"no picture could be written to {path}")

    def _model(self, name: str) -> QAbstractItemModel:
        return self.find(QAbstractItemView, name).model()
