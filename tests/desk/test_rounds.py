"""Rounds: everybody hears first, then it is shown once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot

from agent_app.desk.rounds import OncePerRound, Rounds


class Shown:
    def __init__(self, rounds: Rounds, *, first: bool = False) -> None:
        self.times = 0
        self.owner = QObject()
        self.once = OncePerRound(rounds, self.show, self.owner, first=first)

    def show(self) -> None:
        self.times += 1


def test_what_is_asked_often_in_a_round_is_shown_once_at_its_end(qapp: object) -> None:
    rounds = Rounds()
    shown = Shown(rounds)
    with rounds.round():
        shown.once.ask("one")
        with rounds.round():
            shown.once.ask("another")
        shown.once.ask()
        assert shown.times == 0
    assert shown.times == 1
    with rounds.round():
        pass
    assert shown.times == 1


def test_of_a_round_in_which_nobody_asked_nobody_is_told(qapp: object) -> None:
    rounds = Rounds()
    ends: list[str] = []
    shown = Shown(rounds)
    rounds.ended.connect(lambda: ends.append("ended"))
    with rounds.round():
        pass
    assert not ends
    with rounds.round():
        shown.once.ask()
    assert ends == ["ended"]
    with rounds.round():
        pass
    assert ends == ["ended"]


def test_outside_of_a_round_it_is_shown_at_once(qapp: object) -> None:
    shown = Shown(Rounds())
    shown.once.ask()
    shown.once.ask()
    assert shown.times == 2


def test_a_round_ends_although_somebody_failed(qapp: object) -> None:
    rounds = Rounds()
    shown = Shown(rounds)

    def fail() -> None:
        with rounds.round():
            shown.once.ask()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert shown.times == 1
    assert not rounds.running


def test_a_round_that_is_held_goes_on_until_it_is_let_go(qapp: object, qtbot: QtBot) -> None:
    rounds = Rounds()
    shown = Shown(rounds)
    with rounds.round():
        release = rounds.hold(10_000)
        shown.once.ask()
    assert shown.times == 0
    release()
    qtbot.waitUntil(lambda: shown.times == 1, timeout=10_000)
    release()
    assert not rounds.running
    with rounds.round():
        assert rounds.running


def test_what_a_round_was_held_for_is_shown_before_the_rest(qapp: object, qtbot: QtBot) -> None:
    rounds = Rounds()
    first, rest = Shown(rounds, first=True), Shown(rounds)
    with rounds.round():
        release = rounds.hold(10_000)
        for one in (rest, first):
            one.once.ask()
    release()
    assert (first.times, rest.times) == (1, 0)
    assert rounds.running
    first.once.ask()
    qtbot.waitUntil(lambda: rest.times == 1, timeout=10_000)
    assert first.times == 2
    with rounds.round():
        for one in (rest, first):
            one.once.ask()
    assert (first.times, rest.times) == (3, 2)


def test_nobody_waits_for_ever_for_an_answer(qapp: object, qtbot: QtBot) -> None:
    rounds = Rounds()
    shown = Shown(rounds)
    release = rounds.hold(1)
    shown.once.ask()
    qtbot.waitUntil(lambda: shown.times == 1, timeout=10_000)
    release()
    assert not rounds.running


def test_what_is_gone_is_not_shown(qapp: object) -> None:
    rounds = Rounds()
    times: list[int] = []
    owner = QObject()
    once = OncePerRound(rounds, lambda: times.append(1), owner)
    with rounds.round():
        once.ask()
        owner.deleteLater()
        QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete.value)
    assert not times
    assert not rounds.running
