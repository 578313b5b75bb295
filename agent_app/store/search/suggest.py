"""Three to five articles for this call that nobody had to ask for, each with its reason (step ⑥).

The strongest reason comes first: what she typed, the summary's category, what this caller asked
before, where the menu and the queue put the call.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from agent_app.domain.ids import ArticleId, CategoryId
from agent_app.domain.knowledge import EVERYWHERE, Suggestion, SuggestionReason
from agent_app.store.search.built import Built
from agent_app.store.search.question import ask
from agent_app.store.search.rank import Ranked, worth
from agent_app.store.search.readings import readings
from agent_app.store.search.text import units

MOST = 5
_FEWEST = 3
_TYPED_WORTH = 0.3
_HISTORY = 3
_LOOKED_AT = 40
"""Articles of a category, in their own order, of which some may be taken or quoted already."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is known of a call when suggestions are asked for."""

    queue: str
    menu_path: str
    category_id: CategoryId | None
    history_categories: tuple[CategoryId, ...]
    typed: str
    today: date
    leave_out: frozenset[ArticleId] = frozenset()
    """What she has at hand already: articles quoted in this call."""


def suggest(
    built: Built, occasion: Occasion, menus: Mapping[str, Sequence[CategoryId]]
) -> tuple[Suggestion, ...]:
    """At most five, no article twice, valid ones only; fewer when nothing else has a reason."""
    reasons = [
        (most, reason, [one for one in rows if _is_fresh(built, one, occasion)])
        for most, reason, rows in _reasons(built, occasion, menus)
    ]
    taken: dict[int, SuggestionReason] = {}
    for most, reason, rows in reasons:
        fresh = [one.row for one in rows if one.row not in taken]
        for row in fresh[:most]:
            if len(taken) < MOST:
                taken[row] = reason
    if len(taken) < _FEWEST:
        for _, reason, rows in reasons:
            for one in rows:
                if len(taken) < _FEWEST:
                    taken.setdefault(one.row, reason)
    return tuple(
        Suggestion(article.article_id, article.version, article.title, reason)
        for row, reason in taken.items()
        for article in (built.entries[row].article,)
    )


def _is_fresh(built: Built, one: Ranked, occasion: Occasion) -> bool:
    """In force, and not before her eyes already."""
    return one.valid and built.entries[one.row].article.article_id not in occasion.leave_out


_Reasons = list[tuple[int, SuggestionReason, list[Ranked]]]
"""How many rows a reason may give, before there are too few; the reason; its rows, best first."""


def _reasons(
    built: Built, occasion: Occasion, menus: Mapping[str, Sequence[CategoryId]]
) -> _Reasons:
    found: _Reasons = []
    if typed := occasion.typed.strip():
        found.append((3, SuggestionReason("typed", typed), _typed(built, typed, occasion.today)))
    for kind, most, category in _categories(built, occasion, menus):
        name = built.tree.name(category)
        rows = built.in_force(category, occasion.today, _LOOKED_AT)
        found.append((most, SuggestionReason(kind, name), rows))
    if words := _words(occasion.queue):
        reason = SuggestionReason("queue", occasion.queue)
        found.append((2, reason, built.find(words, EVERYWHERE, occasion.today)))
    if occasion.category_id is not None:
        for above in built.tree.line(occasion.category_id)[1:]:
            rows = built.in_force(above, occasion.today, _LOOKED_AT)
            found.append((0, SuggestionReason("category", built.tree.name(above)), rows))
    return found


def _typed(built: Built, typed: str, today: date) -> list[Ranked]:
    question = ask(typed, readings(), built.synonyms)
    rows = built.find(typed, EVERYWHERE, today)
    return [one for one in rows if worth(question, built.entries[one.row]) >= _TYPED_WORTH]


def _categories(
    built: Built, occasion: Occasion, menus: Mapping[str, Sequence[CategoryId]]
) -> Iterator[tuple[str, int, CategoryId]]:
    if occasion.category_id is not None:
        yield "category", 3, occasion.category_id
    for category in tuple(dict.fromkeys(occasion.history_categories))[:_HISTORY]:
        yield "history", 1, category
    for category in menus.get(occasion.menu_path, ()):
        yield "menu", 2, category
    if (named := built.tree.named(occasion.menu_path)) is not None:
        yield "menu", 2, named


def _words(queue: str) -> str:
    """A queue's name without what every queue is called."""
    for word in ("专席", "坐席", "队列", "咨询", "热线", "综合"):
        queue = queue.replace(word, " ")
    return queue if units(queue) else ""
