"""The line that says how far saving has come."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from agent_app.desk.summaries import SaveResult
from agent_app.domain.ids import CategoryId, OperationId
from agent_app.domain.link import OutboxItem, OutboxState
from agent_app.domain.summary import DraftState, SummaryField
from tests.ui.panels.fakes import NOW, ONE, TWO, Desk
from ui.summary.save_status import SaveStatusViewModel
from ui.summary.view_model import SummaryViewModel

pytestmark = pytest.mark.usefixtures("qapp")


def view_of(desk: Desk) -> SaveStatusViewModel:
    seat = desk.seat
    summary = SummaryViewModel(seat)
    status = SaveStatusViewModel(seat, summary)
    summary.setParent(status)
    return status


def item(state: OutboxState, detail: str = "") -> OutboxItem:
    return OutboxItem(OperationId("o"), ONE, "interaction.save", "", NOW, state, 1, detail)


def saved(desk: Desk) -> None:
    desk.summaries.put(replace(desk.summaries.drafts[ONE], state=DraftState.SAVED))
    desk.summaries.finish(SaveResult(ONE, saved=True))


def test_with_nothing_written_and_nothing_saved_there_is_nothing_to_say(desk: Desk) -> None:
    view = view_of(desk)
    assert (view.text, view.kind) == ("", "")


def test_an_open_draft_is_kept_as_it_is_typed(desk: Desk) -> None:
    desk.begin()
    view = view_of(desk)
    assert (view.text, view.kind) == ("Kept as you type", "")


def test_between_the_key_and_the_disk_it_says_saving(desk: Desk) -> None:
    desk.begin(state=DraftState.SAVED)
    assert view_of(desk).text == "Saving …"


def test_an_incomplete_one_is_not_saved_until_the_gaps_are_filled(desk: Desk) -> None:
    desk.begin()
    view = view_of(desk)
    desk.summaries.save(ONE)
    assert (view.text, view.kind) == ("Not saved yet: see above", "warning")
    desk.begin(category_id="01", question="问", answer="答")
    assert (view.text, view.kind) == ("Kept as you type", "")


def test_a_complete_one_during_the_call_is_saved_at_hang_up(desk: Desk) -> None:
    desk.begin(category_id=CategoryId("01.01"), question="Q", answer="A")
    view = view_of(desk)
    desk.summaries.finish(SaveResult(ONE, saved=False, at_hang_up=True))
    assert (view.text, view.kind) == ("Complete: saves itself when the call ends", "")


def test_one_that_is_no_longer_complete_is_not_called_so(desk: Desk, qtbot: QtBot) -> None:
    desk.begin(category_id=CategoryId("01.01"), question="Q", answer="A")
    summary = SummaryViewModel(desk.seat)
    view = SaveStatusViewModel(desk.seat, summary)
    desk.summaries.finish(SaveResult(ONE, saved=False, at_hang_up=True))
    with qtbot.waitSignal(view.changed):
        summary.set_text(SummaryField.QUESTION, "")
    assert view.text == "Kept as you type"
    summary.set_text(SummaryField.QUESTION, "Q?")
    assert view.text == "Complete: saves itself when the call ends"


def test_a_disk_that_refuses_is_a_fault_in_words(desk: Desk) -> None:
    desk.begin()
    view = view_of(desk)
    desk.summaries.finish(SaveResult(ONE, saved=False, fault="disk full"))
    assert (view.text, view.kind) == ("Not saved: disk full", "fault")


def test_a_draft_that_cannot_be_kept_is_said_until_the_next_save(desk: Desk) -> None:
    desk.begin()
    view = view_of(desk)
    desk.summaries.fault.emit("disk full")
    assert (view.text, view.kind) == ("Not kept on disk: disk full", "fault")
    saved(desk)
    assert view.text.startswith("Saved")


def test_saved_waiting_delivered_each_with_the_time(desk: Desk, qtbot: QtBot) -> None:
    desk.begin()
    view = view_of(desk)
    saved(desk)
    assert (view.text, view.kind) == ("Saved 14:05:12, waiting for the server", "")
    desk.link.put(item(OutboxState.WAITING))
    assert view.text == "Saved 14:05:12, waiting for the server"
    with qtbot.waitSignal(view.changed):
        desk.link.put()
    assert (view.text, view.kind) == ("Saved 14:05:12, delivered", "good")


def test_what_the_server_refused_is_said_with_the_reason(desk: Desk) -> None:
    desk.begin(state=DraftState.SAVED)
    desk.link.items = (item(OutboxState.REJECTED, "category is gone"),)
    view = view_of(desk)
    assert view.text == "Saved 14:05:12, the server did not take it: category is gone"
    assert view.kind == "fault"


def test_with_no_summary_on_the_page_the_last_saved_one_is_still_spoken_of(desk: Desk) -> None:
    desk.begin(customer_name="张伟")
    view = view_of(desk)
    saved(desk)
    desk.focus.select(None)
    assert view.text == "张伟: Saved 14:05:12, waiting for the server"
    assert view.kind == ""


def test_a_refusal_of_a_summary_that_is_not_on_the_page_is_not_shown_here(desk: Desk) -> None:
    desk.begin()
    view = view_of(desk)
    desk.summaries.finish(SaveResult(TWO, saved=False, missing=(SummaryField.ANSWER,)))
    assert view.text == "Kept as you type"
