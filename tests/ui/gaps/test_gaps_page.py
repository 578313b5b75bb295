"""The page of reports by keyboard: take, link an article, answer, decline; the outcome is heard."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from agent_app.domain.gaps import GapLists, GapReport, GapState
from agent_app.domain.ids import AgentId, ArticleId, CategoryId
from tests.desk.fakes_gaps import AN_ARTICLE, a_report, my_answered
from tests.ui.fakes import Rig
from tests.ui.panels.fakes_knowledge import CATEGORIES
from tests.ui.window.hands import Open, child
from ui.gaps.model import GapsModel, Shown
from ui.gaps.page import GapsPage
from ui.keys import KeyMap
from ui.rows.list_view import RowList
from ui.window.desk_window import DeskWindow

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(window: DeskWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = ALT) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


def page_of(window: DeskWindow) -> GapsPage:
    press(window, Qt.Key.Key_G, CTRL | SHIFT)
    page = child(window, GapsPage, "gaps-page")
    assert page.isVisible()
    return page


def tell(rig: Rig, *to_do: GapReport, mine: tuple[GapReport, ...] = ()) -> None:
    news = tuple(one for one in mine if one.state.closed)
    rig.gaps.found = GapLists(mine, to_do, news)
    rig.seat.gaps.refresh()


def label(page: QWidget, name: str) -> str:
    return child(page, QLabel, name).text()


def foot(window: DeskWindow) -> str:
    return label(window, "trouble-text")


def test_a_reports_category_is_named_in_the_language_of_the_screen(
    editor: Rig, open_desk: Open
) -> None:
    editor.seat.knowledge._categories = CATEGORIES
    tell(editor, a_report(category_id=CategoryId("02.01")))
    page = page_of(open_desk(editor))
    assert "Rates and levy rates" in label(page, "gaps-facts")


def test_an_editor_takes_a_report_links_an_article_and_answers_by_keyboard(
    editor: Rig, open_desk: Open
) -> None:
    tell(editor, a_report())
    window = open_desk(editor)
    assert child(window, QToolButton, "gaps-mark").text() == "1"
    page = page_of(window)
    assert child(page, RowList, "gaps-list").hasFocus()
    assert label(page, "gaps-facts").startswith("open · reported by 李娜")
    press(window, Qt.Key.Key_K)
    assert [one.state for one in editor.gaps.decided] == [GapState.TAKEN]
    search = child(page, QLineEdit, "gaps-search")
    search.setFocus()
    QTest.keyClicks(search, "age")
    press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert label(page, "gaps-linked") == "age · version 5"
    answer = child(page, QPlainTextEdit, "gaps-answer")
    assert answer.hasFocus()
    QTest.keyClicks(answer, "from three")
    assert editor.gaps.answers == {"g1": "from three"}
    press(window, Qt.Key.Key_A)
    last = editor.gaps.decided[-1]
    assert (last.state, last.outcome) == (GapState.ANSWERED, "from three")
    assert last.article is not None
    assert (last.article.article_id, last.article.version) == (ArticleId("k2"), 5)


def test_declining_needs_a_reason(editor: Rig, open_desk: Open) -> None:
    tell(editor, a_report())
    window = open_desk(editor)
    page = page_of(window)
    press(window, Qt.Key.Key_D)
    assert label(page, "gaps-answer-remark") == "a reason in words is needed"
    answer = child(page, QPlainTextEdit, "gaps-answer")
    assert answer.hasFocus()
    QTest.keyClicks(answer, "it is there")
    assert not label(page, "gaps-answer-remark")
    press(window, Qt.Key.Key_D)
    assert [(one.state, one.outcome) for one in editor.gaps.decided] == [
        (GapState.DECLINED, "it is there")
    ]


def test_words_of_an_answer_are_there_again_with_its_report(editor: Rig, open_desk: Open) -> None:
    editor.gaps.answers = {"g2": "typed before"}
    tell(editor, a_report(), a_report("g2", asked="二"))
    window = open_desk(editor)
    page = page_of(window)
    answer = child(page, QPlainTextEdit, "gaps-answer")
    assert not answer.toPlainText()
    press(window, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    assert answer.toPlainText() == "typed before"
    press(window, Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier)
    assert not answer.toPlainText()


def test_a_taken_report_is_given_back(editor: Rig, open_desk: Open) -> None:
    tell(editor, a_report(state=GapState.TAKEN, owner_id=AgentId("a1"), owner_name="陈静"))
    window = open_desk(editor)
    page = page_of(window)
    assert child(page, QPushButton, "gaps-take-button").text().startswith("Give back")
    assert "for you to answer" in label(page, "gaps-facts")
    child(page, QPushButton, "gaps-take-button").click()
    assert [one.state for one in editor.gaps.decided] == [GapState.OPEN]


def test_the_agent_hears_the_outcome_in_the_foot_and_one_key_opens_its_article(
    agent: Rig, open_desk: Open
) -> None:
    window = open_desk(agent)
    tell(agent, mine=(my_answered(),))
    assert foot(window) == (
        "Your report of “子女教育专项附加扣除标准” was answered: 满三周岁当月起"
    )
    assert child(window, QPushButton, "trouble-remedy-button").text() == "Read the article  Alt+G"
    press(window, Qt.Key.Key_G)
    assert agent.gaps.seen == ["g1"]
    article = window._page.knowledge.article
    assert article is not None
    assert article.article_id == "k1"
    assert not foot(window).startswith("Your report")


def test_a_declined_report_says_why(agent: Rig, open_desk: Open) -> None:
    window = open_desk(agent)
    declined = my_answered(
        state=GapState.DECLINED, outcome="已经写在第二段", outcome_article=None,
        article=None, asked="一个很长很长的问题" * 4,
    )  # fmt: skip
    tell(agent, mine=(declined,))
    assert foot(window).startswith("Your report of “一个很长")
    assert foot(window).endswith("…” was declined: 已经写在第二段")
    child(window, QPushButton, "trouble-remedy-button").click()
    assert agent.gaps.seen == ["g1"]


def test_what_is_looked_at_on_the_page_is_no_news_any_more(agent: Rig, open_desk: Open) -> None:
    mine = my_answered(outcome="")
    tell(agent, mine=(mine, a_report("g2", reporter_id=AgentId("a1"), provisional=True)))
    window = open_desk(agent)
    assert foot(window).endswith("was answered by an article.")
    page = page_of(window)
    assert agent.gaps.seen == ["g1"]
    assert "reported by you" in label(page, "gaps-facts")
    assert not child(page, QWidget, "gaps-answer-box").isVisible()
    assert not child(page, QPushButton, "gaps-to-do-button").isVisible()
    assert window._page.knowledge.article is None
    child(page, QPushButton, "gaps-outcome-button").click()
    article = window._page.knowledge.article
    assert article is not None
    assert article.article_id == AN_ARTICLE.article_id
    page_of(window)
    press(window, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    assert "not sent yet" in label(page, "gaps-facts")
    press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert not page.isVisible()


def test_the_keys_of_the_page_do_nothing_elsewhere(editor: Rig, open_desk: Open) -> None:
    tell(editor, a_report())
    window = open_desk(editor)
    page_of(window)
    press(window, Qt.Key.Key_1)
    for key in (Qt.Key.Key_K, Qt.Key.Key_A, Qt.Key.Key_D):
        press(window, key)
    assert not editor.gaps.decided
    page_of(window)
    press(window, Qt.Key.Key_K)
    assert [one.state for one in editor.gaps.decided] == [GapState.TAKEN]


def test_a_supervisor_sees_her_own_beside_those_to_answer(editor: Rig) -> None:
    tell(editor, a_report(), mine=(my_answered("g7"),))
    model = GapsModel(editor.seat, KeyMap())
    assert (model.shown, model.selected) == (Shown.TO_DO, "g1")
    model.show_list(Shown.MINE)
    model.show_list(Shown.MINE)
    assert model.selected == "g7"
    assert model.rows[0].badge == "new"
    assert not model.can_answer
    model.answer("x")
    model.decline("x")
    model.take_or_give_back()
    model.type("x")
    assert not editor.gaps.decided
    tell(editor)
    assert (model.selected, model.heading, model.facts, model.about) == ("", "", "", "")
    assert model.empty_text.startswith("You have reported nothing yet. Ctrl+G")
    model.show_list(Shown.TO_DO)
    assert model.empty_text == "Nothing waits for an answer."


def test_what_is_to_be_done_says_how_long_it_waits(editor: Rig) -> None:
    now = editor.clock.now()
    ages = {"g1": timedelta(minutes=5), "g2": timedelta(hours=30), "g3": timedelta(days=9)}
    tell(editor, *(a_report(name, reported_at=now - ago) for name, ago in ages.items()))
    model = GapsModel(editor.seat, KeyMap())
    assert [row.trail for row in model.rows] == ["5 min", "30 h", "9 days"]


def test_an_article_can_be_taken_away_again(editor: Rig) -> None:
    old = editor.clock.now() - timedelta(days=3)
    tell(editor, a_report(reported_at=old, article=None, owner_id=AgentId("a5"), owner_name="严"))
    model = GapsModel(editor.seat, KeyMap())
    model.search("age")
    model.link("k2")
    assert (model.linked, model.hits) == ("age · version 5", ())
    model.link("")
    model.answer("")
    assert (model.linked, model.remark) == ("", "words or an article are needed")
    assert "严" in model.facts
    assert AN_ARTICLE.title not in model.heading


def test_an_editor_writes_the_missing_article_from_the_report(editor: Rig) -> None:
    tell(editor, a_report(article=None, asked="几岁  开始扣？"))
    model = GapsModel(editor.seat, KeyMap())
    model.write()
    writing = editor.seat.editing.editing
    assert writing is not None
    assert (writing.form.words.title, writing.form.words.question) == (
        "几岁 开始扣？", "几岁  开始扣？",
    )  # fmt: skip
    tell(editor)
    model.write()
    assert not model.can_write
