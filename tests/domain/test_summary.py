"""The summary writes itself, and never over what she typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.domain.customers import QuotedArticle
from agent_app.domain.ids import ArticleId, CategoryId, CustomerId
from agent_app.domain.summary import (
    TEXT_LIMIT,
    CategoryReason,
    CategorySource,
    SummaryField,
    add_follow_up,
    bind,
    guessed,
    missing,
    quote,
    set_category,
    set_text,
    text_of,
    unbind,
    write_category,
)
from tests.domain.examples import article, draft

TEXTS = (
    SummaryField.QUESTION,
    SummaryField.ANSWER,
    SummaryField.BASIS,
    SummaryField.FOLLOW_UP,
)
QUEUE = CategoryReason(CategorySource.QUEUE, "发票专席")
LAST_CALL = CategoryReason(CategorySource.HISTORY, "2026-02-27")


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
    for field in (SummaryField.CATEGORY, SummaryField.CUSTOMER):
        with pytest.raises(ValueError, match="is not typed"):
            set_text(draft(), field, "01")


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
    added_to = (SummaryField.ANSWER, SummaryField.BASIS)
    assert kept.startswith(typed.rstrip()) if field in added_to else kept == typed


def test_a_quote_brings_its_basis_once() -> None:
    law = "国发〔2023〕13号"
    twice = quote(quote(draft(), article(basis=law)), article("a-2", basis=law))
    assert twice.basis == law
    other = quote(set_text(twice, SummaryField.BASIS, f"见{law}第三条"), article("a-3", basis="令"))
    assert other.basis == f"见{law}第三条\n令"
    assert quote(draft(), article(basis="")).basis == ""


def test_the_category_is_written_from_last_call_queue_and_article_the_best_wins() -> None:
    last = write_category(draft(), CategoryId("07"), LAST_CALL)
    assert (last.category_id, last.said_category) == ("07", None)
    queue = write_category(last, CategoryId("05"), QUEUE)
    assert (queue.category_id, queue.category_reason, guessed(queue)) == ("05", QUEUE, True)
    assert write_category(queue, CategoryId("07"), LAST_CALL) is queue
    quoted = quote(queue, article())
    assert quoted.category_id == quoted.said_category == "01.01"
    assert quoted.category_reason == CategoryReason(CategorySource.ARTICLE, article().title)
    assert write_category(quoted, CategoryId("05"), QUEUE) is quoted


def test_a_category_that_is_hers_or_a_colleagues_is_never_written() -> None:
    for kept in (
        set_category(write_category(draft(), CategoryId("05"), QUEUE), CategoryId("09")),
        draft(category_id=CategoryId("09"), taken=frozenset({SummaryField.CATEGORY})),
    ):
        assert kept.category_reason is None
        assert write_category(kept, CategoryId("05"), QUEUE) is kept


def test_a_call_that_goes_to_another_queue_takes_that_ones_category_or_none() -> None:
    first = write_category(draft(), CategoryId("05"), QUEUE)
    other = CategoryReason(CategorySource.QUEUE, "出口退税专席")
    assert write_category(first, CategoryId("10"), other).category_id == "10"
    nothing = write_category(first, None, other)
    assert (nothing.category_id, nothing.category_reason) == (None, None)
    last = write_category(draft(), CategoryId("07"), LAST_CALL)
    assert write_category(last, None, other) is last


def test_another_persons_last_call_does_not_stay_with_the_summary() -> None:
    last = write_category(bind(draft(), CustomerId("c-1"), "张伟"), CategoryId("07"), LAST_CALL)
    assert bind(last, CustomerId("c-1"), "张伟").category_id == "07"
    assert bind(last, CustomerId("c-2"), "李娜").category_id is None
    free = unbind(last)
    assert (free.customer_id, free.customer_name, free.category_id) == (None, "", None)


def test_with_several_who_may_be_meant_the_summary_misses_whose_it_is() -> None:
    asked = quote(draft(asks_who=True), article())
    assert missing(asked) == (SummaryField.CUSTOMER,)
    assert missing(bind(asked, CustomerId("c-1"), "张伟")) == ()
    nobody = bind(asked, None, "")
    assert (missing(nobody), nobody.nobody, nobody.customer_id) == ((), True, None)


def test_what_was_arranged_stands_below_the_follow_up_once_and_makes_it_nobodys() -> None:
    line = "工单“退税” → 所得税科，期限 2026-11-25"
    written = add_follow_up(draft(), line)
    assert (written.follow_up, written.hers) == (line, frozenset())
    assert add_follow_up(written, line) == written
    hers = set_text(draft(), SummaryField.FOLLOW_UP, "明天回电 \n")
    both = add_follow_up(hers, line)
    assert both.follow_up == f"明天回电\n{line}"
    assert both.hers == {SummaryField.FOLLOW_UP}
