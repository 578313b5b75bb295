"""The summary writes itself, and never over what she typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.domain.customers import QuotedArticle
from agent_app.domain.ids import ArticleId, CategoryId
from agent_app.domain.summary import (
    TEXT_LIMIT,
    SummaryDraft,
    SummaryField,
    missing,
    quote,
    set_category,
    set_text,
)
from tests.domain.examples import article, draft

TEXTS = (SummaryField.QUESTION, SummaryField.ANSWER, SummaryField.FOLLOW_UP)


def text_of(summary: SummaryDraft, field: SummaryField) -> str:
    return {
        SummaryField.QUESTION: summary.question,
        SummaryField.ANSWER: summary.answer,
        SummaryField.FOLLOW_UP: summary.follow_up,
    }[field]


@pytest.mark.parametrize("field", TEXTS)
def test_what_she_types_is_hers_and_touches_nothing_else(field: SummaryField) -> None:
    typed = set_text(draft(), field, "她写的")
    assert text_of(typed, field) == "她写的"
    assert typed.hers == {field}
    assert all(text_of(typed, other) == "" for other in TEXTS if other is not field)


@pytest.mark.parametrize("field", TEXTS)
def test_a_field_keeps_as_much_as_the_widget_lets_in(field: SummaryField) -> None:
    assert len(text_of(set_text(draft(), field, "字" * (TEXT_LIMIT + 1)), field)) == TEXT_LIMIT


def test_the_category_is_not_a_text() -> None:
    with pytest.raises(ValueError, match="set_category"):
        set_text(draft(), SummaryField.CATEGORY, "01")


def test_the_first_quote_gives_category_question_and_answer() -> None:
    quoted = quote(draft(), article())
    assert quoted.category_id == "01.01"
    assert quoted.question == "子女教育专项附加扣除标准"
    assert quoted.answer == "每个子女每月2000元。"
    assert quoted.quotes == (QuotedArticle(ArticleId("a-1"), 3, "子女教育专项附加扣除标准"),)
    assert quoted.hers == frozenset()


def test_a_second_quote_is_added_behind_the_first() -> None:
    twice = quote(
        quote(draft(), article()), article("a-2", title="乙", answer="丙", category_id="02")
    )
    assert twice.question == "子女教育专项附加扣除标准；乙"
    assert twice.answer == "每个子女每月2000元。\n丙"
    assert twice.category_id == "01.01"
    assert [one.article_id for one in twice.quotes] == ["a-1", "a-2"]


def test_the_same_version_is_quoted_once_and_a_newer_one_again() -> None:
    once = quote(draft(), article())
    assert quote(once, article()) is once
    assert len(quote(once, article(version=4)).quotes) == 2


def test_quoting_leaves_what_is_hers() -> None:
    hers = set_category(set_text(draft(), SummaryField.QUESTION, "她的问题"), CategoryId("09"))
    quoted = quote(quote(hers, article()), article("a-2"))
    assert quoted.question == "她的问题"
    assert quoted.category_id == "09"


def test_quoting_adds_to_an_answer_that_is_hers() -> None:
    quoted = quote(set_text(draft(), SummaryField.ANSWER, "先说明。\n\n"), article())
    assert quoted.answer == "先说明。\n每个子女每月2000元。"


def test_an_emptied_category_that_is_hers_stays_empty() -> None:
    emptied = set_category(draft(), None)
    assert quote(emptied, article()).category_id is None


def test_a_summary_misses_what_nobody_gave() -> None:
    assert missing(draft()) == (SummaryField.CATEGORY, SummaryField.QUESTION, SummaryField.ANSWER)
    assert missing(quote(draft(), article())) == ()
    assert missing(draft(category_id=CategoryId("01"), question=" \n", answer="答")) == (
        SummaryField.QUESTION,
    )


@given(st.lists(st.sampled_from(["a", "b", "c"])), st.text(), st.sampled_from(TEXTS))
def test_no_order_of_quotes_changes_a_field_that_is_hers(
    names: list[str], typed: str, field: SummaryField
) -> None:
    summary = set_text(draft(), field, typed)
    for name in names:
        summary = quote(summary, article(name))
    kept = text_of(summary, field)
    assert kept.startswith(typed.rstrip()) if field is SummaryField.ANSWER else kept == typed
