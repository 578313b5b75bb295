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
        self._watched: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)
            self._follow_focus(None, application.focusWidget())

    def focus_moved(self) -> None:
        """Another widget has the focus, or none."""

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = new
        if new is not None:
            new.installEventFilter(self)
        self.focus_moved()
