"""Who was told an old answer, and files of articles: asked of the server (``docs/wire.md``)."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from urllib.parse import quote

from sync.api import ServerApi
from sync.auth import Auth
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


class KnowledgeServer:
    """Every method is called from the event loop's thread and never blocks it; raises SyncError."""

    def __init__(self, *, api: ServerApi, auth: Auth) -> None:
        self._api = api
        self._remote = Remote(api=api, auth=auth)

    async def told(self, article_id: str, before_version: int, before: str) -> ToldPage:
        """A page of calls that quoted versions before ``before_version``, the newest first."""
        return told_page(
            await self._remote.signed(
                lambda t: self._api.told(article_id, before_version, before, t)
            )
        )

    async def add_file(self, article_id: str, name: str, content: bytes) -> None:
        """Keep a file with an article; its row comes back with the feed."""
        path = f"articles/{quote(article_id, safe='')}/attachments?name={quote(name, safe='')}"
        await self._remote.signed(
            lambda token: self._api.send_file(path, SentFile(BytesIO(content)), token)
        )

    async def remove_file(self, attachment_id: str) -> None:
        await self._remote.signed(lambda token: self._api.remove_file(attachment_id, token))

    def stop(self) -> None:
        """What is asked later fails."""
        self._remote.close()


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
