"""A notice that must be read stands there when no call is up, takes no focus, and is read by one
key; supervisors write notices and see who has read them (M32)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDateEdit,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from agent_app.domain.notices import Notice
from sync.notices import NoticeReader
from tests.desk.fakes_gaps import a_notice
from tests.ui.fakes import Rig
from tests.ui.window.hands import Open, child
from ui.notices.card import NoticeCard
from ui.notices.model import NoticesModel
from ui.notices.page import NoticesPage
from ui.rows.list_view import RowList
from ui.window.desk_window import DeskWindow

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


def press(window: DeskWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = ALT) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


def tell(rig: Rig, *notices: Notice) -> None:
    rig.notices.rows = notices
    rig.seat.notices.refresh()


def card_of(window: DeskWindow) -> NoticeCard:
    return child(window, NoticeCard, "notice-card")


def page_of(window: DeskWindow) -> NoticesPage:
    press(window, Qt.Key.Key_N, CTRL)
    page = child(window, NoticesPage, "notices-page")
    assert page.isVisible()
    return page


def label(page: QWidget, name: str) -> str:
    return child(page, QLabel, name).text()


def test_a_notice_that_must_be_read_takes_no_focus_and_one_key_reads_it(
    agent: Rig, open_desk: Open
) -> None:
    window = open_desk(agent)
    before = QApplication.focusWidget()
    tell(agent, a_notice(), a_notice("n2", title="second", body="", must_read=True))
    card = card_of(window)
    assert card.isVisible()
    assert QApplication.focusWidget() is before
    assert window.rect().contains(card.geometry())
    assert label(card, "notice-card-heading") == "Must be read · 1 of 2"
    assert child(card, QPlainTextEdit, "notice-card-body").toPlainText().startswith("按 16 日")
    assert child(window, QToolButton, "notices-mark").text() == "2"
    press(window, Qt.Key.Key_R)
    assert agent.notices.told == ["n1"]
    assert label(card, "notice-card-title") == "second"
    child(card, QPushButton, "notice-card-button").click()
    assert not card.isVisible()
    assert not child(window, QToolButton, "notices-mark").isVisible()


def test_the_search_key_does_not_cover_the_card(agent: Rig, open_desk: Open) -> None:
    window = open_desk(agent)
    tell(agent, a_notice())
    card = card_of(window)
    press(window, Qt.Key.Key_F7, NONE)
    assert window.childAt(card.geometry().center()) in card.findChildren(QWidget)


def test_no_notice_stands_over_a_call(agent: Rig, open_desk: Open) -> None:
    window = open_desk(agent)
    agent.ring(number="13800138000")
    tell(agent, a_notice())
    assert not window.findChildren(NoticeCard)
    press(window, Qt.Key.Key_R)
    assert not agent.notices.told  # what she has not been shown she has not read
    agent.answered()
    assert not window.findChildren(NoticeCard)
    agent.ended()
    card = card_of(window)
    assert card.isVisible()
    agent.ring("2-9", number="13900139000")
    assert not card.isVisible()


def test_the_card_is_not_over_the_page_of_notices(agent: Rig, open_desk: Open) -> None:
    window = open_desk(agent)
    tell(agent, a_notice())
    assert card_of(window).isVisible()
    page = page_of(window)
    assert not card_of(window).isVisible()
    assert label(page, "notices-title") == "征期延长至 16 日"
    press(window, Qt.Key.Key_1)
    assert card_of(window).isVisible()


def test_what_need_not_be_read_is_only_counted(agent: Rig, open_desk: Open) -> None:
    window = open_desk(agent)
    tell(agent, a_notice(must_read=False))
    assert not window.findChildren(NoticeCard)
    assert child(window, QToolButton, "notices-mark").isVisible()
    child(window, QToolButton, "notices-mark").click()
    page = child(window, NoticesPage, "notices-page")
    assert label(page, "notices-title") == "征期延长至 16 日"
    press(window, Qt.Key.Key_R)
    assert agent.notices.told == ["n1"]
    assert "read" in label(page, "notices-facts")
    assert not child(page, QPushButton, "notices-write-button").isVisible()
    press(window, Qt.Key.Key_W)
    assert agent.seat.notice_form.typing is None


def test_the_list_says_what_is_over_and_what_holds(agent: Rig) -> None:
    now = agent.clock.now()
    tell(
        agent,
        a_notice("n1", title="over", expires_at=now - timedelta(days=1)),
        a_notice("n2", title="later", published_at=now + timedelta(days=1)),
        a_notice("n3", title="holds", expires_at=now + timedelta(days=2), provisional=True),
        a_notice("n4", title="read", read_at=now),
    )
    model = NoticesModel(agent.seat)
    assert [(row.title, row.badge, row.muted) for row in model.rows] == [
        ("holds", "unread", False), ("over", "", True), ("later", "", True), ("read", "", False),
    ]  # fmt: skip
    lines = {row.title: row.lines[0] for row in model.rows}
    assert "over since" in lines["over"]
    assert "holds from" in lines["later"]
    assert "holds until" in lines["holds"]
    assert "not sent yet" in model.facts
    model.select("n4")
    assert "read" in model.facts
    tell(agent)
    assert (model.rows, model.facts, model.can_read) == ((), "", False)


def test_a_supervisor_sees_who_has_read_it_and_who_has_not(lead: Rig, open_desk: Open) -> None:
    lead.notices.others = (
        NoticeReader("a2", "李娜", "2026-11-20T00:30:00Z"), NoticeReader("a3", "赵敏"),
    )  # fmt: skip
    tell(lead, a_notice(must_read=False))
    window = open_desk(lead)
    page = page_of(window)
    assert label(page, "notices-readers-line") == "Read by 1 of 2"
    rows = child(page, RowList, "notices-readers").row_model.rows
    assert [(row.title, row.trail == "not yet") for row in rows] == [
        ("赵敏", True),
        ("李娜", False),
    ]
    lead.notices.go()
    press(window, Qt.Key.Key_1)
    page_of(window)
    assert label(page, "notices-readers-line") == (
        "Who has read it cannot be asked now: nobody answers"
    )


def test_the_readers_are_asked_for_once_when_the_page_is_shown(
    lead: Rig, open_desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(lead, a_notice(must_read=False))
    asked: list[str] = []
    monkeypatch.setattr(lead.seat.notices, "ask_readers", asked.append)
    window = open_desk(lead)
    page_of(window)
    assert asked == ["n1"]
    tell(lead, a_notice("n2"))
    assert asked == ["n1", "n2"], "another notice is shown"
    press(window, Qt.Key.Key_1)
    page_of(window)
    assert asked == ["n1", "n2", "n2"], "they may be others by now"


def test_a_notice_is_written_by_keyboard_and_kept_as_it_is_typed(
    lead: Rig, open_desk: Open
) -> None:
    window = open_desk(lead)
    page = page_of(window)
    press(window, Qt.Key.Key_W)
    title = child(page, QLineEdit, "notice-title")
    assert title.hasFocus()
    press(window, Qt.Key.Key_Return)
    assert label(page, "notice-title-remark") == "a title is needed"
    QTest.keyClicks(title, "power")
    child(page, QPlainTextEdit, "notice-body").setPlainText("Saturday")
    child(page, QCheckBox, "notice-must-read").click()
    ends = child(page, QCheckBox, "notice-ends")
    ends.click()
    until = child(page, QDateEdit, "notice-until")
    until.setDate(QDate(2026, 11, 1))
    press(window, Qt.Key.Key_Return)
    assert label(page, "notice-until-remark") == "this day is over"
    until.setDate(QDate(2026, 11, 30))
    kept = lead.notices.forms[""]
    assert (kept.title, kept.body, kept.must_read) == ("power", "Saturday", False)
    child(page, QPushButton, "notice-back-button").click()
    assert not page.write_box.isVisible()
    press(window, Qt.Key.Key_W)
    assert label(page, "notice-note") == "You had typed this and not published it."
    press(window, Qt.Key.Key_Return)
    (saved,) = lead.notices.saved
    assert (saved.title, saved.until is not None) == ("power", True)
    assert not page.write_box.isVisible()


def test_a_notice_is_changed_and_a_full_disk_is_said(lead: Rig, open_desk: Open) -> None:
    tell(lead, a_notice(must_read=False))
    window = open_desk(lead)
    page = page_of(window)
    child(page, QPushButton, "notices-edit-button").click()
    title = child(page, QLineEdit, "notice-title")
    assert title.text() == "征期延长至 16 日"
    lead.notices.fault = "disk full"
    QTest.keyClicks(title, "!")
    assert label(page, "notice-note") == "Not kept on disk: disk full"
    lead.notices.fault = ""
    child(page, QPushButton, "notice-discard-button").click()
    assert not page.write_box.isVisible()


def test_a_notice_that_is_being_written_outlives_another_language(
    lead: Rig, open_desk: Open
) -> None:
    window = open_desk(lead)
    page = page_of(window)
    press(window, Qt.Key.Key_W)
    QTest.keyClicks(child(page, QLineEdit, "notice-title"), "power")
    window._rebuild()
    window._pages.go("notices")
    anew = window._pages.stack.currentWidget()
    assert isinstance(anew, NoticesPage)
    assert anew is not page
    assert child(anew, QLineEdit, "notice-title").text() == "power"
    assert anew.write_box.isVisibleTo(anew)


def test_long_words_stay_inside_the_card(agent: Rig, open_desk: Open) -> None:
    window = open_desk(agent)
    window.resize(900, 480)
    tell(agent, a_notice(title="征期" * 200, body="<b>x</b>\n" + "按 16 日答复" * 500))
    card = card_of(window)
    assert window.rect().contains(card.geometry())
    assert child(card, QPlainTextEdit, "notice-card-body").toPlainText().startswith("<b>x</b>")
