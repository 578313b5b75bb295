"""The desk's event loop: what shall run soon runs before the next paint (steps ③ to ⑤).

qasync makes a timer of every ``call_soon``, and a queued signal and a timer of every one from
another thread. Qt paints first and looks at timers later: the store's answer to a ringing call
waited for two whole paints of the window. Here both are posted events that go before a paint.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextvars import Context

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from qasync import QEventLoop

BEHIND_S = 0.05
"""What nobody waits for yet starts so much later: what the agent is to see now goes first."""


class DeskEventLoop(QEventLoop):  # type: ignore[misc]  # qasync has no types
    """qasync with another ``call_soon``; timers and pipes are its own."""

    def __init__(self, application: QCoreApplication) -> None:
        self._soon = _Soon()
        super().__init__(application)

    def call_soon(
        self, callback: Callable[..., object], *args: object, context: Context | None = None
    ) -> asyncio.Handle:
        handle = asyncio.Handle(callback, args, self, context)
        self._soon.add(handle)
        return handle

    def call_soon_threadsafe(
        self, callback: Callable[..., object], *args: object, context: Context | None = None
    ) -> asyncio.Handle:
        handle = asyncio.Handle(callback, args, self, context)
        self._soon.add_from_anywhere(handle)
        return handle

    def close(self) -> None:
        super().close()
        self._soon.close()


class _Soon(QObject):
    """Handles in the order they came, run in the thread that made it."""

    def __init__(self) -> None:
        super().__init__()
        self._handles: deque[asyncio.Handle] = deque()
        self._posted = False
        self._closed = False

    def add(self, handle: asyncio.Handle) -> None:
        """In the loop's thread only."""
        self._handles.append(handle)
        self._post()

    def add_from_anywhere(self, handle: asyncio.Handle) -> None:
        """Any thread. What comes after the end is dropped, as in qasync."""
        if not self._closed:
            self._handles.append(handle)
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), _FIRST)

    def close(self) -> None:
        self._closed = True
        self._handles.clear()

    def event(self, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.User:
            return super().event(event)
        self._run()
        return True

    def _run(self) -> None:
        """One round; what the callbacks add is for the next, and Qt sees to others between rounds.

        A callback may run a loop of Qt's own (a menu); then the next round comes within this one.
        """
        self._posted = False
        try:
            for _ in range(len(self._handles)):
                if not self._handles:
                    break
                handle = self._handles.popleft()
                if not handle.cancelled():
                    handle._run()  # the way of every loop that asyncio knows
        finally:
            if self._handles:
                self._post()

    def _post(self) -> None:
        if not self._posted:
            self._posted = True
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), _FIRST)


_FIRST = Qt.EventPriority.HighEventPriority.value
