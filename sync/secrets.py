"""The whole of what the server gives masked, asked for with a reason (``docs/wire.md``)."""

from __future__ import annotations

from sync.api import ServerApi
from sync.auth import Auth
from sync.remote import Remote


class CustomerSecrets:
    """Every method is called from the event loop's thread and never blocks it; raises SyncError."""

    def __init__(self, *, api: ServerApi, auth: Auth) -> None:
        self._api = api
        self._remote = Remote(api=api, auth=auth)

    async def reveal(self, customer_id: str, field: str, reason: str) -> str:
        """The whole value, "" for none; the server keeps who asked and why for good."""
        return await self._remote.signed(
            lambda token: self._api.reveal_customer(customer_id, field, reason, token)
        )

    def stop(self) -> None:
        """What is asked later fails."""
        self._remote.close()
