"""What only the server has of an article: how it was before, and its files (step ⑥)."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from pathlib import Path, PurePath
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.domain.ids import ArticleId, CategoryId
from agent_app.domain.knowledge import Article, Attachment
from agent_app.domain.versions import ArticleVersion, PartDifference, compare
from agent_app.runtime.tasks import Tasks
from sync.errors import RequestRefused, SyncError
from sync.library import PublishedVersion
from sync.wire import Json

OPENED = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".docx", ".xlsx", ".pptx", ".txt", ".csv"})
"""Endings of files that are given to another program; nothing that runs by being opened."""


class LibraryServer(Protocol):
    """What the server knows; both raise SyncError."""

    async def versions(self, article_id: str) -> Sequence[PublishedVersion]: ...

    async def attachment(self, attachment_id: str) -> bytes: ...


class FileKeeper(Protocol):
    """Where a file lies until another program opens it."""

    def keep(self, name: str, content: bytes) -> Path: ...


class Asked(Enum):
    """How far a question to the server is."""

    ASKING = "asking"
    KNOWN = "known"
    OFFLINE = "offline"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class History:
    """The versions of an article, the newest first; ``problem`` is why there are none."""

    article_id: ArticleId
    asked: Asked
    versions: tuple[ArticleVersion, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What ``new`` says otherwise than ``old``."""

    article_id: ArticleId
    old: ArticleVersion
    new: ArticleVersion
    parts: tuple[PartDifference, ...]


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """``path`` is where it lies to be opened; ``problem`` why it does not."""

    attachment: Attachment
    asked: Asked
    path: Path | None = None
    problem: str = ""


class Library(QObject):
    """GUI thread.

    Signals:
        history_changed: History.
        compared: Difference.
        file_changed: FetchedFile.
    """

    history_changed = Signal(object)
    compared = Signal(object)
    file_changed = Signal(object)

    def __init__(
        self,
        *,
        server: LibraryServer,
        files: FileKeeper,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._server = server
        self._files = files
        self._tasks = tasks

    def ask_history(self, article_id: ArticleId) -> None:
        self.history_changed.emit(History(article_id, Asked.ASKING))
        self._tasks.spawn(self._history(article_id))

    def compare(self, old: ArticleVersion, new: ArticleVersion) -> None:
        """Word by word, beside the window's thread; ``compared`` brings it."""
        self._tasks.spawn(self._compare(old, new))

    def fetch(self, attachment: Attachment) -> None:
        """Bring a file, so that she may open it; ``file_changed`` tells."""
        if PurePath(attachment.name).suffix.lower() not in OPENED:
            refused = FetchedFile(attachment, Asked.REFUSED, problem="kind")
            self.file_changed.emit(refused)
            return
        self.file_changed.emit(FetchedFile(attachment, Asked.ASKING))
        self._tasks.spawn(self._fetch(attachment))

    async def _history(self, article_id: ArticleId) -> None:
        found = History(article_id, Asked.KNOWN)
        try:
            rows = await self._server.versions(article_id)
            found = replace(found, versions=tuple(_version(article_id, one) for one in rows))
        except RequestRefused as error:
            found = replace(found, asked=Asked.REFUSED, problem=str(error))
        except (SyncError, ValueError) as error:
            found = replace(found, asked=Asked.OFFLINE, problem=str(error))
        self.history_changed.emit(found)

    async def _compare(self, old: ArticleVersion, new: ArticleVersion) -> None:
        parts = await asyncio.to_thread(compare, old.article, new.article)
        self.compared.emit(Difference(new.article.article_id, old, new, parts))

    async def _fetch(self, attachment: Attachment) -> None:
        found = FetchedFile(attachment, Asked.KNOWN)
        try:
            content = await self._server.attachment(attachment.attachment_id)
            if hashlib.sha256(content).hexdigest() != attachment.digest:
                found = replace(found, asked=Asked.REFUSED, problem="digest")
            else:
                path = await asyncio.to_thread(self._files.keep, attachment.name, content)
                found = replace(found, path=path)
        except (RequestRefused, OSError) as error:
            found = replace(found, asked=Asked.REFUSED, problem=str(error))
        except SyncError as error:
            found = replace(found, asked=Asked.OFFLINE, problem=str(error))
        self.file_changed.emit(found)


def _version(article_id: ArticleId, published: PublishedVersion) -> ArticleVersion:
    """Columns that an old version did not have yet are empty. Raises ValueError."""
    row = published.article
    until = _text(row, "valid_until")
    article = Article(
        article_id=article_id,
        version=published.version,
        category_id=CategoryId(_text(row, "category_id")),
        title=_text(row, "title"),
        question=_text(row, "question"),
        answer=_text(row, "answer"),
        basis=_text(row, "basis"),
        keywords=_text(row, "keywords"),
        region=_text(row, "region"),
        valid_from=date.fromisoformat(_text(row, "valid_from") or date.min.isoformat()),
        valid_until=date.fromisoformat(until) if until else None,
        sample=row.get("sample") is True,
        pinyin="",
        initials="",
        owner_name=_text(row, "owner_name"),
    )
    saved_at = datetime.fromisoformat(published.saved_at) if published.saved_at else None
    return ArticleVersion(article, saved_at, published.author_name)


def _text(row: Mapping[str, Json], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""
