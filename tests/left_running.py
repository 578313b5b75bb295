"""What a test that failed left running is stopped: it would spoil those that come after it."""

from __future__ import annotations

import gc
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from shiboken6 import isValid


def stop_what_is_left() -> None:
    """Stop every timer of a desk that was not closed; what is the application's own goes on."""
    for timer in _timers():
        if not any(isinstance(owner, QCoreApplication) for owner in _owners(timer)):
            timer.stop()


def _timers() -> Iterator[QTimer]:
    return (one for one in gc.get_objects() if type(one) is QTimer and isValid(one))


def _owners(child: QObject) -> Iterator[QObject]:
    while (parent := child.parent()) is not None:
        yield parent
        child = parent
