"""The sample centre's knowledge, spelt as the server spells it, and an index over it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pypinyin import lazy_pinyin

import resources
from agent_app.domain.ids import ArticleId, CategoryId
from agent_app.domain.knowledge import Article, Category, SearchHit, SearchScope
from agent_app.store.search import KnowledgeIndex
from agent_app.store.search.text import is_han, parts

TODAY = date(2026, 3, 2)
SAMPLE = Path(resources.__file__).with_name("sample_centre")


def article(name: str, title: str, **values: Any) -> Article:
    given: dict[str, Any] = {
        "version": 1, "category_id": CategoryId("01"), "question": "", "answer": "", "basis": "",
        "keywords": "", "region": "", "valid_from": date(2020, 1, 1), "valid_until": None,
        "sample": True, "pinyin": "", "initials": "",
    }  # fmt: skip
    return Article(article_id=ArticleId(name), title=title, **(given | values))


def within(category: str) -> SearchScope:
    return SearchScope(category_id=CategoryId(category))


@cache
def sample_rows() -> list[dict[str, Any]]:
    rows = json.loads((SAMPLE / "articles.json").read_text("utf-8"))["articles"]
    assert isinstance(rows, list)
    return rows


@cache
def sample() -> tuple[tuple[Article, ...], tuple[Category, ...]]:
    articles = tuple(
        article(
            row["id"], row["title"], version=row["version"], category_id=row["category"],
            question=row["question"], answer=row["answer"], basis=row["basis"],
            keywords=" ".join([*row["keywords"], *row["synonyms"]]), region=row["region"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_until=date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
            pinyin=spelt(row["title"]),
        )
        for row in sample_rows()
    )  # fmt: skip
    tree = json.loads((SAMPLE / "categories.json").read_text("utf-8"))["categories"]
    categories = tuple(
        Category(one["id"], one["parent"], one["name"], one["name_en"], place)
        for place, one in enumerate(tree)
    )
    return articles, categories


def spelt(title: str) -> str:
    """Syllables between spaces, words and numbers as they are."""
    found: list[str] = []
    for part in parts(title.lower()):
        found += lazy_pinyin(part) if is_han(part) else [part]
    return " ".join(found)


@asynccontextmanager
async def indexed(
    articles: Sequence[Article] | None = None,
    categories: Sequence[Category] | None = None,
    *,
    menus: Mapping[str, Sequence[CategoryId]] | None = None,
) -> AsyncIterator[KnowledgeIndex]:
    index = KnowledgeIndex(menus=menus)
    try:
        await index.rebuild(
            sample()[0] if articles is None else articles,
            sample()[1] if categories is None else categories,
        )
        yield index
    finally:
        index.close()


def marked(hit: SearchHit) -> str:
    """The title with what matched in brackets."""
    shown = hit.title
    for start, end in reversed(hit.marks):
        shown = f"{shown[:start]}[{shown[start:end]}]{shown[end:]}"
    return shown
