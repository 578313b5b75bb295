"""A reviewed draft becomes a version, at once or on the day it begins to hold (M29, step ⑨).

A draft whose ``valid_from`` has not come waits as ``scheduled``, so that agents go on seeing the
version in force; the server puts it in force when that day begins where the server stands.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from server import fields
from server.acts import Act
from server.attachments import PER_ARTICLE
from server.audit import Audited, record
from server.conflict import Value
from server.database import Database, Transaction
from server.draft_files import list_files
from server.draft_rules import WRITABLE, DraftState, missing
from server.draft_writers import writers_of
from server.drafts import WORDS, read_locked, write
from server.errors import ConflictError, RejectedError
from server.moments import iso
from server.publishing import (
    Press,
    as_object,
    check_variant,
    give_back,
    publish_new,
    publish_next,
)
from server.review_rule import people_needed
from server.tables import article_drafts, articles

_log = logging.getLogger(__name__)
PUBLISH = frozenset({"version", "files", *WORDS})
FILES_MAX = 2 * PER_ARTICLE
"""A draft brings as many as an article may have, and takes as many away."""


def publish_draft(act: Act) -> int:
    """Make the draft the article's next version; returns the draft's version.

    ``version`` of the payload is the draft as the publisher read it, and so is every word that
    comes with it; ``files`` are those that she saw it bring and take away. ``version`` of ``base``
    is the article's version she saw, when that is newer than the one the draft was made on. Raises
    RejectedError, ConflictError with the article as it is.
    """
    read = _read(act)
    seen = read.pop("files")
    row = read_locked(act.connection, act.record)
    if row is None:
        raise RejectedError("This draft is not known here.")
    _check_may(act, row)
    if any(row._mapping[name] != value for name, value in read.items()):
        raise RejectedError("The draft was changed after you read it: read it again.")
    if empty := missing(dict(row._mapping)):
        raise RejectedError(f"Before it is published it needs {', '.join(empty)}.")
    article_id = row.article_id or row.id
    check_variant(act.connection, article_id, row.variant_of)
    article = _article(act, row, article_id)
    _check_files(act, row.id, seen)
    done: dict[str, Value] = {
        "article_id": article_id, "reviewer_name": act.author_name(), "remark": "",
        "base_version": 0 if article is None else int(article.version),
    }  # fmt: skip
    if row.valid_from > local_day(act.now_s):
        # What waits has no article yet, when it is the first version.
        done |= {"article_id": row.article_id, "state": DraftState.SCHEDULED.value}
        return write(act.transaction, row, done, now=act.now)
    _publish(Press(act.transaction, act.now, row.author_id), row, article)
    record(
        act.transaction, identity=act.identity, action=Audited.CHANGE, table="articles",
        record=article_id, detail={"kind": "draft.publish", "draft": row.id},
    )  # fmt: skip
    done["state"] = DraftState.PUBLISHED.value
    return write(act.transaction, row, done, now=act.now)


def put_in_force(database: Database, now_s: float) -> int:
    """Publish what waited for today; returns how many there were. Blocks.

    May run beside another process that does the same: each draft is published once.
    """
    today = local_day(now_s)
    with database.read() as connection:
        due = connection.execute(
            select(article_drafts.c.id)
            .where(
                article_drafts.c.state == DraftState.SCHEDULED.value,
                article_drafts.c.valid_from <= today,
            )
            .order_by(article_drafts.c.valid_from, article_drafts.c.id)
        ).scalars()
        found = due.all()
    done = 0
    for draft_id in found:
        try:
            done += database.run(lambda t, name=draft_id: _begin(t, name, now_s))  # type: ignore[misc]
        except RejectedError as error:
            _log.warning("the draft %s cannot be put in force: %s", draft_id, error)
            reason = str(error)
            database.run(lambda t, n=draft_id, r=reason: give_back(t, n, now=iso(now_s), remark=r))  # type: ignore[misc]
    return done


def local_day(now_s: float) -> str:
    """Which day it is where the server stands; agents judge validity by theirs."""
    return datetime.fromtimestamp(now_s).astimezone().date().isoformat()


def _read(act: Act) -> dict[str, Value]:
    checks: Mapping[str, fields.Check] = {
        "version": lambda name, value: fields.whole_number(name, value, most=fields.VERSION_MAX),
        "files": _ids,
        **WORDS,
    }
    read = fields.checked(checks, act.operation.payload)
    if "version" not in read:
        raise RejectedError("Publishing names the version of the draft.")
    return {"files": _ids("files", []), **read}


def _ids(name: str, value: object) -> str:
    """Ids as text that is the same for the same ids."""
    if not isinstance(value, list) or len(value) > FILES_MAX:
        raise RejectedError(f"{name} must be a list of at most {FILES_MAX} ids.")
    return " ".join(sorted({fields.identifier(name, one) for one in value}))


def _check_files(act: Act, draft_id: str, seen: Value) -> None:
    """Files change without the draft's version: she publishes none that she has not seen."""
    files = list_files(act.connection, draft_id)
    if seen != _ids("files", [row["id"] for row in files if row["change"]]):
        raise RejectedError("The draft's files were changed after you read it: read it again.")


def _check_may(act: Act, row: Row[*tuple[Any, ...]]) -> None:
    if people_needed(act.connection) == 1:
        if row.state not in WRITABLE | {DraftState.IN_REVIEW}:
            raise RejectedError(f"A draft that is {row.state} is not published.")
        return
    if row.state != DraftState.IN_REVIEW:
        raise RejectedError(f"A draft that is {row.state} is not published, but reviewed first.")
    if act.identity.agent_id in writers_of(act.connection, row.id):
        raise RejectedError("Who wrote any of it does not publish it: somebody else looks first.")


def _article(act: Act, row: Row[*tuple[Any, ...]], article_id: str) -> Row[*tuple[Any, ...]] | None:
    """The article as it is, None for a new one. Raises ConflictError when it has moved on."""
    article = act.connection.execute(
        select(articles).where(articles.c.id == article_id).with_for_update()
    ).one_or_none()
    if article is None:
        return None
    if article.version > max(row.base_version, act.operation.base.get("version", 0)):
        differ = [name for name in WORDS if article._mapping[name] != row._mapping[name]]
        raise ConflictError(
            names=tuple(differ or ("version",)), version=article.version, server=as_object(article),
            reason="The article has a newer version",
        )  # fmt: skip
    return article


def _publish(
    press: Press, row: Row[*tuple[Any, ...]], article: Row[*tuple[Any, ...]] | None
) -> None:
    words: Mapping[str, Value] = {name: row._mapping[name] for name in WORDS}
    if article is None:
        publish_new(press, row.article_id or row.id, words, draft=row.id)
    else:
        publish_next(press, article, words, draft=row.id)


def _begin(transaction: Transaction, draft_id: str, now_s: float) -> bool:
    connection = transaction.connection
    row = read_locked(connection, draft_id)
    if row is None or row.state != DraftState.SCHEDULED:
        return False  # another process was quicker
    now, article_id = iso(now_s), row.article_id or row.id
    article = connection.execute(
        select(articles).where(articles.c.id == article_id).with_for_update()
    ).one_or_none()
    _publish(Press(transaction, now, row.author_id), row, article)
    done = {"state": DraftState.PUBLISHED.value, "article_id": article_id}
    write(transaction, row, done, now=now)
    record(
        transaction, identity=None, action=Audited.CHANGE, table="articles", record=article_id,
        detail={"kind": "draft.publish", "draft": draft_id},
    )  # fmt: skip
    return True
