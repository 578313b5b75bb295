from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from agent_app.desk.faults import FaultKind
from agent_app.desk.phone import Phone
from agent_app.domain.link import OutboxState, ServerState
from agent_app.domain.set_aside import Salvage, SetAside
from sip import messages as m
from tests.ui.fakes import Rig, an_item
from ui.formatting import clock_time
from ui.keys import KeyMap
from ui.window.trouble import Remedy, Severity, Trouble, TroubleKind
from ui.window.trouble_line import TroubleLine
from ui.window.troubles import TroublesModel


@pytest.fixture
def model(rig: Rig) -> TroublesModel:
    return TroublesModel(rig.seat, KeyMap())


@pytest.fixture
def line(model: TroublesModel, qtbot: QtBot) -> TroubleLine:
    line = TroubleLine(model, "All is well.")
    qtbot.addWidget(line)
    line.resize(1200, 34)
    line.show()
    return line


def kinds(model: TroublesModel) -> list[TroubleKind]:
    return [trouble.kind for trouble in model.troubles]


def only(model: TroublesModel) -> Trouble:
    (trouble,) = model.troubles
    return trouble


def test_all_is_well(model: TroublesModel) -> None:
    assert model.troubles == ()


def test_a_lost_call_is_said_with_its_time_and_can_be_called_back(
    rig: Rig, model: TroublesModel
) -> None:
    rig.ring()
    rig.answered()
    rig.phone.handle(m.EngineLost(1, "killed", 0.2))
    assert kinds(model) == [TroubleKind.CALL_LOST, TroubleKind.ENGINE]
    lost_at = clock_time(rig.clock.now(), rig.clock.now())
    lost = model.troubles[0]
    assert lost.text == f"The call with 张伟 was lost at {lost_at}. Its summary is kept."
    assert lost.severity is Severity.FAULT
    assert lost_at in model.troubles[1].text
    rig.engine_ready()
    assert kinds(model) == [TroubleKind.CALL_LOST]
    wanted: list[str] = []
    model.number_wanted.connect(wanted.append)
    model.act(only(model))
    assert wanted == ["13800138000"]
    assert model.troubles == ()


def test_of_two_calls_lost_at_once_the_one_she_talked_in_is_said(
    rig: Rig, model: TroublesModel
) -> None:
    rig.ring()
    rig.answered()
    rig.ring("1-10", name="李娜", number="057185123456")
    rig.phone.handle(m.EngineLost(1, "killed", 0.2))
    assert "张伟" in model.troubles[0].text


def test_a_lost_call_without_a_number_is_acknowledged(rig: Rig, model: TroublesModel) -> None:
    rig.ring(name="", number="", anonymous=True)
    rig.phone.handle(m.EngineLost(1, "killed", 0.2))
    lost = model.troubles[0]
    assert "a withheld number" in lost.text
    assert lost.remedy is Remedy.DISMISS
    model.act(lost)
    assert kinds(model) == [TroubleKind.ENGINE]
    model.act(only(model))


def test_an_unregistered_extension_cannot_be_reached_and_that_is_said(
    rig: Rig, model: TroublesModel
) -> None:
    rig.phone.handle(m.RegistrationChanged(False, 403, "Forbidden", 0))
    trouble = only(model)
    assert trouble.kind is TroubleKind.REGISTRATION
    assert "1001" in trouble.text
    assert "403" in trouble.explanation


@pytest.mark.parametrize(
    ("state", "severity", "words"),
    [
        (m.SoundState.NO_MICROPHONE, Severity.WARNING, "silence is sent"),
        (m.SoundState.NO_DEVICE, Severity.WARNING, "you hear nothing"),
        (m.SoundState.FAILED, Severity.FAULT, "could not be opened"),
    ],
)
def test_missing_sound_is_said_in_words(
    rig: Rig, model: TroublesModel, state: m.SoundState, severity: Severity, words: str
) -> None:
    rig.phone.handle(m.SoundChanged(state))
    assert only(model).severity is severity
    assert words in only(model).text


def test_a_server_that_is_away_can_be_tried_now(rig: Rig, model: TroublesModel) -> None:
    rig.waiting(an_item(), an_item())
    rig.server(ServerState.OFFLINE, "refused")
    trouble = only(model)
    assert "2 entries wait here" in trouble.text
    model.act(trouble)
    assert rig.retries == ["now"]
    rig.server(ServerState.ONLINE)
    assert model.troubles == ()


def test_a_seat_that_is_not_signed_in_says_so(rig: Rig, model: TroublesModel) -> None:
    rig.server(ServerState.SIGNED_OUT)
    assert "Not signed in" in only(model).text


def test_the_first_sync_says_how_far_it_is(rig: Rig, model: TroublesModel) -> None:
    rig.server(ServerState.FIRST_SYNC, done=1200, rows=85000)
    assert only(model).text == "Fetching the centre's data: 1,200 of 85,000 rows."
    assert only(model).severity is Severity.NEUTRAL


@pytest.mark.parametrize("state", [ServerState.OFFLINE, ServerState.SIGNED_OUT])
def test_a_desk_opened_without_the_server_says_until_when(
    rig: Rig, model: TroublesModel, state: ServerState
) -> None:
    rig.link.work_without_server(datetime(2026, 11, 29, 8, tzinfo=UTC))
    rig.server(state)
    assert only(model).text.endswith("Signed in without the server, until 2026-11-29.")
    rig.server(ServerState.ONLINE)
    rig.server(state)
    assert "until" not in only(model).text


def test_entries_the_server_did_not_take_open_the_inbox(rig: Rig, model: TroublesModel) -> None:
    asked: list[str] = []
    model.inbox_wanted.connect(lambda: asked.append("inbox"))
    rig.waiting(replace(an_item(), state=OutboxState.REJECTED))
    model.act(only(model))
    assert asked == ["inbox"]


def test_a_starting_phone_is_no_fault(rig: Rig) -> None:
    phone = Phone(extension="1001", dial_domain="pbx", normalise=str, clock=rig.clock)
    trouble = only(TroublesModel(replace(rig.seat, phone=phone), KeyMap()))
    assert (trouble.kind, trouble.severity) == (TroubleKind.ENGINE, Severity.NEUTRAL)


def shown(line: TroubleLine) -> str:
    label = line.findChild(QLabel, "trouble-text")
    assert label is not None
    return label.text()


def press(line: TroubleLine, name: str) -> None:
    button = line.findChild(QPushButton, name)
    assert button is not None
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_line_shows_the_most_urgent_and_pages_through_the_others(
    rig: Rig, line: TroubleLine
) -> None:
    assert shown(line) == "All is well."
    height = line.height()
    rig.server(ServerState.OFFLINE)
    rig.phone.handle(m.SoundChanged(m.SoundState.NO_DEVICE))
    assert shown(line).startswith("No sound device")
    assert line.property("severity") == "warning"
    press(line, "trouble-next-button")
    assert shown(line).startswith("The server is away")
    press(line, "trouble-remedy-button")
    assert rig.retries == ["now"]
    press(line, "trouble-next-button")
    assert shown(line).startswith("No sound device")
    assert line.height() == height


def test_a_new_trouble_is_shown_even_if_she_had_paged(rig: Rig, line: TroubleLine) -> None:
    rig.server(ServerState.OFFLINE)
    rig.phone.handle(m.SoundChanged(m.SoundState.NO_DEVICE))
    press(line, "trouble-next-button")
    rig.ring()
    rig.phone.handle(m.EngineLost(1, "killed", 0.2))
    assert "was lost at" in shown(line)


def test_a_fault_of_the_program_is_told_until_it_was_read(rig: Rig, model: TroublesModel) -> None:
    rig.seat.faults.report(FaultKind.DATA, "The file cache.db is damaged.")
    rig.seat.faults.report(FaultKind.PROGRAM, "/profile/crashes/crash-1.txt")
    assert "written down" in model.troubles[-1].text
    assert model.troubles[-1].explanation.endswith("crash-1.txt")
    model.act(model.troubles[-1])
    assert model.troubles[-1].text == "The file cache.db is damaged."
    model.act(model.troubles[-1])
    assert not [t for t in model.troubles if t.kind in (TroubleKind.DATA, TroubleKind.PROGRAM)]


@pytest.mark.parametrize(("seat", "words"), [("窗口 3", "at 窗口 3"), ("", "from this computer")])
def test_a_second_sign_in_is_told_in_words_until_it_was_read(
    rig: Rig, model: TroublesModel, seat: str, words: str
) -> None:
    rig.seat.faults.report(FaultKind.SECOND_SIGN_IN, seat)
    trouble = next(t for t in model.troubles if t.kind is TroubleKind.SECOND_SIGN_IN)
    assert f"Your account is also signed in {words}, since " in trouble.text
    assert trouble.severity is Severity.WARNING
    model.act(trouble)
    assert not [t for t in model.troubles if t.kind is TroubleKind.SECOND_SIGN_IN]


@pytest.mark.parametrize(
    ("salvage", "words", "absent"),
    [
        (None, ("fetched again", "kept as work.db.unreadable-1"), "drafts"),
        (Salvage(3, 1, 0, True, False), ("3 drafts and 1 unsent", "Nothing is missing."), "lost"),
        (Salvage(0, 0, 2, True, True), ("2 could not be read", "last opened or closed"), "Nothing"),
        (Salvage(1, 0, 0, False, False), ("More may be missing",), "Nothing"),
    ],
)
def test_a_file_that_was_set_aside_is_told_with_what_was_saved(
    rig: Rig,
    model: TroublesModel,
    salvage: Salvage | None,
    words: tuple[str, ...],
    absent: str,
) -> None:
    rig.seat.faults.on_set_aside(SetAside("work.db.unreadable-1", salvage))
    [trouble] = [one for one in model.troubles if one.kind is TroubleKind.DATA]
    assert all(word in trouble.text for word in words)
    assert absent not in trouble.text
    model.act(trouble)
    assert not [one for one in model.troubles if one.kind is TroubleKind.DATA]
