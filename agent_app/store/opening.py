"""Opening the two files, and what happens to one that cannot be read (before step ①).

A wrong key and a ruined file look alike to SQLite. The other file, and ``key.check`` with a digest
that only the right key gives, tell them apart: with the wrong key nothing is touched; with the
right one a file that cannot be read is set aside under a name that says when, and a new one begun.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, delete, select, update

from agent_app.domain.inbox import KEPT_DAYS
from agent_app.store.customer_edits import forget_pulled
from agent_app.store.database import Database, FileState
from agent_app.store.errors import ReadOnlyError, WrongKeyError, from_system
from agent_app.store.migrations import CACHE_MIGRATIONS, WORK_MIGRATIONS, migrate
from agent_app.store.put_away import forget_decided
from agent_app.store.tables import calls, drafts, own_interactions, replica
from agent_app.store.times import to_text

CACHE_NAME = "cache.db"
WORK_NAME = "work.db"
"""Of a seat that only one agent uses (the practice centre), and of earlier versions."""

KEY_CHECK_NAME = "key.check"


class NoticeKind(StrEnum):
    CACHE_SET_ASIDE = "cache-set-aside"  # the copy is empty and is fetched again
    WORK_SET_ASIDE = "work-set-aside"  # drafts and outbox could not be read


_SENTENCES = {
    NoticeKind.CACHE_SET_ASIDE: "The local copy of the centre's data could not be read; it is "
    "fetched again. The old file is kept as {name}.",
    NoticeKind.WORK_SET_ASIDE: "The drafts and unsent summaries on this computer could not be "
    "read. Nothing was deleted: the file is kept as {name}.",
}


@dataclass(frozen=True, slots=True)
class StoreNotice:
    """``kept_as`` is where the unreadable file is now."""

    kind: NoticeKind
    sentence: str
    kept_as: Path


class Opening:
    """Runs once, in a thread of its own."""

    def __init__(
        self,
        folder: Path,
        *,
        key: bytes,
        cache: Database,
        work: Database,
        now: Callable[[], datetime],
    ) -> None:
        self._check = folder / KEY_CHECK_NAME
        self._digest = hmac.digest(key, b"zuoxi store key check", hashlib.sha256).hex()
        self._cache = cache
        self._work = work
        self._now = now

    def run(self, keep_since: datetime) -> tuple[StoreNotice, ...]:
        """Both files open and up to date; own copies delivered before ``keep_since`` are gone."""
        try:
            folder = self._check.parent
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not os.access(folder, os.W_OK | os.X_OK):
                raise ReadOnlyError(folder)
            notices = self._set_aside_unreadable()
            if self._known_digest() != self._digest:
                self._check.write_text(self._digest + "\n", "ascii")
        except OSError as error:
            raise from_system(error, self._check.parent) from error
        try:
            self._cache.open(lambda c: migrate(c, CACHE_MIGRATIONS, self._cache.path))
            self._work.open(lambda c: migrate(c, WORK_MIGRATIONS, self._work.path))
            self._cache.write_now(_write_something)
            self._work.write_now(lambda c: self._tidy(c, keep_since))
        except BaseException:
            self._cache.close_connections()
            self._work.close_connections()
            raise
        return notices

    def _tidy(self, work: Connection, keep_since: datetime) -> None:
        """Nothing here is needed any more: the server has it, or she decided long ago."""
        _forget_delivered(work, to_text(keep_since))
        forget_decided(work, to_text(self._now() - timedelta(days=KEPT_DAYS)), to_text(self._now()))
        with self._cache.reading() as cache:
            forget_pulled(work, cache, to_text(keep_since))

    def _set_aside_unreadable(self) -> tuple[StoreNotice, ...]:
        cache, work = self._cache.state(thorough=False), self._work.state(thorough=True)
        key_is_right = FileState.READABLE in (cache, work) or self._known_digest() == self._digest
        if FileState.FOREIGN in (cache, work) and not key_is_right:
            raise WrongKeyError(self._check)
        unreadable = (FileState.FOREIGN, FileState.DAMAGED)
        notices = []
        if work in unreadable:
            notices.append(self._set_aside(self._work, NoticeKind.WORK_SET_ASIDE))
        if cache in unreadable:
            notices.append(self._set_aside(self._cache, NoticeKind.CACHE_SET_ASIDE))
        return tuple(notices)

    def _set_aside(self, database: Database, kind: NoticeKind) -> StoreNotice:
        stamp = self._now().astimezone(UTC).strftime("%Y%m%dT%H%M%S%f")
        kept_as = database.set_aside(f"unreadable-{stamp}")
        return StoreNotice(kind, _SENTENCES[kind].format(name=kept_as.name), kept_as)

    def _known_digest(self) -> str:
        if not self._check.exists():
            return ""
        return self._check.read_text("ascii", "replace").strip()


def _write_something(connection: Connection) -> None:
    """Opening a file that may not be written succeeds; better said now than at the first page."""
    connection.execute(update(replica).values(cursor=replica.c.cursor))


def _forget_delivered(connection: Connection, before: str) -> None:
    """The server has these; the seat need not keep personal data for good."""
    old = (own_interactions.c.delivered, own_interactions.c.made_at < before)
    ids = select(own_interactions.c.id).where(*old)
    connection.execute(delete(drafts).where(drafts.c.interaction_id.in_(ids)))
    connection.execute(delete(own_interactions).where(*old))
    connection.execute(delete(calls).where(calls.c.started_at < before))
