"""The article being read and quoting it, without a window."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from agent_app.domain.ids import ArticleId
from agent_app.domain.summary import DraftState, SummaryDraft
from tests.ui.panels.fakes import ONE, TWO, Desk, call, card, customer
from tests.ui.panels.fakes_knowledge import article, hit
from ui.knowledge.article_view_model import ArticleViewModel, Validity

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
    assert (view.owner, view.variants, view.proposal_words, view.related) == ("", (), "", ())
    assert not view.can_quote
    assert not view.quote()


@pytest.mark.parametrize(
    ("first", "last", "words", "validity"),
    [
        (date(2023, 1, 1), None, "in force since Jan 1, 2023", Validity.IN_FORCE),
        (date(2023, 1, 1), date(2027, 1, 1), "in force Jan 1, 2023 to Jan 1, 2027",
         Validity.IN_FORCE),
        (date(2019, 1, 1), date(2022, 12, 31),
         "no longer in force (Jan 1, 2019 to Dec 31, 2022)", Validity.EXPIRED),
        (date(2026, 12, 1), None, "in force only from Dec 1", Validity.NOT_YET),
    ],
)  # fmt: skip
def test_version_validity_and_region_are_said_in_words(
    desk: Desk, first: date, last: date | None, words: str, validity: Validity
) -> None:
    view = reading(desk, valid_from=first, valid_until=last)
    assert view.meta == f"version 3 · {words} · 全国"
    assert view.validity is validity


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
    assert view.quote_hint == "Needs a call."
    assert not view.quote()


def test_quoting_goes_into_the_summary_on_the_page_once(desk: Desk) -> None:
    desk.begin()
    view = reading(desk)
    assert view.can_quote
    assert view.quote()
    assert [q.article_id for q in desk.summaries.drafts[ONE].quotes] == ["K1"]
    assert view.quote_hint == "Quoted."
    assert not view.quote()


def test_a_saved_summary_takes_no_quotes(desk: Desk) -> None:
    desk.begin(state=DraftState.SAVED)
    assert reading(desk).quote_hint == "Saved already."


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


def test_the_owner_is_named_where_there_is_one(desk: Desk) -> None:
    assert reading(desk, owner_name="严思源").owner == "Owner: 严思源"
    assert reading(desk).owner == ""


def of_regions(desk: Desk) -> ArticleViewModel:
    """The country's answer is read; Zhejiang has one of its own, and Jiangsu's expired."""
    view = reading(desk)
    zhejiang = article(2, region="浙江省", variant_of=K1)
    jiangsu = article(3, region="江苏省", variant_of=K1, valid_until=date(2024, 1, 1))
    desk.knowledge.bring(K1, variants=(zhejiang, jiangsu))
    return view


def test_the_whole_country_comes_first_among_the_regions(desk: Desk) -> None:
    found = of_regions(desk).variants
    assert [(one.region, one.current) for one in found] == [
        ("全国", True), ("江苏省", False), ("浙江省", False),
    ]  # fmt: skip
    assert reading(desk).variants == ()


def test_the_callers_region_is_proposed_with_the_reason(desk: Desk, qtbot: QtBot) -> None:
    desk.begin()
    view = of_regions(desk)
    assert view.proposal is None
    with qtbot.waitSignal(view.changed):
        desk.cards.put(card(number_region="浙江省杭州市", customer=None))
    assert view.proposal_words == (
        "The caller's number is from 浙江省杭州市: there is an answer for 浙江省."
    )
    desk.cards.put(card(number_region="江苏省南京市", customer=customer(region="浙江省宁波市")))
    assert view.proposal_words == (
        "The caller is registered in 浙江省宁波市: there is an answer for 浙江省."
    )
    assert view.proposal is not None
    assert view.proposal.article.article_id == "K2"


def test_an_answer_that_is_not_in_force_is_not_proposed(desk: Desk) -> None:
    desk.begin()
    view = of_regions(desk)
    desk.cards.put(card(number_region="江苏省南京市", customer=None))
    assert view.proposal is None


def test_a_version_published_meanwhile_is_told_and_shown_when_she_wants(desk: Desk) -> None:
    desk.begin()
    view = reading(desk)
    desk.knowledge.reloaded.emit()
    assert desk.knowledge.looked_again == ["K1"]
    desk.knowledge.bring(K1)
    assert view.newer_version == 0
    desk.knowledge.articles[K1] = article(1, version=4, answer="新的口径")
    desk.knowledge.bring(K1)
    assert view.newer_version == 4
    assert view.article is not None
    assert view.article.version == 3, "nothing changes under her eyes"
    assert view.quote_hint == "Show the new version."
    assert not view.quote()
    view.show_newer()
    assert view.article.version == 4
    assert view.newer_version == 0
    assert view.can_quote


def test_after_closing_nothing_is_looked_at_again(desk: Desk) -> None:
    view = reading(desk)
    view.close()
    desk.knowledge.reloaded.emit()
    assert not desk.knowledge.looked_again
    view.show_newer()
    assert view.article is None


def test_related_articles_are_rows_with_their_category(desk: Desk) -> None:
    view = reading(desk)
    desk.knowledge.bring(K1, related=(hit(5, "住房贷款利息"),))
    assert [(row.key, row.title, row.trail) for row in view.related] == [
        ("K5", "住房贷款利息", "个人所得税 › 专项附加扣除")
    ]
