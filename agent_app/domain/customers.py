"""Who calls: candidates and why, the person chosen, what was said before (steps ④ and ⑤)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from agent_app.domain.ids import ArticleId, CategoryId, CustomerId, InteractionId
from agent_app.domain.tickets import Ticket


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


class ReasonKind(StrEnum):
    """Why somebody is proposed, the strongest first."""

    CHOSEN = "chosen"  # she said so
    CHOSEN_BY_COLLEAGUE = "chosen-by-colleague"  # who had the call before
    SAME_NUMBER = "same-number"  # the number is this person's
    OPEN_TICKET = "open-ticket"
    SPOKE_TO_YOU = "spoke-to-you"
    SPOKE_TO_COLLEAGUE = "spoke-to-colleague"
    SWITCHBOARD = "switchboard"  # the number is a company's: anybody there may call from it


@dataclass(frozen=True, slots=True)
class CandidateReason:
    """``text`` is the number's label, the company, the colleague or what the ticket is about;
    ``at`` when they spoke last.

    ``from_here``: they spoke over the number that calls now.
    """

    kind: ReasonKind
    text: str = ""
    at: datetime | None = None
    from_here: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """``reasons`` are the strongest first; ``number`` is "" for somebody who only called from it
    before."""

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
    reasons: tuple[CandidateReason, ...] = ()


@dataclass(frozen=True, slots=True)
class Spoke:
    """One earlier conversation, as evidence; ``here``: over the number that calls now."""

    agent_id: str
    agent_name: str
    at: datetime
    here: bool = False


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
class CustomValue:
    """What a field of the centre's own says of somebody; ``sensitive``: its middle is hidden."""

    field_id: str
    name: str
    name_en: str
    value: str | bool
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Customer:
    """``arrears_cents`` in fen; ``segment_rule`` is the service rule shown on the card.

    ``provisional`` names the parts that are only on this seat, as the wire names them (待同步);
    ``is_new``: the whole of it. ``id_number`` has its middle hidden. ``was`` are the ids of others
    who were merged into this one, as far as one of them was asked for. ``tickets`` are open, the
    soonest deadline first.
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
    custom: tuple[CustomValue, ...] = ()
    was: frozenset[CustomerId] = frozenset()
    tickets: tuple[Ticket, ...] = ()


@dataclass(frozen=True, slots=True)
class CallerCard:
    """What the screen shows of the caller of one interaction.

    ``chosen``: CHOSEN or CHOSEN_BY_COLLEAGUE where a person said who it is (or that it is nobody
    known), None where the number did.
    """

    interaction_id: InteractionId
    state: CardState
    shown_name: str
    number: str
    number_region: str = ""
    candidates: tuple[Candidate, ...] = ()
    customer: Customer | None = None
    fault: str = ""
    chosen: ReasonKind | None = None

    @property
    def reasons(self) -> tuple[CandidateReason, ...]:
        """Why the person on the card is believed to be the caller, the strongest first."""
        if self.customer is None:
            return ()
        ids = self.customer.was | {self.customer.customer_id}
        known = next((one.reasons for one in self.candidates if one.customer_id in ids), ())
        said = () if self.chosen is None or known else (CandidateReason(self.chosen),)
        return (*said, *known)


@dataclass(frozen=True, slots=True)
class QuotedArticle:
    """An article in one version, as it was quoted to a caller."""

    article_id: ArticleId
    version: int
    title: str


def with_reasons(
    candidates: Sequence[Candidate],
    spoken: Mapping[CustomerId, Sequence[Spoke]],
    tickets: Mapping[CustomerId, Sequence[Ticket]],
    *,
    you: str,
) -> tuple[Candidate, ...]:
    """Each with why, the strongest first; ``you`` is the id of the agent who is rung.

    A number that is a company's is a switchboard for everybody who has it. Whose the number is
    counts most, then who waits for an answer, then who spoke to her, then to a colleague; among
    equals, who spoke last.
    """
    companies = [one for one in candidates if one.kind is CustomerKind.COMPANY and one.number]
    found = []
    for one in candidates:
        talks = spoken.get(one.customer_id, [])
        waits = tickets.get(one.customer_id, ())[:1]
        asked = (CandidateReason(ReasonKind.OPEN_TICKET, ticket.title) for ticket in waits)
        reasons = (*_of_number(one, companies), *asked, *_of_talks(talks, you))
        last = max((talk.at for talk in talks), default=None)
        found.append(replace(one, reasons=tuple(sorted(reasons, key=_rank)), last_spoke_at=last))
    return tuple(sorted(found, key=_strength))


def _of_number(one: Candidate, companies: Sequence[Candidate]) -> tuple[CandidateReason, ...]:
    if not one.number:
        return ()
    if one.kind is CustomerKind.COMPANY:
        return (CandidateReason(ReasonKind.SWITCHBOARD, one.number_label),)
    if companies:
        return (CandidateReason(ReasonKind.SWITCHBOARD, companies[0].name),)
    return (CandidateReason(ReasonKind.SAME_NUMBER, one.number_label),)


def _of_talks(talks: Sequence[Spoke], you: str) -> list[CandidateReason]:
    """The last talk with her, and the last one with a colleague."""
    reasons = []
    for kind, mine in ((ReasonKind.SPOKE_TO_YOU, True), (ReasonKind.SPOKE_TO_COLLEAGUE, False)):
        fitting = [talk for talk in talks if (talk.agent_id == you) is mine]
        if fitting:
            last = max(fitting, key=lambda talk: talk.at)
            name = "" if mine else last.agent_name
            reasons.append(CandidateReason(kind, name, last.at, last.here))
    return reasons


_RANKS = {kind: place for place, kind in enumerate(ReasonKind)}


def _rank(reason: CandidateReason) -> int:
    return _RANKS[reason.kind]


def _strength(one: Candidate) -> tuple[int, int, int, float, str, str]:
    ranks = {reason.kind: _rank(reason) for reason in one.reasons}
    of_number = min(
        ranks.get(ReasonKind.SAME_NUMBER, len(_RANKS)),
        ranks.get(ReasonKind.SWITCHBOARD, len(_RANKS)),
    )
    talked = min(
        ranks.get(ReasonKind.SPOKE_TO_YOU, len(_RANKS)),
        ranks.get(ReasonKind.SPOKE_TO_COLLEAGUE, len(_RANKS)),
    )
    waits = ranks.get(ReasonKind.OPEN_TICKET, len(_RANKS))
    at = 0.0 if one.last_spoke_at is None else -one.last_spoke_at.timestamp()
    return of_number, waits, talked, at, one.name, one.customer_id
