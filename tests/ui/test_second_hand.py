"""The second that is shown of a duration, without a second skipped or shown twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt, QTimer

from tests.desk.fakes import HandClock
from ui.second_hand import SecondHand


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def hand(qapp: object, clock: HandClock) -> Iterator[SecondHand]:
    parent = QObject()
    yield SecondHand(clock.monotonic_s, parent)
    parent.deleteLater()


def timer(hand: SecondHand) -> QTimer:
    found = hand.findChild(QTimer)
    assert isinstance(found, QTimer)
    return found


@pytest.mark.parametrize("since_s", [99.25, 98.25, 0.25, 101.25], ids=str)
def test_it_waits_until_just_after_the_next_second(
    hand: SecondHand, clock: HandClock, since_s: float
) -> None:
    hand.follow(since_s)
    assert timer(hand).isActive()
    assert 250 < timer(hand).interval() <= 253
    assert timer(hand).timerType() is Qt.TimerType.PreciseTimer


def test_every_second_is_told_once_although_each_timer_is_late(
    hand: SecondHand, clock: HandClock
) -> None:
    seen: list[int] = []
    hand.moved.connect(lambda: seen.append(int(clock.monotonic_s() - 90.5)))
    hand.follow(90.5)
    for late_s in (0.0, 0.01, 0.3, 0.0, 0.9, 0.001):
        clock.advance(timer(hand).interval() / 1000 + late_s)
        timer(hand).timeout.emit()
    assert seen == list(range(10, 16))


def test_another_moment_is_followed_at_once_and_the_same_one_goes_on(
    hand: SecondHand, clock: HandClock
) -> None:
    hand.follow(99.5)
    clock.advance(0.4)
    hand.follow(99.5)
    assert timer(hand).interval() > 500  # as it was wound
    hand.follow(99.7)
    assert 300 < timer(hand).interval() <= 303


def test_nothing_is_told_where_nothing_is_counted(hand: SecondHand) -> None:
    assert not timer(hand).isActive()
    hand.follow(99.5)
    hand.follow(None)
    assert not timer(hand).isActive()
