"""Articles and their category tree, as last fetched; what the search index is built from."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from agent_app.domain.ids import ArticleId, CategoryId
from agent_app.domain.knowledge import Article, Category
from agent_app.store.database import Database
from agent_app.store.readers import Readers
from agent_app.store.tables import AnyRow, articles, categories


class Knowledge:
    def __init__(self, *, cache: Database, readers: Readers) -> None:
        self._cache = cache
        self._readers = readers

    async def categories(self) -> tuple[Category, ...]:
        """The whole tree, flat, in the order it is shown."""
        return await self._readers.run(self._categories)

    async def article(self, article_id: ArticleId) -> Article | None:
        """The newest version, or None when it is gone."""
        return await self._readers.run(lambda: self._article(article_id))

    async def all_articles(self) -> tuple[Article, ...]:
        """Every article with its text, by id."""
        return await self._readers.run(self._all)

    def _categories(self) -> tuple[Category, ...]:
        question = select(categories).order_by(categories.c.position, categories.c.id)
        with self._cache.reading() as connection:
            return tuple(
                Category(
                    category_id=CategoryId(row.id),
                    parent_id=CategoryId(row.parent_id) if row.parent_id else None,
                    name=row.name,
                    name_en=row.name_en,
                    position=row.position,
                )
                for row in connection.execute(question)
            )

    def _article(self, article_id: ArticleId) -> Article | None:
        question = select(articles).where(articles.c.id == article_id)
        with self._cache.reading() as connection:
            row = connection.execute(question).first()
            return None if row is None else _article(row)

    def _all(self) -> tuple[Article, ...]:
        with self._cache.reading() as connection:
            rows = connection.execute(select(articles).order_by(articles.c.id))
            return tuple(_article(row) for row in rows)


def _article(row: AnyRow) -> Article:
    return Article(
        article_id=ArticleId(row.id),
        version=row.version,
        category_id=CategoryId(row.category_id),
        title=row.title,
        question=row.question,
        answer=row.answer,
        basis=row.basis,
        keywords=row.keywords,
        region=row.region,
        valid_from=date.fromisoformat(row.valid_from) if row.valid_from else date.min,
        valid_until=date.fromisoformat(row.valid_until) if row.valid_until else None,
        sample=row.sample,
        pinyin=row.pinyin,
        initials=row.initials,
    )
