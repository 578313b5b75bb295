"""The countdown after a call."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.panels.fakes import Desk
from ui.summary.wrap_up import WrapUpViewModel

pytestmark = pytest.mark.usefixtures("qapp")


def test_outside_wrap_up_nothing_is_shown(desk: Desk) -> None:
    view = WrapUpViewModel(desk.seat.shift)
    assert (view.running, view.text) == (False, "")


def test_the_time_left_is_shown_while_it_counts(desk: Desk, qtbot: QtBot) -> None:
    view = WrapUpViewModel(desk.seat.shift)
    with qtbot.waitSignal(view.changed):
        desk.shift.wrap_up(27)
    assert (view.running, view.text) == (True, "Wrap-up 00:27")
    desk.shift.wrap_up(0)
    assert view.text == "Wrap-up 00:00"
    desk.shift.wrap_up(None)
    assert view.text == ""


def test_both_wishes_reach_the_shift(desk: Desk) -> None:
    view = WrapUpViewModel(desk.seat.shift)
    view.go_on()
    view.end()
    assert desk.shift.asked == ["continue", "end"]
