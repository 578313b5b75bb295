"""What travels with a call from one agent to the next, and how it enters her summary (step ⑥).

The receiver's own words are never overwritten: what came is put where she wrote nothing, follows
the first agent's later typing as long as she left it as it came, and is shown beside otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from agent_app.domain.customers import QuotedArticle
from agent_app.domain.ids import AgentId, CategoryId, CustomerId, InteractionId
from agent_app.domain.summary import SummaryDraft, SummaryField, guessed


@dataclass(frozen=True, slots=True)
class Attachment:
    """What an agent knows and wrote of a call. Texts came over the wire: plain text, never rich."""

    customer_id: CustomerId | None = None
    customer_name: str = ""
    category_id: CategoryId | None = None
    question: str = ""
    answer: str = ""
    basis: str = ""
    follow_up: str = ""
    quotes: tuple[QuotedArticle, ...] = ()

    @property
    def empty(self) -> bool:
        return self == NOTHING


NOTHING = Attachment()


@dataclass(frozen=True, slots=True)
class HandoverCard:
    """What came with a call, as the screen shows it.

    ``beside`` names the fields whose words are not in the summary, because she had written there
    herself. ``final``: the first agent is off the call, nothing more is to be expected.
    """

    interaction_id: InteractionId
    from_agent_id: AgentId
    from_agent_name: str
    from_extension: str
    attachment: Attachment
    beside: frozenset[SummaryField] = frozenset()
    final: bool = False


def take_over(draft: SummaryDraft, before: Attachment, now: Attachment) -> SummaryDraft:
    """The draft with what came; ``before`` is what was put into it the last time."""
    taken = set(draft.taken)
    changes: dict[str, object] = {}
    for field, name in _FIELDS:
        # A guess may be the colleague's choice by chance, and must not be guessed anew then.
        chance = field is SummaryField.CATEGORY and guessed(draft)
        other = chance or getattr(now, name) != getattr(draft, name)
        if other and _may_take(draft, field, name, before, now):
            changes[name] = getattr(now, name)
            taken.add(field)
    if "category_id" in changes:
        changes["category_reason"] = None
    if changes.get("answer", draft.answer) == now.answer:
        known = {(quote.article_id, quote.version) for quote in draft.quotes}
        new = (quote for quote in now.quotes if (quote.article_id, quote.version) not in known)
        changes["quotes"] = (*draft.quotes, *new)
    return replace(draft, taken=frozenset(taken), **changes)  # type: ignore[arg-type]


def beside(draft: SummaryDraft, came: Attachment) -> frozenset[SummaryField]:
    """The fields in which something came that the draft does not contain."""
    found = {
        field
        for field, name in _TEXTS
        if (words := getattr(came, name).strip()) and words not in getattr(draft, name)
    }
    if came.category_id is not None and came.category_id != draft.category_id:
        found.add(SummaryField.CATEGORY)
    return frozenset(found)


_TEXTS = (
    (SummaryField.QUESTION, "question"),
    (SummaryField.ANSWER, "answer"),
    (SummaryField.BASIS, "basis"),
    (SummaryField.FOLLOW_UP, "follow_up"),
)
_FIELDS = (*_TEXTS, (SummaryField.CATEGORY, "category_id"))


def _may_take(
    draft: SummaryDraft, field: SummaryField, name: str, before: Attachment, now: Attachment
) -> bool:
    """Nothing of the receiver's is in the field: empty, only guessed, or as it came."""
    current = getattr(draft, name)
    if field is SummaryField.CATEGORY and guessed(draft):
        return getattr(now, name) is not None
    left_as_it_came = field in draft.taken and current == getattr(before, name)
    return field not in draft.hers and (not current or left_as_it_came)
