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
from agent_app.domain.markdown import plain


class SummaryField(StrEnum):
    CUSTOMER = "customer"  # whose it is; set by the card, never typed
    CATEGORY = "category"
    QUESTION = "question"
    ANSWER = "answer"
    BASIS = "basis"
    FOLLOW_UP = "follow-up"


class DraftState(StrEnum):
    OPEN = "open"
    SAVED = "saved"  # in the outbox or delivered; no longer edited


class CategorySource(StrEnum):
    """What a category was written from, the weakest first."""

    HISTORY = "history"
    QUEUE = "queue"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class CategoryReason:
    """Why the category is what the rules wrote.

    ``detail`` is the queue, the article's title, or the day of the last call (ISO 8601).
    """

    source: CategorySource
    detail: str


@dataclass(frozen=True, slots=True)
class SummaryDraft:
    """One call's summary while it is worked on, together with the call it belongs to.

    ``parked``: put by to be finished later. ``asks_who``: several people may be meant and none is
    chosen; ``nobody``: she said that it is none of those who are known.
    """

    interaction_id: InteractionId
    call: Call
    state: DraftState = DraftState.OPEN
    customer_id: CustomerId | None = None
    customer_name: str = ""
    category_id: CategoryId | None = None
    question: str = ""
    answer: str = ""
    basis: str = ""
    follow_up: str = ""
    quotes: tuple[QuotedArticle, ...] = ()
    hers: frozenset[SummaryField] = frozenset()
    edited_at: datetime | None = None
    taken: frozenset[SummaryField] = frozenset()
    category_reason: CategoryReason | None = None
    parked: bool = False
    asks_who: bool = False
    nobody: bool = False

    @property
    def said_category(self) -> CategoryId | None:
        """The category that somebody's act gave it; None for a guess from queue or last call."""
        return None if guessed(self) else self.category_id


TEXT_LIMIT = 20_000
"""Code points kept of a text field; the widget stops there too, so nothing is cut silently."""

_NAMES = {
    SummaryField.QUESTION: "question",
    SummaryField.ANSWER: "answer",
    SummaryField.BASIS: "basis",
    SummaryField.FOLLOW_UP: "follow_up",
}


def text_of(draft: SummaryDraft, field: SummaryField) -> str:
    """What stands in a text field. Raises KeyError for what is none."""
    text: str = getattr(draft, _NAMES[field])
    return text


def set_category(draft: SummaryDraft, category_id: CategoryId | None) -> SummaryDraft:
    hers = draft.hers | {SummaryField.CATEGORY}
    return replace(draft, category_id=category_id, category_reason=None, hers=hers)


def set_text(draft: SummaryDraft, field: SummaryField, text: str) -> SummaryDraft:
    """The agent typed ``text`` into ``field``: from now on it is hers."""
    if field not in _NAMES:
        raise ValueError(f"{field} is not typed")
    changes = {_NAMES[field]: text[:TEXT_LIMIT]}
    return replace(draft, hers=draft.hers | {field}, **changes)  # type: ignore[arg-type]


def guessed(draft: SummaryDraft) -> bool:
    """The category was written from the queue or the last call, before anything was done."""
    reason = draft.category_reason
    return reason is not None and reason.source is not CategorySource.ARTICLE


def write_category(
    draft: SummaryDraft, category_id: CategoryId | None, reason: CategoryReason
) -> SummaryDraft:
    """Write the category from what is known, unless hers, a colleague's or a better one is there.

    None takes back what the same source wrote before (the call went on to another queue).
    """
    if SummaryField.CATEGORY in draft.hers | draft.taken:
        return draft
    before = draft.category_reason
    strength = list(CategorySource).index
    if before is not None and strength(before.source) > strength(reason.source):
        return draft
    if category_id is not None:
        return replace(draft, category_id=category_id, category_reason=reason)
    if before is not None and before.source is reason.source:
        return replace(draft, category_id=None, category_reason=None)
    return draft


def quote(draft: SummaryDraft, article: Article) -> SummaryDraft:
    """Put an article's answer and basis, with its version, into the summary.

    The first quote also gives category and question, unless those are hers or a colleague's.
    Answer and basis are appended, also to what is hers: quoting is her act.
    """
    if any(q.article_id == article.article_id and q.version == article.version
           for q in draft.quotes):  # fmt: skip
        return draft
    quoted = QuotedArticle(article.article_id, article.version, article.title)
    first = not draft.quotes
    question = draft.question
    if SummaryField.QUESTION not in draft.hers | draft.taken:
        question = article.title if first else f"{draft.question}；{article.title}"
    if first:
        reason = CategoryReason(CategorySource.ARTICLE, article.title)
        draft = write_category(draft, article.category_id, reason)
    return replace(
        draft,
        answer=_with(draft.answer, plain(article.answer)),
        basis=draft.basis if article.basis in draft.basis else _with(draft.basis, article.basis),
        question=question[:TEXT_LIMIT],
        quotes=(*draft.quotes, quoted),
    )


def add_follow_up(draft: SummaryDraft, line: str) -> SummaryDraft:
    """Write what was arranged below the follow-up, hers or not: arranging it was her act."""
    if line in draft.follow_up.splitlines():
        return draft
    return replace(draft, follow_up=_with(draft.follow_up, line))


def _with(text: str, more: str) -> str:
    return (f"{text.rstrip()}\n{more}" if text.strip() else more)[:TEXT_LIMIT]


def bind(draft: SummaryDraft, customer_id: CustomerId | None, name: str) -> SummaryDraft:
    """Whose summary it is from now on; None says that it is nobody who is known."""
    nobody = customer_id is None
    bound = replace(draft, customer_id=customer_id, customer_name=name, nobody=nobody,
                    asks_who=False)  # fmt: skip
    return _without_history(bound) if customer_id != draft.customer_id else bound


def unbind(draft: SummaryDraft) -> SummaryDraft:
    """Somebody else is on the line: whose it is will be found out anew."""
    free = replace(draft, customer_id=None, customer_name="", nobody=False, asks_who=False)
    return _without_history(free)


def _without_history(draft: SummaryDraft) -> SummaryDraft:
    """What was written from another person's last call does not stay."""
    reason = draft.category_reason
    if reason is not None and reason.source is CategorySource.HISTORY:
        return replace(draft, category_id=None, category_reason=None)
    return draft


def missing(draft: SummaryDraft) -> tuple[SummaryField, ...]:
    """What a complete summary still needs; saving is allowed only when this is empty."""
    wanted = []
    if draft.asks_who and draft.customer_id is None and not draft.nobody:
        wanted.append(SummaryField.CUSTOMER)
    if draft.category_id is None:
        wanted.append(SummaryField.CATEGORY)
    if not draft.question.strip():
        wanted.append(SummaryField.QUESTION)
    if not draft.answer.strip():
        wanted.append(SummaryField.ANSWER)
    return tuple(wanted)
