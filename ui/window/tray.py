"""The desk in the system tray, where there is one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget


class Tray(QObject):
    """Keeps the program reachable while its window is hidden.

    Signals:
        window_wanted: show the window.
        quit_wanted: end the program.
    """

    window_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, icon: QIcon, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._menu = QMenu(parent)
        self._menu.addAction(self.tr("Show window")).triggered.connect(self.window_wanted)
        self._menu.addAction(self.tr("Quit")).triggered.connect(self.quit_wanted)
        self._symbol = QSystemTrayIcon(icon, self)
        self._symbol.setToolTip(title)
        self._symbol.setContextMenu(self._menu)
        self._symbol.activated.connect(self._on_activated)
        if self.available:
            self._symbol.show()

    @property
    def available(self) -> bool:
        return QSystemTrayIcon.isSystemTrayAvailable()

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.window_wanted.emit()
