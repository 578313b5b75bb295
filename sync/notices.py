"""Who has read which notice, asked of the server when somebody wants to know (``docs/wire.md``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from sync.parse import object_of
from sync.remote import Remote
from sync.values import JsonObject, as_list, as_object, text_in


@dataclass(frozen=True, slots=True)
class NoticeReader:
    """``read_at`` as in ``sync.wire``, "" for one who has not read it yet."""

    agent_id: str
    name: str
    read_at: str = ""


class NoticeBoard:
    """Every method is called from the event loop's thread and never blocks it; raises SyncError."""

    def __init__(self, *, remote: Remote) -> None:
        self._remote = remote

    async def own_reads(self) -> Mapping[str, str]:
        """When this agent read each notice that she has read, on whatever seat."""
        return own_reads(await self._remote.read("notices"))

    async def readers(self, notice_id: str) -> tuple[NoticeReader, ...]:
        """Who has read it, then who has not yet; RequestRefused where the role may not know."""
        path = f"notices/{quote(notice_id, safe='')}/readers"
        return readers(await self._remote.read(path))


def own_reads(body: bytes) -> dict[str, str]:
    """Raises BadReply."""
    rows = as_list(object_of(body).get("rows"), "rows")
    notices = [as_object(row, "notice") for row in rows]
    return {
        text_in(notice, "id"): text_in(notice, "read_at")
        for notice in notices
        if notice.get("read_at") is not None
    }


def readers(body: bytes) -> tuple[NoticeReader, ...]:
    """Raises BadReply."""
    reply = object_of(body)
    found = [as_object(one, "reader") for one in as_list(reply.get("readers"), "readers")]
    missing = [as_object(one, "reader") for one in as_list(reply.get("missing"), "missing")]
    return (
        *(NoticeReader(text_in(one, "agent_id"), _name(one), text_in(one, "read_at"))
          for one in found),
        *(NoticeReader(text_in(one, "agent_id"), _name(one)) for one in missing),
    )  # fmt: skip


def _name(one: JsonObject) -> str:
    return text_in(one, "agent_name", may_be_empty=True)
