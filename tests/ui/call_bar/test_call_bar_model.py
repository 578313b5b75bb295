from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QTimer

from agent_app.domain.agent_state import AgentState
from agent_app.domain.ids import InteractionId
from agent_app.domain.summary import DraftState
from sip import messages as m
from tests.desk.fakes import a_call, ended
from tests.ui.fakes import Rig
from tests.ui.ticking import hand, tick, told_in_ten_seconds
from ui.call_bar.facts import CallFacts, compose_facts, compose_tab
from ui.call_bar.model import CallBarModel
from ui.call_bar.view import CallBarView, HoldAct

FIRST, SECOND = m.LineId("1-9"), m.LineId("1-10")


@pytest.fixture
def model(rig: Rig) -> CallBarModel:
    return CallBarModel(rig.seat)


def facts(model: CallBarModel) -> CallFacts:
    assert model.view.facts is not None
    return model.view.facts


def moves(view: CallBarView) -> dict[str, bool]:
    return {
        "answer": view.can_answer,
        "hang up": view.can_hang_up,
        "hold": view.can_hold,
        "mute": view.can_mute,
        "digits": view.can_send_digits,
    }


def test_without_a_call_nothing_can_be_done_but_dial(model: CallBarModel) -> None:
    assert model.view == CallBarView()
    for act in (model.answer, model.hang_up, model.toggle_hold, model.toggle_mute):
        act()
    model.send_digits("1")
    model.select(0)


def test_a_ringing_call_can_be_answered_or_rejected(rig: Rig, model: CallBarModel) -> None:
    rig.ring()
    assert moves(model.view) == {
        "answer": True, "hang up": True, "hold": False, "mute": False, "digits": False,
    }  # fmt: skip
    assert model.view.rejecting
    model.answer()
    assert rig.commands == [m.Answer(FIRST)]
    model.hang_up()
    assert rig.commands[-1] == m.Reject(FIRST)


def test_a_talking_call_can_be_held_muted_and_ended(rig: Rig, model: CallBarModel) -> None:
    rig.ring()
    rig.answered()
    assert moves(model.view) == {
        "answer": False, "hang up": True, "hold": True, "mute": True, "digits": True,
    }  # fmt: skip
    model.toggle_hold()
    model.toggle_mute()
    model.send_digits("5")
    model.hang_up()
    assert rig.commands == [
        m.Hold(FIRST), m.SetMute(FIRST, True), m.SendDtmf(FIRST, "5"), m.HangUp(FIRST),
    ]  # fmt: skip


def test_muted_is_said_only_after_the_engine_said_it(rig: Rig, model: CallBarModel) -> None:
    rig.ring()
    rig.answered()
    model.toggle_mute()
    assert not model.view.muted
    rig.phone.handle(m.CallMuted(FIRST, True))
    assert model.view.muted
    model.toggle_mute()
    assert rig.commands[-1] == m.SetMute(FIRST, False)
    rig.ended()
    assert not model.view.muted


def test_a_held_call_is_resumed_by_the_same_button(rig: Rig, model: CallBarModel) -> None:
    rig.ring()
    rig.answered()
    rig.phone.handle(m.CallHeld(FIRST, by_agent=True, by_caller=False))
    assert model.view.hold_act is HoldAct.RESUME
    assert not model.view.can_send_digits
    model.toggle_hold()
    assert rig.commands[-1] == m.Resume(FIRST)


def test_an_outgoing_call_can_only_be_ended(rig: Rig, model: CallBarModel) -> None:
    assert model.dial("13800138000")
    assert moves(model.view) == {
        "answer": False, "hang up": True, "hold": False, "mute": False, "digits": False,
    }  # fmt: skip
    assert not model.view.rejecting
    assert facts(model).state == "Dialling"


def test_without_an_engine_no_button_lies(rig: Rig, model: CallBarModel) -> None:
    rig.ring()
    rig.answered()
    rig.phone.handle(m.EngineLost(1, "killed", 0.2))
    assert not any(moves(model.view).values())
    assert facts(model).remark == "The connection was lost"


def test_the_facts_stay_during_the_call_and_the_timer_runs(rig: Rig, model: CallBarModel) -> None:
    rig.ring()
    rig.clock.advance(4)
    model.refresh()
    assert facts(model).timer == "00:04"
    rig.answered()
    rig.clock.advance(42)
    model.refresh()
    shown = facts(model)
    assert (shown.name, shown.number, shown.timer) == ("张伟", "138 0013 8000", "00:42")
    assert shown.details == "queue 咨询 · dialled 12366 · menu 2-1 · waited 00:42"
    assert shown.look is AgentState.TALKING


def test_a_second_is_told_by_itself_and_every_tenth_brings_the_rest(
    rig: Rig, model: CallBarModel
) -> None:
    rig.ring()
    rig.answered()
    told = told_in_ten_seconds(model, rig.clock)
    assert told[:9] == [f"00:0{second}" for second in range(1, 10)]
    assert told[9:] == [model.view]
    assert facts(model).timer == "00:10"


def test_seconds_are_counted_while_there_is_a_call(rig: Rig, model: CallBarModel) -> None:
    def runs() -> bool:
        timer = hand(model).findChild(QTimer)
        assert isinstance(timer, QTimer)
        return timer.isActive()

    assert not runs()
    rig.ring()
    assert runs()
    rig.answered()
    assert runs()
    assert CallBarModel(rig.seat).view.facts is not None  # made during a call, by another language
    rig.ended()
    tick(model)
    assert facts(model).timer == "00:00"


def test_an_ended_call_shows_why_it_ended_and_how_long_it_was(
    rig: Rig, model: CallBarModel
) -> None:
    rig.ring()
    rig.answered()
    rig.clock.advance(100)
    rig.ended()
    rig.clock.advance(50)
    model.refresh()
    assert facts(model).remark == "The caller hung up"
    assert facts(model).timer == "01:40"
    assert model.view.tabs[0].title == "Summary · 张伟"
    assert not any(moves(model.view).values())


def test_the_bar_acts_on_the_live_call_while_a_summary_is_on_the_page(
    rig: Rig, model: CallBarModel
) -> None:
    old = rig.ring()
    rig.answered()
    rig.ended()
    rig.seat.focus.select(old)
    rig.ring("1-10", number="057185123456", name="")
    assert [tab.title for tab in model.view.tabs] == [
        "Summary · 张伟", "Ringing · 0571 8512 3456",
    ]  # fmt: skip
    assert model.view.selected == 0
    assert facts(model).name == "0571 8512 3456"
    model.answer()
    assert rig.commands == [m.Answer(SECOND)]


def test_the_answer_key_takes_the_ringing_call_while_another_talks(
    rig: Rig, model: CallBarModel
) -> None:
    rig.ring()
    rig.answered()
    rig.ring("1-10", number="057185123456", name="")
    assert facts(model).name == "张伟"
    assert model.view.can_answer
    model.answer()
    assert rig.commands == [m.Hold(FIRST), m.Answer(SECOND)]


def test_hanging_up_ends_the_call_that_is_shown_and_no_other(rig: Rig, model: CallBarModel) -> None:
    rig.ring()
    rig.answered()
    rig.ring("1-10", number="057185123456", name="")
    model.hang_up()
    assert rig.commands == [m.HangUp(FIRST)]
    model.select(1)
    model.hang_up()
    assert rig.commands[-1] == m.Reject(SECOND)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Type a number first."),
        ("abc", "This is not a number that can be dialled."),
    ],
)
def test_a_refused_number_is_explained(model: CallBarModel, typed: str, words: str) -> None:
    assert not model.dial(typed)
    assert model.view.refusal == words
    model.clear_refusal()
    assert model.view.refusal == ""
    model.clear_refusal()


def test_dialling_without_a_phone_or_line_is_explained(rig: Rig, model: CallBarModel) -> None:
    for _ in range(4):
        assert model.dial("13800138000")
    assert not model.dial("13800138000")
    assert model.view.refusal == "All four lines are in use; end one first."
    rig.phone.handle(m.EngineLost(1, "killed", 0.2))
    assert not model.dial("13800138000")
    assert model.view.refusal == "The phone is not ready yet; try again in a moment."


def test_levels_of_the_shown_call_become_shares(rig: Rig, model: CallBarModel) -> None:
    rig.ring()
    rig.answered()
    seen: list[tuple[float, float]] = []
    model.levels_changed.connect(lambda received, sent: seen.append((received, sent)))
    rig.phone.handle(m.LevelsMeasured(FIRST, -30.0, -90.0))
    rig.phone.handle(m.LevelsMeasured(FIRST, 3.0, -60.0))
    assert seen == [(0.5, 0.0), (1.0, 0.0)]


def test_levels_of_another_call_are_not_shown(rig: Rig, model: CallBarModel) -> None:
    rig.ring()
    rig.answered()
    rig.ring("1-10")
    seen: list[object] = []
    model.levels_changed.connect(lambda received, sent: seen.append(received))
    rig.phone.handle(m.LevelsMeasured(SECOND, -30.0, -90.0))
    assert seen == []


def test_a_withheld_number_has_words(rig: Rig, model: CallBarModel) -> None:
    rig.ring(name="", number="", anonymous=True)
    assert facts(model).name == "Number withheld"
    assert facts(model).number == ""


def test_a_call_held_by_the_caller_says_so() -> None:
    held = replace(a_call(), held_by_caller=True)
    assert compose_facts(held, None, 0.0).remark == "Held by the caller"


def test_a_call_without_queue_has_no_empty_parts() -> None:
    bare = replace(a_call(), queue="", menu_path="", dialled="", waited_s=None)
    assert compose_facts(bare, None, 0.0).details == ""


def test_a_tab_whose_call_is_forgotten_is_a_summary() -> None:
    tab = compose_tab(InteractionId("gone"), None, None)
    assert (tab.title, tab.look) == ("Summary", AgentState.WRAP_UP)


def test_a_restored_summary_shows_the_call_of_its_draft(rig: Rig, model: CallBarModel) -> None:
    call = ended(a_call("old"))
    rig.seat.summaries.on_call(replace(call, state=a_call().state, answered_at=call.started_at))
    rig.seat.summaries.on_call(replace(call, answered_at=call.started_at))
    rig.seat.focus.select(InteractionId("old"))
    draft = rig.seat.summaries.draft(InteractionId("old"))
    assert draft is not None
    assert draft.state is DraftState.OPEN
    assert facts(model).name == "张伟"


def test_one_ring_is_shown_once(rig: Rig, model: CallBarModel) -> None:
    views: list[CallBarView] = []
    model.changed.connect(views.append)
    rig.ring()
    assert len(views) == 1
    assert views[0].tabs
    assert views[0].facts is not None
