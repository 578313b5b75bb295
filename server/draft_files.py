"""Files come to an article and leave it with a draft, reviewed like its words (M29, step ⑨).

Until the draft is published nobody but who writes and reviews sees a difference: the version in
force keeps the files it has. Who changes the files of a draft has changed what it says, so she is
one of its writers from then on and does not review it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from server.attachments import FACTS, PER_ARTICLE, File, attach, files_of, keep_file
from server.database import Database, Transaction
from server.draft_rules import WRITABLE, DraftState
from server.draft_writers import note_writer
from server.errors import ApiError
from server.moments import iso
from server.tables import agents, article_drafts, attachment_files, attachments, draft_files
from server.tokens import Identity

ADDED, REMOVED = "added", "removed"
DAY_S = 86_400
KEEP_DAYS = 30
"""Who drops a draft by mistake takes it up again with its files within these."""


class DraftFiles:
    """One draft's files while ``author``, who may write, works on them. Raises ApiError 404 for a
    draft that is not known, 409 ``not-writable`` while nobody may change what it says."""

    def __init__(
        self, transaction: Transaction, draft_id: str, *, author: Identity, now_s: float
    ) -> None:
        self._transaction = transaction
        self._connection = transaction.connection
        self._draft = _draft(self._connection, draft_id, locked=True)
        if self._draft.state not in WRITABLE:
            raise ApiError(
                409, "not-writable",
                f"A draft that is {self._draft.state} is not changed; take it back first.",
            )  # fmt: skip
        self._author = author
        self._now_s = now_s

    def add(self, file: File) -> dict[str, object]:
        """The new file's row, as ``list_files`` has it. Raises ApiError 409 ``too-many``, 415."""
        rows = list_files(self._connection, self._draft.id)
        if sum(row["change"] != REMOVED for row in rows) >= PER_ARTICLE:
            raise ApiError(409, "too-many", f"An article has at most {PER_ARTICLE} files.")
        facts = keep_file(self._connection, file)
        self._note(str(facts["id"]), ADDED)
        self._sign()
        return {**facts, "change": ADDED}

    def remove(self, file_id: str) -> None:
        """Forget one that this draft brought; one of the article's leaves with the next version.
        Raises ApiError 404."""
        change = self._row(file_id)["change"]
        if change == ADDED:
            self._forget(file_id)
            self._connection.execute(
                delete(attachment_files).where(attachment_files.c.id == file_id)
            )
        elif not change:
            self._note(file_id, REMOVED)
        else:
            return
        self._sign()

    def keep(self, file_id: str) -> None:
        """Let the next version have it after all. Raises ApiError 404."""
        if self._row(file_id)["change"] == REMOVED:
            self._forget(file_id)
            self._sign()

    def _row(self, file_id: str) -> dict[str, object]:
        for row in list_files(self._connection, self._draft.id):
            if row["id"] == file_id:
                return row
        raise ApiError(404, "not-found", "The draft has no such file.")

    def _note(self, file_id: str, change: str) -> None:
        self._connection.execute(
            insert(draft_files).values(draft_id=self._draft.id, file_id=file_id, change=change)
        )

    def _forget(self, file_id: str) -> None:
        self._connection.execute(
            delete(draft_files).where(
                draft_files.c.draft_id == self._draft.id, draft_files.c.file_id == file_id
            )
        )

    def _sign(self) -> None:
        """Its version stays: words that she types meanwhile are not against anybody's."""
        agent_id = self._author.agent_id
        name = select(agents.c.name).where(agents.c.id == agent_id).scalar_subquery()
        self._connection.execute(
            update(article_drafts)
            .where(article_drafts.c.id == self._draft.id)
            .values(author_id=agent_id, author_name=name, changed_at=iso(self._now_s))
        )
        note_writer(self._connection, self._draft.id, agent_id)
        self._transaction.changed("article_drafts", self._draft.id)


def list_files(connection: Connection, draft_id: str) -> list[dict[str, object]]:
    """The files of the article and of the draft, by name; ``change`` is what publishing does to
    each (``added``, ``removed``, or empty). Raises ApiError 404."""
    draft = _draft(connection, draft_id)
    now = files_of(connection, draft.article_id or draft.id)
    wished = list(_wished(connection, draft.id))
    gone = {row.id for row in wished if row.change == REMOVED}
    found = [{**row, "change": REMOVED if row["id"] in gone else ""} for row in now]
    found += [_facts(row) | {"change": ADDED} for row in wished if row.change == ADDED]
    return sorted(found, key=lambda row: (str(row["name"]), str(row["id"])))


def put_in_force(transaction: Transaction, draft_id: str, article_id: str) -> None:
    """The version that is being published gets and loses what its draft says."""
    connection = transaction.connection
    for row in list(_wished(connection, draft_id)):
        if row.change == ADDED:
            attach(transaction, article_id, _facts(row))
            continue
        done = connection.execute(delete(attachments).where(attachments.c.id == row.id))
        if done.rowcount:  # else another draft was quicker
            transaction.changed("attachments", row.id)
    connection.execute(delete(draft_files).where(draft_files.c.draft_id == draft_id))


def forget_dropped(database: Database, now_s: float, keep_days: int = KEEP_DAYS) -> int:
    """Remove what drafts brought that were dropped ``keep_days`` ago; returns how many files that
    were. Blocks."""
    dropped = (
        select(article_drafts.c.id)
        .where(
            article_drafts.c.state == DraftState.DROPPED.value,
            article_drafts.c.changed_at < iso(now_s - keep_days * DAY_S),
            article_drafts.c.id.in_(select(draft_files.c.draft_id)),
        )
        .with_for_update()
    )

    def forget(transaction: Transaction) -> int:
        connection = transaction.connection
        drafts = connection.execute(dropped).scalars().all()
        gone = connection.execute(
            delete(draft_files)
            .where(draft_files.c.draft_id.in_(drafts))
            .returning(draft_files.c.file_id, draft_files.c.change)
        ).all()
        brought = [row.file_id for row in gone if row.change == ADDED]
        connection.execute(delete(attachment_files).where(attachment_files.c.id.in_(brought)))
        return len(brought)

    return database.run(forget)


def is_unpublished(connection: Connection, file_id: str) -> bool:
    """Whether only a draft has this file so far."""
    found = select(draft_files.c.file_id).where(
        draft_files.c.file_id == file_id, draft_files.c.change == ADDED
    )
    return connection.execute(found).first() is not None


def _draft(connection: Connection, draft_id: str, *, locked: bool = False) -> Row[*tuple[Any, ...]]:
    wanted = select(article_drafts).where(article_drafts.c.id == draft_id)
    row = connection.execute(wanted.with_for_update() if locked else wanted).one_or_none()
    if row is None:
        raise ApiError(404, "not-found", "This draft is not at the server: save it first.")
    return row


def _wished(connection: Connection, draft_id: str) -> Iterable[Row[*tuple[Any, ...]]]:
    return connection.execute(
        select(*(attachment_files.c[name] for name in FACTS), draft_files.c.change)
        .join(attachment_files, attachment_files.c.id == draft_files.c.file_id)
        .where(draft_files.c.draft_id == draft_id)
    )


def _facts(row: Row[*tuple[Any, ...]]) -> dict[str, object]:
    return {name: row._mapping[name] for name in FACTS}
