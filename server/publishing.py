"""Puts an article's words in force as a version that never changes again (M29, step ⑨)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, Row, insert, select, update

from server import draft_files
from server.attachments import files_of
from server.conflict import Value
from server.database import Transaction
from server.errors import RejectedError
from server.ordered import check_category
from server.pinyin import spell
from server.tables import WIRE_COLUMNS, agents, article_drafts, article_versions, articles

ROW = WIRE_COLUMNS["articles"]

WHEN_LEFT_OUT: Mapping[str, Value] = {
    "question": "", "answer": "", "basis": "", "keywords": "", "region": "", "valid_until": None,
    "owner_id": "", "variant_of": "",
}  # fmt: skip
_NEEDED = ("category_id", "title", "valid_from")


@dataclass(frozen=True, slots=True)
class Press:
    """The transaction that publishes, when (as the tables keep it), and whose words they are."""

    transaction: Transaction
    now: str
    author: str

    @property
    def connection(self) -> Connection:
        return self.transaction.connection


def publish_new(
    press: Press, article_id: str, values: Mapping[str, Value], *, draft: str = ""
) -> int:
    """The first version of an article, with the files of ``draft``. Raises RejectedError when it
    cannot be one."""
    for name in _NEEDED:
        if values.get(name) is None:
            raise RejectedError(f"A new article needs {name}.")
    whole = {**WHEN_LEFT_OUT, **values}
    _check(press.connection, article_id, whole)
    press.connection.execute(
        insert(articles).values(
            id=article_id, version=1, sample=False,
            **whole, **_spelt(whole), **_owned(press.connection, whole),
        )
    )  # fmt: skip
    press.transaction.changed("articles", article_id)
    draft_files.put_in_force(press.transaction, draft, article_id)
    _keep_version(press, article_id)
    return 1


def publish_next(
    press: Press, row: Row[*tuple[Any, ...]], changes: Mapping[str, Value], *, draft: str = ""
) -> int:
    """The version after ``row``, the article as it is, with the files of ``draft``; other drafts
    that wait for a day and were made for ``row`` go back to their authors. Raises RejectedError."""
    _check(press.connection, row.id, {**row._mapping, **changes})
    if not _is_kept(press.connection, row.id, row.version):
        _keep_version(press, row.id, first=True)
    version: int = row.version + 1
    press.connection.execute(
        update(articles)
        .where(articles.c.id == row.id)
        .values(**changes, **_spelt(changes), **_owned(press.connection, changes), version=version)
    )
    press.transaction.changed("articles", row.id)
    draft_files.put_in_force(press.transaction, draft, row.id)
    _keep_version(press, row.id)
    _give_back(press, row.id, besides=draft)
    return version


def check_owner(connection: Connection, owner_id: str) -> str:
    """The name of an article's owner, "" for nobody. Raises RejectedError."""
    if not owner_id:
        return ""
    name: str | None = connection.execute(
        select(agents.c.name).where(agents.c.id == owner_id)
    ).scalar_one_or_none()
    if name is None:
        raise RejectedError(f"The owner {owner_id} is not known here.")
    return name


def check_variant(connection: Connection, article_id: str, variant_of: str) -> None:
    """Variants stand beside one article, and have none themselves. Raises RejectedError."""
    if not variant_of:
        return
    if variant_of == article_id:
        raise RejectedError("An article is no variant of itself.")
    of = select(articles.c.variant_of).where(articles.c.id == variant_of)
    above = connection.execute(of).scalar_one_or_none()
    if above is None:
        raise RejectedError(f"The article {variant_of} is not known here.")
    below = select(articles.c.id).where(articles.c.variant_of == article_id).limit(1)
    if above or connection.execute(below).first() is not None:
        raise RejectedError("A variant has no variants of its own.")


def check_validity(values: Mapping[str, Value]) -> None:
    """Raises RejectedError when it ends before it begins."""
    begin, until = values["valid_from"], values["valid_until"]
    if begin is not None and until is not None and str(until) < str(begin):
        raise RejectedError("valid_until is before valid_from.")


def as_object(row: Row[*tuple[Any, ...]]) -> dict[str, object]:
    """An article as the wire has it."""
    return {name: row._mapping[name] for name in ROW}


def _check(connection: Connection, article_id: str, values: Mapping[str, Value]) -> None:
    if not str(values["title"]).strip():
        raise RejectedError("An article needs a title.")
    check_category(connection, str(values["category_id"]))
    check_validity(values)
    check_variant(connection, article_id, str(values["variant_of"]))


def _spelt(values: Mapping[str, Value]) -> dict[str, str]:
    if "title" not in values:
        return {}
    pinyin, initials = spell(str(values["title"]))
    return {"pinyin": pinyin, "initials": initials}


def _owned(connection: Connection, values: Mapping[str, Value]) -> dict[str, str]:
    if "owner_id" not in values:
        return {}
    return {"owner_name": check_owner(connection, str(values["owner_id"]))}


def _is_kept(connection: Connection, article_id: str, version: int) -> bool:
    statement = select(article_versions.c.version).where(
        article_versions.c.article_id == article_id, article_versions.c.version == version
    )
    return connection.execute(statement).first() is not None


def _keep_version(press: Press, article_id: str, *, first: bool = False) -> None:
    """Write down the article and its files as they are now. Of one that was there before
    (``first``) nobody knows when and by whom it was written."""
    row = press.connection.execute(select(articles).where(articles.c.id == article_id)).one()
    press.connection.execute(
        insert(article_versions).values(
            article_id=article_id,
            version=row.version,
            saved_at="" if first else press.now,
            author="" if first else press.author,
            body=orjson.dumps(
                {**as_object(row), "files": files_of(press.connection, article_id)}
            ).decode(),
        )
    )


def _give_back(press: Press, article_id: str, *, besides: str) -> None:
    """What waits for a day was approved as the successor of another version: a person looks."""
    waiting = select(article_drafts.c.id).where(
        article_drafts.c.article_id == article_id,
        article_drafts.c.state == "scheduled",
        article_drafts.c.id != besides,
    )
    for draft_id in press.connection.execute(waiting).scalars().all():
        give_back(press.transaction, draft_id, now=press.now)


def give_back(transaction: Transaction, draft_id: str, *, now: str, remark: str = "") -> None:
    """Take a draft from its waiting: its author looks at it again. Nobody is its reviewer."""
    transaction.connection.execute(
        update(article_drafts)
        .where(article_drafts.c.id == draft_id, article_drafts.c.state == "scheduled")
        .values(
            state="returned", reviewer_name="", remark=remark, changed_at=now,
            version=article_drafts.c.version + 1,
        )
    )  # fmt: skip
    transaction.changed("article_drafts", draft_id)
