"""Shown and hidden together, laid out once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.one_layout import one_layout


class Counting(QVBoxLayout):
    def __init__(self, place: QWidget) -> None:
        super().__init__(place)
        self.times = 0

    def setGeometry(self, rect: QRect) -> None:
        self.times += 1
        super().setGeometry(rect)


def test_many_that_come_into_sight_are_laid_out_once(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    layout = Counting(place)
    labels = [QLabel(str(number)) for number in range(8)]
    for label in labels:
        layout.addWidget(label)
        label.hide()
    place.resize(300, 400)
    with qtbot.waitExposed(place):
        place.show()
    layout.times = 0
    with one_layout(place):
        for label in labels:
            label.show()
        assert layout.times == 0
    assert layout.times == 1
    tops = [label.geometry().top() for label in labels]
    assert tops == sorted(set(tops))
    assert labels[-1].geometry().bottom() <= 400
    assert {label.width() for label in labels} == {labels[0].width()}
    assert labels[0].width() < 300


def test_it_is_laid_out_although_showing_failed(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    layout = Counting(place)

    def fail() -> None:
        with one_layout(place, QWidget(place)):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert layout.isEnabled()
