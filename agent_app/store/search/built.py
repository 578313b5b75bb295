"""One state of the index: everything a search needs, never changed after (step ⑥)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from agent_app.domain.ids import ArticleId, CategoryId
from agent_app.domain.knowledge import NATIONWIDE, Article, Category, SearchHit, SearchScope
from agent_app.store.search.candidates import Candidates, Document
from agent_app.store.search.entries import Entry, make_entry
from agent_app.store.search.question import QUERY_LIMIT, Question, ask
from agent_app.store.search.rank import Ranked, marks, rank
from agent_app.store.search.readings import readings
from agent_app.store.search.snippet import snippet
from agent_app.store.search.synonyms import Synonyms
from agent_app.store.search.tables import Rows, Singles
from agent_app.store.search.tree import Tree
from agent_app.store.search.turns import in_turns

_VARIANT = 0.97
"""A synonym is worth a little less than the word itself."""


@dataclass(frozen=True, slots=True)
class Built:
    """Made in one thread, asked in another. A row is an article's place, for as long as it lives.

    ``rows`` names the articles that are there: ``entries`` still holds those that are gone.
    """

    tree: Tree
    synonyms: Synonyms
    entries: Sequence[Entry]
    rows: Mapping[ArticleId, int]
    candidates: Candidates
    singles: Singles
    members: Rows[CategoryId]
    regions_of: Mapping[str, int]
    regions: tuple[str, ...]
    """Every region that an article is for, but not the whole country."""

    def named(self, article_ids: Sequence[ArticleId], today: date) -> Iterator[SearchHit]:
        """These articles as results of no question; those that are gone are left out."""
        found = [self.rows[one] for one in article_ids if one in self.rows]
        return self.hits("", [self._ranked(row, 0.0, today) for row in found])

    def in_category(self, category: CategoryId, today: date) -> list[Ranked]:
        """Its articles and those of the categories below, valid ones first, in their own order."""
        return self._valid_first([(row, 0.0) for row in self.members.find(category)], today)

    def in_force(self, category: CategoryId, today: date, most: int) -> list[Ranked]:
        """The first of them that hold today; of a large base nobody looks at the rest."""
        rows = self.members.find(category)
        valid = (row for row in rows if self.entries[row].article.valid_on(today))
        return [Ranked(row, 0.0, valid=True) for row in islice(valid, most)]

    def find(self, typed: str, scope: SearchScope, today: date) -> list[Ranked]:
        """Best first. An empty question lists what is in the scope, nothing if that is all."""
        found = self._find(typed, scope, today)
        return [one for one in found if one.valid] if scope.in_force else found

    def _find(self, typed: str, scope: SearchScope, today: date) -> list[Ranked]:
        question = ask(typed, readings(), self.synonyms)
        if not question.parts:
            return [] if question.text else self._browse(scope, today)
        if question.single:
            rows = self.singles.find(question.single)
            return self._valid_first([one for one in rows if self._holds(one[0], scope)], today)
        best: dict[int, Ranked] = {}
        ways = (question.text, *self.synonyms.variants(question.text))
        for place, way in enumerate(ways):
            asked = ask(way, readings(), self.synonyms) if place else question
            for one in self._rank(asked, scope, today):
                worth = one.score * (_VARIANT if place else 1.0)
                if one.row not in best or best[one.row].score < worth:
                    best[one.row] = Ranked(one.row, worth, one.valid)
        return sorted(best.values(), key=lambda one: (-one.score, one.row))

    def _browse(self, scope: SearchScope, today: date) -> list[Ranked]:
        if scope.category_id is not None:
            found = self.in_category(scope.category_id, today)
        elif scope.region:
            found = self._valid_first([(row, 0.0) for row in sorted(self.rows.values())], today)
        else:
            return []
        return [one for one in found if self._holds(one.row, scope)]

    def _rank(self, asked: Question, scope: SearchScope, today: date) -> list[Ranked]:
        found = self.candidates.find(asked, scope)
        return rank(asked, found, self.entries, today, self.candidates.rarity)

    def hits(self, typed: str, found: Sequence[Ranked]) -> Iterator[SearchHit]:
        """What the screen shows of results."""
        question = ask(typed, readings())
        ways: list[Question] | None = None
        for one in found:
            entry = self.entries[one.row]
            touched = marks(question, entry)
            if not touched and question.parts:
                ways = self._ways(question) if ways is None else ways
                touched = next((seen for way in ways if (seen := marks(way, entry))), ())
            yield SearchHit(
                article_id=entry.article.article_id,
                version=entry.article.version,
                title=entry.article.title,
                category=entry.category,
                snippet=snippet(question, entry.article),
                marks=touched,
                valid=one.valid,
                region="" if entry.article.region == NATIONWIDE else entry.article.region,
            )

    def _ways(self, question: Question) -> list[Question]:
        """The question in the articles' own words."""
        ways = self.synonyms.variants(question.text[:QUERY_LIMIT])
        return [ask(way, readings()) for way in ways]

    def _holds(self, row: int, scope: SearchScope) -> bool:
        """Whether the article is in the scope's category and region."""
        article = self.entries[row].article
        if scope.category_id is not None and scope.category_id not in self.tree.line(
            article.category_id
        ):
            return False
        return not scope.region or article.region in (scope.region, NATIONWIDE)

    def _ranked(self, row: int, score: float, today: date) -> Ranked:
        return Ranked(row, score, self.entries[row].article.valid_on(today))

    def _valid_first(self, rows: Sequence[tuple[int, float]], today: date) -> list[Ranked]:
        found = [self._ranked(row, score, today) for row, score in rows]
        return sorted(found, key=lambda one: (not one.valid, -one.score))


def build(articles: Sequence[Article], categories: Sequence[Category], synonyms: Synonyms) -> Built:
    """The whole index anew: seconds for many articles."""
    tree = Tree(categories)
    entries = tuple(_entry(article, tree, synonyms) for article in in_turns(articles))
    lines = [tree.line(one.article.category_id) for one in entries]
    regions = Counter(one.article.region for one in entries)
    return Built(
        tree=tree,
        synonyms=synonyms,
        entries=entries,
        rows={one.article.article_id: row for row, one in enumerate(entries)},
        candidates=Candidates.build(map(Document, range(len(entries)), entries, lines)),
        singles=Singles.of(entries),
        members=Rows.of((one, row) for row, line in enumerate(lines) for one in line),
        regions_of=regions,
        regions=_regions(regions),
    )


def changed(built: Built, articles: Sequence[Article], gone: Collection[ArticleId] = ()) -> Built:
    """Only ``articles`` are read anew and ``gone`` left out: milliseconds for a page.

    ``built`` still answers, but no second change may start from it.
    """
    rows, entries = dict(built.rows), list(built.entries)
    old = [rows[one] for one in (*(a.article_id for a in articles), *gone) if one in rows]
    for one in gone:
        rows.pop(one, None)
    new = []
    for article in in_turns(articles):
        row = rows.setdefault(article.article_id, len(entries))
        entries[row : row + 1] = [_entry(article, built.tree, built.synonyms)]
        new.append(row)
    line = {row: built.tree.line(entries[row].article.category_id) for row in new}
    regions = Counter(built.regions_of)
    regions.subtract(built.entries[row].article.region for row in old)
    regions.update(entries[row].article.region for row in new)
    return replace(
        built,
        entries=tuple(entries),
        rows=rows,
        candidates=built.candidates.changed(
            old, [Document(row, entries[row], line[row]) for row in new]
        ),
        singles=built.singles.changed(built.entries, old, entries, new),
        members=built.members.changed(
            ((key, row) for row in old
             for key in built.tree.line(built.entries[row].article.category_id)),
            ((key, row) for row in new for key in line[row]),
        ),
        regions_of=regions,
        regions=_regions(regions),
    )  # fmt: skip


def _entry(article: Article, tree: Tree, synonyms: Synonyms) -> Entry:
    return make_entry(article, tree.names, readings(), synonyms)


def _regions(counted: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted({one for one, often in counted.items() if often > 0} - {"", NATIONWIDE}))
