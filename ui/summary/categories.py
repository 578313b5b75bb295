"""The category tree as rows to choose from, filtered by what is typed (step ⑥)."""

from __future__ import annotations

from collections.abc import Iterable

from agent_app.domain.category_match import fits
from agent_app.domain.ids import CategoryId
from agent_app.domain.knowledge import Category
from ui.record_words import category_name
from ui.rows.row import Row

ARROW = " › "
Marks = tuple[tuple[int, int], ...]


class CategoryTree:
    """Paths and matches, worked out once per change of the categories.

    Names are in the language that the screen shows then; typing matches both, and how they sound.
    """

    def __init__(self, categories: Iterable[Category]) -> None:
        self._by_id = {category.category_id: category for category in categories}
        self._names = {key: category_name(one) for key, one in self._by_id.items()}
        self._ordered = tuple(self._walk())
        self._lines = {key: self._line(one) for key, one in self._by_id.items()}

    def path(self, category_id: CategoryId | None) -> str:
        """``个人所得税 › 专项附加扣除``; empty for none, the bare id for one that is gone."""
        if category_id is None:
            return ""
        category = self._by_id.get(category_id)
        if category is None:
            return category_id
        return ARROW.join(self._name(step) for step in self._lines[category_id])

    def rows(self, typed: str) -> tuple[Row, ...]:
        """The whole tree, indented, or what every typed word fits, best first."""
        if not typed.strip():
            return tuple(
                Row(key=category.category_id, title=self._name(category), depth=depth)
                for category, depth in self._ordered
            )
        found = []
        for category, _ in self._ordered:
            fit = fits(typed, self._lines[category.category_id])
            if fit is not None:
                found.append((fit[0], self._match(category, typed, fit[1])))
        return tuple(row for _, row in sorted(found, key=lambda one: one[0]))

    def _match(self, category: Category, typed: str, spans: Marks) -> Row:
        name = self._name(category)
        above = ARROW.join(self._name(step) for step in self._lines[category.category_id][:-1])
        marks = spans if name == category.name else marked(name, typed.casefold().split())
        return Row(key=category.category_id, title=name, trail=above, marks=marks)

    def _name(self, category: Category) -> str:
        return self._names[category.category_id]

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
