from __future__ import annotations

import pytest

from agent_app.domain.ids import InteractionId
from sip import messages as m
from tests.ui.fakes import Rig, a_rig
from ui.transfer.model import TransferModel

COLLEAGUES = (
    ("李娜", "1004", "talking"),
    ("王芳", "1005", "ready"),
    ("周涛", "1008", "signed-out"),
)


@pytest.fixture
def model(rig: Rig) -> TransferModel:
    model = TransferModel(rig.seat)
    rig.colleagues(*COLLEAGUES, queues=("个税",))
    return model


def titles(model: TransferModel) -> list[str]:
    return [row.title for row in model.view.rows]


def test_free_colleagues_come_first_then_queues(rig: Rig, model: TransferModel) -> None:
    call = rig.ring()
    rig.answered()
    model.open(call)
    assert titles(model) == ["王芳", "李娜", "个税", "周涛"]
    assert model.view.about == "张伟"
    assert [row.tone for row in model.view.rows] == ["ready", "talking", "neutral", "neutral"]
    assert [row.trail for row in model.view.rows] == [
        "Ready · 1005", "Talking · 1004", "Queue · 7001", "Signed out · 1008",
    ]  # fmt: skip


def test_a_whole_number_can_be_called(rig: Rig, model: TransferModel) -> None:
    model.open(rig.ring())
    model.search("057185123456")
    assert titles(model) == ["0571 8512 3456"]


def test_no_row_slips_under_the_key_while_colleagues_change(rig: Rig, model: TransferModel) -> None:
    model.open(rig.ring())
    rig.colleagues(
        ("李娜", "1004", "ready"), ("王芳", "1005", "talking"), ("新人", "1009", "ready")
    )
    assert titles(model) == ["王芳", "李娜", "新人"]
    assert model.view.rows[0].trail == "Talking · 1005"
    model.search("100")
    assert titles(model) == ["李娜", "新人", "王芳", "100"]


def test_the_caller_is_passed_on_at_once(rig: Rig, model: TransferModel) -> None:
    call = rig.ring()
    rig.answered()
    model.open(call)
    assert model.pass_on(model.view.rows[0].key)
    assert rig.commands[-1] == m.Transfer(m.LineId("1-9"), "sip:1005@pbx")


def test_the_colleague_is_asked_first(rig: Rig, model: TransferModel) -> None:
    call = rig.ring()
    rig.answered()
    model.open(call)
    assert model.consult(model.view.rows[0].key)
    assert [type(command) for command in rig.commands] == [m.Hold, m.MakeCall]


def test_nobody_chosen_passes_nothing_on(rig: Rig, model: TransferModel) -> None:
    assert not model.pass_on("colleague:1005")
    model.open(rig.ring())
    assert not model.pass_on("")
    assert not model.consult("colleague:9999")
    assert rig.commands == []


def test_what_is_known_of_colleagues_says_how_old_it_is(rig: Rig, model: TransferModel) -> None:
    model.open(rig.ring())
    rig.live.go(away=True)
    rig.seat.directory.refresh()
    assert model.view.note.startswith("The server is away: who is free was known at ")
    assert titles(model) == ["王芳", "李娜", "个税", "周涛"]


def test_colleagues_that_were_never_known_are_said_to_be_unknown(rig: Rig) -> None:
    rig.live.go(away=True)
    model = TransferModel(rig.seat)
    rig.seat.directory.refresh()
    model.open(rig.ring())
    assert "colleagues are not known" in model.view.note
    assert model.view.possible


def test_practice_says_that_it_has_no_exchange() -> None:
    trainee = a_rig(practice=True)
    trainee.colleagues(*COLLEAGUES)
    model = TransferModel(trainee.seat)
    model.open(trainee.ring())
    assert not model.view.possible
    assert "no exchange" in model.view.note
    assert not model.pass_on(model.view.rows[0].key)
    assert not model.consult(model.view.rows[0].key)


def test_a_closed_list_stays_as_it_was(rig: Rig, model: TransferModel) -> None:
    model.open(rig.ring())
    before = model.view
    model.close()
    rig.colleagues()
    assert model.view is before


def test_a_colleague_whose_state_is_not_known_is_a_plain_person(rig: Rig) -> None:
    rig.colleagues(("新人", "1009", "levitating"))
    model = TransferModel(rig.seat)
    model.open(rig.ring())
    assert (model.view.rows[0].shape, model.view.rows[0].trail) == ("person", "1009")


def test_a_caller_who_is_gone_leaves_a_list_about_nobody(rig: Rig, model: TransferModel) -> None:
    model.open(InteractionId("gone"))
    assert model.view.about == ""
