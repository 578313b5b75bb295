"""The category tree as rows to choose from, filtered by what is typed (step ⑥)."""

from __future__ import annotations

from collections.abc import Iterable

from agent_app.domain.ids import CategoryId
from agent_app.domain.knowledge import Category
from ui.rows.row import Row

ARROW = " › "


class CategoryTree:
    """Paths and matches, worked out once per change of the categories.

    ``english`` chooses the name that is shown; typing matches both names anywhere on the path.
    """

    def __init__(self, categories: Iterable[Category], *, english: bool) -> None:
        self._by_id = {category.category_id: category for category in categories}
        self._english = english
        self._ordered = tuple(self._walk())
        self._words = {
            category.category_id: " ".join(
                f"{step.name} {step.name_en}" for step in self._line(category)
            ).casefold()
            for category, _ in self._ordered
        }

    def path(self, category_id: CategoryId | None) -> str:
        """``个人所得税 › 专项附加扣除``; empty for none, the bare id for one that is gone."""
        if category_id is None:
            return ""
        category = self._by_id.get(category_id)
        if category is None:
            return category_id
        return ARROW.join(self._name(step) for step in self._line(category))

    def rows(self, typed: str) -> tuple[Row, ...]:
        """The whole tree, indented, or what matches every typed word, best first."""
        wanted = typed.casefold().split()
        if not wanted:
            return tuple(
                Row(key=category.category_id, title=self._name(category), depth=depth)
                for category, depth in self._ordered
            )
        found = [
            category
            for category, _ in self._ordered
            if all(word in self._words[category.category_id] for word in wanted)
        ]
        found.sort(key=lambda category: not self._named(category, wanted))
        return tuple(self._match(category, wanted) for category in found)

    def _named(self, category: Category, wanted: list[str]) -> bool:
        """The category's own name says it, not only the name of one above it."""
        own = f"{category.name} {category.name_en}".casefold()
        return any(word in own for word in wanted)

    def _match(self, category: Category, wanted: list[str]) -> Row:
        name = self._name(category)
        above = ARROW.join(self._name(step) for step in self._line(category)[:-1])
        return Row(key=category.category_id, title=name, trail=above, marks=marked(name, wanted))

    def _name(self, category: Category) -> str:
        return (category.name_en or category.name) if self._english else category.name

    def _line(self, category: Category) -> list[Category]:
        """From the top down to this category; a loop in bad data ends where it closes."""
        line = [category]
        while (above := self._by_id.get(line[0].parent_id or CategoryId(""))) is not None:
            if above in line:
                break
            line.insert(0, above)
        return line

    def _walk(self) -> Iterable[tuple[Category, int]]:
        children: dict[CategoryId | None, list[Category]] = {}
        for category in self._by_id.values():
            parent = category.parent_id if category.parent_id in self._by_id else None
            children.setdefault(parent, []).append(category)

        def below(parent: CategoryId | None, depth: int) -> Iterable[tuple[Category, int]]:
            for category in sorted(children.get(parent, ()), key=lambda c: c.position):
                yield category, depth
                yield from below(category.category_id, depth + 1)

        return below(None, 0)


def marked(name: str, wanted: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where the words stand in the name, in order and without overlap; code points."""
    folded = name.casefold()
    if len(folded) != len(name):
        return ()
    spans = sorted((at, at + len(word)) for word in wanted if (at := folded.find(word)) >= 0)
    apart: list[tuple[int, int]] = []
    for start, end in spans:
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return tuple(apart)
