"""The server's side of the library: versions and files in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from agent_app.domain.ids import ArticleId
from agent_app.domain.knowledge import Attachment
from sync.errors import SyncError
from sync.library import PublishedVersion
from sync.wire import Json


class FakeLibraryServer:
    def __init__(self) -> None:
        self.published: dict[str, Sequence[PublishedVersion]] = {}
        self.contents: dict[str, bytes] = {}
        self.fault: SyncError | None = None

    async def versions(self, article_id: str) -> Sequence[PublishedVersion]:
        if self.fault is not None:
            raise self.fault
        return self.published[article_id]

    async def attachment(self, attachment_id: str) -> bytes:
        if self.fault is not None:
            raise self.fault
        return self.contents[attachment_id]


class FakeFiles:
    """Remembers what was to be opened."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.fault: OSError | None = None

    def keep(self, name: str, content: bytes) -> Path:
        if self.fault is not None:
            raise self.fault
        self.kept[name] = content
        return Path("/somewhere") / name


def published(version: int, answer: str, **facts: Json) -> PublishedVersion:
    article: Mapping[str, Json] = {
        "id": "K1", "version": version, "category_id": "01.01", "title": "子女教育",
        "question": "", "answer": answer, "basis": "办法", "keywords": "", "region": "全国",
        "valid_from": "2023-01-01", "valid_until": None, "sample": True, **facts,
    }  # fmt: skip
    saved_at = f"2026-0{version}-01T02:00:00.000Z" if version > 1 else ""
    return PublishedVersion(version, saved_at, "严思源" if version > 1 else "", article)


def a_file(content: bytes = b"%PDF-1.7", name: str = "扣除标准.pdf") -> Attachment:
    digest = hashlib.sha256(content).hexdigest()
    return Attachment("f1", ArticleId("K1"), name, "application/pdf", len(content), digest)
