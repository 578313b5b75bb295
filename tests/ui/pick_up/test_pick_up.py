from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from sip import messages as m
from sync.legs import AgentLeg, Leg, LegState
from tests.ui.fakes import Rig, a_rig
from ui.pick_up.flyout import PickUpFlyout
from ui.pick_up.model import PickUpModel
from ui.rows.list_view import RowList


def rings_at(extension: str, call_id: str = "x-1", name: str = "王小明") -> AgentLeg:
    leg = Leg(
        interaction_id="i-2", call_id=call_id, state=LegState.RINGING, direction="incoming",
        name=name, number="13812345678", queue="咨询", menu_path="", dialled="12366", waited_s=3,
        started_at="2026-11-20T01:00:00+00:00",
    )  # fmt: skip
    return AgentLeg("a2", "李娜", extension, leg)


@pytest.fixture
def model(rig: Rig) -> PickUpModel:
    rig.live.others = (rings_at("1004"),)
    return PickUpModel(rig.seat)


def test_who_rings_where_and_since_when(model: PickUpModel) -> None:
    model.open()
    row = model.view.rows[0]
    assert (row.title, row.trail) == ("王小明", "咨询 · 138 1234 5678")
    assert row.lines[0].startswith("rings at 1004 李娜 since ")
    model.close()
    assert model.view.rows == ()


def test_a_caller_without_a_name_is_a_number(rig: Rig, model: PickUpModel) -> None:
    rig.live.others = (rings_at("1004", name=""),)
    model.open()
    assert (model.view.rows[0].title, model.view.rows[0].trail) == ("138 1234 5678", "咨询")


def test_the_exchange_is_asked_for_that_call(rig: Rig, model: PickUpModel) -> None:
    model.open()
    assert model.take("x-1")
    assert isinstance(rig.commands[0], m.MakeCall)
    assert rig.commands[0].uri == "sip:*81004@pbx"
    assert rig.phone.calls[0].name == "王小明"


def test_a_call_that_rings_no_more_is_not_taken(rig: Rig, model: PickUpModel) -> None:
    model.open()
    assert not model.take("gone")
    assert rig.commands == []


def test_practice_has_nobody_to_pick_up_from_and_says_so() -> None:
    trainee = a_rig(practice=True)
    trainee.live.others = (rings_at("1004"),)
    model = PickUpModel(trainee.seat)
    model.open()
    assert not model.take("x-1")
    assert model.view.refusal == "There is no exchange here to dial through."


@pytest.fixture
def flyout(model: PickUpModel, page: QWidget) -> PickUpFlyout:
    return PickUpFlyout(model, QPushButton(page))


def test_enter_takes_the_marked_call(rig: Rig, flyout: PickUpFlyout) -> None:
    flyout.want()
    rows = flyout.findChild(RowList, "pick-up-list")
    assert rows is not None
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert [type(command) for command in rig.commands] == [m.MakeCall]
    assert not flyout.isVisible()


def test_the_second_press_of_the_key_takes_it_too(rig: Rig, flyout: PickUpFlyout) -> None:
    flyout.want()
    flyout.want()
    assert [type(command) for command in rig.commands] == [m.MakeCall]


def test_with_nothing_ringing_there_is_nothing_to_press(rig: Rig, flyout: PickUpFlyout) -> None:
    rig.live.others = ()
    flyout.want()
    take = flyout.findChild(QPushButton, "pick-up-take-button")
    assert take is not None
    assert not take.isEnabled()
    flyout.want()
    assert rig.commands == []
