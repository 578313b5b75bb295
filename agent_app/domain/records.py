"""Everything that was said, to look back on: which records, in which state, found by what (⑥)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agent_app.domain.calls import Direction
from agent_app.domain.customers import QuotedArticle
from agent_app.domain.grades import Grade, Graded
from agent_app.domain.ids import CategoryId, CustomerId
from agent_app.domain.numbers import Number, NumberKind

LEAST_DIGITS = 3
"""So many digits, and what is typed may be a part of a number."""
_PUBLIC = (NumberKind.MOBILE, NumberKind.LANDLINE, NumberKind.SERVICE, NumberKind.FOREIGN)
_SPELLING = re.compile(r"[\d\s().\-+/]+", re.ASCII)
_NOT_DIGITS = re.compile(r"\D", re.ASCII)
_PREFIX = re.compile(r"^(?:\+86|0086|0(?=\d))")


class RecordState(StrEnum):
    """How a record stands towards the server. CALL_ONLY: a call of this seat without a summary."""

    DELIVERED = "delivered"
    WAITING = "waiting"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    CALL_ONLY = "call-only"

    @property
    def undelivered(self) -> bool:
        return self in (RecordState.WAITING, RecordState.CONFLICT, RecordState.REJECTED)


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the history.

    ``record_id`` is the interaction's, of a CALL_ONLY one the call's own. ``name`` is the name as
    it was then, "" when nobody knew it; ``name_now`` what the customer is called today. ``number``
    is in its normal form where it has one.
    """

    record_id: str
    state: RecordState
    started_at: datetime
    direction: Direction
    name: str
    number: str
    agent_id: str
    agent_name: str
    queue: str
    category_id: CategoryId | None
    question: str
    answered: bool
    talk_s: int
    customer_id: CustomerId | None = None
    name_now: str = ""

    @property
    def missed(self) -> bool:
        return self.direction is Direction.INCOMING and not self.answered


@dataclass(frozen=True, slots=True)
class RecordDetails:
    """All that is known of a record; ``reason`` is why the server does not have it.

    ``grade`` is what the caller said of the whole call, of which this may be one agent's part.

    ``end_reason`` is the wire's word; ``category`` the name of the category, "" when it is gone.
    """

    record: Record
    caller_name: str = ""
    dialled: str = ""
    menu_path: str = ""
    waited_s: int | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    end_reason: str = ""
    category: str = ""
    answer: str = ""
    follow_up: str = ""
    basis: str = ""
    quotes: tuple[QuotedArticle, ...] = ()
    saved_at: datetime | None = None
    reason: str = ""
    attempts: int = 0
    transferred_to: str = ""
    grade: Grade | None = None


@dataclass(frozen=True, slots=True)
class Sought:
    """What was typed: exactly this ``number``, or every one of ``words`` somewhere."""

    number: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordFilter:
    """Which records; what is left as it is excludes nothing.

    ``since`` is in, ``until`` is out. ``agent_id``: hers only. ``categories`` are a category with
    all below it. ``answered`` False: those in which nobody talked.
    """

    sought: Sought = Sought()
    since: datetime | None = None
    until: datetime | None = None
    agent_id: str = ""
    direction: Direction | None = None
    queue: str = ""
    categories: frozenset[CategoryId] = frozenset()
    answered: bool | None = None
    states: frozenset[RecordState] = frozenset()
    graded: Graded = Graded.ANY


@dataclass(frozen=True, slots=True)
class RecordPlace:
    """Where to go on towards older ones; ``row`` orders those of the same ``before``."""

    before: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A stretch of the history, newest first; ``next`` is None at its end.

    A page may be short, or empty, and the history go on: it says how far was looked.
    """

    records: tuple[Record, ...]
    next: RecordPlace | None
    looked_to: datetime | None = None


def sought(text: str, number: Number) -> Sought:
    """What ``text`` looks for; ``number`` is the number that it spells by the site's rules.

    A whole public number is looked for exactly, however it was spelt; anything else by its words,
    where digits are one word, whatever stands between them.
    """
    if not _SPELLING.fullmatch(text.strip()):
        return Sought(words=tuple(dict.fromkeys(text.split())))
    if number.kind in _PUBLIC:
        return Sought(number=number.normal)
    digits = _NOT_DIGITS.sub("", text)
    return Sought(words=(digits,) if digits else ())


def number_part(word: str) -> str:
    """The digits of a number that ``word`` may be a part of, as they are stored; "" for none."""
    digits = _NOT_DIGITS.sub("", _PREFIX.sub("", word))
    spelt = _SPELLING.fullmatch(word) is not None
    return digits if spelt and len(digits) >= LEAST_DIGITS else ""


def says(words: Iterable[str], texts: Iterable[str], number: str) -> bool:
    """Whether every word is in one of the texts or is a part of the number."""
    lowered = [text.casefold() for text in texts]
    for word in words:
        part = number_part(word)
        if part and part in number:
            continue
        if not any(word.casefold() in text for text in lowered):
            return False
    return True
