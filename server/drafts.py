"""What editors write before it is an article: saved, sent to review, given back (M29, step ⑨).

A draft is judged as a whole, like an article. While somebody reviews it its words stand still.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from server import fields
from server.acts import Act
from server.articles import ANSWER_MAX, day, id_or_nobody
from server.conflict import Value, merge_whole
from server.database import Transaction
from server.draft_rules import WRITABLE, DraftState, may_move, missing
from server.draft_writers import note_writer
from server.errors import ConflictError, RejectedError
from server.fields import Check
from server.ordered import check_category
from server.publishing import check_owner, check_validity, check_variant
from server.rights import Action, may
from server.scope import is_practice
from server.tables import WIRE_COLUMNS, article_drafts, articles

_DRAFT = WIRE_COLUMNS["article_drafts"]
WORDS: Mapping[str, Check] = {
    "category_id": fields.optional(fields.identifier),
    "title": fields.text,
    "question": partial(fields.text, longest=fields.TEXT_MAX),
    "answer": partial(fields.text, longest=ANSWER_MAX),
    "basis": partial(fields.text, longest=fields.TEXT_MAX),
    "keywords": fields.text,
    "region": fields.text,
    "valid_from": fields.optional(day),
    "valid_until": fields.optional(day),
    "owner_id": id_or_nobody,
    "variant_of": id_or_nobody,
}
"""What the article will say."""

DRAFT: Mapping[str, Check] = {
    "id": fields.identifier,
    "article_id": id_or_nobody,
    "base_version": partial(fields.whole_number, most=fields.VERSION_MAX),
    **WORDS,
    "note": partial(fields.text, longest=fields.TEXT_MAX),
    "state": fields.one_of("writing", "in-review", "returned", "dropped"),
    "remark": partial(fields.text, longest=fields.TEXT_MAX),
}

_EMPTY: Mapping[str, Value] = {
    "article_id": "", "base_version": 0, "category_id": None, "title": "", "question": "",
    "answer": "", "basis": "", "keywords": "", "region": "", "valid_from": None,
    "valid_until": None, "owner_id": "", "variant_of": "", "note": "",
    "state": DraftState.WRITING.value, "remark": "", "reviewer_name": "",
}  # fmt: skip
_REVIEWING = frozenset({"state", "remark"})
"""What a reviewer changes of somebody's draft."""


def save_draft(act: Act) -> int:
    """Keep a draft or move it along; returns its version. Raises RejectedError, ConflictError."""
    wanted = fields.of_record(act.record, DRAFT, act.operation.payload)
    row = read_locked(act.connection, act.record)
    if row is None:
        return _insert(act, wanted)
    now = row._mapping
    version: int = row.version
    merged = merge_whole(current=dict(now), version=version, wanted=wanted, base=act.operation.base)
    if merged.conflicts:
        raise ConflictError(names=merged.conflicts, version=version, server=as_object(row))
    changes = merged.changes
    if not changes:
        return version
    _check_change(act, row, changes)
    values: dict[str, Value] = dict(changes)
    if set(changes) - _REVIEWING:
        values |= {"author_id": act.identity.agent_id, "author_name": act.author_name()}
        note_writer(act.connection, act.record, act.identity.agent_id)
    if changes.get("state") == DraftState.RETURNED:
        values["reviewer_name"] = act.author_name()
    return write(act.transaction, row, values, now=act.now)


def write(
    transaction: Transaction,
    row: Row[*tuple[Any, ...]],
    values: Mapping[str, Value],
    *,
    now: str,
) -> int:
    """The draft's next version."""
    version: int = row.version + 1
    transaction.connection.execute(
        update(article_drafts)
        .where(article_drafts.c.id == row.id)
        .values(**values, version=version, changed_at=now)
    )
    transaction.changed("article_drafts", row.id)
    return version


def read_locked(connection: Connection, draft_id: str) -> Row[*tuple[Any, ...]] | None:
    """The draft; nobody else changes it before the transaction ends."""
    return connection.execute(
        select(article_drafts).where(article_drafts.c.id == draft_id).with_for_update()
    ).one_or_none()


def as_object(row: Row[*tuple[Any, ...]]) -> dict[str, object]:
    """A draft as the wire has it."""
    return {name: row._mapping[name] for name in _DRAFT}


def _insert(act: Act, wanted: Mapping[str, Value]) -> int:
    values = {**_EMPTY, **wanted}
    _check_writer(act)
    if values["state"] not in (DraftState.WRITING, DraftState.IN_REVIEW):
        raise RejectedError("A new draft is written or sent to review.")
    if values["remark"]:
        raise RejectedError("The remark is the reviewer's.")
    _check_words(act.connection, act.record, values)
    if values["article_id"] and not values["base_version"]:
        raise RejectedError("A draft of an article names the version it was made on.")
    act.connection.execute(
        insert(article_drafts).values(
            id=act.record, version=1, author_id=act.identity.agent_id,
            author_name=act.author_name(), changed_at=act.now, **values,
        )
    )  # fmt: skip
    note_writer(act.connection, act.record, act.identity.agent_id)
    act.transaction.changed("article_drafts", act.record)
    return 1


def _check_change(act: Act, row: Row[*tuple[Any, ...]], changes: Mapping[str, Value]) -> None:
    now = DraftState(row.state)
    state = DraftState(str(changes.get("state", now)))
    if not may_move(now, state):
        raise RejectedError(f"A draft that is {now} cannot become {state}.")
    returns = now is not state and state is DraftState.RETURNED
    if "remark" in changes and not returns:
        raise RejectedError("A remark is made when a draft is given back.")
    if returns and not str(changes.get("remark", row.remark)).strip():
        raise RejectedError("Who gives a draft back says why.")
    if returns and not set(changes) - _REVIEWING:
        return
    _check_writer(act)
    if set(changes) - _REVIEWING and now not in WRITABLE:
        raise RejectedError(f"A draft that is {now} is not changed; take it back first.")
    if changes.get("article_id", row.article_id) != row.article_id:
        raise RejectedError("Which article a draft is for cannot be changed.")
    _check_words(act.connection, act.record, {**row._mapping, **changes})


def _check_writer(act: Act) -> None:
    if not may(act.identity.role, Action.EDIT_ARTICLES) and not is_practice(act.connection):
        raise RejectedError(f"The role {act.identity.role} reviews drafts and does not write them.")


def _check_words(connection: Connection, draft_id: str, values: Mapping[str, Value]) -> None:
    article_id = str(values["article_id"])
    if article_id:
        newest = connection.execute(
            select(articles.c.version).where(articles.c.id == article_id)
        ).scalar_one_or_none()
        if newest is None:
            raise RejectedError(f"The article {article_id} is not known here.")
        if int(str(values["base_version"])) > newest:
            raise RejectedError("The article has no such version.")
    elif values["base_version"]:
        raise RejectedError("A new article stands on no version.")
    if values["category_id"] is not None:
        check_category(connection, str(values["category_id"]))
    check_owner(connection, str(values["owner_id"]))
    check_variant(connection, article_id or draft_id, str(values["variant_of"]))
    check_validity(values)
    if values["state"] == DraftState.IN_REVIEW and (empty := missing(values)):
        raise RejectedError(f"Before it is reviewed it needs {', '.join(empty)}.")
