"""Who may do what with a draft, and what is wrong with its words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from agent_app.domain.editing import (
    ANSWER_MAX,
    ArticleDraft,
    DraftAct,
    DraftProblem,
    DraftState,
    DraftWords,
    Editor,
    acts,
    as_article,
    day_of,
    problems,
    tidy,
    words_of,
)
from tests.desk.fakes_editing import ARTICLE, ME, OTHER, WORDS, a_draft

A = DraftAct
EDITOR = Editor(ME, "knowledge-editor")
LEAD = Editor(ME, "supervisor")
WRITER = {A.WRITE, A.SUBMIT, A.DROP}


@pytest.mark.parametrize(
    ("state", "editor", "lead"),
    [
        (DraftState.WRITING, WRITER, set()),
        (DraftState.RETURNED, WRITER, set()),
        (DraftState.IN_REVIEW, {A.TAKE_BACK, A.GIVE_BACK, A.PUBLISH}, {A.GIVE_BACK, A.PUBLISH}),
        (DraftState.SCHEDULED, {A.GIVE_BACK}, {A.GIVE_BACK}),
        (DraftState.PUBLISHED, {A.ASK_TOLD}, {A.ASK_TOLD}),
        (DraftState.DROPPED, {A.TAKE_BACK}, set()),
    ],
)
def test_each_role_is_offered_its_own_acts(
    state: DraftState, editor: set[DraftAct], lead: set[DraftAct]
) -> None:
    draft = a_draft(state=state)
    assert acts(draft, EDITOR) == editor
    assert acts(draft, LEAD) == lead
    assert acts(draft, Editor(ME, "agent")) == set()
    assert acts(draft, Editor(ME, "agent", practice=True)) == editor
    assert acts(draft, Editor(ME, "")) == editor


def test_who_wrote_it_publishes_only_where_one_is_enough() -> None:
    hers = a_draft(author_id=ME)
    assert A.PUBLISH not in acts(hers, EDITOR)
    assert A.PUBLISH in acts(hers, replace(EDITOR, people=1))
    writing = a_draft(state=DraftState.WRITING, author_id=ME)
    assert A.PUBLISH in acts(writing, replace(EDITOR, people=1))
    assert A.PUBLISH not in acts(writing, replace(LEAD, people=1))


@pytest.mark.parametrize("draft", [a_draft(waits=True), a_draft(set_aside=True)])
def test_nothing_is_published_before_the_server_has_its_words(draft: ArticleDraft) -> None:
    assert A.PUBLISH not in acts(draft, EDITOR)


def test_while_it_is_being_published_nothing_else_is_done() -> None:
    assert acts(a_draft(publishing=True), EDITOR) == set()


def test_a_draft_behind_its_article_follows_before_it_is_published() -> None:
    assert A.PUBLISH not in acts(a_draft(article_version=4), EDITOR)
    writing = a_draft(state=DraftState.WRITING, article_version=4, author_id=OTHER)
    assert acts(writing, EDITOR) == WRITER | {A.FOLLOW}
    assert not a_draft(state=DraftState.PUBLISHED, article_version=4).moved_on


def test_a_new_draft_is_an_editors() -> None:
    assert acts(None, EDITOR) == {A.WRITE, A.SUBMIT}
    assert acts(None, LEAD) == set()


def test_the_first_version_of_an_article_was_told_to_nobody() -> None:
    draft = a_draft(state=DraftState.PUBLISHED)
    first = replace(draft, form=replace(draft.form, base_version=0))
    assert acts(first, EDITOR) == set()


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-05-04", date(2026, 5, 4)), (" 2026.5.4 ", date(2026, 5, 4)),
        ("2026/05/04", date(2026, 5, 4)), ("2026年5月4日", date(2026, 5, 4)), ("", None),
        ("tomorrow", None), ("2026-02-30", None), ("2026-5", None), ("２０２６-5-4", None),
        ("99999-1-1", None),
    ],
)  # fmt: skip
def test_a_day_is_understood_as_people_type_it(typed: str, day: date | None) -> None:
    assert day_of(typed) == day


def test_what_is_missing_is_said_when_it_shall_be_reviewed() -> None:
    assert problems(DraftWords(), whole=False) == {}
    needed = dict.fromkeys(("title", "category_id", "answer", "valid_from"), DraftProblem.NEEDED)
    assert problems(DraftWords(), whole=True) == needed
    assert problems(WORDS, whole=True) == {}


def test_what_cannot_be_is_said_at_once() -> None:
    words = replace(WORDS, valid_from="soon", valid_until="2025-01-01", answer="x" * 200_001)
    assert problems(words, whole=False) == {
        "valid_from": DraftProblem.NOT_A_DAY, "answer": DraftProblem.TOO_LONG,
    }  # fmt: skip
    words = replace(WORDS, valid_until="2025-01-01", answer="x" * ANSWER_MAX)
    assert problems(words, whole=True) == {"valid_until": DraftProblem.BEFORE_IT_BEGINS}


def test_words_go_out_tidy() -> None:
    words = replace(WORDS, title=" 税率 ", valid_from="2026年1月1日", valid_until="whenever")
    sent = tidy(words)
    assert (sent.title, sent.valid_from, sent.valid_until) == ("税率", "2026-01-01", "whenever")


def test_an_article_and_its_words_are_the_same() -> None:
    form = replace(a_draft().form, words=words_of(ARTICLE))
    shown = as_article(form, ARTICLE)
    assert (shown.answer, shown.valid_from, shown.version) == (ARTICLE.answer, date(2023, 1, 1), 4)
    assert words_of(replace(ARTICLE, valid_from=date.min)).valid_from == ""
    assert words_of(replace(ARTICLE, valid_until=date(2027, 1, 1))).valid_until == "2027-01-01"
