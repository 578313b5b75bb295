"""Articles with their versions, and the categories and segments that order things (M29, step ⑨).

Every version of an article stays as it was published: who was told what can always be seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

import orjson
from sqlalchemy import Connection, select

from server import fields
from server.acts import Act
from server.attachments import files_of
from server.conflict import merge_whole
from server.errors import ConflictError, RejectedError
from server.fields import Check
from server.publishing import Press, as_object, publish_new, publish_next
from server.review_rule import people_needed
from server.tables import agents, article_versions, articles

ANSWER_MAX = 200_000
"""Code points of an official answer."""


def day(name: str, value: object) -> str:
    found = fields.text(name, value, longest=10)
    try:
        if date.fromisoformat(found).isoformat() == found:
            return found
    except ValueError:
        pass
    raise RejectedError(f"{name} is not a day like 2026-05-04.")


def id_or_nobody(name: str, value: object) -> str:
    """An id, or empty for none."""
    return "" if value == "" else fields.identifier(name, value)


ARTICLE: Mapping[str, Check] = {
    "id": fields.identifier,
    "category_id": fields.identifier,
    "title": fields.text,
    "question": partial(fields.text, longest=fields.TEXT_MAX),
    "answer": partial(fields.text, longest=ANSWER_MAX),
    "basis": partial(fields.text, longest=fields.TEXT_MAX),
    "keywords": fields.text,
    "region": fields.text,
    "valid_from": day,
    "valid_until": fields.optional(day),
    "owner_id": id_or_nobody,
    "variant_of": id_or_nobody,
}


def save_article(act: Act) -> int:
    """Publish a new version and return its number. Raises RejectedError, ConflictError.

    An answer is judged as a whole: ``base`` must name the newest version for what is changed.
    Where two people must see an answer, it comes as a draft instead.
    """
    if people_needed(act.connection) > 1:
        raise RejectedError("Here an answer is published from a draft that somebody reviewed.")
    wanted = fields.of_record(act.record, ARTICLE, act.operation.payload)
    row = act.connection.execute(
        select(articles).where(articles.c.id == act.record).with_for_update()
    ).one_or_none()
    press = Press(act.transaction, act.now, act.identity.agent_id)
    if row is None:
        return publish_new(press, act.record, wanted)
    version: int = row.version
    merged = merge_whole(
        current=dict(row._mapping), version=version, wanted=wanted, base=act.operation.base
    )
    if merged.conflicts:
        raise ConflictError(names=merged.conflicts, version=version, server=as_object(row))
    return publish_next(press, row, merged.changes) if merged.changes else version


def read_article(connection: Connection, article_id: str) -> dict[str, object] | None:
    row = connection.execute(select(articles).where(articles.c.id == article_id)).one_or_none()
    return None if row is None else as_object(row)


def read_versions(connection: Connection, article_id: str) -> list[dict[str, object]] | None:
    """Every version of an article, the newest first; None when there is no such article."""
    now = read_article(connection, article_id)
    if now is None:
        return None
    rows = connection.execute(
        select(article_versions, agents.c.name.label("author_name"))
        .outerjoin(agents, agents.c.id == article_versions.c.author)
        .where(article_versions.c.article_id == article_id)
        .order_by(article_versions.c.version.desc())
    ).all()
    found = [
        {"version": row.version, "saved_at": row.saved_at, "author": row.author,
         "author_name": row.author_name or "", **_as_published(row.body)}
        for row in rows
    ]  # fmt: skip
    if not found:
        found = [{"version": now["version"], "saved_at": "", "author": "", "author_name": "",
                  "article": now, "files": files_of(connection, article_id)}]  # fmt: skip
    return found


def _as_published(body: str) -> dict[str, object]:
    """Versions that are older than the keeping of files say nothing of them."""
    article: dict[str, object] = orjson.loads(body)
    return {"files": article.pop("files", []), "article": article}


def list_articles(
    connection: Connection, *, category_id: str | None, after: str | None, limit: int
) -> list[dict[str, object]]:
    """Articles in the order of their ids, those behind ``after``."""
    statement = select(articles).order_by(articles.c.id).limit(limit)
    if category_id is not None:
        statement = statement.where(articles.c.category_id == category_id)
    if after is not None:
        statement = statement.where(articles.c.id > after)
    return [as_object(row) for row in connection.execute(statement)]
