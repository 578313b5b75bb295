"""Opening the two files, and what happens to one that cannot be read (before step ①).

A wrong key and a ruined file look alike to SQLite. The other file, and ``key.check`` with a digest
that only the right key gives, tell them apart: with the wrong key nothing is touched; with the
right one a file that cannot be read is set aside under a name that says when, and another one put
in its place: an empty one to fetch again, or, of the own work, one with all that can be salvaged.
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
from agent_app.domain.set_aside import Salvage, SetAside
from agent_app.store.ahead import forget_ahead
from agent_app.store.cache_migrations import CACHE_MIGRATIONS
from agent_app.store.customer_edits import forget_pulled
from agent_app.store.database import Database, FileState
from agent_app.store.days import forget_days
from agent_app.store.errors import ReadOnlyError, WrongKeyError, from_system
from agent_app.store.migrations import migrate
from agent_app.store.put_away import forget_decided
from agent_app.store.salvage import salvage, take_up_salvaged
from agent_app.store.spare import renew_spare
from agent_app.store.tables import calls, drafts, own_interactions, replica
from agent_app.store.times import to_text
from agent_app.store.work_migrations import WORK_MIGRATIONS

CACHE_NAME = "cache.db"
WORK_NAME = "work.db"
"""Of a seat that only one agent uses (the practice centre), and of earlier versions."""

KEY_CHECK_NAME = "key.check"


class NoticeKind(StrEnum):
    CACHE_SET_ASIDE = "cache-set-aside"  # the copy is empty and is fetched again
    WORK_SET_ASIDE = (
        "work-set-aside"  # drafts and outbox were salvaged as far as they could be read
    )


_CACHE_SENTENCE = (
    "The local copy of the centre's data could not be read; it is fetched again. The old file is "
    "kept as {name}."
)
_WORK_SENTENCE = (
    "The file of drafts and unsent work on this computer is damaged. Saved from it: {drafts} "
    "drafts and {outbox} unsent entries. {rest} Nothing was deleted: the file is kept as {name}."
)


@dataclass(frozen=True, slots=True)
class StoreNotice:
    """``kept_as`` is where the unreadable file is now, ``salvage`` what was got out of it."""

    kind: NoticeKind
    sentence: str
    kept_as: Path
    salvage: Salvage | None = None

    @property
    def set_aside(self) -> SetAside:
        """What the screen says of it."""
        return SetAside(self.kept_as.name, self.salvage)


def _work_sentence(found: Salvage, name: str) -> str:
    rest = "Nothing is missing."
    if found.lost:
        rest = f"{found.lost} could not be read and are lost."
    if not found.certain:
        rest = (f"{rest} " if found.lost else "") + "More may be missing; nobody can tell."
    if found.from_spare:
        rest += " Some of it comes from the copy made when the seat was last opened or closed."
    return _WORK_SENTENCE.format(drafts=found.drafts, outbox=found.outbox, rest=rest, name=name)


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
        self._key = key
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
            take_up_salvaged(self._work.path)
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
            self._work.fold_now()
            renew_spare(self._work.path)
        except BaseException:
            self._cache.close_connections()
            self._work.close_connections()
            raise
        return notices

    def _tidy(self, work: Connection, keep_since: datetime) -> None:
        """Nothing here is needed any more: the server has it, or she decided long ago."""
        _forget_delivered(work, to_text(keep_since))
        forget_ahead(work, to_text(keep_since))
        forget_days(work, to_text(keep_since))
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
            notices.append(self._salvage_work())
        if cache in unreadable:
            kept_as = self._cache.set_aside(self._suffix())
            sentence = _CACHE_SENTENCE.format(name=kept_as.name)
            notices.append(StoreNotice(NoticeKind.CACHE_SET_ASIDE, sentence, kept_as))
        return tuple(notices)

    def _salvage_work(self) -> StoreNotice:
        """The new file is whole before the old one is moved: cut off anywhere, it begins again."""
        new, found = salvage(self._work.path, self._key)
        kept_as = self._work.set_aside(self._suffix())
        new.rename(self._work.path)
        sentence = _work_sentence(found, kept_as.name)
        return StoreNotice(NoticeKind.WORK_SET_ASIDE, sentence, kept_as, found)

    def _suffix(self) -> str:
        stamp = self._now().astimezone(UTC).strftime("%Y%m%dT%H%M%S%f")
        return f"unreadable-{stamp}"

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
