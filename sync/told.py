"""Who was told an old answer, and files of drafts: asked of the server (``docs/wire.md``)."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from urllib.parse import quote, urlencode

from sync.api import ServerApi
from sync.auth import Auth
from sync.errors import BadReply
from sync.jobs import SentFile
from sync.parse import object_of
from sync.remote import Remote
from sync.values import as_list, as_object, count_in, text_in


@dataclass(frozen=True, slots=True)
class ToldRow:
    """Times as in ``sync.wire``; ``corrected_at`` "" where nobody told the caller the newer
    answer."""

    interaction_id: str
    started_at: str
    agent_name: str
    customer_name: str
    number: str
    version: int
    corrected_at: str


@dataclass(frozen=True, slots=True)
class ToldPage:
    """``agents`` are (name, calls); ``people`` False: this role gets no rows."""

    total: int
    agents: tuple[tuple[str, int], ...]
    people: bool
    rows: tuple[ToldRow, ...]
    next: str


@dataclass(frozen=True, slots=True)
class DraftFileRow:
    """``change`` is what publishing the draft does: ``added``, ``removed`` or empty."""

    file_id: str
    name: str
    media_type: str
    size: int
    digest: str
    change: str


class KnowledgeServer:
    """Every method is called from the event loop's thread and never blocks it; raises SyncError."""

    def __init__(self, *, api: ServerApi, auth: Auth) -> None:
        self._api = api
        self._remote = Remote(api=api, auth=auth)

    async def told(self, article_id: str, before_version: int, before: str) -> ToldPage:
        """A page of calls that quoted versions before ``before_version``, the newest first."""
        path = f"articles/{quote(article_id, safe='')}/told"
        query = urlencode({"before_version": before_version, "before": before})
        return told_page(await self._remote.read(f"{path}?{query}"))

    async def draft_files(self, draft_id: str) -> tuple[DraftFileRow, ...]:
        """Those of the article and of the draft, by name."""
        path = f"drafts/{quote(draft_id, safe='')}/files"
        return draft_files(await self._remote.read(path))

    async def add_file(self, draft_id: str, name: str, content: bytes) -> None:
        path = f"drafts/{quote(draft_id, safe='')}/files?name={quote(name, safe='')}"
        await self._remote.signed(
            lambda token: self._api.send_file(path, SentFile(BytesIO(content)), token)
        )

    async def change_file(self, draft_id: str, file_id: str, *, kept: bool) -> None:
        """Whether the version that the draft becomes has this file."""
        await self._remote.signed(
            lambda token: self._api.change_draft_file(draft_id, file_id, kept=kept, token=token)
        )

    def stop(self) -> None:
        """What is asked later fails."""
        self._remote.close()


def draft_files(body: bytes) -> tuple[DraftFileRow, ...]:
    """Raises BadReply."""
    rows = [as_object(row, "file") for row in as_list(object_of(body).get("rows"), "rows")]
    return tuple(
        DraftFileRow(
            file_id=text_in(row, "id"),
            name=text_in(row, "name"),
            media_type=text_in(row, "media_type", may_be_empty=True),
            size=count_in(row, "size"),
            digest=text_in(row, "digest", may_be_empty=True),
            change=_change(text_in(row, "change", may_be_empty=True)),
        )
        for row in rows
    )


def _change(word: str) -> str:
    if word not in ("", "added", "removed"):
        raise BadReply(f"a file is {word}")
    return word


def told_page(body: bytes) -> ToldPage:
    """Raises BadReply."""
    found = object_of(body)
    agents = [as_object(one, "agent") for one in as_list(found.get("agents"), "agents")]
    rows = [as_object(one, "row") for one in as_list(found.get("rows"), "rows")]
    return ToldPage(
        total=count_in(found, "total"),
        agents=tuple(
            (text_in(one, "agent_name", may_be_empty=True), count_in(one, "calls"))
            for one in agents
        ),
        people=found.get("people") is True,
        rows=tuple(
            ToldRow(
                interaction_id=text_in(row, "interaction_id"),
                started_at=text_in(row, "started_at"),
                agent_name=text_in(row, "agent_name", may_be_empty=True),
                customer_name=text_in(row, "customer_name", may_be_empty=True),
                number=text_in(row, "number", may_be_empty=True),
                version=count_in(row, "version"),
                corrected_at=text_in(row, "corrected_at") if row.get("corrected_at") else "",
            )
            for row in rows
        ),
        next=text_in(found, "next", may_be_empty=True),
    )
