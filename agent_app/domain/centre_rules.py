"""What the centre sets: wrap-up, which category a queue stands for, who gets tickets (⑥)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from agent_app.domain.ids import CategoryId
from agent_app.domain.knowledge import Category
from agent_app.domain.tickets import TicketRules


@dataclass(frozen=True, slots=True)
class WrapUpRule:
    """``seconds`` after a call. ``auto_ready``: free again once the summary is saved or parked.

    ``park_at_end``: a summary that is not saved when the time is over is parked; else the state
    waits for her.
    """

    seconds: int = 60
    auto_ready: bool = True
    park_at_end: bool = False


@dataclass(frozen=True, slots=True)
class CentreRules:
    """``wrap_up`` is None where the centre has said nothing that this version can read."""

    wrap_up: WrapUpRule | None = None
    queue_categories: Mapping[str, CategoryId] = field(default_factory=dict)
    tickets: TicketRules = field(default_factory=TicketRules)


def category_of_queue(
    queue: str, chosen: Mapping[str, CategoryId], categories: Iterable[Category]
) -> CategoryId | None:
    """What the centre chose for ``queue``, else the category that has the queue's name.

    A choice that names a category which is gone counts as none.
    """
    wanted = queue.strip().casefold()
    if not wanted:
        return None
    known = {category.category_id: category for category in categories}
    for name, category_id in chosen.items():
        if name.strip().casefold() == wanted and category_id in known:
            return category_id
    named = (one.category_id for one in known.values()
             if wanted in (one.name.casefold(), one.name_en.casefold()))  # fmt: skip
    return next(named, None)
