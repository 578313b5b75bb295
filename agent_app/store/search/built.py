"""One build of the index: everything a search needs, never changed after (step ⑥)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from agent_app.domain.ids import ArticleId, CategoryId
from agent_app.domain.knowledge import NATIONWIDE, Article, Category, SearchHit, SearchScope
from agent_app.store.search.candidates import Candidates
from agent_app.store.search.entries import Entry, make_entry
from agent_app.store.search.question import QUERY_LIMIT, Question, ask
from agent_app.store.search.rank import Ranked, marks, rank
from agent_app.store.search.readings import readings
from agent_app.store.search.snippet import snippet
from agent_app.store.search.synonyms import Synonyms

_SINGLES = 200
_VARIANT = 0.97
"""A synonym is worth a little less than the word itself."""


class Built:
    """Made in one thread, asked in another."""

    def __init__(
        self,
        articles: Sequence[Article],
        categories: Sequence[Category],
        synonyms: Synonyms,
    ) -> None:
        self._readings = readings()
        self.synonyms = synonyms
        self._names = {one.category_id: one.name for one in categories}
        self._parents = {one.category_id: one.parent_id for one in categories}
        self.entries: tuple[Entry, ...] = tuple(
            make_entry(article, self._names, self._readings, synonyms) for article in articles
        )
        self._lines = [self.line(entry.article.category_id) for entry in self.entries]
        self._candidates = Candidates(self.entries, self._lines, self._readings)
        self._first, self._within = _singles(self.entries)
        self._rows = {one.article.article_id: row for row, one in enumerate(self.entries)}
        self._of_category = _by_category(self._lines)

    @property
    def regions(self) -> tuple[str, ...]:
        """Every region that an article is for, but not the whole country."""
        found = {entry.article.region for entry in self.entries}
        return tuple(sorted(found - {"", NATIONWIDE}))

    def named(self, article_ids: Sequence[ArticleId], today: date) -> Iterator[SearchHit]:
        """These articles as results of no question; those that are gone are left out."""
        for article_id in article_ids:
            if (row := self._rows.get(article_id)) is not None:
                valid = self.entries[row].article.valid_on(today)
                yield self.hit("", Ranked(row, 0.0, valid))

    def category_name(self, category: CategoryId) -> str:
        return self._names.get(category, "")

    def line(self, category: CategoryId) -> tuple[CategoryId, ...]:
        """The category and all above it; a tree that bites its tail ends where it began."""
        line: list[CategoryId] = []
        above: CategoryId | None = category
        while above is not None and above not in line:
            line.append(above)
            above = self._parents.get(above)
        return tuple(line)

    def category_named(self, words: str) -> CategoryId | None:
        """The category whose name stands in ``words``; the longest name wins."""
        named = [one for one, name in self._names.items() if name and name in words]
        return max(named, key=lambda one: len(self._names[one]), default=None)

    def in_category(self, category: CategoryId, today: date) -> list[Ranked]:
        """Its articles and those of the categories below, valid ones first, in their own order."""
        rows = self._of_category.get(category, [])
        return _valid_first([(row, 0.0) for row in rows], self.entries, today)

    def find(self, typed: str, scope: SearchScope, today: date) -> list[Ranked]:
        """Best first. An empty question lists what is in the scope, nothing if that is all."""
        found = self._find(typed, scope, today)
        return [one for one in found if one.valid] if scope.in_force else found

    def _find(self, typed: str, scope: SearchScope, today: date) -> list[Ranked]:
        question = ask(typed, self._readings, self.synonyms)
        if not question.parts:
            return [] if question.text else self._browse(scope, today)
        if question.single:
            return self._single(question.single, scope, today)
        best: dict[int, Ranked] = {}
        ways = (question.text, *self.synonyms.variants(question.text))
        for place, way in enumerate(ways):
            asked = ask(way, self._readings, self.synonyms) if place else question
            for one in self._rank(asked, scope, today):
                worth = one.score * (_VARIANT if place else 1.0)
                if one.row not in best or best[one.row].score < worth:
                    best[one.row] = Ranked(one.row, worth, one.valid)
        return sorted(best.values(), key=lambda one: (-one.score, one.row))

    def _browse(self, scope: SearchScope, today: date) -> list[Ranked]:
        if scope.category_id is not None:
            found = self.in_category(scope.category_id, today)
        elif scope.region:
            every = [(row, 0.0) for row in range(len(self.entries))]
            found = _valid_first(every, self.entries, today)
        else:
            return []
        return [one for one in found if self._holds(one.row, scope)]

    def _rank(self, asked: Question, scope: SearchScope, today: date) -> list[Ranked]:
        found = self._candidates.find(asked, scope)
        return rank(asked, found, self.entries, today, self._candidates.rarity)

    def hit(self, typed: str, one: Ranked) -> SearchHit:
        """What the screen shows of a result."""
        entry, question = self.entries[one.row], ask(typed, self._readings)
        article = entry.article
        return SearchHit(
            article_id=article.article_id,
            version=article.version,
            title=article.title,
            category=entry.category,
            snippet=snippet(question, article),
            marks=self._marks(question, entry),
            valid=one.valid,
        )

    def _marks(self, question: Question, entry: Entry) -> tuple[tuple[int, int], ...]:
        found = marks(question, entry)
        for way in self.synonyms.variants(question.text[:QUERY_LIMIT]) if not found else ():
            found = found or marks(ask(way, self._readings), entry)
        return found

    def _holds(self, row: int, scope: SearchScope) -> bool:
        """Whether the article is in the scope's category and region."""
        if scope.category_id is not None and scope.category_id not in self._lines[row]:
            return False
        region = self.entries[row].article.region
        return not scope.region or region in (scope.region, NATIONWIDE)

    def _single(self, one: str, scope: SearchScope, today: date) -> list[Ranked]:
        first, within = self._first.get(one, []), self._within.get(one, [])
        rows = [(row, 1.0) for row in first] + [(row, 0.5) for row in within]
        rows = [(row, score) for row, score in rows if self._holds(row, scope)]
        return _valid_first(rows, self.entries, today)


def _by_category(lines: Sequence[tuple[CategoryId, ...]]) -> dict[CategoryId, list[int]]:
    found: dict[CategoryId, list[int]] = {}
    for row, line in enumerate(lines):
        for category in line:
            found.setdefault(category, []).append(row)
    return found


def _singles(entries: Sequence[Entry]) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """For each character: titles beginning with it (or with its sound), titles having it."""
    first: dict[str, list[int]] = {}
    within: dict[str, list[int]] = {}
    for row in sorted(range(len(entries)), key=lambda row: len(entries[row].title)):
        entry = entries[row]
        beginnings = {entry.title[:1], entry.initials[:1]} - {""}
        for one in beginnings:
            if len(rows := first.setdefault(one, [])) < _SINGLES:
                rows.append(row)
        for one in {*entry.title, *entry.words} - beginnings:
            if len(rows := within.setdefault(one, [])) < _SINGLES:
                rows.append(row)
    return first, within


def _valid_first(
    rows: list[tuple[int, float]], entries: Sequence[Entry], today: date
) -> list[Ranked]:
    found = [Ranked(row, score, entries[row].article.valid_on(today)) for row, score in rows]
    return sorted(found, key=lambda one: (not one.valid, -one.score))
