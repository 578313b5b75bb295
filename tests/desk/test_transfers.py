"""Passing on: the caller is theirs, or hers again and she is told why."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from agent_app.desk.phone import Phone
from agent_app.desk.transfers import TransferFailure, Transfers, TransferState, TransferStatus
from agent_app.domain.calls import Call, CallState, EndReason
from agent_app.domain.directory import Target, TargetKind
from agent_app.domain.ids import InteractionId
from sip import messages as m
from tests.desk.fakes import FakeEngine, HandClock, incoming
from tests.ui.fakes import InstantTasks

READY = m.EngineReady(1, 4711, "127.0.0.1", (("udp", 5062),), "pjsua2")
CALLER = m.LineId("1-9")
TARGET = m.LineId("1-1")
CHEN = Target(TargetKind.COLLEAGUE, "陈静", "1002")
FAILURES = [
    (486, TransferFailure.BUSY),
    (600, TransferFailure.BUSY),
    (480, TransferFailure.NO_ANSWER),
    (408, TransferFailure.NO_ANSWER),
    (404, TransferFailure.UNREACHABLE),
    (503, TransferFailure.UNREACHABLE),
    (603, TransferFailure.REFUSED),
    (403, TransferFailure.REFUSED),
]


class Rig:
    """A talking caller; ``before_refer`` runs while the attachment travels."""

    def __init__(self, dial_domain: str = "pbx") -> None:
        self.engine = FakeEngine()
        self.phone = Phone(extension="1001", dial_domain=dial_domain, normalise=_digits,
                           clock=HandClock())  # fmt: skip
        self.phone.attach(self.engine)
        self.phone.handle(READY)
        self.before_refer: list[Callable[[], None]] = []
        self.flushed: list[InteractionId] = []
        self.transfers = Transfers(phone=self.phone, flush=self._flush, tasks=InstantTasks())
        self.said: list[TransferStatus] = []
        self.transfers.changed.connect(self.said.append)
        self.phone.handle(incoming(str(CALLER)))
        self.phone.handle(m.CallAnswered(CALLER, "PCMA"))
        self.caller = self.phone.calls[0].interaction_id

    def _flush(self, interaction_id: InteractionId) -> Awaitable[bool]:
        async def work() -> bool:
            self.flushed.append(interaction_id)
            for act in self.before_refer:
                act()
            return True

        return work()

    @property
    def state(self) -> TransferState:
        return self.transfers.status(self.caller).state

    @property
    def failure(self) -> TransferFailure | None:
        return self.transfers.status(self.caller).failure

    @property
    def sent(self) -> list[m.Command]:
        """What was sent since the last look."""
        sent, self.engine.sent = self.engine.sent, []
        return sent

    def call(self) -> Call:
        call = self.phone.call(self.caller)
        assert call is not None
        return call

    def held(self, *, by_agent: bool = True) -> None:
        self.phone.handle(m.CallHeld(CALLER, by_agent=by_agent, by_caller=False))

    def consult(self) -> InteractionId:
        """The caller waits, the target rings."""
        self.transfers.consult(self.caller, CHEN)
        self.held()
        consult = self.transfers.status(self.caller).consult
        assert consult is not None
        return consult

    def talk_to_target(self) -> InteractionId:
        consult = self.consult()
        self.phone.handle(m.CallAnswered(TARGET, "PCMA"))
        assert self.state is TransferState.CONSULTED
        assert self.sent
        return consult

    def progress(self, status: int, *, final: bool = True) -> None:
        self.phone.handle(m.TransferProgressed(CALLER, status, "words", final))

    def end(self, line: m.LineId, status: int = 200, by: m.EndedBy = m.EndedBy.CALLER) -> None:
        self.phone.handle(m.CallEnded(line, status, "words", by))


def _digits(text: str) -> str:
    return text if text.isdigit() else ""


@pytest.fixture
def rig() -> Rig:
    return Rig()


# --- blind ---------------------------------------------------------------------------------------


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


# --- consulting ----------------------------------------------------------------------------------


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
