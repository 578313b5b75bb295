"""Which articles an agent reaches for: her favourites, what she read last, what she needs most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agent_app.domain.ids import ArticleId
from agent_app.domain.knowledge import SearchHit

SHOWN = 5
"""Rows of what was read last, and of what is needed most."""
QUOTE_WEIGHT = 3
"""An article that went into a summary was more use than one that was looked at."""


class ShelfReason(StrEnum):
    FAVOURITE = "favourite"
    RECENT = "recent"
    MOST_USED = "most-used"


@dataclass(frozen=True, slots=True)
class ArticleUse:
    """What one agent did with one article on this seat."""

    article_id: ArticleId
    opened: int
    quoted: int
    last_at: datetime
    favourite: bool

    @property
    def worth(self) -> int:
        return self.opened + QUOTE_WEIGHT * self.quoted


@dataclass(frozen=True, slots=True)
class Shelved:
    article_id: ArticleId
    reason: ShelfReason


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """An article that lies at hand, and why."""

    hit: SearchHit
    reason: ShelfReason


def shelve(uses: Iterable[ArticleUse]) -> tuple[Shelved, ...]:
    """Favourites, then the last read, then the most used; no article twice."""
    known = [use for use in uses if use.favourite or use.worth]
    by_time = sorted(known, key=lambda use: use.last_at, reverse=True)
    by_worth = sorted(known, key=lambda use: (use.worth, use.last_at), reverse=True)
    found: dict[ArticleId, ShelfReason] = {
        use.article_id: ShelfReason.FAVOURITE for use in by_time if use.favourite
    }
    for reason, order in ((ShelfReason.RECENT, by_time), (ShelfReason.MOST_USED, by_worth)):
        fresh = [use.article_id for use in order if use.worth and use.article_id not in found]
        found |= dict.fromkeys(fresh[:SHOWN], reason)
    return tuple(Shelved(article_id, reason) for article_id, reason in found.items())
