"""Passing on at once: the caller is theirs, or hers again and she is told why."""

from __future__ import annotations

import pytest

from agent_app.desk.transfers import TransferFailure, TransferState
from agent_app.domain.calls import CallState, EndReason
from agent_app.domain.directory import Target, TargetKind
from sip import messages as m
from tests.desk.fakes import incoming
from tests.desk.transfer_rig import CALLER, CHEN, FAILURES
from tests.desk.transfer_rig import TransferRig as Rig


@pytest.fixture
def rig() -> Rig:
    return Rig()


def test_a_blind_transfer_waits_for_the_card_and_asks_the_exchange(rig: Rig) -> None:
    rig.transfers.blind(rig.caller, CHEN)
    assert rig.flushed == [rig.caller]
    assert rig.sent == [m.Transfer(CALLER, "sip:1002@pbx")]
    rig.progress(180, final=False)
    assert rig.state is TransferState.TRANSFERRING
    rig.progress(200)
    assert rig.state is TransferState.DONE
    rig.end(CALLER, by=m.EndedBy.AGENT)
    assert rig.call().end_reason is EndReason.TRANSFERRED
    assert rig.state is TransferState.DONE


@pytest.mark.parametrize(("status", "failure"), FAILURES)
def test_a_blind_transfer_that_fails_leaves_the_caller(
    rig: Rig, status: int, failure: TransferFailure
) -> None:
    rig.transfers.blind(rig.caller, CHEN)
    rig.progress(status)
    assert (rig.state, rig.failure) == (TransferState.FAILED, failure)
    assert rig.transfers.status(rig.caller).detail == f"{status} words"
    assert rig.call().state is CallState.TALKING


def test_a_caller_on_hold_is_taken_back_when_it_fails(rig: Rig) -> None:
    rig.held()
    rig.transfers.blind(rig.caller, CHEN)
    assert rig.sent == [m.Transfer(CALLER, "sip:1002@pbx")]
    rig.progress(486)
    assert rig.sent == [m.Resume(CALLER)]


def test_an_engine_that_refuses_says_so(rig: Rig) -> None:
    rig.transfers.blind(rig.caller, CHEN)
    rig.phone.handle(m.CommandRefused("Transfer", CALLER, "no such call"))
    assert (rig.state, rig.failure) == (TransferState.FAILED, TransferFailure.REFUSED)
    assert rig.transfers.status(rig.caller).detail == "no such call"


def test_a_caller_who_hangs_up_meanwhile_is_gone(rig: Rig) -> None:
    rig.before_refer = [lambda: rig.end(CALLER)]
    rig.transfers.blind(rig.caller, CHEN)
    assert (rig.state, rig.failure) == (TransferState.FAILED, TransferFailure.CALLER_GONE)
    assert rig.sent == []


def test_the_end_of_the_phone_is_told_as_such(rig: Rig) -> None:
    rig.transfers.blind(rig.caller, CHEN)
    rig.phone.handle(m.EngineLost(1, "killed", 0.2))
    assert (rig.state, rig.failure) == (TransferState.FAILED, TransferFailure.LOST)


def test_only_one_transfer_at_a_time(rig: Rig) -> None:
    rig.transfers.blind(rig.caller, CHEN)
    rig.transfers.blind(rig.caller, CHEN)
    rig.transfers.consult(rig.caller, CHEN)
    assert rig.sent == [m.Transfer(CALLER, "sip:1002@pbx")]


def test_after_a_failure_she_may_try_again(rig: Rig) -> None:
    rig.transfers.blind(rig.caller, CHEN)
    rig.progress(486)
    rig.transfers.blind(rig.caller, CHEN)
    assert rig.state is TransferState.TRANSFERRING


def test_nothing_is_passed_on_that_is_not_up(rig: Rig) -> None:
    rig.phone.handle(incoming("1-8"))
    ringing = rig.phone.calls[-1].interaction_id
    rig.transfers.blind(ringing, CHEN)
    rig.transfers.consult(ringing, CHEN)
    rig.transfers.complete(ringing)
    rig.transfers.cancel(ringing)
    assert rig.transfers.status(ringing).state is TransferState.NONE
    assert rig.sent == []


@pytest.mark.parametrize(
    ("domain", "number", "failure"),
    [
        ("pbx", "nobody", TransferFailure.NOT_A_NUMBER),
        ("", "1002", TransferFailure.NO_EXCHANGE),
    ],
)
def test_what_cannot_be_dialled_is_said(domain: str, number: str, failure: TransferFailure) -> None:
    rig = Rig(domain)
    target = Target(TargetKind.NUMBER, "", number)
    for act in (rig.transfers.blind, rig.transfers.consult):
        act(rig.caller, target)
        assert (rig.state, rig.failure) == (TransferState.FAILED, failure)
        assert rig.call().state is CallState.TALKING
    assert rig.sent == []
