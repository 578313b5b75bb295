"""The second hand of a view-model, moved by a test."""

from __future__ import annotations

from PySide6.QtCore import QObject

from tests.desk.fakes import HandClock
from ui.call_bar.model import CallBarModel
from ui.second_hand import SecondHand
from ui.state_bar.model import StateBarModel


def hand(model: QObject) -> SecondHand:
    found = model.findChild(SecondHand)
    assert isinstance(found, SecondHand)
    return found


def tick(model: QObject) -> None:
    hand(model).moved.emit()


def told_in_ten_seconds(model: CallBarModel | StateBarModel, clock: HandClock) -> list[object]:
    """Views and timers, in their order; the hand moves twice in each second."""
    told: list[object] = []
    model.changed.connect(told.append)
    model.timer_changed.connect(told.append)
    for _ in range(10):
        clock.advance(1)
        tick(model)
        tick(model)
    return told
