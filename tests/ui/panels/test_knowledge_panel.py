"""The knowledge base by keyboard: search, read, quote, and back to where she was typing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from agent_app.domain.ids import ArticleId
from agent_app.domain.summary import DraftState
from tests.ui.panels.fakes import ONE, TWO, Desk
from tests.ui.panels.fakes_knowledge import article, hit, suggestion
from tests.ui.panels.finding import find
from tests.ui.panels.typing import compose, type_text
from ui.knowledge import KnowledgePanel
from ui.rows.list_view import RowList

K1 = ArticleId("K1")


class Page(QWidget):
    """A field to type in beside the knowledge base."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.notes = QPlainTextEdit()
        self.knowledge = KnowledgePanel(desk.seat)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.notes)
        layout.addWidget(self.knowledge)
        self.resize(900, 620)

    @property
    def search(self) -> QLineEdit:
        return find(self.knowledge, QLineEdit, "search-field")

    @property
    def results(self) -> RowList:
        return find(self.knowledge, RowList, "results-list")

    @property
    def suggestions(self) -> RowList:
        return find(self.knowledge, RowList, "suggestions-list")

    @property
    def title(self) -> QLabel:
        return find(self.knowledge, QLabel, "article-title")

    @property
    def answer(self) -> QTextEdit:
        return find(self.knowledge, QTextEdit, "article-answer")


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Page:
    page = Page(desk)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is page, timeout=5000)
    page.notes.setFocus()
    return page


def test_from_the_key_to_the_quote_and_back_by_keyboard_alone(
    desk: Desk, page: Page, qtbot: QtBot
) -> None:
    desk.begin()
    page.knowledge.focus_search()
    assert page.focusWidget() is page.search
    type_text(page.search, "子女")
    assert desk.knowledge.asked == ["子", "子女"]
    desk.knowledge.answer(hit(1), hit(2, "子女教育（旧）"))
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    QTest.keyClick(page.search, Qt.Key.Key_Up)
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert desk.knowledge.opened == ["K1"]
    desk.knowledge.bring(K1)
    assert page.title.text() == "子女教育专项附加扣除标准"
    assert page.answer.isVisible()
    page.knowledge.quote_button.click()
    assert [q.article_id for q in desk.summaries.drafts[ONE].quotes] == ["K1"]
    assert page.focusWidget() is page.notes
    assert not page.knowledge.quote_button.isEnabled()


def test_nothing_is_searched_while_an_input_method_composes(desk: Desk, page: Page) -> None:
    compose(page.search, "zinv")
    assert desk.knowledge.asked == []
    compose(page.search, "", commit="子女")
    assert desk.knowledge.asked == ["子女"]


def test_the_first_result_is_marked_and_enter_opens_it(
    desk: Desk, page: Page, qtbot: QtBot
) -> None:
    type_text(page.search, "税")
    desk.knowledge.answer(hit(3), hit(4))
    assert page.results.current_key == "K3"
    QTest.keyClick(page.search, Qt.Key.Key_Enter)
    assert desk.knowledge.opened == ["K3"]


def test_stale_results_are_not_painted(desk: Desk, page: Page) -> None:
    type_text(page.search, "子女")
    desk.knowledge.answer(hit(2, "fresh"))
    desk.knowledge.answer(hit(1, "stale"), generation=1)
    assert [row.title for row in page.results.row_model.rows] == ["fresh"]


def test_an_article_hidden_by_a_new_search_cannot_be_quoted(
    desk: Desk, page: Page, qtbot: QtBot
) -> None:
    desk.begin()
    type_text(page.search, "税")
    desk.knowledge.answer(hit(1))
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    desk.knowledge.bring(K1)
    assert page.knowledge.quote_button.isEnabled()
    type_text(page.search, "率")
    assert not page.knowledge.quote_button.isEnabled()
    page.knowledge.quote_button.click()
    assert desk.summaries.drafts[ONE].quotes == ()
    assert page.results.isVisible()


def test_escape_goes_back_step_by_step(desk: Desk, page: Page, qtbot: QtBot) -> None:
    page.knowledge.focus_search()
    type_text(page.search, "税")
    desk.knowledge.answer(hit(1))
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    desk.knowledge.bring(K1)
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.results.isVisible()
    assert page.search.text() == "税"
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.search.text() == ""
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.focusWidget() is page.notes


def test_moving_on_from_an_article_shows_the_results_again(
    desk: Desk, page: Page, qtbot: QtBot
) -> None:
    type_text(page.search, "税")
    desk.knowledge.answer(hit(1), hit(2))
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    desk.knowledge.bring(K1)
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.results.isVisible()


def test_a_suggestion_opens_by_its_key_and_by_a_click(desk: Desk, page: Page, qtbot: QtBot) -> None:
    desk.begin()
    desk.knowledge.propose(ONE, suggestion(1), suggestion(2))
    page.knowledge.open_suggestion(2)
    page.knowledge.open_suggestion(3)
    first = page.suggestions.visualRect(page.suggestions.row_model.index(0, 0)).center()
    QTest.mouseClick(page.suggestions.viewport(), Qt.MouseButton.LeftButton, pos=first)
    assert desk.knowledge.opened == ["K2", "K1"]


def test_suggestions_keep_still_under_the_mouse_and_while_she_types(desk: Desk, page: Page) -> None:
    desk.begin()
    desk.knowledge.propose(ONE, suggestion(1))
    here = QPointF(5, 5)
    QApplication.sendEvent(page.suggestions, QEnterEvent(here, here, here))
    desk.knowledge.propose(ONE, suggestion(2))
    assert page.suggestions.row_model.rows[0].key == "K1"
    QApplication.sendEvent(page.suggestions, QEvent(QEvent.Type.Leave))
    assert page.suggestions.row_model.rows[0].key == "K2"
    page.knowledge.hold_still()
    desk.knowledge.propose(ONE, suggestion(3))
    assert page.suggestions.row_model.rows[0].key == "K2"


def test_the_official_answer_stands_first_and_markup_stays_text(desk: Desk, page: Page) -> None:
    odd = article(1, answer="<b>先</b> & <script>x</script>", question="问", basis="据")
    desk.knowledge.articles[K1] = odd
    desk.begin()
    desk.knowledge.propose(ONE, suggestion(1))
    page.knowledge.open_suggestion(1)
    desk.knowledge.bring(K1)
    assert page.answer.toPlainText().splitlines() == [
        "<b>先</b> & <script>x</script>", "Question", "问", "Basis", "据",
    ]  # fmt: skip
    assert find(page.knowledge, QLabel, "article-sample").isVisible()


def test_an_article_without_basis_has_no_heading_for_it(desk: Desk, page: Page) -> None:
    desk.knowledge.articles[K1] = article(1, basis="", sample=False)
    desk.begin()
    desk.knowledge.propose(ONE, suggestion(1))
    page.knowledge.open_suggestion(1)
    desk.knowledge.bring(K1)
    assert "Basis" not in page.answer.toPlainText()
    assert not find(page.knowledge, QLabel, "article-sample").isVisible()
    find(page.knowledge, QPushButton, "article-back-button").click()
    assert page.results.isVisible()


def test_an_article_scrolls_as_one_and_quoting_stays_in_sight(
    desk: Desk, page: Page, qtbot: QtBot
) -> None:
    desk.knowledge.articles[K1] = article(1, answer="按照每个子女每月2000元的标准定额扣除。" * 80)
    desk.begin()
    page.knowledge.focus_search()
    type_text(page.search, "税")
    desk.knowledge.answer(hit(1))
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    desk.knowledge.bring(K1)
    bar = find(page.knowledge, QScrollArea, "article-place").verticalScrollBar()
    qtbot.waitUntil(bar.isVisible)
    for inner in (page.answer.verticalScrollBar(), page.answer.horizontalScrollBar()):
        assert inner.maximum() == 0
    QTest.keyClick(page.search, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    assert page.focusWidget() is page.search
    quote = page.knowledge.quote_button
    assert quote.visibleRegion().boundingRect() == quote.rect()
    QTest.keyClick(page.search, Qt.Key.Key_PageUp)
    assert bar.value() == 0


def test_walking_through_an_article_brings_its_words_into_sight(
    desk: Desk, page: Page, qtbot: QtBot
) -> None:
    desk.knowledge.articles[K1] = article(1, answer="按照每个子女每月2000元的标准定额扣除。" * 80)
    desk.begin()
    desk.knowledge.propose(ONE, suggestion(1))
    page.knowledge.open_suggestion(1)
    desk.knowledge.bring(K1)
    bar = find(page.knowledge, QScrollArea, "article-place").verticalScrollBar()
    qtbot.waitUntil(bar.isVisible)
    page.answer.setFocus()
    QTest.keyClick(page.answer, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    end = bar.value()
    assert end > bar.maximum() - bar.pageStep()
    QTest.keyClick(page.answer, Qt.Key.Key_PageUp)
    assert bar.value() < end


def test_the_next_caller_finds_the_knowledge_base_as_it_is_at_rest(
    desk: Desk, page: Page, qtbot: QtBot
) -> None:
    desk.begin(ONE)
    type_text(page.search, "税")
    desk.knowledge.answer(hit(1))
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    desk.knowledge.bring(K1)
    desk.begin(TWO)
    assert page.search.text() == ""
    assert page.results.isVisible()
    assert page.results.row_model.rowCount() == 0


def test_what_she_looked_up_between_calls_stays_when_the_phone_rings(
    desk: Desk, page: Page
) -> None:
    done = desk.begin(ONE)
    desk.summaries.put(replace(done, state=DraftState.SAVED))
    type_text(page.search, "税")
    desk.begin(TWO)
    assert page.search.text() == "税"


def test_all_labels_are_plain_text(page: Page) -> None:
    for label in page.knowledge.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText, label.objectName()
    for control in (page.search, page.results, page.suggestions, page.answer):
        assert control.accessibleName()


def test_when_the_field_she_came_from_is_gone_the_focus_stays(
    desk: Desk, page: Page, qtbot: QtBot
) -> None:
    page.knowledge.focus_search()
    page.notes.setEnabled(False)
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.focusWidget() is page.search


def test_after_a_quote_from_nowhere_the_page_may_lead_her_on(
    desk: Desk, page: Page, qtbot: QtBot
) -> None:
    desk.begin()
    page.notes.setReadOnly(True)
    page.knowledge.focus_search()
    type_text(page.search, "税")
    desk.knowledge.answer(hit(1))
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    desk.knowledge.bring(K1)
    with qtbot.waitSignal(page.knowledge.quoted_from_nowhere):
        page.knowledge.quote_button.click()


@pytest.mark.parametrize(("height", "rows"), [(400, 3), (572, 4), (900, 5)])
def test_suggestions_take_three_to_five_whole_rows_by_the_height_alone(
    desk: Desk, page: Page, qtbot: QtBot, height: int, rows: int
) -> None:
    page.resize(900, height)
    qtbot.waitUntil(lambda: page.suggestions.height() == page.suggestions.height_of(rows))
    before = page.suggestions.geometry()
    desk.begin()
    desk.knowledge.propose(ONE, *(suggestion(number) for number in range(1, 6)))
    assert page.suggestions.geometry() == before
    assert page.suggestions.row_model.rowCount() == rows
    assert not page.suggestions.verticalScrollBar().isVisible()
    assert find(page.knowledge, QLabel, "suggestions-keys").text() == f"Ctrl+Shift+1 … {rows}"
