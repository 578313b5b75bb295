"""The page of editors by keyboard: write, compare, send to review, publish, call people back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextBrowser,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from agent_app.domain.editing import ArticleDraft, DraftState
from agent_app.domain.knowledge import Category
from agent_app.store.errors import DiskFullError
from sync.errors import Unreachable
from tests.desk.fakes_editing import ARTICLE, WORDS, a_draft
from tests.ui.editing.hands import WRITING, Open, choose, press, text
from tests.ui.fakes import a_rig
from tests.ui.window.hands import child
from ui.editing import form_model
from ui.editing.list_model import DraftListModel, Shown
from ui.keys import KeyMap
from ui.language import Languages
from ui.rows.list_view import RowList
from ui.search_field import SearchField
from ui.summary.categories import CategoryTree
from ui.theme import Theme
from ui.window.desk_window import DeskWindow

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def offered(page: QWidget) -> set[str]:
    """The buttons of the foot that are there."""
    foot = child(page, QWidget, "editing-foot")
    return {
        one.objectName().removeprefix("editing-").removesuffix("-button")
        for one in foot.findChildren(QPushButton)
        if one.isVisible()
    }


def test_an_editor_writes_and_sends_to_review_by_keyboard(open_page: Open) -> None:
    rig, page = open_page(WRITING)
    choose(page)
    answer = child(page, QPlainTextEdit, "editing-answer")
    assert answer.toPlainText() == WORDS.answer
    assert offered(page) == {"drop", "save", "submit"}
    answer.setFocus()
    press(Qt.Key.Key_End, CTRL)
    QTest.keyClicks(answer, "abc")
    assert rig.written.drafts.typed["w1"].words.answer.endswith("免征。abc")
    assert "not saved" in text(page, "editing-facts")
    assert "discard" in offered(page)
    press(Qt.Key.Key_Return, CTRL | SHIFT)
    assert rig.written.drafts.did == [("save", "w1", DraftState.IN_REVIEW)]
    assert offered(page) == {"take-back", "give-back"}
    assert answer.isReadOnly()
    assert "second person" in text(page, "editing-advice")


def test_what_is_missing_is_marked_and_the_cursor_goes_there(open_page: Open) -> None:
    rig, page = open_page()
    child(page, QPushButton, "editing-new-button").click()
    assert QApplication.focusWidget() is child(page, QLineEdit, "editing-title")
    press(Qt.Key.Key_Return, CTRL | SHIFT)
    assert text(page, "editing-title-remark") == "is needed"
    assert text(page, "editing-answer-remark") == "is needed"
    assert rig.written.drafts.did == []
    title = child(page, QLineEdit, "editing-title")
    assert QApplication.focusWidget() is title
    QTest.keyClicks(title, "x")
    assert text(page, "editing-title-remark") == ""
    child(page, QLineEdit, "editing-valid-from").setText("")
    QTest.keyClicks(child(page, QLineEdit, "editing-valid-from"), "soon")
    press(Qt.Key.Key_S, CTRL | SHIFT)
    assert text(page, "editing-valid-from-remark") == "a day like 2026-05-04"


def test_a_reviewer_compares_gives_back_or_publishes(open_page: Open) -> None:
    rig, page = open_page(a_draft(), role="supervisor")
    choose(page)
    assert offered(page) == {"give-back", "publish"}
    assert child(page, QLineEdit, "editing-title").property("locked"), "it looks like it"
    assert not child(page, QWidget, "editing-files").isVisible(), "there are none"
    reading = child(page, QTextBrowser, "editing-reading")
    assert reading.isVisible()
    assert reading.toPlainText().startswith("月销售额 10 万元以下免征。")
    child(page, QPushButton, "editing-compare-button").click()
    shown = child(page, QTextEdit, "editing-difference").toPlainText()
    assert "15" in shown
    assert "10" in shown
    child(page, QPushButton, "editing-give-back-button").click()
    remark = child(page, QLineEdit, "editing-remark")
    assert QApplication.focusWidget() is remark
    assert rig.written.drafts.did == []
    QTest.keyClicks(remark, "basis?")
    press(Qt.Key.Key_Return)
    assert rig.written.drafts.did == [("move", "d1", DraftState.RETURNED, "basis?")]


def test_after_publishing_the_people_to_call_back_are_there(open_page: Open) -> None:
    rig, page = open_page(a_draft(), role="supervisor")
    choose(page)
    press(Qt.Key.Key_B, CTRL | SHIFT)
    assert rig.written.drafts.did == [("publish", "d1", 2)]
    assert offered(page) == set()
    rig.written.drafts.drafts["d1"] = a_draft(state=DraftState.PUBLISHED)
    rig.seat.editing.refresh()
    assert rig.written.server.asked == [("k1", 4, "")]
    assert text(page, "told-summary") == "3 calls quoted a version before 4."
    told = child(page, RowList, "told-list")
    assert QApplication.focusWidget() is told
    # Enter fills the dial field; nobody is dialled.
    press(Qt.Key.Key_Return)
    window = page.window()
    assert "13800138000" in child(window, QLineEdit, "dial-field").text().replace(" ", "")
    assert rig.phone.calls == ()
    child(page, QPushButton, "told-back-button").click()
    assert not told.isVisible()
    assert "told" in offered(page)


def test_an_editor_hears_how_many_and_by_whom(open_page: Open) -> None:
    rig, page = open_page(a_draft(state=DraftState.PUBLISHED))
    rig.written.server.people = False
    child(page, QPushButton, "editing-done-button").click()
    choose(page)
    child(page, QPushButton, "editing-told-button").click()
    assert "A supervisor sees who they were" in text(page, "told-summary")
    rows = child(page, RowList, "told-list").row_model.rows
    assert [(row.title, row.trail) for row in rows] == [("李娜", "calls: 2"), ("王强", "calls: 1")]


def test_without_the_server_the_list_says_so(open_page: Open) -> None:
    rig, page = open_page(a_draft(state=DraftState.PUBLISHED))
    rig.written.server.error = Unreachable("no route")
    child(page, QPushButton, "editing-done-button").click()
    choose(page)
    child(page, QPushButton, "editing-told-button").click()
    assert text(page, "told-summary") == (
        "Only the server knows who was told what, and it is away now."
    )


def test_an_article_is_found_and_changed(open_page: Open) -> None:
    rig, page = open_page()
    search = child(page, QLineEdit, "editing-search")
    search.setFocus()
    QTest.keyClicks(search, "mian")
    press(Qt.Key.Key_Return)
    assert text(page, "editing-heading") == f"{ARTICLE.title}, after version 3"
    answer = child(page, QPlainTextEdit, "editing-answer")
    assert answer.toPlainText() == ARTICLE.answer
    assert QApplication.focusWidget() is answer
    child(page, QPushButton, "editing-variant-button").click()
    assert text(page, "editing-heading") == "New variant for a region"
    assert child(page, QLineEdit, "editing-region").text() == ""
    owner = child(page, QComboBox, "editing-owner")
    assert owner.currentText() == "孙丽"
    owner.setFocus()
    press(Qt.Key.Key_Home)
    owner.activated.emit(0)
    editing = rig.seat.editing.editing
    assert editing is not None
    assert editing.form.words.owner_id == ""


def test_the_arrows_walk_through_what_was_found_and_esc_brings_the_drafts_back(
    open_page: Open,
) -> None:
    _, page = open_page(WRITING)
    search, found = child(page, SearchField, "editing-search"), child(page, RowList, "editing-list")
    drafts = found.row_model.rows
    search.setFocus()
    QTest.keyClicks(search, "mian")
    assert found.row_model.rows != drafts
    press(Qt.Key.Key_Down)
    assert found.currentIndex().row() == 0
    assert QApplication.focusWidget() is search
    press(Qt.Key.Key_Escape)
    assert (search.text(), found.row_model.rows) == ("", drafts)


def test_a_supervisor_asks_about_any_article_and_her_cursor_stays(open_page: Open) -> None:
    rig, page = open_page(role="supervisor")
    search = child(page, QLineEdit, "editing-search")
    search.setFocus()
    QTest.keyClicks(search, "mian")
    press(Qt.Key.Key_Return)
    assert rig.written.server.asked == [("k1", 3, "")]
    assert child(page, RowList, "told-list").isVisible()
    assert QApplication.focusWidget() is search
    assert not child(page, QPushButton, "editing-new-button").isVisible()


@pytest.mark.parametrize(
    ("draft", "advice"),
    [
        (replace(WRITING, state=DraftState.RETURNED, remark="文号？", reviewer_name="王强"),
         "王强: 文号？"),
        (replace(WRITING, state=DraftState.RETURNED),
         "It waited for its day when its article changed: look at it again."),
        (replace(WRITING, article_version=4),
         "The article has version 4 by now. Look at the differences first."),
        (replace(WRITING, set_aside=True),
         "The server sent something of it back: look into the inbox (Ctrl+I)."),
        (replace(WRITING, refused="The owner is not known here."),
         "The server did not take it: The owner is not known here."),
        (replace(WRITING, waits=True), "It goes to the server as soon as the server is there."),
        (replace(WRITING, state=DraftState.SCHEDULED),
         "In force from 2026-01-01. Until then agents see the version in force."),
    ],
)  # fmt: skip
def test_what_she_should_know_stands_above_the_words(
    open_page: Open, draft: ArticleDraft, advice: str
) -> None:
    _, page = open_page(draft)
    choose(page)
    assert text(page, "editing-advice") == advice


def test_words_that_the_disk_would_not_take_are_said(open_page: Open, tmp_path: object) -> None:
    rig, page = open_page(WRITING)
    choose(page)
    rig.written.drafts.error = DiskFullError(tmp_path)  # type: ignore[arg-type]
    QTest.keyClicks(child(page, QPlainTextEdit, "editing-answer"), "x")
    assert text(page, "editing-advice").startswith("Not kept on disk:")


def test_the_topics_are_sorted_when_they_change_and_not_at_every_key(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted: list[CategoryTree] = []

    def plant(categories: tuple[Category, ...]) -> CategoryTree:
        planted.append(CategoryTree(categories))
        return planted[-1]

    monkeypatch.setattr(form_model, "CategoryTree", plant)
    rig, page = open_page(WRITING)
    choose(page)
    QTest.keyClicks(child(page, QPlainTextEdit, "editing-answer"), "abc")
    assert len(planted) == 1
    rig.seat.knowledge.categories_changed.emit(())
    assert len(planted) == 2


def test_the_lists_say_what_is_in_them(open_page: Open) -> None:
    rig, page = open_page(WRITING, a_draft(waits=True), a_draft("p1", state=DraftState.PUBLISHED))
    model = DraftListModel(rig.seat)
    assert [model.count(shown) for shown in Shown] == [1, 1, 1]
    assert child(page, QPushButton, "editing-review-button").text() == "To review 1"
    model.show_list(Shown.REVIEW)
    assert [row.badge for row in model.rows] == ["not sent yet"]
    model.search("x")
    assert model.searching
    model.search("")
    assert (model.searching, model.shown) == (False, Shown.REVIEW)


def test_only_editors_and_supervisors_have_the_page(
    qtbot: QtBot, theme: Theme, languages: Languages, memory: QSettings
) -> None:
    rig = a_rig(role="agent")
    window = DeskWindow(rig.seat, theme=theme, languages=languages, keys=KeyMap(), memory=memory)
    qtbot.addWidget(window)
    assert window.findChild(QAbstractButton, "page-editing-button") is None
