"""The whole of what the server gives masked, asked for with a reason (``docs/wire.md``)."""

from __future__ import annotations

from urllib.parse import quote

from sync.parse import object_of
from sync.remote import Remote
from sync.values import text_in


class CustomerSecrets:
    """Every method is called from the event loop's thread and never blocks it; raises SyncError."""

    def __init__(self, *, remote: Remote) -> None:
        self._remote = remote

    async def reveal(self, customer_id: str, field: str, reason: str) -> str:
        """The whole value, "" for none; the server keeps who asked and why for good."""
        path = f"customers/{quote(customer_id, safe='')}/reveal"
        reply = object_of(await self._remote.ask(path, {"field": field, "reason": reason}))
        return text_in(reply, "value", may_be_empty=True)
