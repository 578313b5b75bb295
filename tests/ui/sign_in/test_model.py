from __future__ import annotations

import pytest

from tests.ui.sign_in.hands import Hands
from ui.sign_in import SignInProblem
from ui.sign_in.model import DETAIL_LIMIT, LONGEST_WAIT_S, SignInModel, SignInView
from ui.sign_in.problems import Severity, words


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def model(qapp: object, hands: Hands) -> SignInModel:
    return SignInModel(clock=hands)


def heard(model: SignInModel) -> list[SignInView]:
    views: list[SignInView] = []
    model.changed.connect(views.append)
    return views


def test_it_begins_silent_and_ready(model: SignInModel) -> None:
    assert model.view == SignInView("", "", Severity.NEUTRAL, busy=False, can_submit=True)


def test_an_attempt_goes_out_once_until_it_is_answered(model: SignInModel) -> None:
    assert model.begin(login_given=True, password_given=True)
    assert not model.begin(login_given=True, password_given=True)
    assert model.view.busy
    assert not model.view.can_submit
    model.refuse(SignInProblem.WRONG_CREDENTIALS)
    assert not model.view.busy
    assert model.begin(login_given=True, password_given=True)


@pytest.mark.parametrize(("login", "password"), [(False, True), (True, False), (False, False)])
def test_half_an_answer_is_asked_for_and_not_sent(
    model: SignInModel, login: bool, password: bool
) -> None:
    model.refuse(SignInProblem.OTHER, detail="the disk is full")
    assert not model.begin(login_given=login, password_given=password)
    assert model.view == SignInView(
        "Enter your login and your password.", "", Severity.WARNING, busy=False, can_submit=True
    )
    assert model.begin(login_given=True, password_given=True)


def test_a_refusal_without_a_pause_can_be_answered_at_once(model: SignInModel) -> None:
    model.refuse(SignInProblem.UNREACHABLE, detail="connection\nrefused  by 10.0.0.9")
    assert model.view.message == words(SignInProblem.UNREACHABLE)
    assert model.view.detail == "connection refused by 10.0.0.9"
    assert model.view.can_submit
    assert not model.counting


def test_a_lock_counts_down_by_the_clock_and_then_opens(model: SignInModel, hands: Hands) -> None:
    model.refuse(SignInProblem.LOCKED, retry_after_s=61.2)
    assert model.view.message == "Too many failed attempts. You can try again in 01:02."
    assert model.counting
    views = heard(model)
    hands.at_s += 61.0
    model.tick()
    assert views[-1].message == "Too many failed attempts. You can try again in 00:01."
    assert not model.begin(login_given=True, password_given=True)
    hands.at_s += 0.2
    model.tick()
    assert views[-1] == SignInView(
        "You can try again now.", "", Severity.NEUTRAL, busy=False, can_submit=True
    )
    assert not model.counting
    assert model.begin(login_given=True, password_given=True)


def test_the_screen_is_told_once_a_second_not_at_every_tick(
    model: SignInModel, hands: Hands
) -> None:
    model.refuse(SignInProblem.LOCKED, retry_after_s=10)
    views = heard(model)
    for _ in range(10):
        hands.at_s += 0.2
        model.tick()
    assert len(views) == 2


def test_a_lock_of_unknown_length_asks_for_patience_and_locks_nothing(model: SignInModel) -> None:
    model.refuse(SignInProblem.LOCKED)
    assert model.view.message == ("Too many failed attempts. Wait some minutes, then try again.")
    assert model.view.can_submit


def test_any_other_refusal_may_ask_for_a_pause_too(model: SignInModel, hands: Hands) -> None:
    model.refuse(SignInProblem.OTHER, retry_after_s=5)
    assert model.view.message == "You could not be signed in. You can try again in 00:05."
    assert model.view.severity is Severity.FAULT
    hands.at_s += 5
    model.tick()
    assert model.view.message == "You could not be signed in."
    assert model.view.severity is Severity.FAULT


def test_a_later_refusal_ends_the_pause_of_an_earlier_one(model: SignInModel) -> None:
    model.refuse(SignInProblem.LOCKED, retry_after_s=60)
    model.refuse(SignInProblem.UNREACHABLE)
    assert model.view.can_submit
    assert not model.counting


@pytest.mark.parametrize("pause_s", [float("inf"), 1e300])
def test_a_senseless_pause_is_held_to_a_day(
    model: SignInModel, hands: Hands, pause_s: float
) -> None:
    model.refuse(SignInProblem.LOCKED, retry_after_s=pause_s)
    assert "24:00:00" in model.view.message
    hands.at_s += LONGEST_WAIT_S
    assert model.view.can_submit


@pytest.mark.parametrize("pause_s", [0.0, -5.0, float("nan")])
def test_no_pause_is_no_pause(model: SignInModel, pause_s: float) -> None:
    model.refuse(SignInProblem.LOCKED, retry_after_s=pause_s)
    assert model.view.can_submit


def test_a_long_cause_is_cut(model: SignInModel) -> None:
    model.refuse(SignInProblem.OTHER, detail="x" * 60_000)
    assert len(model.view.detail) == DETAIL_LIMIT


def test_the_owner_can_say_that_it_is_busy(model: SignInModel) -> None:
    views = heard(model)
    model.set_busy(True)
    model.set_busy(True)
    model.set_busy(False)
    assert [view.busy for view in views] == [True, False]
    assert views[0].message == "Asking the server …"
