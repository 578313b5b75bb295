"""The panel about the copy: how far, how long, stop, go on, forget; the words for each."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from agent_app.desk.local_copy import Forgetting
from agent_app.domain.link import ServerState
from sync.copying import CopyStage
from sync.errors import Need
from sync.status import Phase, SyncStatus
from tests.ui.fakes import Rig, an_item
from ui.keys import KeyMap
from ui.local_copy import words
from ui.local_copy.flyout import LocalCopyFlyout
from ui.local_copy.forget_question import ForgetQuestion
from ui.local_copy.model import CopyAct, LocalCopyModel
from ui.state_bar.indicator import Health
from ui.state_bar.server import server_indicator
from ui.window import link_troubles
from ui.window.troubles import TroublesModel

FETCHING = SyncStatus(
    Phase.FIRST_SYNC, need=Need.EMPTY, rows_done=420_000, rows_expected=1_000_000,
    rows_per_s=12_000, seconds_left=48,
)  # fmt: skip


@pytest.fixture
def flyout(page: QWidget, rig: Rig) -> LocalCopyFlyout:
    flyout = LocalCopyFlyout(LocalCopyModel(rig.seat, page), QToolButton(page))
    page.show()
    flyout.want()
    return flyout


def said(flyout: LocalCopyFlyout, name: str) -> str:
    label = flyout.findChild(QLabel, f"local-copy-{name}")
    assert label is not None
    return label.text() if label.isVisible() else ""


def button(flyout: LocalCopyFlyout, name: str) -> QPushButton:
    found = flyout.findChild(QPushButton, name)
    assert found is not None
    return found


def test_how_far_how_fast_and_how_long_is_said_with_the_reason(
    flyout: LocalCopyFlyout, rig: Rig
) -> None:
    rig.seat.local_copy.on_server(FETCHING)
    text = "420,000 of 1,000,000 changes are here · 12,000 a second · about 50 s left"
    assert said(flyout, "progress") == text
    assert said(flyout, "reason") == "This computer has no copy yet."


def test_it_is_stopped_and_taken_up_again_by_the_one_button(
    flyout: LocalCopyFlyout, rig: Rig
) -> None:
    act = button(flyout, "local-copy-act-button")
    rig.seat.local_copy.on_server(FETCHING)
    assert act.text() == "Stop fetching"
    QTest.mouseClick(act, Qt.MouseButton.LeftButton)
    rig.seat.local_copy.on_server(SyncStatus(Phase.NOT_SYNCHRONISED))
    assert said(flyout, "progress") == "Fetching was stopped."
    assert act.text() == "Go on fetching"
    QTest.keyClick(act, Qt.Key.Key_Space)
    assert rig.copying.asked == ["stop", "fetch"]


def test_nothing_is_offered_while_the_server_is_away(flyout: LocalCopyFlyout, rig: Rig) -> None:
    rig.seat.local_copy.on_server(SyncStatus(Phase.OFFLINE))
    assert not button(flyout, "local-copy-act-button").isVisible()
    assert said(flyout, "progress").startswith("As it was when the server was last reached")


def test_forgetting_closes_the_panel_and_asks_first(
    flyout: LocalCopyFlyout, rig: Rig, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(flyout.forgetting_wanted):
        QTest.mouseClick(button(flyout, "local-copy-forget-button"), Qt.MouseButton.LeftButton)
    assert not flyout.isVisible()
    assert rig.copying.asked == []


def test_the_question_says_what_goes_and_how_much_stays(qtbot: QtBot) -> None:
    question = ForgetQuestion(words.forget_question(3))
    qtbot.addWidget(question)
    text = question.findChild(QLabel, "forget-question-text")
    assert text is not None
    assert "deleted from this computer" in text.text()
    assert "3 entries that the server does not have yet stay here" in text.text()
    assert "entries" not in words.forget_question(0)
    forget = question.findChild(QPushButton, "forget-button")
    assert forget is not None
    with qtbot.waitSignal(question.forgetting_chosen):
        forget.click()


def test_the_practice_centre_has_nothing_to_forget(trainee: Rig) -> None:
    assert not LocalCopyModel(trainee.seat).view.may_forget


def test_the_model_offers_to_fetch_anew_when_all_is_well(rig: Rig) -> None:
    rig.seat.local_copy.on_server(SyncStatus(Phase.ONLINE))
    model = LocalCopyModel(rig.seat)
    assert (model.view.act, model.view.share) == (CopyAct.FETCH, None)
    model.do()
    assert rig.copying.asked == ["fetch"]


def test_what_wants_doing_after_a_wipe_is_said_in_the_foot(rig: Rig) -> None:
    rig.waiting(an_item())
    rig.seat.local_copy.on_server(SyncStatus(Phase.SIGNED_OUT, wipe=True))
    rig.server(ServerState.SIGNED_OUT)
    status = rig.seat.local_copy.status
    assert status.forgetting is Forgetting.DONE
    assert rig.copying.asked == []
    trouble = link_troubles.server(rig.link.status, status)
    assert trouble is not None
    assert "its data were deleted from this computer. 1 entries of yours" in trouble.text
    failed = replace(status, forgetting=Forgetting.FAILED, fault="The disk is read-only.")
    trouble = link_troubles.server(rig.link.status, failed)
    assert trouble is not None
    assert trouble.text.endswith("The disk is read-only.")


def test_a_stopped_fetch_is_taken_up_from_the_foot(rig: Rig) -> None:
    rig.seat.local_copy.on_server(SyncStatus(Phase.NOT_SYNCHRONISED))
    rig.server(ServerState.NOT_SYNCHRONISED)
    model = TroublesModel(rig.seat, KeyMap())
    model.act(model.troubles[0])
    assert rig.copying.asked == ["fetch"]


def test_why_everything_was_fetched_anew_is_said_until_it_is_read(rig: Rig) -> None:
    rig.seat.local_copy.on_server(replace(FETCHING, need=Need.RESTORED))
    rig.seat.local_copy.on_server(SyncStatus(Phase.ONLINE))
    model = TroublesModel(rig.seat, KeyMap())
    [trouble] = model.troubles
    assert "fetched anew. The server was restored from a backup." in trouble.text
    model.act(trouble)
    assert model.troubles == ()


def test_a_first_copy_is_nothing_to_be_told_of_afterwards(rig: Rig) -> None:
    rig.seat.local_copy.on_server(FETCHING)
    rig.seat.local_copy.on_server(SyncStatus(Phase.ONLINE))
    assert TroublesModel(rig.seat, KeyMap()).troubles == ()


def test_the_state_bar_says_how_long_and_that_the_clocks_differ(rig: Rig) -> None:
    rig.seat.local_copy.on_server(FETCHING)
    rig.server(ServerState.FIRST_SYNC, done=42, rows=100)
    link = rig.link.status
    assert server_indicator(link, FETCHING).text == "Server: first sync 42 % · about 50 s left"
    rig.server(ServerState.ONLINE)
    found = server_indicator(rig.link.status, SyncStatus(Phase.ONLINE, clock_ahead_s=190))
    assert (found.text, found.health) == ("Server: online · clock differs", Health.WARNING)
    assert "3 min ahead" in found.explanation


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(3, "about 5 s left"), (48, "about 50 s left"), (100, "about 2 min left"),
     (3_700, "about 1 h 2 min left"), (None, "")],
)  # fmt: skip
def test_the_time_left_is_never_more_exact_than_it_is(seconds: int | None, text: str) -> None:
    assert words.time_left(replace(FETCHING, seconds_left=seconds)) == text


@pytest.mark.parametrize(
    ("ahead_s", "text"),
    [
        (0, ""),
        (190, "This computer's clock is 3 min ahead of the server's."),
        (-86_400, "This computer's clock is 24 h 0 min behind the server's."),
    ],
)
def test_the_clocks_difference_is_a_sentence(ahead_s: int, text: str) -> None:
    assert words.clock(ahead_s) == text


@pytest.mark.parametrize("need", list(Need))
def test_every_reason_has_words(need: Need) -> None:
    assert words.reason(need)


def test_the_end_of_fetching_has_words(rig: Rig) -> None:
    rig.seat.local_copy.on_server(replace(FETCHING, stage=CopyStage.INDEXING))
    assert words.progress(rig.seat.local_copy.status).startswith("Everything is here")


def test_work_of_others_is_counted() -> None:
    assert words.others(0) == ""
    assert words.others(2) == "2 entries of another agent wait here until she signs in."
