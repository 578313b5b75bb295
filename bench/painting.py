"""When is something painted? At the end of the paint event, when it went to the screen (step ⑤)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

_END = QEvent.Type(QEvent.registerEventType())


class PaintWatch(QObject):
    """Calls ``on_painted(monotonic ns)`` after each paint that touched one of ``widgets``.

    Qt paints all that changed in one go and hands it to the window system before it takes the next
    event. So the first event after a paint event tells its end; ours is put at the front for that.
    Who knows of a ``repaint``, which is over when it returns, says so with ``look``.
    """

    def __init__(self, widgets: Iterable[QObject], on_painted: Callable[[int], None]) -> None:
        super().__init__()
        self._on_painted = on_painted
        self._painting = False
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt calls it
        if event.type() == QEvent.Type.Paint and not self._painting:
            self._painting = True
            priority = Qt.EventPriority.HighEventPriority.value
            QCoreApplication.postEvent(self, QEvent(_END), priority)
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == _END:
            self.look()
            return True
        return super().event(event)

    def look(self) -> None:
        """What was being painted is on the screen now."""
        if self._painting:
            self._painting = False
            self._on_painted(time.monotonic_ns())
