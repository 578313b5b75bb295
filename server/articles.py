"""Articles with their versions, and the categories and segments that order things (M29, step ⑨).

Every version of an article stays as it was published: who was told what can always be seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import orjson
from sqlalchemy import Connection, Row, insert, select, update

from server import fields
from server.acts import Act
from server.conflict import Value
from server.errors import ConflictError, RejectedError
from server.fields import Check
from server.ordered import check_category
from server.pinyin import spell
from server.tables import WIRE_COLUMNS, agents, article_versions, articles

ANSWER_MAX = 200_000
"""Code points of an official answer."""

_ROW = WIRE_COLUMNS["articles"]


def _day(name: str, value: object) -> str:
    found = fields.text(name, value, longest=10)
    try:
        if date.fromisoformat(found).isoformat() == found:
            return found
    except ValueError:
        pass
    raise RejectedError(f"{name} is not a day like 2026-05-04.")


ARTICLE: Mapping[str, Check] = {
    "id": fields.identifier,
    "category_id": fields.identifier,
    "title": fields.text,
    "question": partial(fields.text, longest=fields.TEXT_MAX),
    "answer": partial(fields.text, longest=ANSWER_MAX),
    "basis": partial(fields.text, longest=fields.TEXT_MAX),
    "keywords": fields.text,
    "region": fields.text,
    "valid_from": _day,
    "valid_until": fields.optional(_day),
}

_WHEN_LEFT_OUT: Mapping[str, Value] = {
    "question": "", "answer": "", "basis": "", "keywords": "", "region": "", "valid_until": None,
}  # fmt: skip
_NEEDED = ("category_id", "title", "valid_from")


def save_article(act: Act) -> int:
    """Publish a new version and return its number. Raises RejectedError, ConflictError.

    An answer is judged as a whole: ``base`` must name the newest version for what is changed.
    """
    wanted = fields.checked(ARTICLE, act.operation.payload)
    if wanted.pop("id", act.record) != act.record:
        raise RejectedError("The payload is about another record than the operation.")
    if not str(wanted.get("title", "?")).strip():
        raise RejectedError("An article needs a title.")
    if "category_id" in wanted:
        check_category(act.connection, str(wanted["category_id"]))
    row = act.connection.execute(
        select(articles).where(articles.c.id == act.record).with_for_update()
    ).one_or_none()
    return _insert(act, wanted) if row is None else _change(act, row, wanted)


def _insert(act: Act, wanted: Mapping[str, Value]) -> int:
    for name in _NEEDED:
        if name not in wanted:
            raise RejectedError(f"A new article needs {name}.")
    values = {**_WHEN_LEFT_OUT, **wanted}
    _check_validity(values)
    pinyin, initials = spell(str(values["title"]))
    act.connection.execute(
        insert(articles).values(
            id=act.record, version=1, sample=False, pinyin=pinyin, initials=initials, **values
        )
    )
    act.transaction.changed("articles", act.record)
    _keep_version(act, act.record)
    return 1


def _change(act: Act, row: Row[*tuple[Any, ...]], wanted: Mapping[str, Value]) -> int:
    version: int = row.version
    changes = {name: value for name, value in wanted.items() if row._mapping[name] != value}
    stale = tuple(name for name in changes if act.operation.base.get(name, 0) < version)
    if stale:
        raise ConflictError(names=stale, version=version, server=_as_object(row))
    if not changes:
        return version
    _check_validity({**row._mapping, **changes})
    if not _is_kept(act.connection, act.record, version):
        _keep_version(act, act.record, first=True)
    spelt: dict[str, str] = {}
    if "title" in changes:
        spelt["pinyin"], spelt["initials"] = spell(str(changes["title"]))
    act.connection.execute(
        update(articles)
        .where(articles.c.id == act.record)
        .values(**changes, **spelt, version=version + 1)
    )
    act.transaction.changed("articles", act.record)
    _keep_version(act, act.record)
    return version + 1


def _check_validity(values: Mapping[str, Value]) -> None:
    until = values["valid_until"]
    if until is not None and str(until) < str(values["valid_from"]):
        raise RejectedError("valid_until is before valid_from.")


def _is_kept(connection: Connection, article_id: str, version: int) -> bool:
    statement = select(article_versions.c.version).where(
        article_versions.c.article_id == article_id, article_versions.c.version == version
    )
    return connection.execute(statement).first() is not None


def _keep_version(act: Act, article_id: str, *, first: bool = False) -> None:
    """Write down the article as it is now. Of one that was there before (``first``) nobody knows
    when and by whom it was written."""
    row = act.connection.execute(select(articles).where(articles.c.id == article_id)).one()
    act.connection.execute(
        insert(article_versions).values(
            article_id=article_id,
            version=row.version,
            saved_at="" if first else act.now,
            author="" if first else act.identity.agent_id,
            body=orjson.dumps(_as_object(row)).decode(),
        )
    )


def _as_object(row: Row[*tuple[Any, ...]]) -> dict[str, object]:
    return {name: row._mapping[name] for name in _ROW}


def read_article(connection: Connection, article_id: str) -> dict[str, object] | None:
    row = connection.execute(select(articles).where(articles.c.id == article_id)).one_or_none()
    return None if row is None else _as_object(row)


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
         "author_name": row.author_name or "", "article": orjson.loads(row.body)}
        for row in rows
    ]  # fmt: skip
    if not found:
        found = [{"version": now["version"], "saved_at": "", "author": "", "author_name": "",
                  "article": now}]  # fmt: skip
    return found


def list_articles(
    connection: Connection, *, category_id: str | None, after: str | None, limit: int
) -> list[dict[str, object]]:
    """Articles in the order of their ids, those behind ``after``."""
    statement = select(articles).order_by(articles.c.id).limit(limit)
    if category_id is not None:
        statement = statement.where(articles.c.category_id == category_id)
    if after is not None:
        statement = statement.where(articles.c.id > after)
    return [_as_object(row) for row in connection.execute(statement)]
