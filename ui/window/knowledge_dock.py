"""Where the knowledge base stands: beside the desk's page, or in a window of its own (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget


class KnowledgeDock(QDockWidget):
    """Other pages have the whole width: docked, it goes with the desk's page and comes back.

    Signals:
        desk_wanted: she wants to see it in the window, which is on the desk's page.
    """

    desk_wanted = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._at_desk = True
        self._put_away = False
        self.setObjectName("knowledge-dock")
        self.setAllowedAreas(
            Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea
        )
        self.topLevelChanged.connect(self._frame)
        self.topLevelChanged.connect(self._ask_for_desk)
        self.visibilityChanged.connect(self._ask_for_desk)
        self._frame(self.isFloating())

    @property
    def at_desk(self) -> bool:
        """The layout is the desk's: nothing was put away for another page."""
        return self._at_desk

    def follow(self, *, at_desk: bool) -> None:
        """The window shows the desk's page, or another one."""
        if at_desk == self._at_desk:
            return
        self._at_desk = at_desk
        if at_desk and self._put_away:
            self.show()
        self._put_away = not at_desk and not self.isHidden() and not self.isFloating()
        if self._put_away:
            self.hide()

    def bring(self) -> None:
        self.show()
        self.raise_()

    def toggle_floating(self) -> None:
        self.show()
        self.setFloating(not self.isFloating())

    def _frame(self, floating: bool) -> None:
        """Docked it stands level with its neighbours, floating it has a frame to be moved by."""
        bare = QWidget()
        bare.setFixedHeight(0)
        self.setTitleBarWidget(None if floating else bare)  # type: ignore[arg-type]

    def _ask_for_desk(self, _changed: bool) -> None:
        if not (self._at_desk or self.isHidden() or self.isFloating()):
            self.desk_wanted.emit()
