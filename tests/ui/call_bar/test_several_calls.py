"""Two calls and more: swap, consultation, conference, tones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent_app.domain.directory import Target, TargetKind
from agent_app.domain.ids import InteractionId
from sip import messages as m
from sync.legs import AgentEntry, DirectoryPage
from tests.ui.fakes import Rig
from ui.call_bar.facts import compose_facts
from ui.call_bar.model import CallBarModel
from ui.call_bar.view import HoldAct

FIRST, SECOND, ASKED = m.LineId("1-9"), m.LineId("1-10"), m.LineId("1-1")
COLLEAGUE = Target(TargetKind.COLLEAGUE, "陈静", "1002")


@pytest.fixture
def model(rig: Rig) -> CallBarModel:
    return CallBarModel(rig.seat)


def two_calls(rig: Rig) -> tuple[InteractionId, InteractionId]:
    """The first one held, the second one talking."""
    first = rig.ring()
    rig.answered()
    second = rig.ring("1-10", name="李娜", number="057185123456")
    rig.phone.answer(second)
    rig.held()
    rig.answered("1-10")
    return first, second


def asking(rig: Rig) -> InteractionId:
    """The caller waits while a colleague is on the line."""
    caller = rig.ring()
    rig.answered()
    rig.seat.transfers.consult(caller, COLLEAGUE)
    rig.held()
    rig.answered("1-1")
    return caller


def joined(rig: Rig) -> None:
    rig.held("1-9", by_agent=False)
    rig.phone.handle(m.ConferenceChanged((FIRST, SECOND)))


def test_with_two_calls_the_hold_key_swaps_them(rig: Rig, model: CallBarModel) -> None:
    first, _ = two_calls(rig)
    assert model.view.hold_act is HoldAct.SWAP
    model.toggle_hold()
    assert rig.commands[-2:] == [m.Hold(SECOND), m.Resume(FIRST)]
    assert rig.seat.focus.selected == first


def test_a_held_call_on_the_page_is_swapped_in(rig: Rig, model: CallBarModel) -> None:
    first, _ = two_calls(rig)
    rig.seat.focus.select(first)
    assert model.view.hold_act is HoldAct.SWAP
    model.toggle_hold()
    assert rig.commands[-2:] == [m.Hold(SECOND), m.Resume(FIRST)]


def test_with_two_calls_waiting_the_hold_key_only_holds(rig: Rig, model: CallBarModel) -> None:
    two_calls(rig)
    third = rig.ring("1-11", number="10010", name="")
    rig.phone.answer(third)
    rig.held("1-10")
    rig.answered("1-11")
    assert model.view.hold_act is HoldAct.HOLD


def test_swapping_while_she_asks_leaves_the_page_with_the_caller(
    rig: Rig, model: CallBarModel
) -> None:
    caller = asking(rig)
    model.toggle_hold()
    rig.held("1-1")
    rig.held("1-9", by_agent=False)
    assert rig.seat.focus.selected == caller
    model.toggle_hold()
    assert rig.commands[-2:] == [m.Hold(FIRST), m.Resume(ASKED)]
    assert rig.seat.focus.selected == caller


def test_while_she_asks_the_bar_is_about_whom_she_asks(rig: Rig, model: CallBarModel) -> None:
    asking(rig)
    view = model.view
    assert view.facts is not None
    assert (view.facts.name, view.facts.remark) == ("陈静", "Consultation")
    assert view.progress == "陈静 is on the line"
    assert view.can_complete
    assert view.can_go_back
    assert model.transfer_from() is None
    model.complete_transfer()
    assert rig.commands[-1] == m.CompleteTransfer(FIRST, ASKED)
    assert not model.view.can_complete
    assert not model.view.can_transfer
    assert not model.view.can_hold


def test_going_back_ends_the_question(rig: Rig, model: CallBarModel) -> None:
    asking(rig)
    model.go_back()
    assert rig.commands[-1] == m.HangUp(ASKED)


def test_without_a_question_there_is_nothing_to_complete(rig: Rig, model: CallBarModel) -> None:
    caller = rig.ring()
    rig.answered()
    model.complete_transfer()
    model.go_back()
    model.split()
    model.toggle_conference()
    assert rig.commands == []
    assert model.transfer_from() == caller


def test_a_failure_is_said_beside_the_call_for_a_while(rig: Rig, model: CallBarModel) -> None:
    caller = rig.ring()
    rig.answered()
    rig.seat.transfers.blind(caller, COLLEAGUE)
    assert model.view.progress == "Passing on to 陈静 …"
    rig.phone.handle(m.TransferProgressed(FIRST, 480, "Unavailable", True))
    assert model.view.progress.startswith("Not passed on: ")
    assert model.view.progress_health == "fault"
    rig.clock.advance(16)
    model.refresh()
    assert model.view.progress == ""


def test_a_call_that_was_taken_says_so(rig: Rig, model: CallBarModel) -> None:
    caller = rig.ring()
    rig.answered()
    rig.seat.transfers.blind(caller, COLLEAGUE)
    rig.phone.handle(m.TransferProgressed(FIRST, 200, "OK", True))
    assert (model.view.progress, model.view.progress_health) == ("Passed on to 陈静", "good")


def test_calls_are_joined_and_stand_side_by_side(rig: Rig, model: CallBarModel) -> None:
    two_calls(rig)
    assert model.view.can_join
    model.toggle_conference()
    assert rig.commands[-1] == m.Resume(FIRST)
    rig.ring("1-12", number="10086", name="")
    joined(rig)
    assert [tab.together for tab in model.view.tabs] == [True, True, False]
    assert model.view.tabs[0].title == "Three-way · 张伟"
    assert model.view.facts is not None
    assert model.view.facts.remark == "Three-way"
    assert not model.view.can_transfer


def test_members_stand_together_whatever_came_between(rig: Rig, model: CallBarModel) -> None:
    rig.ring()
    rig.answered()
    rig.ring("1-12", number="10086", name="")
    second = rig.ring("1-10", name="李娜", number="057185123456")
    rig.phone.answer(second)
    rig.held()
    rig.answered("1-10")
    joined(rig)
    assert [tab.together for tab in model.view.tabs] == [True, True, False]


def test_leaving_connects_the_others(rig: Rig, model: CallBarModel) -> None:
    two_calls(rig)
    joined(rig)
    assert model.view.can_leave
    assert not model.view.can_join
    model.toggle_conference()
    assert rig.commands[-1] == m.CompleteTransfer(FIRST, SECOND)
    assert not model.view.can_leave


def test_splitting_keeps_the_one_on_the_page(rig: Rig, model: CallBarModel) -> None:
    first, _ = two_calls(rig)
    joined(rig)
    rig.seat.focus.select(first)
    model.split()
    assert rig.commands[-2:] == [m.Conference(()), m.Hold(SECOND)]


def test_a_conference_that_did_not_come_about_is_explained(rig: Rig, model: CallBarModel) -> None:
    two_calls(rig)
    model.toggle_conference()
    rig.phone.handle(m.CommandRefused("Resume", FIRST, "no"))
    assert model.view.progress == "Not joined: the phone refused"


def test_pasted_digits_are_sent_whole_or_not_at_all(rig: Rig, model: CallBarModel) -> None:
    assert model.send_digits("1") == ("", "Nobody is on the line.")
    rig.ring()
    rig.answered()
    assert model.send_digits("43 21-0#") == ("43210#", "")
    assert model.send_digits("43x") == ("", "Only digits, * and # can be sent.")
    assert model.send_digits(" ") == ("", "There is nothing to send.")
    rig.held()
    assert model.send_digits("1") == ("", "Nobody is on the line.")
    assert [c for c in rig.commands if isinstance(c, m.SendDtmf)] == [m.SendDtmf(FIRST, "43210#")]


def test_the_last_number_comes_back_for_redial(rig: Rig, model: CallBarModel) -> None:
    assert model.last_dialled == ""
    model.dial("13900139000")
    assert model.last_dialled == "13900139000"


def test_who_passed_the_call_on_is_named_once_the_server_has_told(
    rig: Rig, model: CallBarModel
) -> None:
    rig.phone.call_changed.connect(rig.seat.directory.on_call)
    rig.live.page = DirectoryPage((AgentEntry("a2", "王建平", "1002", "ready", ""),), ())
    rig.ring(transferred_by="1002")
    model.refresh()
    assert model.view.facts is not None
    assert model.view.facts.details.startswith("transferred by 王建平 1002 · ")


def test_where_the_call_came_from_is_said(rig: Rig) -> None:
    rig.ring(transferred_by="1002", returned="busy")
    call = rig.phone.calls[0]
    facts = compose_facts(call, None, 0.0)
    assert facts.details.startswith("transferred by 1002 · queue 咨询")
    assert facts.remark == "Back with you: busy"
    assert compose_facts(replace(call, returned="486 x"), None, 0.0).remark.endswith("486 x")
