"""A test that failed must not fail the next one."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from tests.left_running import stop_what_is_left
from ui.application import DeskApplication


def test_a_timer_that_was_left_running_is_stopped(qapp: DeskApplication) -> None:
    kept, gone = QTimer(qapp), QTimer()
    kept.start(60_000)
    gone.deleteLater()
    desk = QObject()
    timer = QTimer(desk)
    timer.start(1)
    stop_what_is_left()
    assert (timer.isActive(), kept.isActive()) == (False, True)
    kept.deleteLater()
