"""Which region's answer is the caller's (step ⑥)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from agent_app.domain.knowledge import Article

_KIND = re.compile(r"(?:特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|自治州|省|市|区|县)$")
_LEAST = 2


class Whence(Enum):
    """What says where the caller is at home."""

    RECORD = "record"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Place:
    """A region as a record or a number names it: 浙江省杭州市, 杭州市西湖区."""

    name: str
    whence: Whence


@dataclass(frozen=True, slots=True)
class Proposal:
    """The answer that fits the caller better than the one that is read, and why."""

    article: Article
    place: Place


def propose(
    shown: Article, variants: Sequence[Article], places: Sequence[Place]
) -> Proposal | None:
    """The variant for the first place that one is for; None when ``shown`` is that one already.

    Of several that fit, the one whose region is named most closely.
    """
    for place in places:
        fitting = [one for one in (shown, *variants) if lies_in(place.name, one.region)]
        if fitting:
            best = max(fitting, key=lambda one: len(one.region))
            return None if best is shown else Proposal(best, place)
    return None


def lies_in(place: str, region: str) -> bool:
    """Whether a place is named as lying in a region, however complete the two names are."""
    short = _KIND.sub("", region.strip())
    return len(short) >= _LEAST and short in place
