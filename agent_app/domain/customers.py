"""Who calls: candidates, the person chosen, what was said before (steps ④ and ⑤)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agent_app.domain.ids import ArticleId, CategoryId, CustomerId, InteractionId


class CustomerKind(StrEnum):
    PERSON = "person"
    COMPANY = "company"


class CardState(StrEnum):
    LOOKING_UP = "looking-up"
    KNOWN = "known"
    SEVERAL = "several"
    UNKNOWN = "unknown"  # a number nobody is known by
    WITHHELD = "withheld"  # anonymous, or no number at all
    UNREADABLE = "unreadable"  # the cache could not answer; ``fault`` says why


@dataclass(frozen=True, slots=True)
class Candidate:
    customer_id: CustomerId
    name: str
    kind: CustomerKind
    segment: str
    region: str
    number: str
    number_label: str
    last_spoke_at: datetime | None
    provisional: bool = False
    """Something of it is only on this seat (待同步)."""


@dataclass(frozen=True, slots=True)
class PastInteraction:
    interaction_id: InteractionId
    started_at: datetime
    agent_name: str
    queue: str
    category_id: CategoryId | None
    category: str
    question: str
    answer: str
    talk_s: int
    delivered: bool
    """False while it is only on this seat (待同步)."""


@dataclass(frozen=True, slots=True)
class Customer:
    """``arrears_cents`` in fen; ``segment_rule`` is the service rule shown on the card.

    ``provisional`` names the parts that are only on this seat, as the wire names them (待同步);
    ``is_new``: the whole of it. ``id_number`` has its middle hidden.
    """

    customer_id: CustomerId
    name: str
    kind: CustomerKind
    segment: str
    segment_rule: str
    region: str
    numbers: tuple[str, ...]
    arrears_cents: int
    warning: str
    notes: str
    history: tuple[PastInteraction, ...]
    history_total: int
    company: str = ""
    address: str = ""
    id_number: str = ""
    provisional: frozenset[str] = frozenset()
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class CallerCard:
    """What the screen shows of the caller of one interaction."""

    interaction_id: InteractionId
    state: CardState
    shown_name: str
    number: str
    number_region: str = ""
    candidates: tuple[Candidate, ...] = ()
    customer: Customer | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class QuotedArticle:
    """An article in one version, as it was quoted to a caller."""

    article_id: ArticleId
    version: int
    title: str
