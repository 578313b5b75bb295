"""Other articles about the same, beside the one that is read (step ⑥)."""

from __future__ import annotations

from datetime import date

from agent_app.domain.ids import ArticleId
from agent_app.domain.knowledge import EVERYWHERE, SearchHit, SearchScope
from agent_app.store.search.built import Built
from agent_app.store.search.rank import Ranked

MOST = 5


def related(built: Built, article_id: ArticleId, today: date) -> tuple[SearchHit, ...]:
    """What its own title and keywords find: of its category first, then elsewhere; in force only.

    Other regions' variants of it are not among them. Nobody who asks for an article asks twice, so
    this may take as long as two searches.
    """
    if (row := built.rows.get(article_id)) is None:
        return ()
    shown = built.entries[row].article
    found: dict[int, Ranked] = {}
    for scope in (SearchScope(category_id=shown.category_id), EVERYWHERE):
        for one in built.find(f"{shown.title} {shown.keywords}", scope, today):
            other = built.entries[one.row].article
            if one.valid and other.group != shown.group and len(found) < MOST:
                found.setdefault(one.row, one)
    return tuple(built.hits("", list(found.values())))
