"""What of the knowledge base only the server has: older versions and files (``docs/wire.md``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from sync.api import FILE_S, ServerApi
from sync.auth import Auth
from sync.errors import BadReply
from sync.parse import object_of
from sync.remote import Remote
from sync.values import as_list, as_object, count_in, text_in
from sync.wire import Json


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """``saved_at`` as in ``sync.wire``, "" where nobody wrote it down; ``article`` by column."""

    version: int
    saved_at: str
    author_name: str
    article: Mapping[str, Json]


class CentreLibrary:
    """Every method is called from the event loop's thread and never blocks it; raises SyncError."""

    def __init__(self, *, api: ServerApi, auth: Auth) -> None:
        self._remote = Remote(api=api, auth=auth)

    async def versions(self, article_id: str) -> tuple[PublishedVersion, ...]:
        """The newest first; RequestRefused for an article that is gone."""
        return versions(await self._remote.read(f"articles/{quote(article_id, safe='')}/versions"))

    async def attachment(self, attachment_id: str) -> bytes:
        """A file as it was sent."""
        path = f"attachments/{quote(attachment_id, safe='')}"
        return await self._remote.read(path, patience_s=FILE_S)

    def stop(self) -> None:
        """What is asked later fails."""
        self._remote.close()


def versions(body: bytes) -> tuple[PublishedVersion, ...]:
    """Raises BadReply."""
    rows = [as_object(row, "version") for row in as_list(object_of(body).get("rows"), "rows")]
    found = [
        PublishedVersion(
            version=count_in(row, "version"),
            saved_at=text_in(row, "saved_at", may_be_empty=True),
            author_name=text_in(row, "author_name", may_be_empty=True),
            article=as_object(row.get("article"), "article"),
        )
        for row in rows
    ]
    if len({one.version for one in found}) != len(found):
        raise BadReply("a version is there twice")
    return tuple(sorted(found, key=lambda one: -one.version))
