"""How often something happened to an object of Qt."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject


class Seen(QObject):
    """Counts the events of one kind that an object gets, or, for the application, anybody."""

    def __init__(self, watched: QObject | None, kind: QEvent.Type) -> None:
        super().__init__(watched)
        self.times = 0
        self._kind = kind
        assert watched is not None
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times += event.type() is self._kind
        return False
