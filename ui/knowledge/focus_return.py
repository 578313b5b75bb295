"""Remembers where she was typing before she came to a panel, to go back there (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class FocusReturn(QObject):
    """Follows the keyboard focus into ``panel`` from wherever it was."""

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self._panel = panel
        self._came_from: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    def go_back(self) -> None:
        """To the field she came from, if that still takes typing."""
        back = self._came_from
        if back is not None and isValid(back) and back.isVisible() and back.isEnabled():
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        arrived = new is not None and self._panel.isAncestorOf(new)
        if arrived and old is not None and not self._panel.isAncestorOf(old):
            self._came_from = old
