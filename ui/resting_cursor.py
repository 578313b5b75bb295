"""The text cursor blinks for who types, and then stands still (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from ui.focus_filter import FocusFilter

REST_AFTER_MS = 10_000
"""As GTK's fields do."""
_TYPING = {QEvent.Type.KeyPress, QEvent.Type.InputMethod, QEvent.Type.MouseButtonPress}


class RestingCursor(FocusFilter):
    """Lets the cursor of the whole application stand when nobody has typed for a while.

    A blink repaints its field twice a second, for eight hours and during every call. Who has
    turned blinking off in her system never sees it blink.
    """

    def __init__(self, application: QApplication) -> None:
        self._hints = application.styleHints()
        self._flash_ms: int | None = None
        """What it blinks with when it does; None while it does."""
        self.timer = QTimer(application, singleShot=True, interval=REST_AFTER_MS)
        self.timer.timeout.connect(self._rest)
        self._moved = QTimer(application, singleShot=True, interval=0)
        self._moved.timeout.connect(self._blink)
        super().__init__(application)

    def focus_moved(self) -> None:
        """Later: a field that dies with the focus is told of the blinking too, and Qt crashes."""
        self._moved.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TYPING:
            self._blink()
        return False

    def _blink(self) -> None:
        if self._flash_ms is not None:
            self._hints.setCursorFlashTime(self._flash_ms)
            self._flash_ms = None
        self.timer.start()

    def _rest(self) -> None:
        self._flash_ms = self._hints.cursorFlashTime()
        self._hints.setCursorFlashTime(0)
