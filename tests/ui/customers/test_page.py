"""The page in the window: by keyboard, with every role, two side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from agent_app.domain.ids import CustomerId
from sync.customers import CentreMerge, CentrePair
from sync.errors import Unreachable
from tests.desk.fakes_people import a_row
from tests.ui.customers.hands import LONG, Open, OpenWindow, opened, press, rows, text, typed
from tests.ui.window.hands import child
from ui.rows.list_view import RowList


def test_she_types_walks_and_opens_without_the_mouse(open_page: Open) -> None:
    window, _ = open_page()
    field = typed(window, "张")
    assert [row.title for row in rows(window, "customer-list")][:2] == ["张伟", "张维"]
    first, second, _ = rows(window, "customer-list")
    assert first.lines == ("138 0013 8000 · 云栖餐饮 · 手机", "重点企业 · 杭州市西湖区")
    assert (first.marks, second.badge) == (((0, 1),), "not sent yet")
    assert text(window, "customer-search-status") == "3 found"
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Up)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert text(window, "customer-details-name") == "张伟"
    assert field.hasFocus()


def test_escape_takes_back_what_was_typed(open_page: Open) -> None:
    page, rig = open_page()
    field = typed(page, "张")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert rig.seat.people.finder.finding.text == ""


def test_the_details_say_everything_and_mark_what_waits(open_page: Open) -> None:
    window, _ = open_page()
    opened(window)
    assert text(window, "customer-fact-warning") == "请班长旁听"
    assert text(window, "customer-fact-custom-level") == "A"
    assert child(window, QLabel, "customer-fact-notes").property("state") == "warning"
    assert text(window, "customer-history-title") == "History (the last 3 of 9)"
    newest, *_ = rows(window, "customer-history-list")
    assert (newest.title, newest.badge) == ("个税", "not sent yet")
    history = child(window, RowList, "customer-history-list")
    history.choose_at(0)
    assert child(window, QWidget, "customer-history-text").isVisible()


def test_a_number_fills_the_dial_field_and_dials_nothing(open_window: OpenWindow) -> None:
    window, rig = open_window()
    opened(window)
    child(window, RowList, "customer-number-list").choose_at(0)
    assert child(window, QLineEdit, "dial-field").text() == "+8613800138000"
    assert rig.commands == []


def test_merges_of_before_stand_in_the_timeline(open_page: Open) -> None:
    window, rig = open_page()
    rig.people.centre.merged = (CentreMerge("c9", "2026-02-19T12:00:00.000Z", "李娜", 2, ()),)
    opened(window)
    titles = [row.title for row in rows(window, "customer-history-list")]
    assert titles.index("Another record was merged into this one") == 1


def test_enter_asks_the_server_only_when_nobody_is_here(open_page: Open) -> None:
    window, rig = open_page()
    rig.people.centre.rows = (a_row(),)
    field = opened(window, "110101199003078515")
    assert [one for one in rig.people.centre.asked if "search" in one] == [
        "search 110101199003078515"
    ]
    assert rows(window, "customer-list")[0].lines[1].endswith("by the ID number")
    rig.people.centre.error = Unreachable("nobody listens")
    field.clear()
    opened(window, "欧阳")
    assert "cannot be reached" in text(window, "customer-search-status")


def test_ctrl_p_edits_the_one_shown_here_and_new_takes_what_was_typed(
    open_window: OpenWindow,
) -> None:
    window, rig = open_window("agent")
    opened(window)
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    editing = rig.seat.customers.editing
    assert editing is not None
    assert editing.form.customer_id == "c1"
    assert child(window, QWidget, "customer").isVisible()
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert rig.seat.customers.editing is None
    field = child(window, QLineEdit, "customer-search-field")
    field.clear()
    typed(window, "欧阳修")
    press(window, "customer-new-button")
    editing = rig.seat.customers.editing
    assert editing is not None
    assert (editing.form.now.name, editing.form.is_new) == ("欧阳修", True)


@pytest.mark.parametrize(
    ("role", "there"),
    [
        ("agent", {"new"}),
        ("quality", set()),
        ("specialist", {"new", "duplicates"}),
        ("supervisor", {"new", "duplicates", "import", "export"}),
        ("administrator", {"import"}),
    ],
)
def test_what_the_role_may_not_do_is_not_offered(
    open_page: Open, role: str, there: set[str]
) -> None:
    window, _ = open_page(role)
    names = ("new", "duplicates", "import", "export")
    shown = {
        name for name in names
        if child(window, QAbstractButton, f"customer-{name}-button").isVisible()
    }  # fmt: skip
    assert shown == there
    assert child(window, QLineEdit, "customer-search-field").isEnabled() is (
        role != "administrator"
    )


def test_a_trainee_on_duty_has_no_page_of_customers(open_window: OpenWindow) -> None:
    window, _ = open_window("trainee")
    assert window.findChildren(QPushButton, "page-customers-button") == []


def test_two_stand_side_by_side_and_nothing_moves_before_she_chose(open_page: Open) -> None:
    window, rig = open_page()
    rig.people.centre.pairs = (
        CentrePair(a_row("c1", "张伟"), a_row("c2", "张伟", notes="上午", region="杭州"),
                   ("same-number",)),
    )  # fmt: skip
    press(window, "customer-duplicates-button")
    assert text(window, "duplicates-status").endswith("same: 1. Choose one.")
    child(window, RowList, "duplicates-list").choose_at(0)
    merge = child(window, QPushButton, "pair-merge-button")
    assert not merge.isEnabled()
    assert text(window, "pair-region-1") == "宁波"
    child(window, QRadioButton, "pair-keep-first").click()
    assert "the notes, below the others" in text(window, "pair-moves")
    merge.click()
    assert rig.customers.merged == [("c1", "c2")]
    assert not child(window, QWidget, "customer-pair").isVisible()


def test_somebody_she_found_herself_can_be_merged_too(open_page: Open) -> None:
    window, rig = open_page()
    rig.customers.forms[CustomerId("c2")] = replace(
        rig.customers.forms[CustomerId("c1")], customer_id=CustomerId("c2")
    )
    field = opened(window)
    press(window, "customer-twin-button")
    assert "张伟" in text(window, "customer-twin-note")
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Return)
    child(window, QRadioButton, "pair-keep-second").click()
    press(window, "pair-merge-button")
    assert rig.customers.merged == [("c2", "c1")]
    press(window, "customer-twin-button")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not child(window, QLabel, "customer-twin-note").isVisible()
    press(window, "customer-twin-button")
    press(window, "customer-duplicates-button")
    assert not child(window, QLabel, "customer-twin-note").isVisible(), "she does something else"


@pytest.mark.parametrize("size", [(1366, 728), (960, 508)])
def test_nothing_is_cut_at_the_sides(open_window: OpenWindow, size: tuple[int, int]) -> None:
    window, _ = open_window()
    field = opened(window, "张" + LONG[0])
    window.resize(*size)
    QApplication.processEvents()
    assert text(window, "customer-details-name").endswith("有限责任公司")
    for button in child(window, QWidget, "customers-page").findChildren(QPushButton):
        if button.isVisibleTo(window) and button.parent() is not None:
            needed = button.fontMetrics().horizontalAdvance(button.text())
            assert button.width() >= needed, button.objectName()
    assert field.width() > 120


def test_what_was_typed_outlasts_another_language(open_window: OpenWindow) -> None:
    window, _ = open_window()
    opened(window)
    window._rebuild()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert child(window, QLineEdit, "customer-search-field").text() == "张"
    assert text(window, "customer-details-name") == "张伟"


def test_a_hidden_page_asks_nothing_when_the_centres_data_change(open_window: OpenWindow) -> None:
    window, rig = open_window()
    search, finder = rig.people.search, rig.seat.people.finder
    finder.look_for("张")
    asked = len(search.asked)
    finder.refresh()
    assert len(search.asked) == asked + 1
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    finder.refresh()
    assert len(search.asked) == asked + 1
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert len(search.asked) == asked + 2
