"""When the engine asks, registers and gives up: the rules without a network, on a clock of ours."""

from __future__ import annotations

from collections import deque
from typing import cast

import pytest
from pjsua2 import pjsua2 as pj

from sip.engine.account import (
    AccountNote,
    ConnectionLost,
    ConnectionMade,
    ProbeEnded,
    RegistrationSeen,
    SipAccount,
)
from sip.engine.causes import cause_of
from sip.engine.registration import PROBE_S, SILENT_S, Registration
from sip.messages import Event, RegistrationCause, RegistrationChanged

Cause = RegistrationCause
STEP_S = 0.05


class _Account:
    """Stands for the library: counts what it is asked to send."""

    def __init__(self) -> None:
        self.registers = self.probes = self.goodbyes = 0

    def setRegistration(self, renew: bool) -> None:
        if renew:
            self.registers += 1
        else:
            self.goodbyes += 1

    def sendRequest(self, request: pj.SendRequestParam) -> None:
        assert request.method == "OPTIONS"
        self.probes += 1


class _World:
    """An account, a clock, and an exchange that answers probes or does not."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.account = _Account()
        self.told: deque[RegistrationChanged] = deque()
        self.registered = self.silences = self.moves = 0
        self.answers = True
        self._answered = 0
        self.registration = Registration(
            account=cast(SipAccount, self.account),
            target="sip:exchange.example",
            send=self._tell,
            on_registered=self._on_registered,
            on_silent=self._on_silent,
            move=self._on_move,
            now=lambda: self.now,
        )

    def _tell(self, event: Event) -> None:
        assert isinstance(event, RegistrationChanged)
        self.told.append(event)

    def _on_registered(self) -> None:
        self.registered += 1

    def _on_silent(self) -> None:
        self.silences += 1

    def _on_move(self) -> None:
        self.moves += 1
        self.account.registers += 1

    def hear(self, note: AccountNote) -> None:
        self.registration.follow(note)

    def accept(self) -> None:
        self.hear(RegistrationSeen(200, 0, "OK", 90, True))

    def turn(self, seconds: float) -> None:
        """Let time pass as the engine's loop does."""
        until = self.now + seconds
        while self.now < until:
            self.now += STEP_S
            self.registration.look()
            while self.answers and self._answered < self.account.probes:
                self._answered += 1
                self.hear(ProbeEnded(True))


@pytest.fixture
def world() -> _World:
    world = _World()
    world.turn(STEP_S)
    assert world.account.registers == 1
    world.accept()
    assert world.told.popleft().registered
    return world


def test_while_the_exchange_answers_nothing_is_told_or_registered_again(world: _World) -> None:
    world.turn(60)
    assert not world.told
    assert world.account.registers == 1
    assert 55 <= world.account.probes <= 61


def test_a_silent_exchange_is_told_within_three_seconds_and_only_once(world: _World) -> None:
    world.turn(10)
    world.answers = False
    world.turn(3.0)
    news = world.told.popleft()
    assert (news.registered, news.cause) == (False, Cause.NO_ANSWER)
    assert (world.silences, world.registration.exchange_answers) == (1, False)
    world.turn(30)
    assert not world.told
    assert SILENT_S + PROBE_S * 0.4 <= 3.0


def test_an_exchange_that_is_back_is_registered_with_within_two_seconds(world: _World) -> None:
    world.turn(5)
    world.answers = False
    world.turn(30)
    world.told.clear()
    world.answers = True
    world.turn(2)
    assert world.registration.exchange_answers
    assert world.account.registers == 2
    world.accept()
    assert world.told.popleft().registered
    assert world.registered == 2


def test_after_a_pause_too_short_to_be_told_it_registers_again_all_the_same(world: _World) -> None:
    world.turn(5)
    world.answers = False
    world.turn(1.5)
    world.answers = True
    world.turn(2)
    assert not world.told
    assert world.account.registers == 2


def test_after_a_lost_connection_it_registers_again(world: _World) -> None:
    world.turn(5)
    world.hear(ConnectionLost(120_104, ""))
    world.turn(2)
    assert world.account.registers == 2


def test_an_exchange_that_never_answers_probes_is_believed_to_be_there() -> None:
    world = _World()
    world.answers = False
    world.turn(STEP_S)
    world.accept()
    world.turn(20)
    assert [news.registered for news in world.told] == [True]


def test_a_wrong_password_is_tried_ever_more_seldom() -> None:
    world = _World()
    for limit_s, count in ((1.0, 1), (3.0, 2), (6.0, 3), (20.0, 4)):
        world.turn(limit_s)
        assert world.account.registers == count
        world.hear(RegistrationSeen(401, 0, "Unauthorized", 0, True))
    assert [news.cause for news in world.told] == [Cause.WRONG_PASSWORD]


def test_register_now_does_not_wait_and_is_always_answered(world: _World) -> None:
    world.registration.register_now()
    world.turn(STEP_S)
    world.accept()
    assert world.told.popleft().registered


def test_without_a_way_nothing_is_sent_and_with_one_at_once(world: _World) -> None:
    world.turn(2)
    world.registration.lose_way()
    assert world.told.popleft().cause is Cause.NO_NETWORK
    before = (world.account.probes, world.account.registers)
    world.turn(10)
    assert (world.account.probes, world.account.registers) == before
    world.registration.find_way()
    world.turn(STEP_S)
    assert world.account.registers == before[1] + 1


def test_what_tls_has_against_the_exchange_is_the_reason(world: _World) -> None:
    world.hear(ConnectionLost(171_173, "The certificate is untrusted"))
    world.hear(RegistrationSeen(503, 0, "SSL certificate verification error", 0, False))
    news = world.told.popleft()
    assert (news.cause, news.reason) == (Cause.CERTIFICATE, "The certificate is untrusted")


def test_after_the_end_nothing_is_asked_any_more(world: _World) -> None:
    world.registration.end()
    assert world.account.goodbyes == 1
    before = world.account.probes
    world.turn(10)
    assert world.account.probes == before


@pytest.mark.parametrize(
    ("status", "error", "answered", "cause"),
    [
        (200, 0, True, Cause.NONE),
        (401, 0, True, Cause.WRONG_PASSWORD),
        (403, 0, True, Cause.WRONG_PASSWORD),
        (404, 0, True, Cause.UNKNOWN_EXTENSION),
        (423, 0, True, Cause.REFUSED),
        (603, 0, True, Cause.REFUSED),
        (408, 0, True, Cause.NO_ANSWER),
        (503, 0, True, Cause.EXCHANGE_FAULT),
        (503, 0, False, Cause.NO_ANSWER),
        (408, 0, False, Cause.NO_ANSWER),
        (0, 120_101, False, Cause.NO_NETWORK),
        (0, 120_111, False, Cause.NO_ANSWER),
        (0, 70_018, False, Cause.NO_NETWORK),
    ],
)
def test_each_failure_has_its_cause(status: int, error: int, answered: bool, cause: Cause) -> None:
    assert cause_of(status, error, answered=answered) is cause


def test_after_a_pause_another_contact_is_registered_because_the_old_one_may_be_shunned() -> None:
    world = _World()
    world.turn(0.1)
    world.accept()
    world.turn(3)
    assert (world.account.registers, world.moves) == (1, 0)
    world.answers = False
    world.turn(1.5)
    world.answers = True
    world.turn(2)
    assert (world.account.registers, world.moves) == (2, 1)
    world.accept()
    world.registration.register_now()
    world.turn(0.1)
    assert (world.account.registers, world.moves) == (3, 2)


def test_an_exchange_that_was_away_between_two_questions_is_registered_with_anew() -> None:
    world = _World()
    world.turn(0.1)
    world.accept()
    world.turn(2)
    world.registration.miss()
    world.turn(2)
    assert (world.account.registers, world.moves) == (2, 1)


CONNECTION = ConnectionMade("192.0.2.7:40001")


def test_the_first_registration_waits_for_the_connection_that_its_contact_names() -> None:
    world = _World()
    world.registration.find_way(1.0)
    world.turn(0.5)
    assert (world.account.registers, world.account.probes) == (0, 1)
    world.hear(CONNECTION)
    world.turn(STEP_S)
    assert (world.account.registers, world.moves) == (1, 1)
    world.accept()
    world.turn(5)
    assert world.account.registers == 1


@pytest.mark.parametrize(("lost", "wait_s"), [(True, STEP_S), (False, 1.0)])
def test_a_connection_that_is_not_made_is_not_waited_for_in_vain(lost: bool, wait_s: float) -> None:
    world = _World()
    world.registration.find_way(1.0)
    world.turn(0.5)
    if lost:
        world.hear(ConnectionLost(120_111, ""))
    world.turn(wait_s)
    assert (world.account.registers, world.moves) == (1, 0)
    world.hear(CONNECTION)  # made by that REGISTER, whose contact does not name it
    world.accept()
    world.turn(1)
    assert (world.account.registers, world.moves) == (2, 1)


def test_a_new_connection_is_registered_with_its_own_contact(world: _World) -> None:
    world.turn(5)
    world.hear(CONNECTION)
    world.turn(1)
    assert (world.account.registers, world.moves) == (2, 1)


def test_a_new_connection_does_not_make_a_refused_seat_try_sooner() -> None:
    world = _World()
    world.turn(STEP_S)
    world.hear(RegistrationSeen(401, 0, "Unauthorized", 0, True))
    world.turn(1)
    world.hear(CONNECTION)
    world.turn(0.5)
    assert world.account.registers == 1
