"""Which call quoted which article, so that who was told an answer is found at once (step ⑨)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import orjson
from sqlalchemy import Connection, delete, insert

from server.tables import quoted_articles


def highest(quotes: Iterable[Mapping[str, object]]) -> dict[str, int]:
    """The newest version of each article that a call quoted: what its caller heard last."""
    found: dict[str, int] = {}
    for quote in quotes:
        article_id, version = str(quote["article_id"]), int(str(quote["version"]))
        found[article_id] = max(version, found.get(article_id, 0))
    return found


def keep_quoted(
    connection: Connection, interaction_id: str, *, quotes: str, started_at: str
) -> None:
    """Say anew what an interaction quotes; ``quotes`` is its column's JSON."""
    connection.execute(
        delete(quoted_articles).where(quoted_articles.c.interaction_id == interaction_id)
    )
    add_quoted(connection, interaction_id, quotes=quotes, started_at=started_at)


def add_quoted(
    connection: Connection, interaction_id: str, *, quotes: str, started_at: str
) -> None:
    """The same for an interaction that is new."""
    rows = [
        {"article_id": article_id, "interaction_id": interaction_id, "version": version,
         "started_at": started_at}
        for article_id, version in highest(orjson.loads(quotes)).items()
    ]  # fmt: skip
    if rows:
        connection.execute(insert(quoted_articles), rows)
