"""The window's pages: built when shown, never changed by a call, laid out as they were."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QToolBar,
    QToolButton,
    QWidget,
)

from agent_app.desk.library import Library
from sip import messages as m
from tests.desk.fakes import FakeArticles, an_article
from tests.desk.fakes_history import FakeHistory, a_record
from tests.desk.fakes_library import FakeFiles, FakeLibraryServer, published
from tests.ui.fakes import InstantTasks, Rig, a_rig
from tests.ui.rail.pages import Book
from tests.ui.window.hands import Open, child, press
from ui.knowledge.history_view import DifferenceText
from ui.rail.spec import PageSpec
from ui.rows.list_view import RowList
from ui.window import desk_window
from ui.window import pages as window_pages
from ui.window.desk_window import DeskWindow

FIRST = m.LineId("1-9")


@pytest.fixture
def book(monkeypatch: pytest.MonkeyPatch) -> Book:
    """Two more pages, the second for supervisors only."""
    book = Book()
    listed = window_pages.page_list

    def pages(desk: QWidget) -> tuple[PageSpec, ...]:
        return (listed(desk)[0], book.page("people"), book.page("reports", "supervisor"))

    monkeypatch.setattr(desk_window, "page_list", pages)
    return book


@pytest.fixture
def window(book: Book, rig: Rig, open_desk: Open) -> DeskWindow:
    return open_desk(as_role(rig, "agent"))


def as_role(rig: Rig, role: str) -> Rig:
    return replace(rig, seat=replace(rig.seat, agent=replace(rig.seat.agent, role=role)))


def shown(window: DeskWindow) -> str:
    page = child(window, QStackedWidget, "pages").currentWidget()
    return "" if page is None else page.objectName()


def go(window: DeskWindow, page: int) -> None:
    QTest.keyClick(window, Qt.Key(Qt.Key.Key_0 + page), Qt.KeyboardModifier.AltModifier)


def test_a_page_is_built_when_it_is_shown_and_only_once(window: DeskWindow, book: Book) -> None:
    assert book.built == []
    go(window, 2)
    assert shown(window) == "people"
    assert window.focusWidget().objectName() == "people-field"
    go(window, 1)
    go(window, 2)
    assert book.built == ["people"]


def test_the_page_a_role_has_not_is_not_there_and_has_no_key(
    window: DeskWindow, book: Book
) -> None:
    names = [button.objectName() for button in window.findChildren(QToolButton)]
    assert "page-people-button" in names
    assert "page-reports-button" not in names
    go(window, 3)
    assert shown(window) == "desk-splitter"


def test_the_mouse_chooses_a_page_without_taking_the_cursor_to_the_rail(window: DeskWindow) -> None:
    child(window, QToolButton, "page-people-button").click()
    assert shown(window) == "people"
    assert window.focusWidget().objectName() == "people-field"


@pytest.mark.parametrize("name", ["answer-field", "search-field", "dial-field"])
def test_the_cursor_is_where_it_was_when_she_comes_back(
    window: DeskWindow, rig: Rig, name: str
) -> None:
    rig.ring()
    rig.answered()
    child(window, QWidget, name).setFocus()
    go(window, 2)
    go(window, 1)
    assert window.focusWidget().objectName() == name


def test_the_cursor_has_a_place_when_its_own_is_gone(window: DeskWindow, rig: Rig) -> None:
    child(window, QWidget, "search-field").setFocus()
    go(window, 2)
    child(window, QWidget, "search-field").setEnabled(False)
    go(window, 1)
    assert window.focusWidget().objectName() == "dial-field"


def test_a_ringing_call_leaves_the_page_and_what_is_typed(window: DeskWindow, rig: Rig) -> None:
    go(window, 2)
    field = child(window, QLineEdit, "people-field")
    QTest.keyClicks(field, "zhang")
    rig.ring()
    QTest.keyClicks(field, "wei")
    assert (shown(window), field.text()) == ("people", "zhangwei")
    rig.ended()
    assert shown(window) == "people"


def test_answering_shows_the_desk(window: DeskWindow, rig: Rig) -> None:
    go(window, 2)
    rig.ring()
    press(Qt.Key.Key_F2, window)
    assert rig.commands == [m.Answer(FIRST)]
    assert shown(window) == "desk-splitter"


def test_the_toast_shows_the_desk(window: DeskWindow, rig: Rig) -> None:
    go(window, 2)
    rig.ring()
    window.toast.window_wanted.emit()
    assert shown(window) == "desk-splitter"


def test_a_key_of_the_desk_shows_it_before_it_does_anything(window: DeskWindow, rig: Rig) -> None:
    call = rig.ring()
    rig.answered()
    rig.ended()
    go(window, 2)
    press(Qt.Key.Key_F11, window)
    assert shown(window) == "desk-splitter"
    assert rig.seat.summaries.draft(call) is not None


def test_the_bars_stay_and_the_knowledge_base_makes_room(window: DeskWindow) -> None:
    dock = child(window, QDockWidget, "knowledge-dock")
    go(window, 2)
    assert child(window, QWidget, "call-bar").isVisible()
    assert child(window, QWidget, "state-bar").isVisible()
    assert not dock.isVisible()
    QApplication.processEvents()
    page = child(window, QWidget, "people")
    assert page.width() > window.width() - 80
    go(window, 1)
    assert dock.isVisible()


def test_a_knowledge_base_that_was_put_away_stays_away(window: DeskWindow) -> None:
    dock = child(window, QDockWidget, "knowledge-dock")
    dock.hide()
    go(window, 2)
    go(window, 1)
    assert not dock.isVisible()


def test_f7_and_the_menu_bring_knowledge_and_desk(window: DeskWindow) -> None:
    dock = child(window, QDockWidget, "knowledge-dock")
    go(window, 2)
    press(Qt.Key.Key_F7, window)
    assert (shown(window), dock.isVisible()) == ("desk-splitter", True)
    go(window, 2)
    dock.toggleViewAction().trigger()
    assert (shown(window), dock.isVisible()) == ("desk-splitter", True)


def test_a_floating_knowledge_base_stays_on_every_page(window: DeskWindow) -> None:
    dock = child(window, QDockWidget, "knowledge-dock")
    child(window, QAction, "menu-float").trigger()
    go(window, 2)
    assert dock.isVisible()
    child(window, QAction, "menu-float").trigger()
    assert (shown(window), dock.isFloating()) == ("desk-splitter", False)


def test_the_customers_form_does_not_stay_over_another_page(window: DeskWindow, rig: Rig) -> None:
    rig.ring()
    rig.answered()
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert child(window, QWidget, "customer").isVisible()
    go(window, 2)
    assert not child(window, QWidget, "customer").isVisible()


def test_another_language_keeps_the_page(window: DeskWindow, book: Book) -> None:
    go(window, 2)
    child(window, QAction, "language-zh").trigger()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert shown(window) == "people"
    assert book.built == ["people", "people"]
    assert len(window.findChildren(QWidget, "rail")) == 1
    go(window, 1)
    assert child(window, QDockWidget, "knowledge-dock").isVisible()


def test_a_quoted_article_of_the_history_is_read_on_the_desk(
    qapp: QApplication, open_desk: Open
) -> None:
    article = an_article("a-1", title="子女教育专项附加扣除标准", version=4)
    rig = a_rig(past=FakeHistory([a_record(1)]), articles=FakeArticles(article))
    server = FakeLibraryServer()
    server.published = {"a-1": [published(3, "每月2000元。", id="a-1")]}
    rig = replace(rig, seat=replace(rig.seat, library=Library(
        server=server, files=FakeFiles(), tasks=InstantTasks())))  # fmt: skip
    window = open_desk(rig)
    child(window, QToolButton, "page-records-button").click()
    child(window, RowList, "records-list").select(0)
    child(window, RowList, "records-quotes").choose_at(0)
    assert shown(window) == "desk-splitter"
    versions = child(window, RowList, "versions-list")
    assert versions.isVisible()
    assert versions.current_key == "3", "the one that the caller was told"
    assert "每月2000元。" in child(window, DifferenceText, "difference-text").toPlainText()


def test_leaving_from_another_page_remembers_the_desks_layout(
    window: DeskWindow, open_desk: Open, rig: Rig
) -> None:
    child(window, QSplitter, "desk-splitter").setSizes([260, 500])
    QApplication.processEvents()
    sizes = child(window, QSplitter, "desk-splitter").sizes()
    go(window, 2)
    window.close()
    again = open_desk(rig)
    QApplication.processEvents()
    assert shown(again) == "desk-splitter"
    assert child(again, QDockWidget, "knowledge-dock").isVisible()
    assert child(again, QSplitter, "desk-splitter").sizes() == sizes


def test_another_language_on_another_page_forgets_nothing_of_the_desks_layout(
    window: DeskWindow, open_desk: Open, rig: Rig
) -> None:
    go(window, 2)
    child(window, QAction, "language-zh").trigger()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    window.close()
    again = open_desk(rig)
    QApplication.processEvents()
    assert child(again, QDockWidget, "knowledge-dock").isVisible()


def test_a_layout_from_before_the_rail_has_it_at_the_left(
    window: DeskWindow, open_desk: Open, rig: Rig, memory: QSettings
) -> None:
    window.removeToolBar(child(window, QToolBar, "rail-place"))
    child(window, QToolBar, "rail-place").setObjectName("")
    window.close()
    again = open_desk(rig)
    QApplication.processEvents()
    rail = child(again, QWidget, "rail")
    assert rail.isVisible()
    assert rail.mapTo(again, rail.rect().topLeft()).x() == 0
    assert rail.height() > 300


def test_the_tab_key_goes_from_the_rail_into_the_page(open_desk: Open, rig: Rig) -> None:
    window = open_desk(rig)
    rig.ring()
    rail = child(window, QToolButton, "page-desk-button")
    rail.setFocus(Qt.FocusReason.TabFocusReason)
    stops = []
    for _ in range(40):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        stops.append(window.focusWidget().objectName())
    work = ["caller-edit-button", "category-field", "save-button", "search-field", "dial-field"]
    assert [name for name in dict.fromkeys(stops) if name in work] == work
