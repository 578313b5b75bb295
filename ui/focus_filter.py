"""Sees what happens in the field that has the keyboard, and nothing of all others (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class FocusFilter(QObject):
    """Its ``eventFilter`` gets the events of the widget with the focus, wherever that goes.

    A filter of the whole application would run for every event of every widget.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)
            self._follow_focus(None, application.focusWidget())

    def focus_moved(self) -> None:
        """Another widget has the focus, or none."""

    def _follow_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        """Keeps neither: a widget that was let go of here would die while Qt moves the focus."""
        if old is not None and isValid(old):
            old.removeEventFilter(self)
        if new is not None:
            new.installEventFilter(self)
        self.focus_moved()
