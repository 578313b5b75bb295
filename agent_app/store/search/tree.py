"""The category tree as the search asks it (step ⑥)."""

from __future__ import annotations

from collections.abc import Sequence

from agent_app.domain.ids import CategoryId
from agent_app.domain.knowledge import Category

Line = tuple[CategoryId, ...]
"""A category and all above it."""


class Tree:
    """Never changed after it was made; any thread."""

    def __init__(self, categories: Sequence[Category]) -> None:
        self.names = {one.category_id: one.name for one in categories}
        self._parents = {one.category_id: one.parent_id for one in categories}

    def name(self, category: CategoryId) -> str:
        return self.names.get(category, "")

    def line(self, category: CategoryId) -> Line:
        """The category and all above it; a tree that bites its tail ends where it began."""
        line: list[CategoryId] = []
        above: CategoryId | None = category
        while above is not None and above not in line:
            line.append(above)
            above = self._parents.get(above)
        return tuple(line)

    def named(self, words: str) -> CategoryId | None:
        """The category whose name stands in ``words``; the longest name wins."""
        named = [one for one, name in self.names.items() if name and name in words]
        return max(named, key=lambda one: len(self.names[one]), default=None)
