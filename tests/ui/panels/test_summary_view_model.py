"""The summary in words, without a window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from agent_app.desk.summaries import SaveResult
from agent_app.domain.calls import Direction
from agent_app.domain.customers import QuotedArticle
from agent_app.domain.ids import ArticleId, CategoryId
from agent_app.domain.summary import DraftState, SummaryDraft, SummaryField
from tests.ui.panels.fakes import ONE, TWO, Desk, call
from tests.ui.panels.fakes_knowledge import CATEGORIES
from ui.summary.view_model import SummaryViewModel, called

pytestmark = pytest.mark.usefixtures("qapp")


def test_without_a_call_it_says_when_a_summary_begins(desk: Desk) -> None:
    view = SummaryViewModel(desk.seat)
    assert (view.selected, view.draft, view.editable) == (None, None, False)
    assert view.heading == "Summary"
    assert "next call" in view.call_line
    assert [view.text(field) for field in SummaryField] == [""] * 6
    assert (view.category_key, view.quotes, view.restored, view.missing) == ("", (), "", ())


def test_without_a_call_nothing_can_be_done(desk: Desk) -> None:
    view = SummaryViewModel(desk.seat)
    view.set_text(SummaryField.ANSWER, "x")
    view.set_category("01")
    view.save()
    assert desk.summaries.typed == []
    assert desk.summaries.drafts == {}


def test_it_says_whose_summary_this_is_and_of_which_call(desk: Desk) -> None:
    desk.begin(customer_name="张伟")
    view = SummaryViewModel(desk.seat)
    assert view.heading == "Summary · 张伟"
    assert view.call_line == "today 14:02 · incoming · 138 0013 8000 · 个税咨询"
    assert view.restored == ""


def test_an_outgoing_call_is_called_outgoing(desk: Desk) -> None:
    desk.begin(call=replace(call(), direction=Direction.OUTGOING, queue=""))
    assert SummaryViewModel(desk.seat).call_line.endswith("outgoing · 138 0013 8000")


def test_whoever_is_not_known_is_called_by_number_or_by_its_absence() -> None:
    assert called(SummaryDraft(ONE, call())) == "138 0013 8000"
    assert called(SummaryDraft(ONE, replace(call(), number=""))) == "number withheld"


def test_all_fields_and_quotes_are_shown(desk: Desk, in_chinese: None) -> None:
    desk.begin(
        category_id=CategoryId("01.01"), customer_name="张伟", question="问", answer="答",
        basis="据", follow_up="回电",
        quotes=(QuotedArticle(ArticleId("K1"), 3, "标准"),),
    )  # fmt: skip
    view = SummaryViewModel(desk.seat)
    assert [view.text(field) for field in SummaryField] == [
        "张伟", "个人所得税 › 专项附加扣除", "问", "答", "据", "回电",
    ]  # fmt: skip
    assert view.category_key == "01.01"
    assert [(row.title, row.trail) for row in view.quotes] == [("标准", "version 3")]


def test_categories_that_come_later_are_used(desk: Desk, in_chinese: None, qtbot: QtBot) -> None:
    desk.knowledge.categories = ()
    desk.begin(category_id=CategoryId("01"))
    view = SummaryViewModel(desk.seat)
    assert view.text(SummaryField.CATEGORY) == "01"
    with qtbot.waitSignal(view.changed):
        desk.knowledge.categories_changed.emit(CATEGORIES)
    assert view.text(SummaryField.CATEGORY) == "个人所得税"
    assert [row.title for row in view.category_rows("率")] == ["税率与征收率"]


def test_a_draft_whose_call_the_phone_does_not_know_is_said_to_be_restored(desk: Desk) -> None:
    desk.summaries.put(SummaryDraft(ONE, call()))
    desk.focus.select(ONE)
    assert SummaryViewModel(desk.seat).restored.startswith("Restored")


def test_every_keystroke_reaches_the_desk_and_is_read_back(desk: Desk, qtbot: QtBot) -> None:
    desk.begin(question="Q", answer="A")
    view = SummaryViewModel(desk.seat)
    with qtbot.assertNotEmitted(view.changed):
        view.set_text(SummaryField.QUESTION, "孩")
    assert desk.summaries.typed == [(SummaryField.QUESTION, "孩")]
    assert view.text(SummaryField.QUESTION) == "孩"


def test_the_category_reaches_the_desk(desk: Desk, qtbot: QtBot) -> None:
    desk.begin()
    view = SummaryViewModel(desk.seat)
    with qtbot.waitSignal(view.changed):
        view.set_category("02.01")
    assert view.category_key == "02.01"


def test_what_is_missing_is_said_after_a_try_to_save_and_goes_as_it_is_filled(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.begin()
    view = SummaryViewModel(desk.seat)
    assert view.missing == ()
    with qtbot.waitSignal(view.changed):
        view.save()
    assert [view.missing_text(field) for field in SummaryField] == [
        "", "choose a category", "write what was asked", "write or quote the answer", "", "",
    ]  # fmt: skip
    with qtbot.waitSignal(view.changed):
        view.set_text(SummaryField.QUESTION, "问")
    assert view.missing == (SummaryField.CATEGORY, SummaryField.ANSWER)
    desk.focus.select(TWO)
    desk.focus.select(ONE)
    assert view.missing == ()


def test_a_saved_summary_is_no_longer_edited(desk: Desk) -> None:
    desk.begin(state=DraftState.SAVED)
    view = SummaryViewModel(desk.seat)
    assert not view.editable
    view.set_text(SummaryField.ANSWER, "x")
    view.set_category("01")
    view.save()
    assert desk.summaries.typed == []
    assert view.restored == ""


def test_other_calls_do_not_disturb(desk: Desk, qtbot: QtBot) -> None:
    desk.begin()
    view = SummaryViewModel(desk.seat)
    with qtbot.assertNotEmitted(view.changed):
        desk.summaries.put(SummaryDraft(TWO, call(TWO)))
        desk.summaries.finish(SaveResult(TWO, saved=True))
    with qtbot.waitSignal(view.changed):
        desk.summaries.put(SummaryDraft(ONE, call(), answer="引用"))
    assert view.text(SummaryField.ANSWER) == "引用"
