"""Articles and their category tree, as last fetched; what the search index is built from (⑥)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, or_, select

from agent_app.domain import markdown
from agent_app.domain.ids import ArticleId, CategoryId
from agent_app.domain.knowledge import Article, Attachment, Category, Reading
from agent_app.store.database import Database
from agent_app.store.readers import Readers
from agent_app.store.search.readings import readings
from agent_app.store.tables import AnyRow, articles, attachments, categories

_SLICE = 500
"""Ids that one question names: SQLite takes no endless list."""


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

    async def reading(self, article_id: ArticleId) -> Reading | None:
        """The newest version with its variants and files, its answer as safe HTML; None when it is
        gone. Related articles are the search's to say."""
        return await self._readers.run(lambda: self._reading(article_id))

    async def some(self, article_ids: Collection[ArticleId]) -> tuple[Article, ...]:
        """Those of them that there are."""
        return await self._readers.run(lambda: self._some(sorted(article_ids)))

    async def all_articles(self) -> tuple[Article, ...]:
        """Every article with its text, by id."""
        return await self._readers.run(self._all)

    def _categories(self) -> tuple[Category, ...]:
        question = select(categories).order_by(categories.c.position, categories.c.id)
        spelt = readings()
        with self._cache.reading() as connection:
            return tuple(
                Category(
                    category_id=CategoryId(row.id),
                    parent_id=CategoryId(row.parent_id) if row.parent_id else None,
                    name=row.name,
                    name_en=row.name_en,
                    position=row.position,
                    syllables=tuple(map(spelt.find, row.name)),
                )
                for row in connection.execute(question)
            )

    def _article(self, article_id: ArticleId) -> Article | None:
        question = select(articles).where(articles.c.id == article_id)
        with self._cache.reading() as connection:
            row = connection.execute(question).first()
            return None if row is None else _article(row)

    def _reading(self, article_id: ArticleId) -> Reading | None:
        with self._cache.reading() as connection:
            row = connection.execute(select(articles).where(articles.c.id == article_id)).first()
            if row is None:
                return None
            article = _article(row)
            return Reading(
                article=article,
                answer_html=markdown.html(article.answer),
                variants=_variants(connection, article),
                attachments=_attachments(connection, article_id),
            )

    def _some(self, article_ids: list[ArticleId]) -> tuple[Article, ...]:
        with self._cache.reading() as connection:
            return tuple(
                _article(row)
                for at in range(0, len(article_ids), _SLICE)
                for row in connection.execute(
                    select(articles).where(articles.c.id.in_(article_ids[at : at + _SLICE]))
                )
            )

    def _all(self) -> tuple[Article, ...]:
        with self._cache.reading() as connection:
            rows = connection.execute(select(articles).order_by(articles.c.id))
            return tuple(_article(row) for row in rows)


def _variants(connection: Connection, article: Article) -> tuple[Article, ...]:
    """The others of its group, by region."""
    of_group = or_(articles.c.id == article.group, articles.c.variant_of == article.group)
    question = select(articles).where(of_group, articles.c.id != article.article_id)
    rows = connection.execute(question.order_by(articles.c.region, articles.c.id))
    return tuple(_article(row) for row in rows)


def _attachments(connection: Connection, article_id: ArticleId) -> tuple[Attachment, ...]:
    question = select(attachments).where(attachments.c.article_id == article_id)
    return tuple(
        Attachment(row.id, article_id, row.name, row.media_type, row.size, row.digest)
        for row in connection.execute(question.order_by(attachments.c.name, attachments.c.id))
    )


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
        owner_id=row.owner_id,
        owner_name=row.owner_name,
        variant_of=ArticleId(row.variant_of) if row.variant_of else None,
    )
