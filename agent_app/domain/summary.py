"""The summary that writes itself from what the agent did, and never overwrites what she typed.

Step ⑥. A draft exists from the first second of the call. Each field is either *written* (by these
rules) or *hers* (she edited it); the rules only ever touch written fields, and of these not the
ones *taken* over from the colleague who had the call before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from agent_app.domain.calls import Call
from agent_app.domain.customers import QuotedArticle
from agent_app.domain.ids import CategoryId, CustomerId, InteractionId
from agent_app.domain.knowledge import Article


class SummaryField(StrEnum):
    CATEGORY = "category"
    QUESTION = "question"
    ANSWER = "answer"
    FOLLOW_UP = "follow-up"


class DraftState(StrEnum):
    OPEN = "open"
    SAVED = "saved"  # in the outbox or delivered; no longer edited


@dataclass(frozen=True, slots=True)
class SummaryDraft:
    """One call's summary while it is worked on, together with the call it belongs to."""

    interaction_id: InteractionId
    call: Call
    state: DraftState = DraftState.OPEN
    customer_id: CustomerId | None = None
    customer_name: str = ""
    category_id: CategoryId | None = None
    question: str = ""
    answer: str = ""
    follow_up: str = ""
    quotes: tuple[QuotedArticle, ...] = ()
    hers: frozenset[SummaryField] = frozenset()
    edited_at: datetime | None = None
    taken: frozenset[SummaryField] = frozenset()


TEXT_LIMIT = 20_000
"""Code points kept of a text field; the widget stops there too, so nothing is cut silently."""


def set_category(draft: SummaryDraft, category_id: CategoryId | None) -> SummaryDraft:
    return replace(draft, category_id=category_id, hers=draft.hers | {SummaryField.CATEGORY})


def set_text(draft: SummaryDraft, field: SummaryField, text: str) -> SummaryDraft:
    """The agent typed ``text`` into ``field``: from now on it is hers."""
    if field is SummaryField.CATEGORY:
        raise ValueError("the category is set by set_category")
    hers, kept = draft.hers | {field}, text[:TEXT_LIMIT]
    if field is SummaryField.QUESTION:
        return replace(draft, question=kept, hers=hers)
    if field is SummaryField.ANSWER:
        return replace(draft, answer=kept, hers=hers)
    return replace(draft, follow_up=kept, hers=hers)


def quote(draft: SummaryDraft, article: Article) -> SummaryDraft:
    """Put an article's answer, with its version, into the summary.

    The first quote also gives category and question, unless those are hers or a colleague's. The
    answer is appended, also to an answer that is hers: quoting is her act.
    """
    if any(q.article_id == article.article_id and q.version == article.version
           for q in draft.quotes):  # fmt: skip
        return draft
    quoted = QuotedArticle(article.article_id, article.version, article.title)
    answer = (
        f"{draft.answer.rstrip()}\n{article.answer}" if draft.answer.strip() else article.answer
    )
    first = not draft.quotes
    question, category_id = draft.question, draft.category_id
    written_by_hand = draft.hers | draft.taken
    if SummaryField.QUESTION not in written_by_hand:
        question = article.title if first else f"{draft.question}；{article.title}"
    if first and SummaryField.CATEGORY not in written_by_hand:
        category_id = article.category_id
    return replace(draft, answer=answer[:TEXT_LIMIT], question=question[:TEXT_LIMIT],
                   category_id=category_id, quotes=(*draft.quotes, quoted))  # fmt: skip


def missing(draft: SummaryDraft) -> tuple[SummaryField, ...]:
    """What a complete summary still needs; saving is allowed only when this is empty."""
    wanted = []
    if draft.category_id is None:
        wanted.append(SummaryField.CATEGORY)
    if not draft.question.strip():
        wanted.append(SummaryField.QUESTION)
    if not draft.answer.strip():
        wanted.append(SummaryField.ANSWER)
    return tuple(wanted)
