"""The history page as she uses it: typed, filtered, walked by keyboard, and nothing dials."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from agent_app.desk.records import SCREENFUL
from agent_app.domain.calls import Direction
from agent_app.domain.grades import Grade, Graded
from agent_app.domain.record_choice import Period, RecordChoice, Standing
from agent_app.domain.records import RecordFilter, RecordPage, RecordPlace, RecordState
from agent_app.store.errors import StoreClosedError
from tests.desk.fakes_history import BEGAN, FakeHistory, a_record
from tests.ui.fakes import Rig, a_rig
from ui.key_binder import KeyBinder
from ui.keys import KeyMap
from ui.rail.spec import PageGround
from ui.records.page import RecordsPage
from ui.rows.list_view import RowList
from ui.theme import Theme


class Looking:
    """The page on the screen, with what it put into the dial field and where it went."""

    def __init__(self, past: FakeHistory, theme: Theme, qtbot: QtBot) -> None:
        self.past = past
        self.rig: Rig = a_rig(past=past)
        self.dialled: list[str] = []
        self.went: list[str] = []
        self.read: list[tuple[str, int]] = []
        window = QWidget()
        qtbot.addWidget(window)
        self.page = RecordsPage(
            PageGround(
                self.rig.seat, KeyMap(), theme, KeyBinder(window, KeyMap()), self.dialled.append,
                self._go, self._read,
            ),
            window,
        )  # fmt: skip
        self.page.resize(1300, 640)
        window.resize(1300, 640)
        window.show()
        qtbot.waitExposed(window)
        self.window = window

    def _go(self, name: str) -> bool:
        self.went.append(name)
        return name != "customers"

    def _read(self, article_id: str, version: int) -> None:
        self.read.append((article_id, version))

    @property
    def search(self) -> QWidget:
        return self.page.filters.search

    @property
    def asked(self) -> RecordFilter:
        return self.past.asked[-1][0]

    def text(self, name: str) -> str:
        found = self.page.findChild(QLabel, name)
        assert found is not None
        return found.text() if found.isVisible() else ""

    def pick(self, name: str, word: str) -> None:
        """Choose a word of a box, as the keyboard does."""
        box = self.page.findChild(QComboBox, name)
        assert box is not None
        box.setCurrentIndex(box.findText(word))
        box.activated.emit(box.currentIndex())

    def button(self, name: str) -> QPushButton:
        found = self.page.findChild(QPushButton, name)
        assert found is not None
        return found

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        return [(row.title, row.badge, row.lines[0]) for row in self.page.list.row_model.rows]


FOUND = (
    a_record(1, name="张小伟", agent_id="u-9", agent_name="王芳"),
    a_record(2, name="", name_now="", number="+8657185123456", customer_id=None, answered=False,
             state=RecordState.CALL_ONLY, agent_id="", category_id=None, question=""),
    a_record(3, direction=Direction.OUTGOING, name="", state=RecordState.WAITING),
    a_record(4, state=RecordState.CONFLICT),
    a_record(5, state=RecordState.REJECTED),
)  # fmt: skip


@pytest.fixture
def looking(theme: Theme, qtbot: QtBot) -> Looking:
    return Looking(FakeHistory(FOUND), theme, qtbot)


def test_each_row_says_who_which_way_whose_and_how_it_stands(looking: Looking) -> None:
    assert looking.rows == [
        ("张小伟", "", "incoming · 138 0013 8000 · 咨询 · 王芳 · 01:05"),
        ("0571 8512 3456", "missed", "incoming · 咨询 · you"),
        ("张伟", "not sent yet", "today's name · outgoing · 138 0013 8000 · 咨询 · you · 01:05"),
        ("张伟", "conflict", "incoming · 138 0013 8000 · 咨询 · you · 01:05"),
        ("张伟", "sent back", "incoming · 138 0013 8000 · 咨询 · you · 01:05"),
    ]
    assert looking.text("records-status") == "5 in all."


def test_typing_asks_for_nothing_that_may_be_chosen(
    looking: Looking, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(looking.rig.seat.directory, "search", asked.append)
    QTest.keyClicks(looking.search, "zhangwei")
    assert not asked
    assert looking.asked.sought.words == ("zhangwei",)


def test_typing_looks_and_the_keyboard_walks_what_was_found(looking: Looking) -> None:
    looking.search.setFocus()
    QTest.keyClicks(looking.search, "138 0013-8000")
    assert looking.asked.sought.number == "+8613800138000"
    QTest.keyClick(looking.search, Qt.Key.Key_Down)
    rows = looking.page.list
    assert rows.current_key == "i-1"
    assert looking.text("records-name") == "张小伟"
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert looking.text("records-name") == "0571 8512 3456"
    QTest.keyClick(looking.search, Qt.Key.Key_Escape)
    assert looking.page.filters.search.text() == ""
    assert looking.asked == RecordFilter()


def test_what_is_typed_in_the_list_is_looked_for(looking: Looking) -> None:
    looking.page.list.select(1)
    looking.page.list.setFocus()
    QTest.keyClicks(looking.page.list, "8")
    QTest.keyClicks(looking.search, "512")
    assert looking.page.filters.search.text() == "8512"
    assert looking.window.focusWidget() is looking.search


def test_a_click_on_the_number_fills_the_dial_field_and_dials_nothing(looking: Looking) -> None:
    looking.page.list.select(0)
    QTest.mouseClick(looking.button("records-number-button"), Qt.MouseButton.LeftButton)
    assert looking.dialled == ["+8613800138000"]
    looking.page.list.select(1)
    QTest.keyClick(looking.button("records-number-button"), Qt.Key.Key_Space)
    assert looking.dialled[1:] == ["+8657185123456"]
    assert not looking.rig.phone.calls


@pytest.mark.parametrize(
    ("position", "sentence"),
    [
        (0, "The centre has it."),
        (1, "A call of this seat; no summary of it is saved."),
        (2, "Saved on this seat; it goes out by itself as soon as the server answers."),
        (3, "Somebody changed the same meanwhile. Decide which stays: Ctrl+I."),
        (4, "The server sent it back. Put it right: Ctrl+I."),
    ],
)
def test_the_state_of_each_record_is_said_in_words(
    looking: Looking, position: int, sentence: str
) -> None:
    looking.page.list.select(position)
    assert looking.text("records-state") == sentence


def test_a_record_is_read_whole_with_the_versions_it_quoted(looking: Looking) -> None:
    looking.page.list.select(0)
    assert looking.text("records-name-now") == "Today: 张伟"
    quotes = looking.page.findChild(RowList, "records-quotes")
    assert quotes is not None
    [quote] = quotes.row_model.rows
    assert (quote.title, quote.trail) == ("子女教育专项附加扣除标准", "version 3")
    quotes.choose_at(0)
    assert looking.read == [("a-1", 3)]
    facts = [label.text() for label in looking.page.findChildren(QLabel) if label.isVisible()]
    for fact in ("incoming · 咨询 · 12366", "2-1", "01:05", "王芳"):
        assert fact in facts


def test_a_long_answer_is_read_without_scrolling_itself(looking: Looking) -> None:
    looking.page.list.select(0)
    answer = looking.page.findChild(QPlainTextEdit, "records-answer")
    assert answer is not None
    answer.setPlainText("\n".join(["每月2000元。"] * 9))
    assert answer.minimumHeight() >= 9 * answer.fontMetrics().lineSpacing()


def test_the_customer_is_opened_where_she_may(looking: Looking) -> None:
    looking.page.list.select(0)
    looking.button("records-customer-button").click()
    assert looking.went == ["customers"]
    looking.page.list.select(1)  # nobody is known
    assert not looking.button("records-customer-button").isVisible()


def test_every_filter_asks_at_once_and_show_all_takes_them_back(looking: Looking) -> None:
    for name, word in (
        ("records-mine", "Mine"), ("records-direction", "Outgoing"), ("records-queue", "咨询"),
        ("records-answered", "Not answered"), ("records-standing", "To decide"),
        ("records-period", "7 days"),
    ):  # fmt: skip
        looking.pick(name, word)
    choice = looking.rig.seat.records.choice
    assert choice == RecordChoice(
        mine=True, direction=Direction.OUTGOING, queue="咨询", answered=False,
        standing=Standing.TO_DECIDE, period=Period.WEEK,
    )  # fmt: skip
    assert looking.asked.agent_id == "a1"
    looking.button("records-reset-button").click()
    assert looking.asked == RecordFilter()
    assert not looking.button("records-reset-button").isEnabled()


def test_a_category_is_chosen_with_all_below_it(looking: Looking) -> None:
    box = looking.page.findChild(QComboBox, "records-category")
    assert box is not None
    looking.pick("records-category", box.itemText(1))
    top = looking.rig.seat.knowledge.categories
    below = [one for one in top if one.parent_id == looking.rig.seat.records.choice.category_id]
    assert looking.asked.categories >= {one.category_id for one in below}


def test_days_from_to_are_shown_and_never_end_before_they_begin(looking: Looking) -> None:
    first = looking.page.findChild(QDateEdit, "records-first-day")
    last = looking.page.findChild(QDateEdit, "records-last-day")
    assert first is not None
    assert last is not None
    assert not first.isVisible()
    looking.pick("records-period", "From – to")
    assert first.isVisible()
    looking.page.resize(880, 400)
    for field in (first, last):
        needed = field.fontMetrics().horizontalAdvance("2026-11-22")
        assert field.lineEdit().width() >= needed
    assert looking.search.width() > needed, "it is not pushed aside"
    last.setDate(QDate(2026, 3, 1))
    first.setDate(QDate(2026, 3, 5))
    choice = looking.rig.seat.records.choice
    assert choice.first is not None
    assert choice.last is not None
    assert choice.first <= choice.last


def test_older_ones_come_as_she_goes_down_and_nothing_jumps(theme: Theme, qtbot: QtBot) -> None:
    pages = [[a_record(at + SCREENFUL * page) for at in range(SCREENFUL)] for page in range(3)]
    looking = Looking(FakeHistory(*pages), theme, qtbot)
    rows, bar = looking.page.list, looking.page.list.verticalScrollBar()
    assert looking.text("records-status").startswith("The newest 50")
    rows.select(3)
    bar.setValue(bar.maximum())
    place = bar.value()
    assert len(looking.rows) == 2 * SCREENFUL
    assert bar.value() == place
    assert rows.current_key == "i-3"
    for _ in range(200):
        QTest.keyClick(rows, Qt.Key.Key_PageDown)
    assert len(looking.rows) == 3 * SCREENFUL
    assert looking.text("records-status") == "150 in all."


def test_news_keep_the_row_that_is_read(looking: Looking) -> None:
    looking.page.list.select(2)
    looking.past.pages[0] = (
        a_record(0),
        *FOUND[:2],
        replace(FOUND[2], state=RecordState.DELIVERED),
    )
    looking.rig.seat.records.on_news()
    assert looking.page.list.current_key == "i-3"
    assert looking.text("records-state") == "The centre has it."


def test_a_long_search_says_how_far_it_is(theme: Theme, qtbot: QtBot) -> None:
    told: list[str] = []

    class Watched(FakeHistory):
        async def page(self, wanted: RecordFilter, place: RecordPlace | None = None) -> RecordPage:
            if place is not None:
                told.append(on_screen.text("records-status"))
            return await super().page(wanted, place)

    past = Watched([a_record(1)], [], [a_record(2)])
    past.pages = [()]
    on_screen = Looking(past, theme, qtbot)
    past.pages = [(a_record(1),), (), (a_record(2),)]
    on_screen.page.filters.search.setText("红字")
    assert told[0] == "1 found; looking further back than Mar 1 …"
    assert on_screen.text("records-status") == "2 in all."


def test_nothing_found_says_what_to_do(looking: Looking) -> None:
    looking.past.pages[0] = ()
    looking.page.filters.search.setText("x")
    assert looking.page.list.accessibleDescription().startswith("Nothing fits.")
    looking.button("records-reset-button").click()
    assert looking.page.list.accessibleDescription().startswith("Nothing was said yet")


def test_a_copy_that_cannot_be_read_is_said_in_words(looking: Looking) -> None:
    looking.past.fault = StoreClosedError()
    looking.page.filters.search.setText("x")
    assert looking.text("records-status") == str(StoreClosedError())
    assert len(looking.rows) == len(FOUND)


def test_a_page_that_is_not_shown_asks_nothing(looking: Looking) -> None:
    looking.window.hide()
    asked = len(looking.past.asked)
    looking.rig.seat.records.on_news()
    assert len(looking.past.asked) == asked
    looking.window.show()
    assert len(looking.past.asked) == asked + 1


def test_a_new_day_writes_the_days_anew(looking: Looking) -> None:
    looking.past.pages[0] = (a_record(1, started_at=looking.rig.clock.now()),)
    looking.rig.seat.records.on_news()
    assert looking.page.list.row_model.rows[0].trail.startswith("today")
    looking.rig.clock.advance(timedelta(days=1).total_seconds())
    looking.page.filters.search.setText("x")
    assert looking.page.list.row_model.rows[0].trail.startswith("yesterday")


def test_what_the_caller_said_stands_in_words_with_the_record(looking: Looking) -> None:
    looking.past.grades["i-2"] = Grade(3, "不满意", "Dissatisfied", satisfied=False, at=BEGAN)
    looking.page.list.select(0)
    assert "Caller's grade" not in facts(looking)
    looking.page.list.select(1)
    assert facts(looking)["Caller's grade"] == "Dissatisfied (key 3), not as satisfied"
    looking.past.grades["i-2"] = Grade(1, "满意", "", satisfied=True, at=BEGAN)
    looking.rig.seat.records.on_news()
    assert facts(looking)["Caller's grade"] == "满意 (key 1), counts as satisfied"


def facts(looking: Looking) -> dict[str, str]:
    """Caption and words of what is known of the record that is read."""
    labels = looking.page.details.findChildren(QLabel)
    named = [one for one in labels if one.objectName().startswith("records-fact-")]
    spoken = [one.accessibleName() for one in named if one.isVisible()]
    return dict(text.split(": ", 1) for text in spoken)


def test_the_history_is_narrowed_by_what_callers_said(looking: Looking) -> None:
    looking.pick("records-graded", "Not satisfied")
    assert looking.asked == RecordFilter(graded=Graded.DISSATISFIED)
    QTest.mouseClick(looking.button("records-reset-button"), Qt.MouseButton.LeftButton)
    assert looking.asked == RecordFilter()


def test_everything_that_takes_the_focus_has_a_name(looking: Looking) -> None:
    looking.page.list.select(0)
    stops = [
        widget
        for widget in looking.page.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.objectName().startswith("qt_")
    ]
    assert len(stops) > 10
    for widget in stops:
        assert widget.objectName().startswith("records-"), widget
        assert widget.accessibleName() or getattr(widget, "text", str)(), widget
