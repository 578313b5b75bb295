"""Is the article that is meant among the first results? Recall@1 and @5 by kind of question.

Labelled questions (``bench/labelled.py``) over the sample's articles alone and over larger bases in
which mixtures of their titles and texts are in the way. Beside it, in the same run and on the same
articles: SQLite's FTS5 with its trigram tokenizer, all trigrams of the question joined by OR.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from agent_app.domain.ids import ArticleId
from agent_app.domain.knowledge import Article, Category
from agent_app.store.search import KnowledgeIndex
from agent_app.store.store import Store
from bench.articles import articles as base
from bench.articles import pages, texts
from bench.centre import TODAY
from bench.fts import FullText
from bench.key import KEY
from bench.labelled import Labelled, labelled
from bench.sheet import Findings, Options, note, run
from sync.wire import TABLES, Json

SHOWN = 5
SAMPLE = 80
ALIKE = 5
"""Titles with so many characters in common at the beginning begin alike."""

Search = Callable[[str], Sequence[str]]
"""The ids of the first results, best first."""


def measure(options: Options) -> Findings:
    sizes = (SAMPLE,) if options.quick else (SAMPLE, 2_000, 10_000)
    found = {str(size): asyncio.run(_at(size)) for size in sizes}
    lines = [text for size, one in found.items() for text in _lines(size, one)]
    return Findings({"sizes": found}, lines)


def _base(size: int) -> list[list[Json]]:
    """The sample, and mixtures that do not begin as one of its titles does: two articles with one
    beginning cannot be told apart by it."""
    title = TABLES["articles"].index("title")
    rows = base(2 * size) if size > SAMPLE else base(SAMPLE)
    beginnings = {str(row[title])[:ALIKE] for row in rows[:SAMPLE]}
    others = [row for row in rows[SAMPLE:] if str(row[title])[:ALIKE] not in beginnings]
    return [*rows[:SAMPLE], *others][:size]


async def _at(size: int) -> dict[str, dict[str, dict[str, float]]]:
    note(f"recall: {size} articles")
    rows = _base(size)
    known, categories = await _kept(rows)
    questions = labelled(known[:SAMPLE])
    index = KnowledgeIndex()
    await index.rebuild(known, categories)

    async def ours(text: str) -> Sequence[str]:
        answer = await index.search(text, today=TODAY, limit=SHOWN)
        return [hit.article_id for hit in answer.hits]

    try:
        mine = _recall([(one, await ours(one.text)) for one in questions])
    finally:
        index.close()
    with tempfile.TemporaryDirectory(prefix="zuoxi-bench-fts-") as folder:
        other = FullText(Path(folder) / "fts.db", (texts(row) for row in rows))
        theirs = _recall([
            (one, [str(rows[place][0]) for place in other.places(one.text, SHOWN)])
            for one in questions
        ])  # fmt: skip
        other.close()
    return {"ours": mine, "fts5": theirs}


async def _kept(rows: list[list[Json]]) -> tuple[list[Article], tuple[Category, ...]]:
    """The rows as a seat has them, in their order, and the categories."""
    with tempfile.TemporaryDirectory(prefix="zuoxi-bench-recall-") as folder:
        store = await Store.open(Path(folder), KEY)
        try:
            for page in pages(rows):
                await store.replica.apply(page)
            found = {one.article_id: one for one in await store.knowledge.all_articles()}
            return [found[ArticleId(str(row[0]))] for row in rows], (
                await store.knowledge.categories()
            )
        finally:
            await store.close()


def _recall(
    answers: Sequence[tuple[Labelled, Sequence[str]]],
) -> dict[str, dict[str, float]]:
    """By kind, and over all: how many there were, and which share was found first and in five."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for one, ids in answers:
        place = list(ids).index(one.meant) if one.meant in ids else SHOWN
        by_kind[one.kind].append(place)
        by_kind["all"].append(place)
    return {
        kind: {
            "n": len(places),
            "at_1": round(sum(place == 0 for place in places) / len(places), 3),
            "at_5": round(sum(place < SHOWN for place in places) / len(places), 3),
        }
        for kind, places in by_kind.items()
    }


def _lines(size: str, found: dict[str, dict[str, dict[str, float]]]) -> list[str]:
    mine, theirs = found["ours"], found["fts5"]
    head = f"Recall in {int(size):,} articles".replace(",", " ")
    rows = [
        f"  {kind:<20} {one['n']:>4} {one['at_1']:>8.2f} {one['at_5']:>8.2f} "
        f"{theirs[kind]['at_1']:>10.2f} {theirs[kind]['at_5']:>8.2f}"
        for kind, one in mine.items()
    ]
    return [f"{head:<22} {'n':>4} {'@1':>8} {'@5':>8} {'FTS5 @1':>10} {'@5':>8}", *rows]


if __name__ == "__main__":
    run("recall", __doc__, measure)
