"""The article being read and quoting it, without a window."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from agent_app.domain.ids import ArticleId
from agent_app.domain.summary import DraftState, SummaryDraft
from tests.ui.panels.fakes import ONE, TWO, Desk, call
from tests.ui.panels.fakes_knowledge import article
from ui.knowledge.article_view_model import ArticleViewModel

pytestmark = pytest.mark.usefixtures("qapp")
K1 = ArticleId("K1")


def reading(desk: Desk, **facts: object) -> ArticleViewModel:
    desk.knowledge.articles[K1] = article(1, **facts)
    view = ArticleViewModel(desk.seat)
    view.open("K1")
    desk.knowledge.bring(K1)
    return view


def test_nothing_is_read_at_first(desk: Desk) -> None:
    view = ArticleViewModel(desk.seat)
    assert (view.article, view.meta, view.quote_hint) == (None, "", "")
    assert not view.in_force
    assert not view.can_quote
    assert not view.quote()


@pytest.mark.parametrize(
    ("first", "last", "words", "in_force"),
    [
        (date(2023, 1, 1), None, "in force since Jan 1, 2023", True),
        (date(2023, 1, 1), date(2027, 1, 1), "in force Jan 1, 2023 to Jan 1, 2027", True),
        (date(2019, 1, 1), date(2022, 12, 31),
         "no longer in force (Jan 1, 2019 to Dec 31, 2022)", False),
        (date(2026, 12, 1), None, "in force only from Dec 1", False),
    ],
)  # fmt: skip
def test_version_validity_and_region_are_said_in_words(
    desk: Desk, first: date, last: date | None, words: str, in_force: bool
) -> None:
    view = reading(desk, valid_from=first, valid_until=last)
    assert view.meta == f"version 3 · {words} · 全国"
    assert view.in_force is in_force


def test_only_the_article_asked_for_last_is_shown(desk: Desk) -> None:
    view = ArticleViewModel(desk.seat)
    view.open("K1")
    view.open("K2")
    desk.knowledge.bring(K1)
    assert view.article is None
    desk.knowledge.bring(ArticleId("K2"))
    assert view.article is not None
    assert view.article.article_id == "K2"


def test_an_article_that_comes_after_closing_is_dropped(desk: Desk, qtbot: QtBot) -> None:
    view = reading(desk)
    with qtbot.waitSignal(view.changed):
        view.close()
    desk.knowledge.bring(K1)
    assert view.article is None
    with qtbot.assertNotEmitted(view.changed):
        view.close()


def test_quoting_needs_a_call(desk: Desk) -> None:
    view = reading(desk)
    assert view.quote_hint == "Quoting needs a call on the page."
    assert not view.quote()


def test_quoting_goes_into_the_summary_on_the_page_once(desk: Desk) -> None:
    desk.begin()
    view = reading(desk)
    assert view.can_quote
    assert view.quote()
    assert [q.article_id for q in desk.summaries.drafts[ONE].quotes] == ["K1"]
    assert view.quote_hint == "Quoted in this summary."
    assert not view.quote()


def test_a_saved_summary_takes_no_quotes(desk: Desk) -> None:
    desk.begin(state=DraftState.SAVED)
    assert reading(desk).quote_hint == "This summary is saved already."


def test_another_call_may_quote_what_the_first_has(desk: Desk, qtbot: QtBot) -> None:
    desk.begin()
    view = reading(desk)
    view.quote()
    with qtbot.waitSignal(view.changed):
        desk.begin(TWO)
    assert view.can_quote


def test_drafts_of_other_calls_do_not_disturb(desk: Desk, qtbot: QtBot) -> None:
    desk.begin()
    view = reading(desk)
    with qtbot.assertNotEmitted(view.changed):
        desk.summaries.put(SummaryDraft(TWO, call(TWO)))
