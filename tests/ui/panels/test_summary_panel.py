"""The summary as the agent works on it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from agent_app.desk.summaries import SaveResult
from agent_app.domain.ids import ArticleId, CategoryId
from agent_app.domain.summary import DraftState, SummaryField, add_follow_up
from tests.ui.panels.fakes import ONE, TWO, Desk
from tests.ui.panels.finding import find
from tests.ui.panels.typing import compose, type_text
from ui.rows.list_view import RowList
from ui.summary import SummaryPanel
from ui.summary.text_field import TextField

TEXT_FIELDS = ("question-field", "answer-field", "basis-field", "follow-up-field")


def shown(desk: Desk, qtbot: QtBot) -> SummaryPanel:
    panel = SummaryPanel(desk.seat)
    panel.resize(560, 620)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def text_field(panel: SummaryPanel, name: str) -> TextField:
    return find(panel, TextField, name)


def says(panel: SummaryPanel, name: str) -> str:
    return find(panel, QLabel, name).text()


def test_what_she_types_is_at_the_desk_with_every_key(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    desk.begin()
    with qtbot.waitSignal(panel.typed):
        QTest.keyClicks(text_field(panel, "answer-field"), "ok")
    assert desk.summaries.typed == [(SummaryField.ANSWER, "o"), (SummaryField.ANSWER, "ok")]


def test_the_cursor_stays_while_the_rules_write_into_other_fields(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    desk.begin()
    field = text_field(panel, "follow-up-field")
    field.setFocus()
    QTest.keyClicks(field, "call back")
    QTest.keyClick(field, Qt.Key.Key_Home)
    desk.summaries.quote(ONE, ArticleId("K1"))
    assert field.textCursor().position() == 0
    assert panel.focusWidget() is field
    QTest.keyClicks(field, "I ")
    assert field.toPlainText() == "I call back"
    assert "2000元" in text_field(panel, "answer-field").toPlainText()
    assert says(panel, "summary-heading") == "Summary · 138 0013 8000"


def test_quoting_while_she_composes_in_the_answer_loses_nothing(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    desk.begin()
    answer = text_field(panel, "answer-field")
    type_text(answer, "您好")
    compose(answer, "qing")
    desk.summaries.quote(ONE, ArticleId("K1"))
    compose(answer, "", commit="请")
    assert answer.toPlainText().startswith("您好请\n纳税人")
    assert desk.summaries.drafts[ONE].answer == answer.toPlainText()


def test_each_call_has_its_own_words(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    desk.begin()
    answer = text_field(panel, "answer-field")
    QTest.keyClicks(answer, "one")
    desk.begin(TWO, answer="two")
    assert answer.toPlainText() == "two"
    answer.undo()
    desk.focus.select(ONE)
    assert answer.toPlainText() == "one"
    assert desk.summaries.drafts[TWO].answer == "two"


def test_saving_too_early_says_what_is_missing_and_goes_there(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    desk.begin()
    panel.save_button.click()
    assert says(panel, "category-field-remark") == "choose a category"
    assert says(panel, "question-field-remark") == "write what was asked"
    assert says(panel, "answer-field-remark") == "write or quote the answer"
    category = find(panel, QLineEdit, "category-field")
    assert panel.focusWidget() is category
    assert category.accessibleDescription() == "choose a category"
    type_text(category, "征收")
    QTest.keyClick(category, Qt.Key.Key_Return)
    assert desk.summaries.drafts[ONE].category_id == "02.01"
    assert says(panel, "category-field-remark") == ""
    QTest.keyClicks(text_field(panel, "question-field"), "q")
    assert says(panel, "question-field-remark") == ""
    panel.save_button.click()
    assert panel.focusWidget() is text_field(panel, "answer-field")


def test_a_refusal_that_was_not_her_key_leaves_the_cursor_alone(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    desk.begin()
    field = text_field(panel, "follow-up-field")
    field.setFocus()
    desk.summaries.finish(SaveResult(ONE, saved=False, missing=(SummaryField.ANSWER,)))
    assert panel.focusWidget() is field


def test_a_saved_summary_is_locked_and_says_so(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    desk.begin(category_id=CategoryId("01"), question="问", answer="答")
    panel.save_button.click()
    desk.summaries.finish(SaveResult(ONE, saved=True))
    answer = text_field(panel, "answer-field")
    assert answer.isReadOnly()
    assert not panel.save_button.isEnabled()
    assert says(panel, "save-status") == "Saved 14:05:12, waiting for the server"


def test_a_save_the_disk_refused_can_be_tried_again(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    draft = desk.begin(category_id=CategoryId("01"), question="问", answer="答")
    panel.save_button.click()
    desk.summaries.put(replace(draft, state=DraftState.OPEN))
    desk.summaries.finish(SaveResult(ONE, saved=False, fault="disk full"))
    assert panel.save_button.isEnabled()
    assert says(panel, "save-status") == "Not saved: disk full"


def test_the_limit_is_said_beside_the_field(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    desk.begin()
    text_field(panel, "question-field").insertPlainText("字" * 20_001)
    assert says(panel, "question-field-remark") == "full: no more than 20,000 characters"
    assert len(desk.summaries.drafts[ONE].question) == 20_000


def test_wrap_up_counts_down_with_both_ways_out(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    go_on = find(panel, QPushButton, "continue-wrap-up-button")
    assert not go_on.isVisible()
    desk.shift.wrap_up(27)
    assert says(panel, "wrap-up-label") == "Wrap-up 00:27"
    desk.shift.wrap_up(26)
    assert says(panel, "wrap-up-label") == "Wrap-up 00:26"
    go_on.click()
    find(panel, QPushButton, "end-wrap-up-button").click()
    assert desk.shift.asked == ["continue", "end"]


def test_quoted_articles_stand_there_with_their_versions(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    desk.begin()
    desk.summaries.quote(ONE, ArticleId("K1"))
    (row,) = find(panel, RowList, "quotes-list").row_model.rows
    assert (row.title, row.trail) == ("子女教育专项附加扣除标准", "version 3")


def test_without_a_call_nothing_can_be_written_or_saved(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    assert not text_field(panel, "answer-field").isEnabled()
    assert not panel.save_button.isEnabled()


def test_after_a_quote_she_may_go_on_in_the_answer(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    desk.begin()
    panel.focus_answer()
    assert panel.focusWidget() is text_field(panel, "answer-field")


def test_every_control_has_a_name_for_people_and_one_for_tests(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    for kind in (QLineEdit, TextField, QPushButton, RowList):
        found: list[QWidget] = list(panel.findChildren(kind))
        assert found
        for control in found:
            assert control.objectName()
            assert control.accessibleName(), control.objectName()


@pytest.mark.parametrize("height", [620, 520, 400, 300])
def test_the_save_key_stays_in_sight_however_low_the_window(
    desk: Desk, qtbot: QtBot, height: int
) -> None:
    panel = shown(desk, qtbot)
    desk.begin()
    panel.resize(560, height)
    qtbot.waitUntil(lambda: panel.height() == height)
    save = panel.save_button
    assert save.visibleRegion().boundingRect() == save.rect()
    assert panel.minimumSizeHint().height() <= 300


def test_at_the_smallest_screen_all_fields_fit_and_the_answer_is_the_largest(
    desk: Desk, qtbot: QtBot
) -> None:
    panel = shown(desk, qtbot)
    panel.resize(600, 530)
    desk.begin()
    desk.summaries.quote(ONE, ArticleId("K1"))
    desk.summaries.quote(ONE, ArticleId("K2"))
    place = find(panel, QScrollArea, "summary-fields-place")
    qtbot.waitUntil(lambda: find(panel, RowList, "quotes-list").height() > 50)
    assert not place.verticalScrollBar().isVisible()
    heights = {name: text_field(panel, name).height() for name in TEXT_FIELDS}
    assert max(heights, key=heights.__getitem__) == "answer-field"


def test_a_long_word_is_broken_and_no_field_scrolls_sideways(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    desk.begin()
    for name in TEXT_FIELDS:
        field = text_field(panel, name)
        field.insertPlainText("W" * 2000 + "子女教育" * 200)
        assert not field.horizontalScrollBar().isVisible()
        assert field.horizontalScrollBar().maximum() == 0


def test_the_tab_key_follows_the_work(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    desk.begin()
    desk.summaries.quote(ONE, ArticleId("K1"))
    find(panel, QLineEdit, "category-field").setFocus()
    walked = []
    for _ in range(9):
        here = panel.focusWidget()
        assert here is not None
        walked.append(here.objectName())
        QTest.keyClick(here, Qt.Key.Key_Tab)
    assert walked == [
        "category-field", "question-field", "answer-field", "quotes-list", "basis-field",
        "follow-up-field", "promise-button", "ticket-button", "save-button",
    ]  # fmt: skip


def test_a_summary_that_is_begun_is_shown_with_all_that_came_of_the_call(
    desk: Desk, qtbot: QtBot
) -> None:
    panel = shown(desk, qtbot)
    with desk.seat.phone.rounds.round():
        desk.begin()
        assert not text_field(panel, "answer-field").isEnabled()
    assert text_field(panel, "answer-field").isEnabled()


def test_she_types_behind_what_the_rules_write_while_a_round_is_under_way(
    desk: Desk, qtbot: QtBot
) -> None:
    panel = shown(desk, qtbot)
    desk.begin()
    field = text_field(panel, "follow-up-field")
    type_text(field, "hers")
    with desk.seat.phone.rounds.round():
        desk.summaries.put(add_follow_up(desk.summaries.drafts[ONE], "Ticket"))
        type_text(field, "!")
    follow_up = desk.summaries.drafts[ONE].follow_up
    assert "Ticket" in follow_up
    assert "hers!" in follow_up


def test_no_word_goes_to_another_call_while_a_round_is_under_way(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    desk.begin()
    type_text(text_field(panel, "answer-field"), "for one")
    with desk.seat.phone.rounds.round():
        desk.begin(TWO)
        type_text(text_field(panel, "answer-field"), "for two")
    assert desk.summaries.drafts[ONE].answer == "for one"
    assert desk.summaries.drafts[TWO].answer == "for two"
