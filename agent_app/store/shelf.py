"""What was read and quoted on this seat, kept for each agent apart (step ⑥)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from agent_app.domain.ids import AgentId, ArticleId
from agent_app.domain.shelf import ArticleUse
from agent_app.store.database import Database
from agent_app.store.readers import Readers
from agent_app.store.tables import article_uses
from agent_app.store.times import from_text, to_text


class Shelf:
    """Each method may raise a StoreError; what it writes is on the disk when it returns."""

    def __init__(self, *, work: Database, readers: Readers, now: Callable[[], datetime]) -> None:
        self._work = work
        self._readers = readers
        self._now = now

    async def uses(self, agent_id: AgentId) -> tuple[ArticleUse, ...]:
        """Every article that this agent ever reached for here."""
        question = select(article_uses).where(article_uses.c.agent_id == agent_id)

        def job() -> tuple[ArticleUse, ...]:
            with self._work.reading() as connection:
                return tuple(
                    ArticleUse(
                        article_id=ArticleId(row.article_id),
                        opened=row.opened,
                        quoted=row.quoted,
                        last_at=from_text(row.last_at),
                        favourite=row.favourite,
                    )
                    for row in connection.execute(question)
                )

        return await self._readers.run(job)

    async def note_opened(self, agent_id: AgentId, article_id: ArticleId) -> None:
        await self._count(agent_id, article_id, opened=1)

    async def note_quoted(self, agent_id: AgentId, article_id: ArticleId) -> None:
        await self._count(agent_id, article_id, quoted=1)

    async def set_favourite(
        self, agent_id: AgentId, article_id: ArticleId, favourite: bool
    ) -> None:
        now = to_text(self._now())
        statement = insert(article_uses).values(
            agent_id=agent_id, article_id=article_id, last_at=now, favourite=favourite
        )
        statement = statement.on_conflict_do_update(
            index_elements=["agent_id", "article_id"], set_={"favourite": favourite}
        )
        await self._work.write(lambda connection: connection.execute(statement).close())

    async def _count(
        self, agent_id: AgentId, article_id: ArticleId, *, opened: int = 0, quoted: int = 0
    ) -> None:
        now = to_text(self._now())
        statement = insert(article_uses).values(
            agent_id=agent_id, article_id=article_id, opened=opened, quoted=quoted, last_at=now
        )
        statement = statement.on_conflict_do_update(
            index_elements=["agent_id", "article_id"],
            set_={
                "opened": article_uses.c.opened + opened,
                "quoted": article_uses.c.quoted + quoted,
                "last_at": now,
            },
        )
        await self._work.write(lambda connection: connection.execute(statement).close())
