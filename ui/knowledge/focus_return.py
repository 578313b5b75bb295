"""Remembers where she was typing before she came to a panel, to go back there (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
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

    def go_back(self) -> bool:
        """To the field she came from; False when that was none, or takes no typing any more."""
        back = self._came_from
        if back is None or not isValid(back) or not _takes_typing(back):
            return False
        back.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        arrived = new is not None and self._panel.isAncestorOf(new)
        if arrived and old is not None and not self._panel.isAncestorOf(old):
            self._came_from = old


def _takes_typing(widget: QWidget) -> bool:
    field = isinstance(widget, QLineEdit | QPlainTextEdit) and not widget.isReadOnly()
    return field and widget.isVisible() and widget.isEnabled()
