"""What came with a call enters the summary without ever touching the receiver's own words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent_app.domain import summary as rules
from agent_app.domain.customers import QuotedArticle
from agent_app.domain.handover import NOTHING, Attachment, beside, take_over
from agent_app.domain.ids import ArticleId, CategoryId, CustomerId, InteractionId
from agent_app.domain.summary import (
    CategoryReason,
    CategorySource,
    SummaryDraft,
    SummaryField,
)
from tests.desk.fakes import a_call, an_article

QUOTE = QuotedArticle(ArticleId("K1"), 2, "子女教育")
CAME = Attachment(
    category_id=CategoryId("01.02"),
    question="问",
    answer="答",
    basis="据",
    follow_up="回访",
    quotes=(QUOTE,),
)


def a_draft(**changes: object) -> SummaryDraft:
    return replace(SummaryDraft(InteractionId("i1"), a_call()), **changes)  # type: ignore[arg-type]


def test_nothing_attached_is_empty() -> None:
    assert NOTHING.empty
    assert not CAME.empty


def test_an_untouched_summary_begins_with_what_came() -> None:
    draft = take_over(a_draft(), NOTHING, CAME)
    assert (draft.question, draft.answer) == ("问", "答")
    assert (draft.basis, draft.follow_up) == ("据", "回访")
    assert (draft.category_id, draft.quotes) == ("01.02", (QUOTE,))
    assert draft.taken == frozenset(SummaryField) - {SummaryField.CUSTOMER}
    assert (draft.hers, draft.edited_at) == (frozenset(), None)
    assert not beside(draft, CAME)


@pytest.mark.parametrize(
    ("field", "name"),
    [(SummaryField.QUESTION, "question"), (SummaryField.ANSWER, "answer"),
     (SummaryField.BASIS, "basis"), (SummaryField.FOLLOW_UP, "follow_up")],
)  # fmt: skip
def test_her_words_stay_and_what_came_is_shown_beside(field: SummaryField, name: str) -> None:
    mine = rules.set_text(a_draft(), field, "我的话")
    draft = take_over(mine, NOTHING, CAME)
    assert getattr(draft, name) == "我的话"
    assert beside(draft, CAME) == {field}
    assert len(draft.taken) == 4


def test_her_category_stays() -> None:
    draft = take_over(rules.set_category(a_draft(), CategoryId("09.01")), NOTHING, CAME)
    assert draft.category_id == "09.01"
    assert beside(draft, CAME) == {SummaryField.CATEGORY}


def test_a_field_that_she_emptied_stays_empty() -> None:
    draft = take_over(a_draft(), NOTHING, CAME)
    emptied = rules.set_text(draft, SummaryField.QUESTION, "")
    assert take_over(emptied, CAME, replace(CAME, question="问得更多")).question == ""


def test_later_typing_of_the_first_agent_follows() -> None:
    draft = take_over(a_draft(), NOTHING, replace(CAME, answer=""))
    more = replace(CAME, question="问得更多", answer="答", follow_up="")
    again = take_over(draft, replace(CAME, answer=""), more)
    assert (again.question, again.answer, again.follow_up) == ("问得更多", "答", "")


def test_words_that_were_added_to_what_came_are_not_overwritten() -> None:
    quoted = rules.quote(take_over(a_draft(), NOTHING, CAME), an_article("K2", answer="新的"))
    assert quoted.answer == "答\n新的"
    again = take_over(quoted, CAME, replace(CAME, answer="答得更多"))
    assert again.answer == "答\n新的"
    assert beside(again, replace(CAME, answer="答得更多")) == {SummaryField.ANSWER}
    assert not beside(again, CAME)


def test_after_a_restart_what_came_before_is_not_known_and_nothing_is_overwritten() -> None:
    draft = take_over(a_draft(), NOTHING, CAME)
    assert take_over(draft, NOTHING, replace(CAME, question="别的")).question == "问"


def test_quoting_does_not_replace_the_colleagues_question_and_category() -> None:
    came = replace(CAME, quotes=())
    draft = rules.quote(take_over(a_draft(), NOTHING, came), an_article("K2"))
    assert (draft.question, draft.category_id) == ("问", "01.02")


def test_quotes_come_with_the_answer_and_once() -> None:
    mine = rules.set_text(a_draft(), SummaryField.ANSWER, "我的")
    assert take_over(mine, NOTHING, CAME).quotes == ()
    both = take_over(a_draft(quotes=(QUOTE,)), NOTHING, CAME)
    assert both.quotes == (QUOTE,)
    newer = replace(QUOTE, version=3)
    assert take_over(both, CAME, replace(CAME, quotes=(QUOTE, newer))).quotes == (QUOTE, newer)


def test_taking_the_same_again_changes_nothing() -> None:
    draft = take_over(a_draft(), NOTHING, CAME)
    assert take_over(draft, CAME, CAME) == draft


@pytest.mark.parametrize(
    ("source", "is_hers"),
    [
        (CategorySource.QUEUE, False),
        (CategorySource.HISTORY, False),
        (CategorySource.ARTICLE, True),
    ],
)
def test_what_a_colleague_chose_is_better_than_a_guess_and_not_than_her_quote(
    source: CategorySource, is_hers: bool
) -> None:
    guess = a_draft(category_id=CategoryId("05"), category_reason=CategoryReason(source, "发票"))
    draft = take_over(guess, NOTHING, CAME)
    if is_hers:
        assert draft.category_id == "05"
        assert beside(draft, CAME) == {SummaryField.CATEGORY}
    else:
        assert (draft.category_id, draft.category_reason) == ("01.02", None)
        assert SummaryField.CATEGORY in draft.taken


def test_a_guess_stays_where_the_colleague_chose_nothing() -> None:
    reason = CategoryReason(CategorySource.QUEUE, "发票")
    guess = a_draft(category_id=CategoryId("05"), category_reason=reason)
    draft = take_over(guess, NOTHING, Attachment(question="问"))
    assert (draft.category_id, draft.category_reason) == ("05", reason)


def test_a_guess_that_the_colleague_chose_as_well_is_not_guessed_anew_for_another_person() -> None:
    reason = CategoryReason(CategorySource.HISTORY, "2026-11-01")
    guess = a_draft(category_id=CAME.category_id, category_reason=reason)
    draft = rules.bind(take_over(guess, NOTHING, CAME), CustomerId("c-2"), "李娜")
    assert rules.write_category(draft, CategoryId("05"), reason).category_id == CAME.category_id
