"""Asking first: while the caller waits; whatever goes wrong, she has him back."""

from __future__ import annotations

import pytest

from agent_app.desk.transfers import TransferFailure, TransferState
from agent_app.domain.calls import CallState, EndReason
from sip import messages as m
from tests.desk.fakes import incoming
from tests.desk.transfer_rig import CALLER, CHEN, FAILURES, TARGET
from tests.desk.transfer_rig import TransferRig as Rig


@pytest.fixture
def rig() -> Rig:
    return Rig()


def test_consulting_holds_the_caller_and_calls_the_target(rig: Rig) -> None:
    rig.transfers.consult(rig.caller, CHEN)
    headers = (("X-Zuoxi-Call-ID", "exchange-1"),)
    assert rig.sent == [m.Hold(CALLER), m.MakeCall(TARGET, "sip:1002@pbx", headers)]
    status = rig.transfers.status(rig.caller)
    assert status.state is TransferState.CONSULTING
    assert status.consult is not None
    consult = rig.phone.call(status.consult)
    assert consult is not None
    assert (consult.name, consult.consults_for) == ("陈静", rig.caller)
    assert rig.transfers.status(status.consult) == status


def test_an_attended_transfer_connects_both(rig: Rig) -> None:
    consult = rig.talk_to_target()
    rig.transfers.complete(consult)
    assert rig.flushed == [rig.caller]
    assert rig.sent == [m.CompleteTransfer(CALLER, TARGET)]
    rig.progress(200)
    rig.end(CALLER, by=m.EndedBy.AGENT)
    rig.end(TARGET)
    assert rig.state is TransferState.DONE
    assert rig.call().end_reason is EndReason.TRANSFERRED
    asked = rig.phone.call(consult)
    assert asked is not None
    assert asked.end_reason is EndReason.TRANSFERRED


@pytest.mark.parametrize(("status", "failure"), FAILURES)
def test_a_target_who_does_not_answer_gives_the_caller_back(
    rig: Rig, status: int, failure: TransferFailure
) -> None:
    rig.consult()
    assert rig.sent
    rig.end(TARGET, status)
    assert (rig.state, rig.failure) == (TransferState.FAILED, failure)
    assert rig.sent == [m.Resume(CALLER)]


def test_a_target_who_is_busy_at_once_gives_the_caller_back_all_the_same(rig: Rig) -> None:
    rig.transfers.consult(rig.caller, CHEN)
    rig.end(TARGET, 486)
    assert rig.sent[-1] != m.Resume(CALLER)  # the hold is still under way
    rig.held()
    assert rig.sent == [m.Resume(CALLER)]
    rig.held(by_agent=False)
    rig.held()
    assert rig.sent == []  # her own hold later is her own


def test_a_hold_that_was_refused_needs_no_taking_back(rig: Rig) -> None:
    rig.transfers.consult(rig.caller, CHEN)
    rig.phone.handle(m.CommandRefused("Hold", CALLER, "not now"))
    rig.end(TARGET, 486)
    rig.held()
    assert m.Resume(CALLER) not in rig.sent


def test_an_engine_that_cannot_call_the_target_gives_the_caller_back(rig: Rig) -> None:
    rig.consult()
    assert rig.sent
    rig.phone.handle(m.CommandRefused("MakeCall", TARGET, "no SIP URI"))
    assert (rig.state, rig.failure) == (TransferState.FAILED, TransferFailure.REFUSED)
    assert rig.sent == [m.Resume(CALLER)]


def test_back_to_the_caller_by_key(rig: Rig) -> None:
    rig.talk_to_target()
    rig.transfers.cancel(rig.caller)
    assert rig.sent == [m.HangUp(TARGET)]
    rig.end(TARGET, by=m.EndedBy.AGENT)
    assert rig.state is TransferState.NONE
    assert rig.sent == [m.Resume(CALLER)]


def test_hanging_up_on_the_target_is_going_back(rig: Rig) -> None:
    consult = rig.talk_to_target()
    rig.phone.hang_up(consult)
    rig.end(TARGET, by=m.EndedBy.AGENT)
    assert rig.state is TransferState.NONE
    assert rig.sent == [m.HangUp(TARGET), m.Resume(CALLER)]


def test_a_target_who_hangs_up_gives_the_caller_back(rig: Rig) -> None:
    rig.talk_to_target()
    rig.end(TARGET)
    assert (rig.state, rig.failure) == (TransferState.FAILED, TransferFailure.TARGET_GONE)
    assert rig.sent == [m.Resume(CALLER)]


def test_a_target_lost_with_the_network_is_told_as_such(rig: Rig) -> None:
    rig.talk_to_target()
    rig.end(TARGET, 408, m.EndedBy.NETWORK)
    assert (rig.state, rig.failure) == (TransferState.FAILED, TransferFailure.LOST)


def test_a_caller_who_is_gone_leaves_a_plain_call_to_the_target(rig: Rig) -> None:
    consult = rig.talk_to_target()
    rig.end(CALLER)
    assert (rig.state, rig.failure) == (TransferState.FAILED, TransferFailure.CALLER_GONE)
    call = rig.phone.call(consult)
    assert call is not None
    assert call.state is CallState.TALKING
    rig.end(TARGET)
    assert rig.failure is TransferFailure.CALLER_GONE


def test_passing_on_before_the_target_answers_becomes_a_blind_transfer(rig: Rig) -> None:
    consult = rig.consult()
    assert rig.sent
    rig.transfers.complete(consult)
    assert rig.sent == [m.HangUp(TARGET)]
    rig.end(TARGET, 487, m.EndedBy.AGENT)
    assert rig.sent == [m.Transfer(CALLER, "sip:1002@pbx")]
    assert rig.state is TransferState.TRANSFERRING


def test_a_target_who_goes_while_the_card_travels_gives_the_caller_back(rig: Rig) -> None:
    rig.talk_to_target()
    rig.before_refer = [lambda: rig.end(TARGET)]
    rig.transfers.complete(rig.caller)
    assert (rig.state, rig.failure) == (TransferState.FAILED, TransferFailure.TARGET_GONE)
    assert rig.sent == [m.Resume(CALLER)]


def test_a_caller_who_goes_while_the_card_travels_is_gone(rig: Rig) -> None:
    rig.talk_to_target()
    rig.before_refer = [lambda: rig.end(CALLER)]
    rig.transfers.complete(rig.caller)
    assert (rig.state, rig.failure) == (TransferState.FAILED, TransferFailure.CALLER_GONE)
    assert rig.sent == []


def test_an_exchange_that_does_not_connect_them_leaves_both_to_her(rig: Rig) -> None:
    consult = rig.talk_to_target()
    rig.transfers.complete(rig.caller)
    rig.progress(603)
    status = rig.transfers.status(rig.caller)
    assert (status.state, status.consult) == (TransferState.FAILED, consult)
    assert m.Resume(CALLER) not in rig.sent  # she talks to the target still
    rig.transfers.complete(rig.caller)
    assert rig.sent == [m.CompleteTransfer(CALLER, TARGET)]
    rig.progress(603)
    rig.transfers.cancel(rig.caller)
    rig.end(TARGET, by=m.EndedBy.AGENT)
    assert rig.sent == [m.HangUp(TARGET), m.Resume(CALLER)]


def test_while_the_exchange_connects_them_the_targets_end_is_no_failure(rig: Rig) -> None:
    rig.talk_to_target()
    rig.transfers.complete(rig.caller)
    rig.end(TARGET)
    assert rig.state is TransferState.TRANSFERRING
    rig.transfers.cancel(rig.caller)
    rig.progress(200)
    assert rig.state is TransferState.DONE
    rig.end(CALLER, by=m.EndedBy.AGENT)
    assert m.Resume(CALLER) not in rig.sent


def test_the_caller_is_not_taken_back_while_she_talks_to_somebody_else(rig: Rig) -> None:
    rig.talk_to_target()
    rig.phone.handle(incoming("1-7"))
    rig.phone.answer(rig.phone.calls[-1].interaction_id)
    rig.phone.handle(m.CallAnswered(m.LineId("1-7"), "PCMA"))
    assert rig.sent
    rig.end(TARGET)
    assert (rig.state, rig.failure) == (TransferState.FAILED, TransferFailure.TARGET_GONE)
    assert rig.sent == []


def test_progress_and_refusals_of_other_calls_change_nothing(rig: Rig) -> None:
    rig.progress(200)
    rig.phone.handle(m.CommandRefused("Transfer", CALLER, "no"))
    rig.phone.handle(m.CommandRefused("Conference", None, "no"))
    rig.phone.handle(m.CommandRefused("Hold", m.LineId("1-77"), "no"))
    assert rig.said == []


def test_a_failure_heard_late_does_not_undo_an_end(rig: Rig) -> None:
    rig.transfers.blind(rig.caller, CHEN)
    rig.progress(486)
    rig.end(CALLER)
    assert rig.failure is TransferFailure.BUSY
    rig.progress(603)
    assert rig.failure is TransferFailure.BUSY


def test_only_the_latest_outcomes_are_kept(rig: Rig) -> None:
    first = rig.caller
    for number in range(40):
        rig.transfers.blind(rig.caller, CHEN)
        rig.progress(486)
        rig.end(CALLER)
        rig.phone.handle(incoming(f"1-{number}x"))
        rig.phone.handle(m.CallAnswered(m.LineId(f"1-{number}x"), "PCMA"))
        rig.caller = rig.phone.calls[-1].interaction_id
        rig.transfers.blind(rig.caller, CHEN)
        rig.end(m.LineId(f"1-{number}x"))
    assert rig.transfers.status(first).state is TransferState.NONE
