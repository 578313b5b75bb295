"""Joined, left with the others still talking, split; and never a third who listens by accident."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from agent_app.desk.conference import (
    Conference,
    ConferenceFailure,
    ConferenceState,
    ConferenceStatus,
)
from agent_app.desk.phone import Phone
from agent_app.domain.ids import InteractionId
from sip import messages as m
from tests.desk.fakes import FakeEngine, HandClock, incoming
from tests.ui.fakes import InstantTasks

A, B, C = (m.LineId(f"1-i{number}") for number in (1, 2, 3))


class Rig:
    """Answered calls on lines A, B (and C): the last one talks, the others are held."""

    def __init__(self, others: int = 2, rooms: range = range(800, 801)) -> None:
        self.engine = FakeEngine()
        self.phone = Phone(extension="1001", dial_domain="pbx", normalise=str, clock=HandClock())
        self.phone.attach(self.engine)
        self.while_flushing: list[Callable[[], None]] = []
        self.conference = Conference(phone=self.phone, flush=self._flush, tasks=InstantTasks(),
                                     rooms=lambda: rooms)  # fmt: skip
        self.said: list[ConferenceStatus] = []
        self.conference.changed.connect(self.said.append)
        for line in (A, B, C)[:others]:
            for call in self.phone.calls:
                self._held(self.line(call.interaction_id), by_agent=True)
            self.phone.handle(incoming(str(line)))
            self.phone.handle(m.CallAnswered(line, "PCMA"))
        self.calls = tuple(call.interaction_id for call in self.phone.calls)
        self.engine.sent = []

    def _flush(self, interaction_id: InteractionId) -> Awaitable[bool]:
        async def work() -> bool:
            for act in self.while_flushing:
                act()
            return True

        return work()

    def line(self, interaction_id: InteractionId) -> m.LineId:
        calls = [call.interaction_id for call in self.phone.calls]
        return (A, B, C)[calls.index(interaction_id)]

    def _held(self, line: m.LineId, *, by_agent: bool) -> None:
        self.phone.handle(m.CallHeld(line, by_agent=by_agent, by_caller=False))

    def hold(self, line: m.LineId) -> None:
        self._held(line, by_agent=True)

    def talk(self, line: m.LineId) -> None:
        self._held(line, by_agent=False)

    def joined(self, *lines: m.LineId) -> None:
        self.phone.handle(m.ConferenceChanged(lines))

    def end(self, line: m.LineId) -> None:
        self.phone.handle(m.CallEnded(line, 200, "OK", m.EndedBy.CALLER))

    @property
    def sent(self) -> list[m.Command]:
        sent, self.engine.sent = self.engine.sent, []
        return sent

    @property
    def status(self) -> ConferenceStatus:
        return self.conference.status

    def all_join(self) -> None:
        lines = (A, B, C)[: len(self.calls)]
        self.conference.join()
        for line in lines:
            self.talk(line)
        self.joined(*lines)
        assert self.status.state is ConferenceState.JOINED
        self.engine.sent = []


@pytest.fixture
def rig() -> Rig:
    return Rig()


def test_the_held_one_is_resumed_before_they_are_joined(rig: Rig) -> None:
    rig.conference.join()
    assert rig.sent == [m.Resume(A)]  # and B is not held for it
    assert rig.status.state is ConferenceState.JOINING
    rig.talk(A)
    assert rig.sent == [m.Conference((A, B))]
    assert rig.conference.members == ()
    rig.joined(A, B)
    assert rig.status == ConferenceStatus(ConferenceState.JOINED, rig.calls)
    assert all(call.in_conference for call in rig.phone.calls)


def test_two_that_talk_are_joined_at_once(rig: Rig) -> None:
    rig.talk(A)
    assert rig.sent == [m.Hold(A)]  # nobody listens in by accident
    rig.conference.join(rig.calls)
    assert rig.sent == [m.Conference((A, B))]


def test_a_call_resumed_late_does_not_disturb_the_one_she_turned_to(rig: Rig) -> None:
    rig.conference.join()
    rig.phone.handle(incoming(str(C)))
    rig.phone.answer(rig.phone.calls[-1].interaction_id)
    rig.hold(B)
    rig.phone.handle(m.CallAnswered(C, "PCMA"))
    assert rig.status == ConferenceStatus()
    rig.engine.sent = []
    rig.talk(A)
    assert rig.sent == [m.Hold(A)]


def test_a_mute_while_they_are_joined_disturbs_nothing(rig: Rig) -> None:
    rig.conference.join()
    rig.talk(A)
    rig.phone.handle(m.CallMuted(A, muted=True))
    assert rig.sent == [m.Resume(A), m.Conference((A, B))]
    rig.joined(A, B)
    assert rig.status.state is ConferenceState.JOINED


def test_a_third_joins_whom_is_in_it(rig: Rig) -> None:
    rig.all_join()
    rig.phone.handle(incoming(str(C)))
    rig.phone.handle(m.CallAnswered(C, "PCMA"))
    assert rig.sent == [m.Hold(A), m.Hold(B)]
    third = rig.phone.calls[-1].interaction_id
    rig.conference.join((third,))
    assert rig.sent == [m.Conference((A, B, C))]
    rig.joined(A, B, C)
    assert rig.conference.members == (*rig.calls, third)


@pytest.mark.parametrize("others", [0, 1])
def test_one_call_is_no_conference(others: int) -> None:
    rig = Rig(others)
    rig.conference.join()
    rig.conference.leave()
    rig.conference.split()
    assert rig.sent == []
    assert rig.status == ConferenceStatus()


def test_joining_again_whom_is_together_changes_nothing(rig: Rig) -> None:
    rig.all_join()
    rig.conference.join()
    assert rig.sent == []


def test_leaving_two_connects_them(rig: Rig) -> None:
    rig.all_join()
    rig.conference.leave()
    assert rig.sent == [m.CompleteTransfer(A, B)]
    assert rig.status.state is ConferenceState.LEAVING
    rig.phone.handle(m.TransferProgressed(A, 200, "OK", final=True))
    rig.joined()
    rig.end(A)
    rig.end(B)
    assert rig.status == ConferenceStatus()
    assert rig.phone.calls == ()


def test_leaving_three_lets_them_meet_in_a_room() -> None:
    rig = Rig(3)
    rig.all_join()
    rig.conference.leave()
    assert rig.sent == [m.Transfer(line, "sip:800@pbx") for line in (A, B, C)]


def test_three_without_a_room_are_not_left() -> None:
    rig = Rig(3, rooms=range(0))
    rig.all_join()
    rig.conference.leave()
    assert rig.sent == []
    assert rig.status.failure is ConferenceFailure.NO_ROOM
    assert rig.status.state is ConferenceState.JOINED


def test_an_exchange_that_does_not_take_them_is_told(rig: Rig) -> None:
    rig.all_join()
    rig.conference.leave()
    rig.phone.handle(m.TransferProgressed(A, 100, "Trying", final=False))
    assert rig.status.state is ConferenceState.LEAVING
    rig.phone.handle(m.TransferProgressed(A, 603, "Decline", final=True))
    assert rig.status == ConferenceStatus(
        ConferenceState.JOINED, rig.calls, ConferenceFailure.NOT_LEFT, "603 Decline"
    )


def test_an_engine_that_does_not_ask_for_it_is_told(rig: Rig) -> None:
    rig.all_join()
    rig.conference.leave()
    rig.phone.handle(m.CommandRefused("CompleteTransfer", A, "not now"))
    assert rig.status.failure is ConferenceFailure.NOT_LEFT
    assert rig.status.state is ConferenceState.JOINED


def test_who_goes_while_she_leaves_is_not_connected(rig: Rig) -> None:
    rig.all_join()
    rig.while_flushing = [rig.joined]
    rig.conference.leave()
    assert rig.sent == []
    assert rig.status.state is ConferenceState.NONE


def test_splitting_talks_to_one_and_holds_the_others(rig: Rig) -> None:
    rig.all_join()
    rig.conference.split(rig.calls[1])
    assert rig.sent == [m.Conference(()), m.Hold(A)]
    rig.joined()
    assert rig.status == ConferenceStatus()


def test_splitting_without_a_wish_talks_to_the_first(rig: Rig) -> None:
    rig.all_join()
    rig.conference.split()
    assert rig.sent == [m.Conference(()), m.Hold(B)]


def test_who_ends_before_all_are_together_leaves_a_plain_call(rig: Rig) -> None:
    rig.conference.join()
    assert rig.sent == [m.Resume(A)]
    rig.end(A)
    assert rig.status == ConferenceStatus(failure=ConferenceFailure.TOO_FEW)
    assert rig.sent == []


def test_of_three_two_are_joined_when_one_ends_meanwhile() -> None:
    rig = Rig(3)
    rig.conference.join()
    rig.talk(A)
    rig.end(B)
    assert rig.sent[-1] == m.Conference((A, C))


def test_an_engine_that_cannot_join_them_lets_one_talk(rig: Rig) -> None:
    rig.conference.join()
    rig.talk(A)
    assert rig.sent[-1] == m.Conference((A, B))
    rig.phone.handle(m.CommandRefused("Conference", None, "no such call"))
    assert rig.sent == [m.Hold(B)]
    assert rig.status == ConferenceStatus(
        failure=ConferenceFailure.NOT_JOINED, detail="no such call"
    )


def test_a_third_who_cannot_be_resumed_leaves_the_two_together(rig: Rig) -> None:
    rig.all_join()
    rig.phone.handle(incoming(str(C)))
    rig.phone.handle(m.CallAnswered(C, "PCMA"))
    rig.hold(C)
    rig.engine.sent = []
    rig.conference.join()
    assert rig.sent == [m.Resume(C)]
    rig.phone.handle(m.CommandRefused("Resume", C, "not now"))
    assert rig.status.state is ConferenceState.JOINED
    assert rig.status.failure is ConferenceFailure.NOT_JOINED
    assert rig.conference.members == rig.calls


def test_who_is_held_has_left(rig: Rig) -> None:
    rig.all_join()
    rig.hold(A)
    rig.joined()
    assert rig.status == ConferenceStatus()


def test_refusals_and_progress_of_other_acts_change_nothing(rig: Rig) -> None:
    rig.phone.handle(m.CommandRefused("Conference", None, "no"))
    rig.phone.handle(m.TransferProgressed(A, 603, "Decline", final=True))
    rig.all_join()
    count = len(rig.said)
    rig.phone.handle(m.CommandRefused("Transfer", A, "no"))
    assert len(rig.said) == count
