"""Parked summaries are counted, listed and gone on with; whose it is is asked without a modal."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from agent_app.domain.calls import CallState
from agent_app.domain.customers import CallerCard, CardState
from agent_app.domain.ids import ArticleId, CategoryId, CustomerId
from agent_app.domain.summary import CategoryReason, CategorySource
from tests.desk.fakes import a_candidate
from tests.ui.panels.fakes import ONE, TWO, Desk, call
from tests.ui.panels.finding import find
from ui.rows.list_view import RowList
from ui.summary.panel import SummaryPanel
from ui.summary.parked import ParkedViewModel
from ui.summary.view_model import SummaryViewModel


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> SummaryPanel:
    panel = SummaryPanel(desk.seat)
    panel.resize(600, 640)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def button(panel: SummaryPanel, name: str) -> QPushButton:
    return find(panel, QPushButton, name)


def rows(panel: SummaryPanel, name: str) -> list[str]:
    return [row.title for row in find(panel, RowList, name).row_model.rows]


def test_during_the_call_there_is_nothing_to_park(desk: Desk, panel: SummaryPanel) -> None:
    desk.begin()
    assert not button(panel, "park-button").isVisible()
    view = SummaryViewModel(desk.seat)
    view.park()
    assert not desk.summaries.drafts[ONE].parked


def test_what_is_parked_is_counted_and_comes_back_by_enter(desk: Desk, panel: SummaryPanel) -> None:
    over = replace(call(), state=CallState.ENDED)
    desk.begin(call=over, customer_name="张伟", question="税率\n多少")
    assert not button(panel, "parked-button").isVisible()
    button(panel, "park-button").click()
    assert button(panel, "parked-button").text() == "Parked 1"
    desk.focus.select(None)
    button(panel, "parked-button").click()
    found = find(panel, RowList, "parked-list")
    [row] = found.row_model.rows
    assert (row.title, row.lines, row.trail) == ("张伟", ("税率 多少",), "today 14:02")
    assert panel.focusWidget() is found
    QTest.keyClick(found, Qt.Key.Key_Return)
    assert not desk.summaries.drafts[ONE].parked
    assert desk.focus.selected == ONE
    assert not button(panel, "parked-button").isVisible()
    assert not found.isVisible()
    focused = panel.focusWidget()
    assert focused is not None
    assert focused.objectName() == "category-field", "the first thing that is missing"


def test_several_are_listed_and_an_empty_one_says_so(desk: Desk) -> None:
    view = ParkedViewModel(desk.seat)
    assert (view.text, view.rows) == ("", ())
    desk.begin(parked=True)
    desk.begin(TWO, parked=True, customer_name="李娜", question="问")
    assert view.text == "Parked 2"
    assert [row.lines for row in view.rows] == [("Nothing is written yet",), ("问",)]


def test_in_wrap_up_ending_it_takes_the_place_of_parking(desk: Desk, panel: SummaryPanel) -> None:
    desk.begin(call=replace(call(), state=CallState.ENDED), customer_name="张伟")
    desk.shift.wrap_up(5)
    assert button(panel, "end-wrap-up-button").isVisible()
    assert not button(panel, "park-button").isVisible()
    assert find(panel, QLabel, "save-status").text() == "", "no room, and nothing to heed"
    overdue = find(panel, QLabel, "wrap-up-overdue")
    assert not overdue.isVisible()
    desk.shift.status = replace(desk.shift.status, waiting_for=ONE)
    desk.shift.wrap_up(0)
    assert overdue.text() == "Time is over: save or park 张伟 to be ready"
    desk.shift.wrap_up(None)
    assert not overdue.isVisible()
    assert button(panel, "park-button").isVisible()


def several(desk: Desk) -> None:
    """A call that two people may have made, and a summary that is complete but for that."""
    people = (a_candidate("c1", "张伟"), a_candidate("c2", "李娜"))
    desk.begin(asks_who=True)
    desk.cards.put(CallerCard(ONE, CardState.SEVERAL, "", "138", candidates=people))
    desk.summaries.quote(ONE, ArticleId("K1"))


def test_saving_asks_whose_it_is_and_enter_answers(desk: Desk, panel: SummaryPanel) -> None:
    several(desk)
    found = find(panel, RowList, "whose-list")
    assert not found.isVisible()
    panel.save_button.click()
    assert found.isVisible()
    assert panel.focusWidget() is found
    assert rows(panel, "whose-list") == ["张伟", "李娜", "None of them"]
    assert find(panel, QLabel, "whose-list-remark").text() == "say who it was"
    QTest.keyClick(found, Qt.Key.Key_Down)
    QTest.keyClick(found, Qt.Key.Key_Return)
    assert desk.cards.chosen == [(ONE, CustomerId("c2"))]
    desk.summaries.bind(ONE, CustomerId("c2"), "李娜")
    assert not found.isVisible()


def test_it_may_be_none_of_them(desk: Desk, panel: SummaryPanel) -> None:
    several(desk)
    panel.save_button.click()
    found = find(panel, RowList, "whose-list")
    found.choose_at(2)
    assert desk.cards.chosen == [(ONE, None)]
    assert desk.summaries.drafts[ONE].nobody
    assert not found.isVisible()


def test_nobody_can_be_chosen_where_there_is_no_summary(desk: Desk) -> None:
    view = SummaryViewModel(desk.seat)
    view.set_person("c1")
    assert (view.people, desk.cards.chosen) == ((), [])


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (CategoryReason(CategorySource.QUEUE, "发票专席"), "by the queue 发票专席"),
        (CategoryReason(CategorySource.ARTICLE, "标准"), "by the article 标准"),
        (CategoryReason(CategorySource.HISTORY, "2020-02-27"),
         "as in the call of Feb 27, 2020: right?"),
        (None, ""),
    ],
)  # fmt: skip
def test_the_reason_of_a_written_category_stands_beside_its_name(
    desk: Desk, panel: SummaryPanel, reason: CategoryReason | None, said: str
) -> None:
    desk.begin(category_id=CategoryId("01"), category_reason=reason)
    assert find(panel, QLabel, "category-field-remark").text() == said
    desk.summaries.set_category(ONE, CategoryId("02"))
    assert find(panel, QLabel, "category-field-remark").text() == ""
